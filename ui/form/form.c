/* SPDX-License-Identifier: MIT */
#include "ui/form/form.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "input/guest_verdict.h"
#include "ui/form/form_state.h"
#include "ui/state_text.h"

struct form *form_new(void)
{
    struct form *form = g_new0(struct form, 1);
    form->drafts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    form->unknown = g_ptr_array_new_with_free_func(g_free);
    return form;
}

static void clear(struct form *form)
{
    g_clear_pointer(&form->path, g_free);
    g_clear_pointer(&form->validator, g_free);
    g_clear_pointer(&form->earliest, g_free);
    g_clear_pointer(&form->stood_there, g_free);
    g_clear_pointer(&form->editor, editor_free);
    g_clear_pointer(&form->verdict, verdict_free);
    picker_clear(&form->picker);
}

void form_free(struct form *form)
{
    clear(form);
    g_free(form->awaited);
    g_free(form->sent);
    g_hash_table_unref(form->drafts);
    g_ptr_array_unref(form->unknown);
    g_free(form);
}

static void stop(struct console *console)
{
    clear(console->form);
    console->dirty = TRUE;
}

const char *form_editing(const struct console *console)
{
    return console->form->path;
}

static void judge(struct form *form)
{
    g_clear_pointer(&form->verdict, verdict_free);
    if (!editor_is_empty(form->editor))
        form->verdict = form_verdict(form->validator, form->earliest, form->stood_there, editor_text(form->editor));
}

static gboolean takes_text(enum field_kind kind)
{
    return kind != FIELD_PEOPLE && kind != FIELD_SECRET;
}

void form_begin(struct console *console, const char *path)
{
    struct form *form = console->form;
    const struct board_field *field = form_field(console, path);
    if (field == NULL || !console_may_write(console))
        return;
    form_leave(console);
    form->path = g_strdup(path);
    form->kind = field->kind;
    form->validator = g_strdup(field->validator);
    form->earliest = g_strdup(field->earliest);
    form->stood_there = g_strdup(field->value);
    form->in_mail = console->options->practice && mail_brings(field);
    form->editor = editor_new(field->kind == FIELD_SECRET);
    g_autoptr(GPtrArray) choices = form_choices(field);
    /* Where nothing is chosen and nothing suggested Enter alone decides nothing. */
    const char *present = *field->value != '\0' ? field->value : field->suggestion;
    form->marked = -1;
    for (guint i = 0; i < choices->len; i++)
        if (strcmp(((const struct board_choice *)g_ptr_array_index(choices, i))->value, present) == 0)
            form->marked = (int)i;
    picker_begin(&form->picker, field->kind == FIELD_PEOPLE, field->value);
    const char *draft = g_hash_table_lookup(form->drafts, path);
    if (draft != NULL) {
        editor_set(form->editor, draft);
        if (field->kind == FIELD_PERSON || field->kind == FIELD_PEOPLE)
            picker_typed(&form->picker, form->editor);
    } else if (field->kind == FIELD_PERSON && *field->value != '\0')
        editor_suggest(form->editor, field->value); /* part of another's name takes its place */
    else if (takes_text(field->kind) && *field->value != '\0')
        editor_set(form->editor, field->value);
    else if (takes_text(field->kind))
        editor_suggest(form->editor, field->suggestion);
    judge(form);
    struct item item = item_named(ITEM_FIELD, path);
    scroller_set_focus(&console->step_scroller, &item);
    console->dirty = TRUE;
}

gboolean form_has_text(const struct console *console)
{
    return console->form->path != NULL && !editor_is_empty(console->form->editor);
}

gboolean form_takes_any_text(const struct console *console)
{
    return console->form->path != NULL && console->form->kind != FIELD_TEXT;
}

/* Something was typed into the field that is edited. */
static gboolean is_changed(const struct form *form, const struct board_field *field)
{
    const char *text = editor_text(form->editor);
    if (field == NULL || !takes_text(form->kind))
        return !editor_is_empty(form->editor) || form->picker.changed;
    return strcmp(text, field->value) != 0 && (*field->value != '\0' || strcmp(text, field->suggestion) != 0);
}

char *form_unused_text(const struct console *console)
{
    const struct form *form = console->form;
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < console->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(console->board->steps, i);
        for (guint k = 0; k < step->fields->len; k++) {
            const struct board_field *field = g_ptr_array_index(step->fields, k);
            gboolean edited = g_strcmp0(form->path, field->path) == 0;
            if (edited ? is_changed(form, field) : g_hash_table_contains(form->drafts, field->path))
                g_string_append_printf(text, "%s“%s”", text->len > 0 ? ", " : "", field->label);
        }
    }
    return g_string_free(text, text->len == 0);
}

/* The step that the field PATH belongs to, or NULL. */
static const struct board_step *step_of(const struct console *console, const char *path)
{
    for (guint i = 0; i < console->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(console->board->steps, i);
        for (guint k = 0; k < step->fields->len; k++)
            if (strcmp(((const struct board_field *)g_ptr_array_index(step->fields, k))->path, path) == 0)
                return step;
    }
    return NULL;
}

static void send(struct console *console, const char *value)
{
    struct form *form = console->form;
    const struct board_step *step = step_of(console, form->path);
    if (!console->collecting && step != NULL && step == console_step(console))
        console->filled_in = g_intern_string(step->id);
    form->stood = step != NULL ? g_intern_string(step->reason) : NULL;
    g_free(form->awaited);
    form->awaited = g_strdup(form->path);
    g_free(form->sent);
    form->sent = form->kind == FIELD_SECRET ? NULL : g_strdup(value);
    g_hash_table_remove(form->drafts, form->path);
    session_answer(console->session, form->path, value);
    console_sent(console, COMMAND_ANSWER);
    stop(console);
}

static void drop(struct console *console)
{
    g_hash_table_remove(console->form->drafts, console->form->path);
    stop(console);
}

/* Use what is typed and stop editing. FALSE if it cannot be used as it is: then it is edited on. */
static gboolean use_text(struct console *console)
{
    struct form *form = console->form;
    const struct board_field *field = form_field(console, form->path);
    const char *text = editor_text(form->editor);
    if (form->verdict != NULL && !form->verdict->valid)
        return FALSE;
    gboolean is_nothing = *text == '\0' && (form->kind == FIELD_SECRET || (field != NULL && *field->value == '\0'));
    gboolean is_the_same = field != NULL && form->kind != FIELD_SECRET && strcmp(text, field->value) == 0;
    if (is_nothing || is_the_same)
        drop(console);
    else
        send(console, form->verdict != NULL ? form->verdict->value : text);
    return TRUE;
}

/* One person may stay out again where none has to be named. */
static gboolean is_emptied(const struct console *console)
{
    const struct form *form = console->form;
    const struct board_field *field = form_field(console, form->path);
    return form->kind == FIELD_PERSON && editor_is_empty(form->editor) && field != NULL && !field->required &&
           *field->value != '\0';
}

/* The whole user name that is typed if the look-up found nobody who is called so, or NULL. Caller frees. */
static char *typed_unknown(const struct form *form)
{
    const char *typed = editor_text(form->editor);
    return picker_found_nobody(&form->picker) && picker_is_whole(typed) ? g_strdup(typed) : NULL;
}

/* NAME, which may be NULL, was taken though nobody is called so. */
static void tell_unknown(struct console *console, const char *name)
{
    if (name == NULL)
        return;
    g_autofree char *words = form_unknown_words(name);
    console_note(console, "%s", words);
    if (!form_is_unknown(console->form, name))
        g_ptr_array_add(console->form->unknown, g_strdup(name));
}

/* Who was picked counts; part of a name stays as it was typed. */
static void leave_picker(struct console *console)
{
    struct form *form = console->form;
    g_autofree char *path = g_strdup(form->path);
    g_autofree char *typed = g_strdup(editor_text(form->editor));
    g_autofree char *list = text_join(form->picker.picked, ", ");
    gboolean is_whole = form->kind == FIELD_PERSON && picker_is_whole(typed);
    g_autofree char *unknown = is_whole ? typed_unknown(form) : NULL;
    tell_unknown(console, unknown);
    if (is_whole || form->picker.changed)
        send(console, is_whole ? typed : list);
    else if (is_emptied(console))
        send(console, "");
    else
        stop(console);
    if (!is_whole && *typed != '\0')
        g_hash_table_replace(form->drafts, g_steal_pointer(&path), g_steal_pointer(&typed));
}

void form_leave(struct console *console)
{
    struct form *form = console->form;
    if (form->path == NULL)
        return;
    /* A choice that is only marked is none, and a secret is kept nowhere. */
    gboolean keeps = form->kind != FIELD_CHOICE && form->kind != FIELD_YES_NO && form->kind != FIELD_SECRET;
    if (!keeps || !is_changed(form, form_field(console, form->path)))
        stop(console);
    else if (form->kind == FIELD_PERSON || form->kind == FIELD_PEOPLE)
        leave_picker(console);
    else if (!use_text(console)) {
        g_hash_table_replace(form->drafts, g_strdup(form->path), g_strdup(editor_text(form->editor)));
        stop(console);
    }
}

/* By the answer that is under way, which the board does not show yet. */
static gboolean falls_away(const struct console *console, const struct board_field *field)
{
    const struct form *form = console->form;
    if (form->awaited == NULL || form->sent == NULL || *field->asked_by == '\0' ||
        strcmp(field->asked_by, form->awaited) != 0)
        return FALSE;
    g_auto(GStrv) wanted = g_strsplit(field->asked_if, "\n", -1);
    return *field->asked_if == '\0' ? *form->sent == '\0' : !g_strv_contains((const char *const *)wanted, form->sent);
}

/* The field after PATH of the step that is shown; while all values are collected, the next one that is missing. NULL if
 * it is the last. */
static const struct board_field *field_after(const struct console *console, const char *path)
{
    gboolean after = FALSE;
    for (guint i = 0; i < console->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(console->board->steps, i);
        for (guint k = 0; k < step->fields->len && (console->collecting || step == console_step(console)); k++) {
            const struct board_field *field = g_ptr_array_index(step->fields, k);
            gboolean missing = field->required && *field->value == '\0' && step->state != STEP_SKIPPED;
            if (after && !falls_away(console, field) && (missing || !console->collecting))
                return field;
            after |= strcmp(field->path, path) == 0;
        }
    }
    return NULL;
}

/* The mark goes on to the next field. One that is missing is opened, and by BY Tab any empty one: behind Enter what
 * comes next may be a command. */
static void go_on(struct console *console, const char *path, enum key_kind by)
{
    const struct board_field *field = field_after(console, path);
    if (field == NULL)
        return;
    struct item item = item_named(ITEM_FIELD, field->path);
    scroller_set_focus(&console->step_scroller, &item);
    console->reveal_focus = TRUE;
    if (*field->value == '\0' && (field->required || by == KEY_TAB))
        form_begin(console, field->path);
}

static void submit_choice(struct console *console, int index, enum key_kind by)
{
    g_autofree char *path = g_strdup(console->form->path);
    const struct board_field *field = form_field(console, path);
    g_autoptr(GPtrArray) choices = field != NULL ? form_choices(field) : NULL;
    if (choices == NULL || index < 0 || index >= (int)choices->len)
        return;
    const struct board_choice *choice = g_ptr_array_index(choices, index);
    if (strcmp(choice->value, field->value) == 0)
        drop(console);
    else
        send(console, choice->value);
    go_on(console, path, by);
}

static gboolean choice_key(struct console *console, const struct key_event *key)
{
    struct form *form = console->form;
    const struct board_field *field = form_field(console, form->path);
    g_autoptr(GPtrArray) choices = field != NULL ? form_choices(field) : NULL;
    int count = choices != NULL ? (int)choices->len : 0;
    switch (key->kind) {
    case KEY_UP:
        form->marked = MAX(form->marked - 1, 0);
        return TRUE;
    case KEY_DOWN:
        form->marked = MIN(form->marked + 1, count - 1);
        return TRUE;
    case KEY_CHARACTER:
        if (key->character >= '1' && key->character < '1' + (gunichar)MIN(count, 9))
            form->marked = (int)(key->character - '1');
        else
            console_note(console, "A number marks a choice, Enter takes the marked one, Esc none.");
        return TRUE;
    case KEY_HOME:
    case KEY_END:
        form->marked = key->kind == KEY_HOME ? 0 : count - 1;
        return TRUE;
    case KEY_ENTER:
        if (form->marked >= 0)
            submit_choice(console, form->marked, key->kind);
        else
            console_note(console, "Nothing is marked yet: a number or Down marks a choice, Esc leaves it open.");
        return TRUE;
    case KEY_TAB:
        if (form->marked >= 0) {
            submit_choice(console, form->marked, key->kind);
        } else {
            g_autofree char *path = g_strdup(form->path);
            drop(console);
            go_on(console, path, key->kind);
        }
        return TRUE;
    default:
        return FALSE;
    }
}

/* What is pasted behind something takes its place where only that makes it right; of what has a form of its own, so
 * that the rest of a value is not taken for a whole one. FALSE: it is too long. */
static gboolean paste(struct form *form, const char *text)
{
    gboolean has_form = strcmp(form->validator, "event-hub-id") == 0 || strcmp(form->validator, "guid") == 0;
    if (!editor_paste(form->editor, text))
        return FALSE;
    judge(form);
    if (!has_form || form->verdict == NULL || form->verdict->valid)
        return TRUE;
    g_autofree char *alone = g_strstrip(g_strdup(text));
    g_autoptr(Verdict) verdict = form_verdict(form->validator, form->earliest, form->stood_there, alone);
    if (verdict != NULL && verdict->valid)
        editor_set(form->editor, alone);
    return TRUE;
}

static gboolean text_key(struct console *console, const struct key_event *key)
{
    struct form *form = console->form;
    gboolean masks = form->kind == FIELD_SECRET && key->kind == KEY_TAB;
    if (key->kind == KEY_ENTER || (key->kind == KEY_TAB && !masks)) {
        g_autofree char *path = g_strdup(console->form->path);
        if (use_text(console))
            go_on(console, path, key->kind);
        else
            console_note(console, "That cannot be used yet: the sentence under the field says why.");
        return TRUE;
    }
    if (key->kind == KEY_PASTE && !paste(form, key->text)) {
        console_note(console, "That is more than this field can hold; nothing was pasted.");
        return TRUE;
    }
    if (form->kind == FIELD_DATE && (key->kind == KEY_UP || key->kind == KEY_DOWN)) {
        g_autofree char *text = g_strdup_printf("%sT00:00:00Z", editor_text(form->editor));
        g_autoptr(GDateTime) date = g_date_time_new_from_iso8601(text, NULL);
        if (date == NULL)
            date = g_date_time_new_now_local();
        g_autoptr(GDateTime) moved = g_date_time_add_days(date, key->kind == KEY_UP ? 1 : -1);
        g_autofree char *words = moved != NULL ? g_date_time_format(moved, "%Y-%m-%d") : NULL;
        if (words != NULL)
            editor_set(form->editor, words);
    } else if (key->kind != KEY_PASTE && !editor_key(form->editor, key)) {
        return FALSE;
    }
    judge(form);
    return TRUE;
}

static void say_whom_to_choose(struct console *console)
{
    const struct picker *picker = &console->form->picker;
    if (editor_is_empty(console->form->editor))
        console_note(console, "Type part of a name, then choose with Up, Down and Enter.");
    else if (picker->error != NULL)
        console_note(console, "Nobody is chosen yet. %s Or type the whole user name.", picker->error);
    else if (picker->answered && picker->found->len > 1)
        console_note(console, "Several match: Down marks one, Enter takes it.");
    else if (picker->answered)
        console_note(console, "Nobody is called so here: type another part of the name, or the whole user name.");
    else
        console_note(console, "Nobody is chosen yet: wait for the list, or type the whole user name.");
}

static gboolean person_key(struct console *console, const struct key_event *key)
{
    struct form *form = console->form;
    const struct key_event enter = {.kind = KEY_ENTER};
    g_autofree char *picked = NULL;
    g_autofree char *path = g_strdup(form->path);
    gboolean takes = key->kind == KEY_ENTER || key->kind == KEY_TAB;
    g_autofree char *unknown = takes ? typed_unknown(form) : NULL;
    switch (picker_key(&form->picker, form->editor, key->kind == KEY_TAB ? &enter : key, &picked)) {
    case PICKER_DONE:
        send(console, picked);
        go_on(console, path, key->kind);
        tell_unknown(console, unknown);
        return TRUE;
    case PICKER_NOBODY:
        if (is_emptied(console)) {
            send(console, "");
            go_on(console, path, key->kind);
        } else if (editor_is_empty(form->editor) && key->kind == KEY_TAB) {
            drop(console);
            go_on(console, path, key->kind);
        } else {
            say_whom_to_choose(console);
        }
        return TRUE;
    case PICKER_GOES_ON:
        tell_unknown(console, unknown);
        return TRUE;
    case PICKER_NOT_MINE:
        break;
    }
    return FALSE;
}

void form_pick(struct console *console, int number)
{
    struct form *form = console->form;
    if (form->kind == FIELD_CHOICE || form->kind == FIELD_YES_NO) {
        submit_choice(console, number - 1, KEY_ENTER);
        return;
    }
    form->picker.marked = number - 1;
    person_key(console, &(struct key_event){.kind = KEY_ENTER});
}

gboolean form_key(struct console *console, const struct key_event *key)
{
    struct form *form = console->form;
    console->dirty = TRUE;
    if (key->kind == KEY_ESCAPE) {
        drop(console);
        return TRUE;
    }
    if (key->kind == KEY_CONTROL && key->character == 'f') {
        form_take_fix(console);
        return TRUE;
    }
    switch (form->kind) {
    case FIELD_CHOICE:
    case FIELD_YES_NO:
        return choice_key(console, key);
    case FIELD_PERSON:
    case FIELD_PEOPLE:
        return person_key(console, key);
    default:
        return text_key(console, key);
    }
}

gboolean form_has_fix(const struct console *console)
{
    if (console->form->path != NULL)
        return verdict_fix(console->form->verdict) != NULL;
    const struct item *focus = &console->step_scroller.focus;
    const struct board_field *field = focus->kind == ITEM_FIELD ? form_field(console, focus->name) : NULL;
    const char *draft = field != NULL ? g_hash_table_lookup(console->form->drafts, field->path) : NULL;
    g_autoptr(Verdict) verdict =
        draft != NULL ? form_verdict(field->validator, field->earliest, field->value, draft) : NULL;
    return verdict_fix(verdict) != NULL;
}

void form_take_fix(struct console *console)
{
    if (console->form->path == NULL && form_has_fix(console))
        form_begin(console, console->step_scroller.focus.name);
    const struct finding *finding = console->form->path != NULL ? verdict_fix(console->form->verdict) : NULL;
    if (finding == NULL) {
        console_note(console, "There is nothing here that could be mended by a key.");
        return;
    }
    editor_set(console->form->editor, finding->fix);
    judge(console->form);
    console->dirty = TRUE;
}

void form_board_changed(struct console *console)
{
    struct form *form = console->form;
    if (form->path == NULL || form->kind == FIELD_SECRET || form_field(console, form->path) != NULL)
        return;
    drop(console);
    console->drops_typed_ahead = TRUE;
    console_note(console, "The field that was open is not asked for any more.");
}

/* What was answered with PATH is to be changed: the mark, which went on by itself, is there again. */
static void mark_again(struct console *console, const char *path)
{
    const struct board_field *next = field_after(console, path);
    const struct item *focus = &console->step_scroller.focus;
    gboolean went_on = next != NULL && focus->kind == ITEM_FIELD && strcmp(focus->name, next->path) == 0;
    if (!went_on || form_editing(console) != NULL || step_of(console, path) != console_step(console))
        return;
    struct item item = item_named(ITEM_FIELD, path);
    scroller_set_focus(&console->step_scroller, &item);
    console->reveal_focus = TRUE;
}

void form_answered(struct console *console, const GError *error)
{
    g_autofree char *path = g_steal_pointer(&console->form->awaited);
    if (path == NULL)
        return;
    if (error != NULL) {
        g_autofree char *headline = error_headline(error);
        console_note(console, "Not taken: %s", headline);
        const struct board_field *refused = form_field(console, path);
        const char *sent = console->form->sent;
        /* A list is more than one would type again. */
        if (refused != NULL && strcmp(refused->validator, GUEST_LIST_FIELD) == 0 && sent != NULL && *sent != '\0')
            g_hash_table_replace(console->form->drafts, g_strdup(path), g_strdup(sent));
        struct item item = item_named(ITEM_FIELD, path);
        if (form_editing(console) == NULL && step_of(console, path) == console_step(console)) {
            scroller_set_focus(&console->step_scroller, &item);
            console->reveal_focus = TRUE;
        }
        return;
    }
    /* What the answer came to stands at the top of its step, which may be out of sight. */
    const struct board_step *step = step_of(console, path);
    const struct board_field *field = form_field(console, path);
    gboolean came_to_it = step != NULL && (step->state == STEP_DIFFERS || step->state == STEP_FAILED ||
                                           (field != NULL && field->unfit->len > 0));
    if (!came_to_it || *step->reason == '\0' || g_strcmp0(step->reason, console->form->stood) == 0)
        return;
    mark_again(console, path);
    console_note(console, "%d %s: %s", step->number, step->title, step->reason);
}

void form_people_found(struct console *console, const struct people *people)
{
    guint index = 0;
    for (guint i = 0; i < people->found->len; i++) {
        const struct person *person = g_ptr_array_index(people->found, i);
        if (g_ptr_array_find_with_equal_func(console->form->unknown, person->user_name, text_same_name, &index))
            g_ptr_array_remove_index(console->form->unknown, index);
    }
    if (console->form->path != NULL && picker_found(&console->form->picker, console->form->editor, people))
        console->dirty = TRUE;
}

gint64 form_deadline(const struct console *console)
{
    gint64 ask_at = console->form->picker.ask_at;
    return ask_at != 0 ? ask_at : G_MAXINT64;
}

void form_tick(struct console *console)
{
    struct picker *picker = &console->form->picker;
    if (picker->ask_at == 0 || g_get_monotonic_time() < picker->ask_at)
        return;
    picker->ask_at = 0;
    picker->looking = TRUE;
    console->dirty = TRUE;
    session_find_people(console->session, editor_text(console->form->editor), picker->serial);
}

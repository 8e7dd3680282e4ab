#include "ui/form_state.h"

#include <string.h>

#include "base/error.h"
#include "ui/paste_offer.h"

struct form *form_new(void)
{
    struct form *form = g_new0(struct form, 1);
    form->drafts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return form;
}

static void stop(struct form *form)
{
    g_clear_pointer(&form->path, g_free);
    g_clear_pointer(&form->validator, g_free);
    g_clear_pointer(&form->editor, editor_free);
    g_clear_pointer(&form->verdict, verdict_free);
    picker_clear(&form->picker);
}

void form_free(struct form *form)
{
    stop(form);
    g_free(form->awaited);
    g_hash_table_unref(form->drafts);
    g_free(form);
}

const char *form_editing(const struct console *console)
{
    return console->form->path;
}

const struct board_field *form_field(const struct console *console, const char *path)
{
    for (guint i = 0; path != NULL && i < console->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(console->board->steps, i);
        for (guint k = 0; k < step->fields->len; k++) {
            const struct board_field *field = g_ptr_array_index(step->fields, k);
            if (strcmp(field->path, path) == 0)
                return field;
        }
    }
    return NULL;
}

static void free_choice(gpointer data)
{
    struct board_choice *choice = data;
    g_free(choice->value);
    g_free(choice->label);
    g_free(choice);
}

GPtrArray *form_choices(const struct board_field *field)
{
    if (field->kind != FIELD_YES_NO || field->choices->len > 0)
        return g_ptr_array_ref(field->choices);
    GPtrArray *choices = g_ptr_array_new_with_free_func(free_choice);
    g_ptr_array_add(choices, board_choice_new("yes", "yes", FALSE));
    g_ptr_array_add(choices, board_choice_new("no", "no", FALSE));
    return choices;
}

struct verdict *form_verdict(const char *validator, const char *text)
{
    return input_field_find(validator) != NULL ? validate(validator, text, -1) : NULL;
}

void form_judge(struct form *form)
{
    g_clear_pointer(&form->verdict, verdict_free);
    if (!editor_is_empty(form->editor))
        form->verdict = form_verdict(form->validator, editor_text(form->editor));
}

const struct finding *verdict_fix(const struct verdict *verdict)
{
    for (guint i = 0; verdict != NULL && i < verdict->findings->len; i++) {
        const struct finding *finding = g_ptr_array_index(verdict->findings, i);
        if (finding->fix != NULL)
            return finding;
    }
    return NULL;
}

static void begin_picker(struct form *form, const struct board_field *field)
{
    form->picker.found = g_ptr_array_new();
    form->picker.picked = g_ptr_array_new_with_free_func(g_free);
    if (field->kind != FIELD_PEOPLE)
        return;
    g_auto(GStrv) names = g_strsplit(field->value, ",", -1);
    for (char **name = names; *name != NULL; name++)
        if (*g_strstrip(*name) != '\0')
            g_ptr_array_add(form->picker.picked, g_strdup(*name));
}

static int index_of_value(const struct board_field *field)
{
    g_autoptr(GPtrArray) choices = form_choices(field);
    for (guint i = 0; i < choices->len; i++)
        if (strcmp(((const struct board_choice *)g_ptr_array_index(choices, i))->value, field->value) == 0)
            return (int)i;
    return 0;
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
    form->editor = editor_new(field->kind == FIELD_SECRET);
    form->marked = index_of_value(field);
    begin_picker(form, field);
    const char *draft = g_hash_table_lookup(form->drafts, path);
    if (draft != NULL)
        editor_set(form->editor, draft);
    else if (takes_text(field->kind) && *field->value != '\0')
        editor_set(form->editor, field->value);
    else if (takes_text(field->kind))
        editor_suggest(form->editor, field->suggestion);
    form_judge(form);
    console->dirty = TRUE;
}

/* Something was typed into the field that is edited. */
static gboolean is_changed(const struct form *form, const struct board_field *field)
{
    const char *text = editor_text(form->editor);
    if (field == NULL || !takes_text(form->kind))
        return !editor_is_empty(form->editor);
    return strcmp(text, field->value) != 0 && (*field->value != '\0' || strcmp(text, field->suggestion) != 0);
}

static gboolean keeps_draft(const struct console *console, const struct form *form)
{
    gboolean is_text = form->kind == FIELD_TEXT || form->kind == FIELD_DATE;
    return is_text && is_changed(form, form_field(console, form->path));
}

void form_leave(struct console *console)
{
    struct form *form = console->form;
    if (form->path == NULL)
        return;
    if (keeps_draft(console, form))
        g_hash_table_replace(form->drafts, g_strdup(form->path), g_strdup(editor_text(form->editor)));
    stop(form);
    console->dirty = TRUE;
}

static gboolean is_unused(const struct form *form, const struct board_field *field)
{
    if (g_strcmp0(form->path, field->path) == 0)
        return is_changed(form, field);
    return g_hash_table_contains(form->drafts, field->path);
}

char *form_unused_words(const struct console *console)
{
    GString *words = g_string_new(NULL);
    for (guint i = 0; i < console->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(console->board->steps, i);
        for (guint k = 0; k < step->fields->len; k++) {
            const struct board_field *field = g_ptr_array_index(step->fields, k);
            if (is_unused(console->form, field))
                g_string_append_printf(words, "%s“%s”", words->len > 0 ? ", " : "", field->label);
        }
    }
    return g_string_free(words, words->len == 0);
}

static void drop(struct console *console)
{
    g_hash_table_remove(console->form->drafts, console->form->path);
    stop(console->form);
    console->dirty = TRUE;
}

void form_send(struct console *console, const char *value)
{
    struct form *form = console->form;
    g_free(form->awaited);
    form->awaited = g_strdup(form->path);
    g_hash_table_remove(form->drafts, form->path);
    session_answer(console->session, form->path, value);
    console_sent(console, COMMAND_ANSWER);
    stop(form);
}

static void submit_text(struct console *console)
{
    struct form *form = console->form;
    const struct board_field *field = form_field(console, form->path);
    if (form->verdict != NULL && !form->verdict->valid) {
        console_note(console, "That cannot be used yet: the sentence under the field says why.");
        return;
    }
    if (field != NULL && form->kind != FIELD_SECRET && strcmp(editor_text(form->editor), field->value) == 0) {
        drop(console);
        return;
    }
    form_send(console, form->verdict != NULL ? form->verdict->value : editor_text(form->editor));
}

static void submit_choice(struct console *console, int index)
{
    const struct board_field *field = form_field(console, console->form->path);
    if (field == NULL)
        return;
    g_autoptr(GPtrArray) choices = form_choices(field);
    if (index < 0 || index >= (int)choices->len)
        return;
    const struct board_choice *choice = g_ptr_array_index(choices, index);
    form_send(console, choice->value);
}

static gboolean press_choice(struct console *console, const struct press *press)
{
    struct form *form = console->form;
    const struct board_field *field = form_field(console, form->path);
    g_autoptr(GPtrArray) choices = field != NULL ? form_choices(field) : NULL;
    int count = choices != NULL ? (int)choices->len : 0;
    switch (press->kind) {
    case PRESS_UP:
        form->marked = MAX(form->marked - 1, 0);
        return TRUE;
    case PRESS_DOWN:
        form->marked = MIN(form->marked + 1, count - 1);
        return TRUE;
    case PRESS_CHARACTER:
        if (press->character >= '1' && press->character <= '9')
            submit_choice(console, (int)(press->character - '1'));
        return TRUE;
    case PRESS_ENTER:
        submit_choice(console, form->marked);
        return TRUE;
    default:
        return FALSE;
    }
}

static void move_date(struct form *form, int days)
{
    g_autofree char *text = g_strdup_printf("%sT00:00:00Z", editor_text(form->editor));
    g_autoptr(GDateTime) date = g_date_time_new_from_iso8601(text, NULL);
    if (date == NULL)
        date = g_date_time_new_now_local();
    g_autoptr(GDateTime) moved = g_date_time_add_days(date, days);
    g_autofree char *words = moved != NULL ? g_date_time_format(moved, "%Y-%m-%d") : NULL;
    if (words != NULL)
        editor_set(form->editor, words);
}

static gboolean press_text(struct console *console, const struct press *press)
{
    struct form *form = console->form;
    if (press->kind == PRESS_ENTER) {
        submit_text(console);
        return TRUE;
    }
    if (press->kind == PRESS_PASTE && form->kind == FIELD_TEXT && paste_offer(console, press->text))
        return TRUE;
    if (press->kind == PRESS_PASTE && !editor_paste(form->editor, press->text)) {
        console_note(console, "That is more than this field can hold; nothing was pasted.");
        return TRUE;
    }
    if (form->kind == FIELD_DATE && (press->kind == PRESS_UP || press->kind == PRESS_DOWN))
        move_date(form, press->kind == PRESS_UP ? 1 : -1);
    else if (press->kind != PRESS_PASTE && !editor_press(form->editor, press))
        return FALSE;
    form_judge(form);
    return TRUE;
}

gboolean form_press(struct console *console, const struct press *press)
{
    struct form *form = console->form;
    console->dirty = TRUE;
    if (press->kind == PRESS_ESCAPE) {
        drop(console);
        return TRUE;
    }
    if (press->kind == PRESS_CONTROL && press->character == 'f') {
        form_take_fix(console);
        return TRUE;
    }
    switch (form->kind) {
    case FIELD_CHOICE:
    case FIELD_YES_NO:
        return press_choice(console, press);
    case FIELD_PERSON:
    case FIELD_PEOPLE:
        return picker_press(console, press);
    default:
        return press_text(console, press);
    }
}

static struct verdict *draft_verdict(const struct console *console)
{
    const char *focus = console->step_view.focus;
    if (focus == NULL || !g_str_has_prefix(focus, "field:"))
        return NULL;
    const struct board_field *field = form_field(console, focus + strlen("field:"));
    const char *draft = field != NULL ? g_hash_table_lookup(console->form->drafts, field->path) : NULL;
    return draft != NULL ? form_verdict(field->validator, draft) : NULL;
}

gboolean form_has_fix(const struct console *console)
{
    if (console->form->path != NULL)
        return verdict_fix(console->form->verdict) != NULL;
    g_autoptr(Verdict) verdict = draft_verdict(console);
    return verdict_fix(verdict) != NULL;
}

void form_take_fix(struct console *console)
{
    if (console->form->path == NULL && form_has_fix(console))
        form_begin(console, console->step_view.focus + strlen("field:"));
    const struct finding *finding = console->form->path != NULL ? verdict_fix(console->form->verdict) : NULL;
    if (finding == NULL) {
        console_note(console, "There is nothing here that could be mended by a key.");
        return;
    }
    editor_set(console->form->editor, finding->fix);
    form_judge(console->form);
    console->dirty = TRUE;
}

void form_answered(struct console *console, const GError *error)
{
    struct form *form = console->form;
    g_autofree char *path = g_steal_pointer(&form->awaited);
    if (error == NULL || path == NULL)
        return;
    g_autofree char *headline = error_headline(error);
    console_note(console, "Not taken: %s", headline);
}

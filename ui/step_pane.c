/* SPDX-License-Identifier: MIT */
#include "ui/step_pane.h"

#include <string.h>

#include "ui/form/form.h"
#include "ui/form/form_rows.h"
#include "ui/greeting.h"
#include "ui/look_again.h"
#include "ui/progress.h"
#include "ui/state_text.h"
#include "ui/tenant_list.h"

#define LABEL_LIMIT 16
#define BAR_COLUMNS 20
#define TIME_COLUMNS 32 /* "  12 min 40 s left, until 14:04" */
#define DOTS "●●●●●●●●"

/* Something to press, with its key where there is room for it. */
static void fill_button(const struct console *console, struct text_layout *layout, enum action_id action,
                        const char *text)
{
    struct item item = item_numbered(ITEM_ACTION, (int)action);
    const char *key = action_first_key(console->options->keys, action);
    layout_paragraph(layout, &item, 0, STYLE_NORMAL, text);
    if (layout_last_columns(layout) + grid_text_columns(key) < layout_columns(layout))
        layout_right(layout, STYLE_DIM, key);
}

/* An answer may have told it, and nobody. */
static void fill_told(const struct console *console, struct text_layout *layout, const struct board_step *step)
{
    if (*step->told_by == '\0') {
        layout_paragraph(layout, NULL, 0, STYLE_NORMAL, step->reason);
        return;
    }
    layout_paragraph(layout, NULL, 0, STYLE_NORMAL, "Told by ");
    layout_continue(layout, 0, STYLE_NORMAL, step->told_by);
    if (*step->told_note != '\0')
        layout_paragraph(layout, NULL, 0, STYLE_DIM, step->told_note);
    if (board_step_told_unseen(step))
        layout_paragraph(layout, NULL, 0, STYLE_WAIT, step->reason);
    if (*step->next != '\0')
        layout_paragraph(layout, NULL, 0, STYLE_BOLD, step->next);
    fill_button(console, layout, ACTION_take_back, "[ Take it back ]");
}

static void fill_state(const struct console *console, struct text_layout *layout, const struct board_step *step)
{
    const struct state_look *look = step_look(console->board, step);
    layout_row(layout, NULL);
    layout_format(layout, look->style, "%s %s", look->glyph, step_words(console->board, step));
    if (step_wants_value_early(console->board, step))
        layout_continue(layout, 2, look->style, "; its values can be filled in now");
    if (step->checked != 0) {
        g_autofree char *time = time_text(console->board, step->checked);
        g_autofree char *read = g_strdup_printf("read %s", time);
        if (layout_last_columns(layout) + grid_text_columns(read) < layout_columns(layout))
            layout_right(layout, STYLE_DIM, read);
    }
    if (step->state == STEP_WAITING && step->until != 0)
        return;
    if (step->state == STEP_TOLD) {
        fill_told(console, layout, step);
        return;
    }
    /* What stands in its way, and what it wants, is no matter where nothing asks for it. */
    if (step_is_not_asked_for(console->board, step) || (step->report && console->board->taken_away))
        return;
    if (*step->reason != '\0')
        layout_paragraph(layout, NULL, 0, step->state == STEP_FAILED ? STYLE_BAD : STYLE_NORMAL, step->reason);
    /* The checklist calls it by a shorter name, where its number stands too. */
    const struct board_step *first = board_find_step(console->board, step->behind);
    if (first != NULL && *step->reason != '\0') {
        g_autofree char *number = g_strdup_printf(" That is step %d.", first->number);
        layout_continue(layout, 0, STYLE_NORMAL, number);
    }
    /* Where that is all it wants, and no role is lacking. */
    const struct board_field *missing = missing_field(step);
    gboolean wants_value = missing != NULL && !step->lacks_role && strstr(step->reason, missing->label) != NULL;
    if (wants_value && *missing->suggestion != '\0')
        layout_paragraph(layout, NULL, 0, STYLE_BOLD, "One is suggested below: Enter opens it, and Enter takes it.");
    else if (*step->next != '\0')
        layout_paragraph(layout, NULL, 0, STYLE_BOLD, step->next);
}

static void fill_wait(const struct console *console, struct text_layout *layout, const struct board_step *step)
{
    if (step->state != STEP_WAITING || step->until == 0)
        return;
    int room = CLAMP(layout_columns(layout) - TIME_COLUMNS, 4, BAR_COLUMNS);
    gint64 rest = time_left(console->board, step->until), whole = step->until - step->wait_started;
    gboolean is_measured = step->wait_started != 0 && whole > 0;
    double part = is_measured ? 1.0 - (double)rest / (double)whole : 0.0;
    g_autoptr(GString) bar = g_string_new(NULL);
    for (int i = 0; i < room; i++)
        g_string_append(bar, i < (int)(CLAMP(part, 0.0, 1.0) * room) ? "█" : "░");
    g_autofree char *left = duration_text(rest);
    g_autofree char *until = time_text(console->board, step->until);
    layout_row(layout, NULL);
    layout_text(layout, STYLE_WAIT, bar->str);
    g_autofree char *end = g_strdup_printf("  %s left, until %s", left, until);
    layout_continue(layout, 2, STYLE_BOLD, end);
    const char *why = *step->wait_reason != '\0' ? step->wait_reason : step->reason;
    if (*why != '\0')
        layout_paragraph(layout, NULL, 0, STYLE_NORMAL, why);
    layout_paragraph(layout, NULL, 0, STYLE_DIM, "You may close perch: the time goes on, and the next start knows it.");
    if (*step->wait_word != '\0') {
        struct item item = item_numbered(ITEM_ACTION, ACTION_override_wait);
        layout_row(layout, &item);
        layout_text(layout, STYLE_NORMAL, "[ Go on now ]");
        layout_format(layout, STYLE_DIM, "  w, then type “%s”; recorded", step->wait_word);
    }
}

static int label_columns(const struct board_step *step)
{
    int widest = 0;
    for (guint i = 0; i < step->fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(step->fields, i);
        widest = MAX(widest, grid_text_columns(field->label));
    }
    return MIN(widest, LABEL_LIMIT) + 2;
}

static void fill_fields(const struct console *console, struct text_layout *layout, const struct board_step *step)
{
    if (step->fields->len == 0)
        return;
    layout_blank(layout);
    int columns = label_columns(step);
    for (guint i = 0; i < step->fields->len; i++)
        form_fill_field(console, layout, g_ptr_array_index(step->fields, i), columns);
}

static void fill_choices(struct text_layout *layout, const struct board_step *step, const struct board_object *object)
{
    const char *mending = mending_words(step, object);
    if (mending != NULL) {
        struct item item = item_named(ITEM_MEND, object->key);
        layout_row(layout, &item);
        layout_text(layout, STYLE_BOLD, "  1 ");
        layout_continue(layout, 4, STYLE_NORMAL, mending);
    }
    for (guint i = 0; i < object->choices->len; i++) {
        const struct board_choice *choice = g_ptr_array_index(object->choices, i);
        struct item item = item_choice(object->key, choice->value);
        layout_row(layout, &item);
        layout_format(layout, STYLE_BOLD, "  %u ", i + (mending != NULL ? 2 : 1));
        layout_continue(layout, 4, STYLE_NORMAL, choice->label);
    }
}

/* On one row where it fits; else what was found stands above what is wanted, to be compared. */
static void fill_difference(struct text_layout *layout, const struct board_difference *difference)
{
    const char *found = *difference->found != '\0' ? difference->found : "nothing";
    const char *wanted = *difference->wanted != '\0' ? difference->wanted : "nothing";
    int used = grid_text_columns(difference->field) + grid_text_columns(found) + grid_text_columns(wanted);
    layout_paragraph(layout, NULL, 4, STYLE_NORMAL, difference->field);
    if (4 + used + grid_text_columns(": found , wanted ") <= layout_columns(layout)) {
        layout_format(layout, STYLE_DIM, ": found ");
        layout_text(layout, STYLE_BAD, found);
        layout_text(layout, STYLE_DIM, ", wanted ");
        layout_text(layout, STYLE_GOOD, wanted);
        return;
    }
    layout_text(layout, STYLE_DIM, ":");
    layout_paragraph(layout, NULL, 6, STYLE_DIM, "found  ");
    layout_continue(layout, 13, STYLE_BAD, found);
    layout_paragraph(layout, NULL, 6, STYLE_DIM, "wanted ");
    layout_continue(layout, 13, STYLE_GOOD, wanted);
}

static void fill_object(struct text_layout *layout, const struct board_step *step, const struct board_object *object)
{
    static const char *const origins[] = {
        [ORIGIN_NONE] = "",
        [ORIGIN_FOUND] = "",
        [ORIGIN_CREATED] = "made by perch",
        [ORIGIN_ADOPTED] = "taken over",
        [ORIGIN_PERSON] = "made by a person",
    };
    /* What nothing was read of has no tick. */
    gboolean proved = object->state != OBJECT_MATCHES || !object->unasked;
    layout_row(layout, NULL);
    const struct state_look *look = object_look(object);
    layout_format(layout, proved ? look->style : STYLE_DIM, "%s ", proved ? look->glyph : "·");
    layout_continue(layout, 2, STYLE_NORMAL, object->title);
    layout_right(layout, STYLE_DIM,
                 object->state != OBJECT_MATCHES ? look->words
                 : object->differences->len > 0  ? look->word
                                                 : origins[object->origin]);
    if (*object->sentence != '\0' && strcmp(object->sentence, step->reason) != 0)
        layout_paragraph(layout, NULL, 2, STYLE_DIM, object->sentence);
    for (guint i = 0; i < object->differences->len; i++)
        fill_difference(layout, g_ptr_array_index(object->differences, i));
    if (object->choices->len > 0) {
        layout_paragraph(layout, NULL, 2, STYLE_ACCENT, "Decide: a number marks, Enter takes.");
        fill_choices(layout, step, object);
    }
    if (*object->decided != '\0') {
        struct item item = item_named(ITEM_DECIDED, object->key);
        layout_paragraph(layout, &item, 2, STYLE_NORMAL, "[ Take the decision back ]");
        layout_right(layout, STYLE_DIM, "T");
    }
}

static void fill_objects(struct text_layout *layout, const struct board_step *step, gboolean standing_out)
{
    gboolean first = TRUE;
    for (guint i = 0; i < step->objects->len; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        if ((object->choices->len > 0 || object->differences->len > 0 || object->state == OBJECT_MANY ||
             object->state == OBJECT_IN_DOUBT) != standing_out)
            continue;
        if (first)
            layout_blank(layout);
        first = FALSE;
        fill_object(layout, step, object);
    }
}

static void fill_guide(const struct console *console, struct text_layout *layout, const struct board_step *step)
{
    if (step->lines->len == 0)
        return;
    layout_blank(layout);
    /* Read as an order it would be done again. */
    if (step->state == STEP_DONE)
        layout_paragraph(layout, NULL, 0, STYLE_DIM, "What was to be done by hand:");
    for (guint i = 0; i < step->lines->len; i++) {
        const struct board_line *line = g_ptr_array_index(step->lines, i);
        struct item own = item_numbered(ITEM_LINE, (int)i);
        const struct item *item = *line->copy != '\0' ? &own : NULL;
        layout_row(layout, item);
        guint number = board_line_number(step->lines, i);
        if (number > 0)
            layout_format(layout, STYLE_BOLD, "%2u ", number);
        else
            layout_tab(layout, 3);
        layout_continue(layout, 3, STYLE_NORMAL, line->text);
        if (line->to_come)
            layout_continue(layout, 3, STYLE_DIM, " (not known yet)");
        if (item == NULL)
            continue;
        layout_row(layout, item);
        layout_tab(layout, 3);
        layout_continue(layout, 3, STYLE_ACCENT, line->masked && !console->unmasked ? DOTS : line->copy);
        layout_right(layout, STYLE_DIM, "y copies");
    }
}

/* The numbered lines with their page; and at their end the word that it is done. */
static void fill_portal_part(const struct console *console, struct text_layout *layout, const struct board_step *step)
{
    fill_guide(console, layout, step);
    if (*step->link != '\0') {
        struct item item = item_numbered(ITEM_ACTION, ACTION_open_link);
        layout_blank(layout);
        layout_row(layout, &item);
        layout_text(layout, STYLE_NORMAL, "[ Open the page ]");
        layout_text(layout, STYLE_DIM, "  o opens, y copies");
        layout_link(layout, &item, step->link, step->link);
    }
    if (step->practice_form && (!step_state_is_settled(step->state) || board_step_told_unseen(step)))
        fill_button(console, layout, ACTION_practice_form, "[ Do it in the practice tenant ]");
    if (step->tellable && *step->tell_lacks == '\0' && !step_state_is_settled(step->state)) {
        fill_button(console, layout, ACTION_tell, "[ I have done it ]");
    } else if (step_is_looked_for(step)) {
        fill_button(console, layout, ACTION_tell, "[ I have done it: look for it ]");
    }
}

/* Before the sign-in nothing of the steps is known, and somebody may take that for lost. */
static void fill_known(const struct console *console, struct text_layout *layout)
{
    const struct tenant_row *known = console->options->known;
    if (known == NULL)
        return;
    g_autofree char *words = g_strdup_printf("Going on in %s, %s. ", known->name, known->domain);
    layout_blank(layout);
    layout_paragraph(layout, NULL, 0, STYLE_NORMAL, words);
    if (*known->read != '\0') {
        g_autofree char *read = g_strdup_printf("As read last, on %s: %s. ", known->read, known->stands);
        layout_continue(layout, 0, STYLE_NORMAL, read);
    }
    layout_continue(layout, 0, STYLE_NORMAL, "What was done and typed is kept.");
}

/* What perch does, and what it does at the beginning and at the end. */
static void fill_work(const struct console *console, struct text_layout *layout, const struct board_step *step)
{
    gboolean signs_in = !console->board->signed_in && step->number == 0;
    gboolean reports = step->report && console->board->signed_in;
    gboolean lacks_defender = console->board->lacks_defender && step->state == STEP_UNKNOWN;
    if (!signs_in && !lacks_defender && !reports && step->state != STEP_TO_DO && !step->lacks_role)
        return;
    layout_blank(layout);
    if (signs_in) {
        fill_button(console, layout, ACTION_sign_in, "[ Sign in with the browser ]");
        fill_button(console, layout, ACTION_device_code, "[ Sign in with a code on another device ]");
        fill_known(console, layout);
    }
    if (lacks_defender)
        fill_button(console, layout, ACTION_sign_in, "[ Sign in for Defender ]");
    if (reports)
        fill_button(console, layout, ACTION_report, "[ Write the report ]");
    else if (step->state == STEP_TO_DO)
        fill_button(console, layout, ACTION_apply_step, "[ Do this step ]");
    if (step->lacks_role)
        fill_button(console, layout, ACTION_hand_over, "[ Hand the rest over to a colleague ]");
}

static void fill_notes(struct text_layout *layout, const struct board_step *step)
{
    if (step->notes->len > 0)
        layout_blank(layout);
    for (guint i = 0; i < step->notes->len; i++) {
        layout_row(layout, NULL);
        layout_text(layout, STYLE_DIM, "• ");
        layout_continue(layout, 2, STYLE_NORMAL, g_ptr_array_index(step->notes, i));
    }
}

/* The first sentence says what the step is for; the rest is behind a key. */
static void fill_story(const struct console *console, struct text_layout *layout, const struct board_step *step)
{
    const char *end = strstr(step->explanation, ". ");
    gsize paragraph = strcspn(step->explanation, "\n");
    gsize length = end != NULL ? MIN((gsize)(end + 1 - step->explanation), paragraph) : paragraph;
    g_autofree char *first = g_strndup(step->explanation, length);
    if (*first == '\0')
        return;
    layout_blank(layout);
    layout_paragraph(layout, NULL, 0, STYLE_DIM, first);
    if (step->explanation[length] != '\0')
        fill_button(console, layout, ACTION_about, "[ More about this step ]");
}

/* Every value that will be asked for, under the title of its step. */
static void fill_all_values(const struct console *console, struct text_layout *layout)
{
    layout_paragraph(layout, NULL, 0, STYLE_NORMAL,
                     console->options->practice
                         ? "Paste the partner's e-mail anywhere; in practice E takes a made-up one. Nothing is sent."
                         : "Paste the partner's e-mail anywhere: perch finds the values in it. Nothing is sent.");
    for (guint i = 0; i < console->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(console->board->steps, i);
        if (step->fields->len == 0 || step->state == STEP_SKIPPED)
            continue;
        layout_blank(layout);
        layout_row(layout, NULL);
        layout_format(layout, STYLE_BOLD, "%d %s", step->number, step->title);
        const char *trouble = values_trouble(step);
        const struct board_field *open = open_field(step);
        /* Of whom a field names it is said there. */
        if (trouble != NULL && (open == NULL || open->unfit->len == 0))
            layout_paragraph(layout, NULL, 0, STYLE_BAD, trouble);
        int columns = label_columns(step);
        for (guint k = 0; k < step->fields->len; k++)
            form_fill_field(console, layout, g_ptr_array_index(step->fields, k), columns);
    }
}

char *step_pane_values_count(const struct console *console)
{
    int needed = 0, filled = 0, unfit = 0;
    for (guint i = 0; i < console->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(console->board->steps, i);
        for (guint k = 0; k < step->fields->len && step->state != STEP_SKIPPED; k++) {
            const struct board_field *field = g_ptr_array_index(step->fields, k);
            needed += field->required;
            filled += field->required && *field->value != '\0';
            unfit += field->unfit->len > 0;
        }
    }
    return unfit > 0 ? g_strdup_printf("%d of %d, %d wrong", filled, needed, unfit)
                     : g_strdup_printf("%d of %d filled in", filled, needed);
}

/* State and difference first, then what is to be done, what to mind, and the values; where a value is missing, filling
 * it in is what is to be done, and where nothing is to be done the proof stands there. */
struct text_layout *step_pane_layout(struct console *console, int columns)
{
    struct text_layout *layout = layout_new(columns);
    const struct board_step *step = console_step(console);
    if (console->greeting) {
        greeting_fill(console, layout);
        return layout;
    }
    if (console->carried_out != NULL) {
        progress_fill(console, layout);
        return layout;
    }
    if (console->collecting) {
        fill_all_values(console, layout);
        return layout;
    }
    if (step == NULL) {
        layout_paragraph(layout, NULL, 0, STYLE_DIM, "Nothing has been read yet.");
        return layout;
    }
    /* They stay where they are while they are filled in. */
    gboolean values_first = open_field(step) != NULL || g_strcmp0(console->filled_in, step->id) == 0 ||
                            step->state == STEP_DIFFERS; /* it may be the value that is wrong */
    fill_state(console, layout, step);
    fill_wait(console, layout, step);
    look_again_fill(console, layout, step);
    fill_objects(layout, step, TRUE);
    if (values_first)
        fill_fields(console, layout, step);
    if (*step->warning != '\0') {
        layout_blank(layout);
        layout_paragraph(layout, NULL, 0, STYLE_WAIT, step->warning);
    }
    fill_work(console, layout, step);
    fill_notes(layout, step);
    /* Of what is done the proof comes first. */
    gboolean is_done = step->state == STEP_DONE;
    if (!is_done)
        fill_portal_part(console, layout, step);
    if (!values_first)
        fill_fields(console, layout, step);
    fill_objects(layout, step, FALSE);
    if (is_done)
        fill_portal_part(console, layout, step);
    fill_story(console, layout, step);
    return layout;
}

/* The first value of STEP, where the mark in LAYOUT would stand on keeping what differs: an Enter too many keeps
 * nothing.
 */
static void leave_keeping(struct console *console, const struct text_layout *layout, const struct board_step *step)
{
    const struct item *focus = &console->step_scroller.focus;
    for (guint i = 0; step != NULL && i < step->objects->len && step->fields->len > 0; i++) {
        const struct board_object *object = g_ptr_array_index(step->objects, i);
        const struct board_field *field = g_ptr_array_index(step->fields, 0);
        struct item value = item_named(ITEM_FIELD, field->path);
        if (focus->kind == ITEM_CHOICE && g_strcmp0(focus->name, object->key) == 0 && object_only_keeps(object) &&
            layout_has_item(layout, &value))
            scroller_set_focus(&console->step_scroller, &value);
    }
}

void step_pane_find_focus(struct console *console, const struct text_layout *layout)
{
    const struct item *focus = &console->step_scroller.focus;
    const struct board_field *field = NULL;
    /* What is read anew may be gone for a moment: the mark waits for it, and goes to nothing else meanwhile. */
    gboolean waits = focus->kind != ITEM_NONE && console_runs(console, COMMAND_CHECK);
    if (waits || layout_has_item(layout, focus))
        return;
    for (guint i = 0; i < console->board->steps->len && field == NULL && !console->greeting; i++) {
        const struct board_step *step = g_ptr_array_index(console->board->steps, i);
        if (console->collecting || step == console_step(console))
            field = open_field(step);
    }
    struct item missing = item_named(ITEM_FIELD, field != NULL ? field->path : NULL);
    gboolean shown = field != NULL && layout_has_item(layout, &missing);
    scroller_set_focus(&console->step_scroller, shown ? &missing : layout_first_item(layout));
    /* An Enter too many takes nothing back. */
    struct item back = item_numbered(ITEM_ACTION, ACTION_take_back);
    if (item_equal(&console->step_scroller.focus, &back))
        scroller_move(&console->step_scroller, layout, 1);
    leave_keeping(console, layout, console_step(console));
    console->reveal_focus |= shown;
}

/* SPDX-License-Identifier: MIT */
#include "ui/key_bar.h"

#include "ui/form/form.h"
#include "ui/progress.h"
#include "ui/state_text.h"
#include "ui/step_pane.h"
#include "ui/views/ladder_view.h"
#include "ui/views/plan_view.h"
#include "ui/views/sign_in_view.h"

#define GAP 2

static gboolean has_masked(const struct board_step *step)
{
    for (guint i = 0; i < step->fields->len; i++)
        if (((const struct board_field *)g_ptr_array_index(step->fields, i))->masked)
            return TRUE;
    for (guint i = 0; i < step->lines->len; i++)
        if (((const struct board_line *)g_ptr_array_index(step->lines, i))->masked)
            return TRUE;
    return FALSE;
}

/* What Enter does to the marked line of the step's pane; NULL: nothing. */
static const char *enter_label(const struct console *console)
{
    static const char *const labels[] = {
        [ITEM_FIELD] = "edit",        [ITEM_CHOICE] = "decide", [ITEM_DECIDED] = "take back", [ITEM_LINE] = "copy",
        [ITEM_PRACTISE] = "practise", [ITEM_BEGIN] = "begin",   [ITEM_ACTION] = "do it",      [ITEM_MEND] = "do it",
    };
    struct overlay *top = console_top(console);
    enum item_kind kind = console->step_scroller.focus.kind;
    if (console_place(console) == PLACE_SIGN_IN)
        return sign_in_view_enter(console);
    if (top != NULL)
        return overlay_sees_mark(console, top) ? plan_view_enter(top) : NULL;
    if (progress_is_over(console))
        return "go on";
    if (console->carried_out != NULL || kind >= G_N_ELEMENTS(labels))
        return NULL;
    return console->mark_in_sight ? labels[kind] : NULL;
}

static gboolean has_text_to_copy(const struct console *console)
{
    const struct overlay *top = console_top(console);
    const char *what = NULL;
    if (top != NULL)
        return top->ops->copy != NULL;
    if (console->pane == PANE_LOG)
        return TRUE;
    g_autofree char *text = step_pane_copy_text(console, &what);
    return text != NULL;
}

gboolean key_bar_wants_one_step(const struct console *console, enum action_id id)
{
    switch (id) {
    case ACTION_about:
    case ACTION_tell:
    case ACTION_practice_form:
    case ACTION_override_wait:
    case ACTION_ladder:
    case ACTION_apply_step:
    case ACTION_open_link:
    case ACTION_exchange:
    case ACTION_skip:
    case ACTION_take_back:
    case ACTION_show_code:
        return console_top(console) == NULL && (console->collecting || console->greeting);
    default:
        return FALSE;
    }
}

/* What is done about the step that is shown, if any is. */
static gboolean suits_step(const struct console *console, enum action_id id)
{
    const struct board_step *step = console_step(console);
    gboolean shown = step != NULL, signed_in = console->board->signed_in;
    switch (id) {
    case ACTION_report:
        return ((shown && step->report) || console->board->taken_away) && signed_in &&
               console->options->write_report != NULL;
    case ACTION_tell:
        return shown && !step_state_is_settled(step->state) && step->state != STEP_IN_DOUBT &&
               (step->tellable ? *step->tell_lacks == '\0' : step_is_looked_for(step));
    case ACTION_about:
        return shown && *step->explanation != '\0';
    case ACTION_apply_step:
        return shown && signed_in && step->state == STEP_TO_DO && !step->report;
    case ACTION_skip:
        return shown && signed_in && step->state != STEP_DONE;
    case ACTION_take_back:
        return shown && ((step->state == STEP_TOLD && *step->told_by != '\0') || step->state == STEP_SKIPPED ||
                         decided_object(step) != NULL);
    case ACTION_hand_over:
        return shown && step->lacks_role;
    case ACTION_practice_form:
        return shown && step->practice_form && !step_state_is_settled(step->state) && step->state != STEP_IN_DOUBT;
    case ACTION_open_link:
    case ACTION_show_code:
        return shown && *step->link != '\0';
    case ACTION_override_wait:
        return shown && step->state == STEP_WAITING && *step->wait_word != '\0';
    case ACTION_exchange:
        return shown && (step->state == STEP_FAILED || step->state == STEP_IN_DOUBT || step->state == STEP_UNKNOWN);
    case ACTION_ladder:
        return shown && *step->trouble_title != '\0' && step->state != STEP_DONE;
    case ACTION_show_masked:
        return shown && has_masked(step);
    default:
        return TRUE;
    }
}

/* Of what is done on the board: what is not refused while a write is under way. */
static gboolean works_while_writing(enum action_id id)
{
    switch (id) {
    case ACTION_cancel:
    case ACTION_zoom:
    case ACTION_next_pane:
    case ACTION_open_step:
    case ACTION_open_line:
    case ACTION_follow:
    case ACTION_filter_severity:
    case ACTION_filter_subject:
    case ACTION_save_log:
    case ACTION_copy:
    case ACTION_find:
    case ACTION_help:
    case ACTION_quit:
        return TRUE;
    default:
        return FALSE;
    }
}

/* A value of the partner's e-mail is what the step that is shown waits for. */
static gboolean lacks_what_mail_brings(const struct console *console)
{
    const struct board_step *step = console_step(console);
    for (guint i = 0; step != NULL && i < step->fields->len; i++) {
        const struct board_field *field = g_ptr_array_index(step->fields, i);
        if (field->required && *field->value == '\0' && mail_brings(field))
            return TRUE;
    }
    return FALSE;
}

/* Whoever has just undone it, or left, is not led into it again: what does that is in the help and in the steps. */
static gboolean leads_to_connecting(enum action_id id)
{
    switch (id) {
    case ACTION_next_step:
    case ACTION_tell:
    case ACTION_before:
    case ACTION_plan:
    case ACTION_apply:
    case ACTION_ladder:
    case ACTION_practice_form:
    case ACTION_skip:
        return TRUE;
    default:
        return FALSE;
    }
}

/* The report is no matter of a plan, and nobody needs to be led to it. */
static gboolean is_something_left(const struct board *board)
{
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        if (!step->report && !step_state_is_settled(step->state))
            return TRUE;
    }
    return board->steps->len == 0;
}

gboolean key_bar_offers(const struct console *console, enum action_id id)
{
    guint place = console_place(console);
    gboolean signed_in = console->board->signed_in;
    const struct overlay *top = console_top(console);
    const struct plan *plan = plan_view_plan(top);
    if (*actions[id].label == '\0' || (actions[id].places & place) == 0 || key_bar_wants_one_step(console, id))
        return FALSE;
    if (console_writes(console) && (place & PLACE_BOARD) != 0 && !works_while_writing(id))
        return FALSE;
    if (console->board->taken_away && top == NULL && leads_to_connecting(id))
        return FALSE;
    /* What came of the plan stands there, and nothing of a step. */
    if (top == NULL && place == PLACE_STEP && progress_is_over(console) && (actions[id].places & PLACE_LOG) == 0 &&
        id != ACTION_choose)
        return FALSE;
    switch (id) {
    case ACTION_sign_in:
    case ACTION_device_code:
        return !signed_in || console->board->lacks_defender || place == PLACE_SIGN_IN;
    case ACTION_apply:
        return signed_in &&
               (plan == NULL ? is_something_left(console->board) : plan->requests->len + plan->choices->len > 0);
    case ACTION_plan:
        return signed_in && is_something_left(console->board);
    case ACTION_next_step:
        return is_something_left(console->board);
    case ACTION_check:
    case ACTION_before:
        return signed_in;
    case ACTION_partner_mail:
        return signed_in && console->options->practice && (console->collecting || lacks_what_mail_brings(console));
    case ACTION_undo:
        return console->board->created_count > 0;
    case ACTION_leave_partner:
        if (top != NULL)
            return signed_in && console->board->partner_keeps->len > 0 &&
                   (plan == NULL ? console->board->taken_away : plan->undo && !plan->leave);
        return signed_in && (console->board->created_count > 0 || console->board->partner_keeps->len > 0);
    case ACTION_take_fix:
        return form_has_fix(console);
    case ACTION_choose:
        return enter_label(console) != NULL;
    case ACTION_copy:
        return has_text_to_copy(console);
    case ACTION_cancel:
        return console_busy(console);
    case ACTION_follow:
        return !console->log_pane.following;
    case ACTION_open_link:
    case ACTION_show_code:
        return top != NULL || suits_step(console, id);
    case ACTION_practice_form:
        return place == PLACE_READ ? ladder_view_form(top) > 0 : place != PLACE_SIGN_IN && suits_step(console, id);
    default:
        return suits_step(console, id);
    }
}

struct hint {
    const char *key;
    const char *label;
    enum action_id action; /* a click on it does that; ACTION_COUNT: what the key does */
    enum key_kind kind;
};

static struct hint hint_of(const struct console *console, enum action_id id)
{
    const struct plan *plan = plan_view_plan(console_top(console));
    const char *label = actions[id].label;
    /* Whoever leaves the page of a sign-in ends what waits for it. */
    if (id == ACTION_close && console_place(console) == PLACE_SIGN_IN)
        label = actions[ACTION_cancel].label;
    else if (id == ACTION_choose)
        label = enter_label(console);
    else if (id == ACTION_cancel && console_writes(console))
        label = "stop after this";
    else if (id == ACTION_apply && plan != NULL)
        label = plan_view_is_open(console_top(console)) ? "go on"
                : plan->leave                           ? "leave the partner"
                : plan->undo                            ? "undo"
                                                        : "apply";
    else if (id == ACTION_about && console_place(console) == PLACE_SIGN_IN)
        label = "all of it";
    else if (id == ACTION_before && console->collecting)
        label = "steps";
    else if (id == ACTION_tell && console_step(console) != NULL && step_is_looked_for(console_step(console)))
        label = "look for it";
    return (struct hint){action_first_key(console->options->keys, id), label, id, KEY_NONE};
}

static int hint_columns(const struct hint *hint)
{
    return grid_text_columns(hint->key) + 1 + grid_text_columns(hint->label) + GAP;
}

/* Whole hints only, from COLUMN to LIMIT, the more important ones first. */
static void draw_hints(struct console *console, const struct hint *hints, int count, int column, int limit,
                       struct area bar)
{
    for (int i = 0; i < count; i++) {
        if (column + hint_columns(&hints[i]) > limit)
            continue;
        int used = grid_put(console->grid, column, bar.row, bar.columns, STYLE_BOLD, hints[i].key);
        used += 1 + grid_put(console->grid, column + used + 1, bar.row, bar.columns, STYLE_NORMAL, hints[i].label);
        if (hints[i].action < ACTION_COUNT)
            hit_areas_add(console->hits, (struct area){column, bar.row, used, 1}, HIT_ACTION, (int)hints[i].action,
                          NULL);
        else
            hit_areas_add(console->hits, (struct area){column, bar.row, used, 1}, HIT_KEY, (int)hints[i].kind, NULL);
        column += used + GAP;
    }
}

/* What this place is about stands before all else. */
static gboolean comes_first(const struct console *console, enum action_id id)
{
    if (console_writes(console))
        return id == ACTION_cancel;
    if (console->collecting && console_place(console) == PLACE_STEP)
        return id == ACTION_before;
    gboolean is_over = console->board->taken_away || !is_something_left(console->board);
    return is_over && console_top(console) == NULL &&
           (id == ACTION_report || id == ACTION_check || id == ACTION_undo || id == ACTION_leave_partner);
}

/* While a field is edited letters are text, so the bar shows the keys of the field. Help and the way out have their
 * place at the right end before any other. */
void key_bar_draw(struct console *console, struct area area)
{
    gboolean editing = form_editing(console) != NULL && console_place(console) == PLACE_STEP;
    struct hint hints[ACTION_COUNT], fixed[2];
    int count = 0, fixed_count = 0, column = area.columns + 1;
    if (editing) {
        hints[count++] = (struct hint){"Enter", "use", ACTION_COUNT, KEY_ENTER};
        if (form_has_fix(console))
            hints[count++] = (struct hint){"Ctrl-F", "mend", ACTION_take_fix, KEY_NONE};
        hints[count++] = (struct hint){"Esc", "drop", ACTION_COUNT, KEY_ESCAPE};
        hints[count++] = (struct hint){"Tab", "next", ACTION_COUNT, KEY_TAB};
        if (form_has_text(console))
            hints[count++] = (struct hint){"Ctrl-U", "empty", ACTION_COUNT, KEY_CONTROL};
        fixed[fixed_count++] = (struct hint){"F1", "help", ACTION_help, KEY_NONE};
    } else {
        fixed[fixed_count++] = hint_of(console, ACTION_help);
        fixed[fixed_count++] = hint_of(console, console_top(console) == NULL ? ACTION_quit : ACTION_close);
    }
    for (int turn = 0; turn < 2 && !editing; turn++)
        for (int i = 0; i < ACTION_COUNT; i++)
            if (i != ACTION_help && i != ACTION_quit && i != ACTION_close &&
                comes_first(console, (enum action_id)i) == (turn == 0) && key_bar_offers(console, (enum action_id)i))
                hints[count++] = hint_of(console, (enum action_id)i);
    for (int i = 0; i < fixed_count; i++)
        column -= hint_columns(&fixed[i]);
    column = MAX(column, 0);
    draw_hints(console, fixed, fixed_count, column, G_MAXINT, area);
    draw_hints(console, hints, count, area.column + 1, column, area);
}

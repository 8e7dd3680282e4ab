/* SPDX-License-Identifier: MIT */
#include "ui/dispatch.h"

#include <string.h>

#include "input/guest_verdict.h"
#include "ui/ask.h"
#include "ui/form/form.h"
#include "ui/form/paste_offer.h"
#include "ui/key_bar.h"
#include "ui/log_pane.h"
#include "ui/navigation.h"
#include "ui/plan_question.h"
#include "ui/progress.h"
#include "ui/step_pane.h"
#include "ui/views/overlay.h"

#define WHEEL_ROWS 3
#define DIGITS_PAUSE G_USEC_PER_SEC

static void click_checklist(struct console *console, const struct item *item)
{
    console->pane = PANE_CHECKLIST;
    if (item->kind != ITEM_STEP)
        return;
    gboolean again = g_strcmp0(console->step, item->name) == 0 && !console->greeting;
    console->greeting = FALSE;
    console->chose = TRUE;
    console_select(console, item->name);
    if (again)
        console->pane = PANE_STEP;
}

static void click_step(struct console *console, const struct item *item)
{
    console->pane = PANE_STEP;
    if (item->kind == ITEM_NONE)
        return;
    if (item->kind == ITEM_FIELD && g_strcmp0(form_editing(console), item->name) == 0) {
        if (item->number > 0)
            form_pick(console, item->number);
        return;
    }
    form_leave(console);
    scroller_set_focus(&console->step_scroller, item);
    step_pane_choose(console);
}

static void click(struct console *console, const struct key_event *key)
{
    const struct hit_area *found = hit_areas_at(console->hits, key->column, key->row);
    if (found == NULL)
        return;
    /* What is done with it may draw anew, which frees the areas. */
    struct hit_area hit = *found;
    switch (hit.kind) {
    case HIT_ACTION:
        action_run(console, (enum action_id)hit.number);
        break;
    case HIT_CHECKLIST:
        click_checklist(console, &hit.item);
        break;
    case HIT_STEP:
        click_step(console, &hit.item);
        break;
    case HIT_KEY:
        /* The only one with Ctrl that the key bar has. */
        dispatch_key(console, &(struct key_event){.kind = (enum key_kind)hit.number,
                                                  .character = hit.number == KEY_CONTROL ? 'u' : 0});
        break;
    case HIT_ANSWER:
        break;
    case HIT_LOG:
        console->pane = PANE_LOG;
        log_pane_mark_row(console, hit.number);
        break;
    case HIT_OVERLAY: {
        struct overlay *top = console_top(console);
        if (top == NULL || hit.item.kind == ITEM_NONE || !top->ops->focuses)
            return;
        scroller_set_focus(&top->scroller, &hit.item);
        action_choose(console);
        break;
    }
    }
}

/* The wheel turns what is under it, wherever the keys go. */
static void wheel(struct console *console, const struct key_event *key)
{
    const struct hit_area *hit = hit_areas_at(console->hits, key->column, key->row);
    if (console_top(console) == NULL && hit != NULL) {
        if (hit->kind == HIT_LOG)
            console->pane = PANE_LOG;
        else if (hit->kind == HIT_STEP)
            console->pane = PANE_STEP;
        else if (hit->kind == HIT_CHECKLIST)
            console->pane = PANE_CHECKLIST;
    }
    for (int i = 0; i < WHEEL_ROWS; i++)
        action_move(console, key->number < 0 ? -1 : 1);
}

/* Up, Down and Shift-Tab leave a field for the ones beside it. */
static gboolean leave_field(struct console *console, const struct key_event *key)
{
    if (key->kind != KEY_BACK_TAB && key->kind != KEY_UP && key->kind != KEY_DOWN)
        return FALSE;
    form_leave(console);
    g_autoptr(TextLayout) layout = step_pane_layout(console, console->step_columns);
    scroller_move(&console->step_scroller, layout, key->kind == KEY_DOWN ? 1 : -1);
    scroller_reveal(&console->step_scroller, layout);
    return TRUE;
}

static gboolean form_has_keys(const struct console *console)
{
    return form_editing(console) != NULL && console_top(console) == NULL && console->pane == PANE_STEP;
}

/* A paste means the values in it, or the field with the focus; it is never keys. */
static void take_paste(struct console *console, const struct key_event *key)
{
    const struct item *focus = &console->step_scroller.focus;
    if (console_top(console) != NULL) {
        console_note(console, "That was a paste, or too fast to be typed: none of it was taken for keys.");
        return;
    }
    const struct board_field *field = focus->kind == ITEM_FIELD ? board_find_field(console->board, focus->name) : NULL;
    /* A list of people has "Name" above a column, as a list of Event Hubs has. */
    gboolean is_guests = field != NULL && console->pane == PANE_STEP && strcmp(field->validator, GUEST_LIST_FIELD) == 0;
    gboolean takes_all = is_guests || (form_has_keys(console) && form_takes_any_text(console));
    if (!takes_all && paste_offer(console, key->text, "paste", key->note))
        return;
    gboolean takes_text = field != NULL && field->kind != FIELD_CHOICE && field->kind != FIELD_YES_NO;
    if (!form_has_keys(console) && console->pane == PANE_STEP && takes_text)
        form_begin(console, focus->name);
    if (form_has_keys(console) && form_key(console, key))
        return;
    console_note(console, "%s",
                 form_has_keys(console)
                     ? "A paste takes no choice, and none of it was a key: a number or Down marks one."
                     : "Nothing in that paste is wanted here, and none of it was a key. Choose a field first.");
}

/* Two digits in a row are one number. */
static void jump_to_step(struct console *console, int digit)
{
    gint64 now = g_get_monotonic_time();
    int number = now < console->digits_until ? console->digits * 10 + digit : digit;
    const struct board_step *found = NULL;
    for (int tries = 0; tries < 2 && found == NULL; tries++, number = digit)
        for (guint i = 0; i < console->board->steps->len && found == NULL; i++) {
            const struct board_step *step = g_ptr_array_index(console->board->steps, i);
            found = step->number == number ? step : NULL;
        }
    console->digits = found != NULL ? found->number : digit;
    console->digits_until = now + DIGITS_PAUSE;
    if (found == NULL) {
        console_note(console, "There is no step %d.", digit);
        return;
    }
    console->chose = TRUE;
    console->greeting = FALSE;
    console_select(console, found->id);
}

/* A digit marks a choice of an open decision, or jumps to a step; it decides nothing. */
static gboolean digit_key(struct console *console, const struct key_event *key)
{
    guint place = console_place(console);
    if (key->kind != KEY_CHARACTER || key->character > '9' || key->character < '0' || (place & PLACE_BOARD) == 0)
        return FALSE;
    int digit = (int)(key->character - '0');
    if (place == PLACE_LOG && (digit < 1 || digit > PANE_COUNT))
        return FALSE;
    if (place == PLACE_LOG) {
        action_show_pane(console, digit - 1);
        return TRUE;
    }
    if (place != PLACE_STEP || !step_pane_choose_number(console, digit))
        jump_to_step(console, digit);
    return TRUE;
}

static void say_unknown(struct console *console, const struct key_event *key)
{
    char text[7] = "";
    if (key->kind == KEY_LEFT || key->kind == KEY_RIGHT)
        console_note(console, "%s does nothing here; Tab goes to the next pane, Esc to the checklist.",
                     key->kind == KEY_LEFT ? "Left" : "Right");
    if (key->kind != KEY_CHARACTER || key->character == ' ')
        return;
    g_unichar_to_utf8(key->character, text);
    console_note(console, "“%s” does nothing here; ? shows all that can be done.", text);
}

/* While a plan is made to be carried out, and until the question about it comes, what is typed is not meant for it. */
static gboolean is_preparing(struct console *console, const struct key_event *key)
{
    gboolean is_shown = console->ask_at != 0;
    gboolean is_made = console->apply_when_planned && console_runs(console, COMMAND_PLAN);
    if ((!is_shown && !is_made) || console_place(console) == PLACE_SIGN_IN)
        return FALSE;
    gboolean stops = key->kind == KEY_ESCAPE || (key->kind == KEY_CONTROL && key->character == 'c');
    if (stops && plan_question_stop(console))
        console->dirty = TRUE;
    else if (stops)
        action_cancel(console);
    else {
        plan_question_put_off(console);
        console_note(console, "%s",
                     is_shown ? "This is the plan: the question comes once no key is pressed, and takes no key before."
                              : "The plan is being made: no key is taken until it is shown. Esc stops it.");
    }
    return TRUE;
}

void dispatch_key(struct console *console, const struct key_event *key)
{
    console->dirty = TRUE;
    if (console->ask == NULL)
        g_clear_pointer(&console->note.text, g_free);
    if (key->kind == KEY_WHEEL) {
        wheel(console, key);
        return;
    }
    if (console->ask != NULL && key->kind == KEY_CLICK) {
        const struct hit_area *hit = hit_areas_at(console->hits, key->column, key->row);
        if (hit != NULL && hit->kind == HIT_ANSWER)
            ask_click(console, hit->number);
        else
            ask_remark(console, "Answer this first; Esc goes back.");
        return;
    }
    if ((console->ask != NULL && ask_key(console, key)) || is_preparing(console, key))
        return;
    struct overlay *top = console_top(console);
    if (top == NULL && progress_is_over(console)) {
        const struct hit_area *hit = key->kind == KEY_CLICK ? hit_areas_at(console->hits, key->column, key->row) : NULL;
        progress_end(console);
        /* It was said to go on, and nothing else. */
        if (key->kind == KEY_ENTER || (hit != NULL && hit->kind == HIT_ACTION && hit->number == ACTION_choose))
            return;
    }
    if (key->kind == KEY_CLICK)
        click(console, key);
    else if (key->kind == KEY_PASTE)
        take_paste(console, key);
    else if (console->ask == NULL && form_has_keys(console) && (form_key(console, key) || leave_field(console, key)))
        return;
    else if ((top == NULL || top->ops->key == NULL || !top->ops->key(console, top, key)) && !digit_key(console, key)) {
        enum action_id id = action_for(console->options->keys, console_place(console), key);
        if (id == ACTION_COUNT)
            say_unknown(console, key);
        else if (key_bar_wants_one_step(console, id))
            console_note(console, "That is done about one step: %s.",
                         console->greeting ? "Enter begins" : "b goes back to the steps");
        else
            action_run(console, id);
    }
}

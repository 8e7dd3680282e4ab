#include "ui/dispatch.h"

#include <string.h>

#include "ui/ask.h"
#include "ui/form.h"
#include "ui/log_pane.h"
#include "ui/paste_offer.h"
#include "ui/step_pane.h"
#include "ui/view.h"

#define WHEEL_ROWS 3

static void run(struct console *console, enum action_id id)
{
    if (id < ACTION_COUNT)
        actions[id].run(console);
}

static void click_checklist(struct console *console, const char *item)
{
    console->pane = PANE_CHECKLIST;
    if (item == NULL)
        return;
    gboolean again = g_strcmp0(console->step, item) == 0 && !console->greeting;
    console->greeting = FALSE;
    console->chose = TRUE;
    console_select(console, item);
    if (again)
        console->pane = PANE_STEP;
}

static void click_step(struct console *console, const char *item)
{
    console->pane = PANE_STEP;
    if (item == NULL)
        return;
    page_view_set_focus(&console->step_view, item);
    step_pane_choose(console);
}

static void click_log(struct console *console, int row)
{
    console->pane = PANE_LOG;
    log_pane_mark_row(console, row);
}

static void click_view(struct console *console, const char *item)
{
    struct view *top = console_top(console);
    if (top == NULL || item == NULL || !top->ops->focuses)
        return;
    page_view_set_focus(&top->page, item);
    action_choose(console);
}

static void click(struct console *console, const struct press *press)
{
    const struct target *target = targets_at(console->targets, press->column, press->row);
    if (target == NULL)
        return;
    g_autofree char *item = g_strdup(target->item);
    switch (target->kind) {
    case TARGET_ACTION:
        run(console, (enum action_id)target->number);
        break;
    case TARGET_CHECKLIST:
        click_checklist(console, item);
        break;
    case TARGET_STEP:
        click_step(console, item);
        break;
    case TARGET_LOG:
        click_log(console, target->number);
        break;
    case TARGET_VIEW:
        click_view(console, item);
        break;
    }
}

/* The wheel turns what is under it, wherever the keys go. */
static void wheel(struct console *console, const struct press *press)
{
    const struct target *target = targets_at(console->targets, press->column, press->row);
    if (console_top(console) == NULL && target != NULL) {
        if (target->kind == TARGET_LOG)
            console->pane = PANE_LOG;
        else if (target->kind == TARGET_STEP)
            console->pane = PANE_STEP;
        else if (target->kind == TARGET_CHECKLIST)
            console->pane = PANE_CHECKLIST;
    }
    for (int i = 0; i < WHEEL_ROWS; i++)
        run(console, press->number < 0 ? ACTION_up : ACTION_down);
}

/* Tab in a field goes to the next one and leaves what was typed as a draft. */
static gboolean leave_field(struct console *console, const struct press *press)
{
    if (press->kind != PRESS_TAB && press->kind != PRESS_BACK_TAB && press->kind != PRESS_UP &&
        press->kind != PRESS_DOWN)
        return FALSE;
    form_leave(console);
    gboolean back = press->kind == PRESS_BACK_TAB || press->kind == PRESS_UP;
    g_autoptr(Page) page = step_pane_page(console, console->step_columns);
    page_view_move(&console->step_view, page, back ? -1 : 1);
    page_view_reveal(&console->step_view, page);
    const char *focus = console->step_view.focus;
    if (press->kind == PRESS_TAB && focus != NULL && g_str_has_prefix(focus, "field:"))
        form_begin(console, focus + strlen("field:"));
    return TRUE;
}

static gboolean form_has_keys(const struct console *console)
{
    return form_editing(console) != NULL && console_top(console) == NULL && console->pane == PANE_STEP;
}

/* A paste on the board means the values in it, or the field with the focus; it is never keys. */
static gboolean paste_into_step(struct console *console, const struct press *press)
{
    const char *focus = console->pane == PANE_STEP ? console->step_view.focus : NULL;
    if (press->kind != PRESS_PASTE)
        return FALSE;
    if (console_top(console) != NULL) {
        console_note(console, "That was a paste, or too fast to be typed: none of it was taken for keys.");
        return TRUE;
    }
    if (paste_offer(console, press->text))
        return TRUE;
    if (focus != NULL && g_str_has_prefix(focus, "field:")) {
        form_begin(console, focus + strlen("field:"));
        return form_editing(console) != NULL && form_press(console, press);
    }
    console_note(console, "Nothing in that paste is wanted here, and none of it was a key. Choose a field first.");
    return TRUE;
}

static gboolean choose_by_number(struct console *console, const struct press *press)
{
    if (press->kind != PRESS_CHARACTER || console_place(console) != PLACE_STEP || press->character < '1' ||
        press->character > '9')
        return FALSE;
    return step_pane_choose_number(console, (int)(press->character - '0'));
}

void dispatch_press(struct console *console, const struct press *press)
{
    console->dirty = TRUE;
    if (console->ask == NULL)
        g_clear_pointer(&console->note.text, g_free);
    if (console->ask != NULL && press->kind != PRESS_CLICK && press->kind != PRESS_WHEEL) {
        gboolean taken = ask_press(console, press);
        paste_offer_settle(console);
        if (taken)
            return;
    } else if (press->kind == PRESS_CLICK) {
        click(console, press);
        return;
    } else if (press->kind == PRESS_WHEEL) {
        wheel(console, press);
        return;
    } else if (form_has_keys(console)) {
        if (form_press(console, press) || leave_field(console, press))
            return;
    }
    if (paste_into_step(console, press) || choose_by_number(console, press))
        return;
    run(console, action_for(console_place(console), press));
}

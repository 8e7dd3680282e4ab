#include "ui/action.h"

#include <string.h>

#include "base/error.h"
#include "ui/ask.h"
#include "ui/board_view.h"
#include "ui/form.h"
#include "ui/log_pane.h"
#include "ui/step_pane.h"
#include "ui/views.h"

static void greet_no_more(struct console *console)
{
    if (console->greeting)
        page_view_clear(&console->step_view);
    console->greeting = FALSE;
}

static void move_checklist(struct console *console, int step)
{
    g_autoptr(Page) page = checklist_page(console, 40);
    page_view_move(&console->checklist, page, step);
    console->chose = TRUE;
    greet_no_more(console);
    if (console->checklist.focus != NULL)
        console_select(console, console->checklist.focus);
}

/* A step of more than a page is also read with Up and Down: they scroll until the focused item is in sight, and where
 * there is no further item. */
static void move_in_page(struct page_view *view, const struct page *page, int step)
{
    gboolean reading = page_view_focus_side(view, page) == step;
    if (reading || !page_view_move(view, page, step) || page_view_focus_side(view, page) != 0)
        page_view_scroll(view, page, step);
}

static void move_step(struct console *console, int step)
{
    g_autoptr(Page) page = step_pane_page(console, console->step_columns);
    move_in_page(&console->step_view, page, step);
}

static void move_view(struct console *console, struct view *view, int step)
{
    g_autoptr(Page) page = view_page(console, view);
    if (view->ops->focuses)
        move_in_page(&view->page, page, step);
    else
        page_view_scroll(&view->page, page, step);
}

static void move(struct console *console, int step)
{
    console->dirty = TRUE;
    if (console_top(console) != NULL)
        move_view(console, console_top(console), step);
    else if (console->pane == PANE_CHECKLIST)
        move_checklist(console, step);
    else if (console->pane == PANE_STEP)
        move_step(console, step);
    else
        log_pane_move(console, step);
}

static void scroll(struct console *console, int rows)
{
    console->dirty = TRUE;
    struct view *top = console_top(console);
    if (top != NULL) {
        g_autoptr(Page) page = view_page(console, top);
        page_view_scroll(&top->page, page, rows);
    } else if (console->pane == PANE_STEP) {
        g_autoptr(Page) page = step_pane_page(console, console->step_columns);
        page_view_scroll(&console->step_view, page, rows);
    } else if (console->pane == PANE_LOG) {
        log_pane_move(console, rows);
    } else {
        for (int i = 0; i < ABS(rows); i++)
            move_checklist(console, rows > 0 ? 1 : -1);
    }
}

static int page_height(const struct console *console)
{
    const struct view *top = console_top(console);
    int rows = top != NULL                  ? top->page.rows
               : console->pane == PANE_STEP ? console->step_view.rows
               : console->pane == PANE_LOG  ? console->log_pane.rows
                                            : console->checklist.rows;
    return MAX(rows - 1, 1);
}

void action_up(struct console *console)
{
    move(console, -1);
}

void action_down(struct console *console)
{
    move(console, 1);
}

void action_page_up(struct console *console)
{
    scroll(console, -page_height(console));
}

void action_page_down(struct console *console)
{
    scroll(console, page_height(console));
}

void action_first(struct console *console)
{
    scroll(console, console->pane == PANE_CHECKLIST && console_top(console) == NULL ? -100 : -(G_MAXINT / 4));
}

void action_last(struct console *console)
{
    scroll(console, console->pane == PANE_CHECKLIST && console_top(console) == NULL ? 100 : G_MAXINT / 4);
}

static void go_to_pane(struct console *console, int step)
{
    console->pane = (enum pane)(((int)console->pane + PANE_COUNT + step) % PANE_COUNT);
    console->dirty = TRUE;
}

void action_next_pane(struct console *console)
{
    go_to_pane(console, 1);
}

void action_previous_pane(struct console *console)
{
    go_to_pane(console, -1);
}

void action_open_step(struct console *console)
{
    console->pane = PANE_STEP;
    console->dirty = TRUE;
}

static gboolean can_go_on(const struct board_step *step)
{
    return step->state == STEP_TO_DO || step->state == STEP_NEEDS_YOU || step->state == STEP_DIFFERS ||
           step->state == STEP_FAILED || step->state == STEP_IN_DOUBT;
}

/* The one that is shown, if it has not been gone into; else the first after it, then from the beginning again. */
static const struct board_step *next_after(const struct console *console)
{
    const struct board_step *shown = console_step(console);
    if (shown != NULL && can_go_on(shown) && console->pane == PANE_CHECKLIST)
        return shown;
    const GPtrArray *steps = console->board->steps;
    guint here = 0;
    for (guint i = 0; i < steps->len; i++)
        if (g_ptr_array_index(steps, i) == (gpointer)console_step(console))
            here = i;
    for (guint i = 1; i <= steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(steps, (here + i) % steps->len);
        if (can_go_on(step))
            return step;
    }
    return NULL;
}

void action_next_step(struct console *console)
{
    const struct board_step *next = next_after(console);
    greet_no_more(console);
    if (next == NULL) {
        console_note(console, "No step needs you now.");
        return;
    }
    console->chose = FALSE;
    console_select(console, next->id);
    console->pane = PANE_STEP;
    console->dirty = TRUE;
}

void action_choose(struct console *console)
{
    struct view *top = console_top(console);
    if (top == NULL)
        step_pane_choose(console);
    else if (top->ops->choose != NULL)
        top->ops->choose(console, top);
    else
        console_pop(console);
}

void action_take_fix(struct console *console)
{
    form_take_fix(console);
}

void action_open_line(struct console *console)
{
    const struct log_line *line = log_pane_marked(console);
    if (line != NULL)
        console_push(console, line_view_new(line));
}

void action_copy(struct console *console)
{
    const struct view *top = console_top(console);
    const char *what = "the text";
    g_autofree char *text = NULL;
    if (top != NULL) {
        text = top->ops->copy != NULL ? top->ops->copy(console, top) : NULL;
        what = sign_in_view_url(top) != NULL ? "the link" : what;
    } else if (console->pane == PANE_LOG) {
        const struct log_line *line = log_pane_marked(console);
        text = line != NULL ? log_line_format(line) : NULL;
        what = "the line";
    } else {
        text = step_pane_copy_text(console, &what);
    }
    if (text == NULL)
        console_note(console, "There is nothing here to copy.");
    else
        console_copy(console, text, what);
}

void action_show_masked(struct console *console)
{
    console->unmasked = !console->unmasked;
    console->dirty = TRUE;
}

void action_close(struct console *console)
{
    if (sign_in_view_url(console_top(console)) != NULL && console_busy(console))
        session_cancel(console->session);
    console_pop(console);
}

void action_help(struct console *console)
{
    console_push(console, help_view_new(console_place(console)));
}

static void do_leave(struct console *console, const char *text, const char *data)
{
    (void)text;
    (void)data;
    console->leaving = TRUE;
}

void action_quit(struct console *console)
{
    g_autofree char *unused = form_unused_words(console);
    if (console_runs(console, COMMAND_APPLY) || console_runs(console, COMMAND_UNDO))
        ask_yes_no(console, "A write is under way; it is finished first. Leave?", do_leave, NULL);
    else if (unused != NULL) {
        g_autofree char *label =
            g_strdup_printf("What was typed in %s is not used yet and would be lost. Leave?", unused);
        ask_yes_no(console, label, do_leave, NULL);
    } else
        console->leaving = TRUE;
}

void action_leave(struct console *console)
{
    action_quit(console);
}

void action_redraw(struct console *console)
{
    if (console->screen != NULL)
        screen_resize(console->screen);
    console->dirty = TRUE;
}

void action_suspend(struct console *console)
{
    if (console->screen != NULL)
        screen_suspend(console->screen);
    console->dirty = TRUE;
}

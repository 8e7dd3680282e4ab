/* SPDX-License-Identifier: MIT */
#include "ui/action.h"

#include <string.h>

#include "base/error.h"
#include "ui/ask.h"
#include "ui/board_view.h"
#include "ui/form/form.h"
#include "ui/log_pane.h"
#include "ui/navigation.h"
#include "ui/state_text.h"
#include "ui/step_pane.h"
#include "ui/views/help_view.h"
#include "ui/views/line_view.h"
#include "ui/views/message_view.h"
#include "ui/views/sign_in_view.h"

static void greet_no_more(struct console *console)
{
    if (console->greeting)
        scroller_clear(&console->step_scroller);
    console->greeting = FALSE;
}

/* What the keys scroll now, with its layout; NULL: the log. Caller frees the layout. */
static struct scroller *scroller_here(struct console *console, struct text_layout **layout)
{
    struct overlay *top = console_top(console);
    console->dirty = TRUE;
    if (top == NULL && console->pane == PANE_LOG)
        return NULL;
    if (top == NULL && console->pane == PANE_CHECKLIST) {
        *layout = checklist_layout(console, 40);
        return &console->checklist;
    }
    *layout = top != NULL ? overlay_layout(console, top) : step_pane_layout(console, console->step_columns);
    return top != NULL ? &top->scroller : &console->step_scroller;
}

/* Where nothing is marked keys only scroll. */
static gboolean marks(const struct console *console)
{
    const struct overlay *top = console_top(console);
    return top == NULL || top->ops->focuses;
}

/* What the keys scroll was moved; in the checklist the marked step is shown with it. */
static void moved(struct console *console)
{
    if (console_top(console) != NULL || console->pane != PANE_CHECKLIST)
        return;
    console->chose = TRUE;
    greet_no_more(console);
    if (console->checklist.focus.kind == ITEM_STEP)
        console_select(console, console->checklist.focus.name);
}

/* The step before or behind the marked one; the first where none is. */
static void mark_step_beside(struct console *console, int step)
{
    const GPtrArray *steps = console->board->steps;
    struct item *focus = &console->checklist.focus;
    int marked = -1;
    for (guint i = 0; i < steps->len && focus->kind == ITEM_STEP; i++)
        if (strcmp(((const struct board_step *)g_ptr_array_index(steps, i))->id, focus->name) == 0)
            marked = (int)i;
    int beside = marked < 0 ? 0 : marked + step;
    if (beside >= 0 && beside < (int)steps->len)
        *focus = item_named(ITEM_STEP, ((const struct board_step *)g_ptr_array_index(steps, beside))->id);
}

/* The field that is edited keeps the mark, and stays in sight. */
static gboolean scroll_beside_field(struct console *console, int rows)
{
    if (form_editing(console) == NULL || console_top(console) != NULL || console->pane != PANE_STEP)
        return FALSE;
    struct scroller *scroller = &console->step_scroller;
    g_autoptr(TextLayout) layout = step_pane_layout(console, console->step_columns);
    int before = scroller->top;
    scroller_scroll(scroller, layout, rows);
    scroller_reveal(scroller, layout);
    if (scroller->top == before)
        console_note(console, "The open field stays in sight: Enter uses it, Esc drops it.");
    console->dirty = TRUE;
    return TRUE;
}

void action_move(struct console *console, int step)
{
    if (scroll_beside_field(console, step))
        return;
    if (console_top(console) == NULL && console->pane == PANE_CHECKLIST) {
        console->dirty = TRUE;
        mark_step_beside(console, step);
        moved(console);
        return;
    }
    g_autoptr(TextLayout) layout = NULL;
    struct scroller *scroller = scroller_here(console, &layout);
    if (scroller == NULL)
        log_pane_move(console, step);
    else if (marks(console))
        scroller_step(scroller, layout, step);
    else
        scroller_scroll(scroller, layout, step);
    moved(console);
}

/* A key that cannot go on says so. */
static void say_end(struct console *console, const struct text_layout *layout, const struct scroller *scroller,
                    const struct scroller *before, int step)
{
    gboolean scrolls = layout_rows(layout) > scroller->rows;
    if (scrolls && scroller->top == before->top && item_equal(&scroller->focus, &before->focus))
        console_note(console, step > 0 ? "That is the end." : "That is the beginning.");
}

void action_move_page(struct console *console, int step)
{
    if (scroll_beside_field(console, step * MAX(console->step_scroller.rows - 1, 1)))
        return;
    g_autoptr(TextLayout) layout = NULL;
    struct scroller *scroller = scroller_here(console, &layout), before = {0};
    if (scroller != NULL)
        before = *scroller;
    int rows = step * MAX((scroller != NULL ? scroller->rows : console->log_pane.rows) - 1, 1);
    if (scroller == NULL)
        log_pane_move(console, rows);
    else if (scroller == &console->checklist)
        for (int i = 0; i < ABS(rows); i++)
            scroller_move(scroller, layout, step);
    else if (marks(console))
        scroller_page(scroller, layout, rows);
    else
        scroller_scroll(scroller, layout, rows);
    if (scroller != NULL)
        say_end(console, layout, scroller, &before, step);
    moved(console);
}

void action_move_to_end(struct console *console, int step)
{
    if (scroll_beside_field(console, step * (G_MAXINT / 4)))
        return;
    g_autoptr(TextLayout) layout = NULL;
    struct scroller *scroller = scroller_here(console, &layout);
    if (scroller == NULL)
        log_pane_move(console, step * (G_MAXINT / 4));
    else if (step > 0)
        scroller_last(scroller, layout);
    else
        scroller_first(scroller, layout);
    moved(console);
}

void action_move_pane(struct console *console, int step)
{
    console->pane = (enum pane)(((int)console->pane + PANE_COUNT + step) % PANE_COUNT);
    console->dirty = TRUE;
}

/* On to the next row that holds the text, and round again from the other end; an item in it gets the mark. */
static void find_row(struct console *console, struct scroller *scroller, const struct text_layout *layout,
                     int direction)
{
    int rows = layout_rows(layout), from = scroller->found > 0 ? scroller->found - 1 : scroller->top - direction;
    int row = layout_find(layout, console->find, from, direction);
    if (row < 0)
        row = layout_find(layout, console->find, direction > 0 ? -1 : rows, direction);
    if (row < 0) {
        console_note(console, "“%s” is not found here.", console->find);
        return;
    }
    int count = 0, at = 0;
    for (int i = layout_find(layout, console->find, -1, 1); i >= 0; i = layout_find(layout, console->find, i, 1)) {
        count++;
        at = i == row ? count : at;
    }
    scroller_show_row(scroller, layout, row);
    moved(console);
    scroller->found = row + 1;
    console_note(console, "“%s”: %d of %d here; / and Enter go on.", console->find, at, count);
}

void action_find_again(struct console *console, int direction)
{
    g_autoptr(TextLayout) layout = NULL;
    struct scroller *scroller = scroller_here(console, &layout);
    if (console->find == NULL || *console->find == '\0')
        console_note(console, "Nothing was looked for yet: / asks for a text%s.",
                     scroller == NULL ? "; of the steps, n goes to the next one: Esc first" : "");
    else if (scroller == NULL)
        log_pane_find(console, console->find, direction);
    else
        find_row(console, scroller, layout, -direction);
}

static void find(struct console *console, const char *text, const struct item *about)
{
    (void)about;
    g_autoptr(TextLayout) layout = NULL;
    struct scroller *scroller = scroller_here(console, &layout);
    if (g_strcmp0(console->find, text) != 0 && scroller != NULL)
        scroller->found = 0;
    g_free(console->find);
    console->find = g_strdup(text);
    if (*text != '\0')
        action_find_again(console, -1);
}

void action_find(struct console *console)
{
    ask_text(console, "Find:", console->find != NULL ? console->find : "", find, NULL);
}

void action_show_pane(struct console *console, int pane)
{
    console->pane = (enum pane)pane;
    console->dirty = TRUE;
}

void action_zoom(struct console *console)
{
    console->zoomed = !console->zoomed;
    console->dirty = TRUE;
}

/* A blocked step whose form is not filled in needs the person too: later is no better. */
static gboolean wants_person(const struct console *console, const struct board_step *step)
{
    return step_state_can_go_on(step->state) || step_wants_value_early(console->board, step);
}

/* What a person goes through: what needs somebody, and after that what deviates, which may stay so. Caller unrefs. */
static GPtrArray *steps_to_go_through(const struct console *console)
{
    const GPtrArray *steps = console->board->steps;
    GPtrArray *found = g_ptr_array_new();
    for (int deviating = 0; deviating < 2; deviating++)
        for (guint i = 0; i < steps->len; i++) {
            struct board_step *step = g_ptr_array_index(steps, i);
            if (deviating ? step_deviates(step) : wants_person(console, step))
                g_ptr_array_add(found, step);
        }
    return found;
}

/* The step that is shown, if it has not been gone into; else the first beyond it, then from the other end again. */
static const struct board_step *step_beyond(const struct console *console, int direction)
{
    const struct board_step *shown = console_step(console);
    if (shown != NULL && wants_person(console, shown) && console->pane == PANE_CHECKLIST && direction > 0)
        return shown;
    g_autoptr(GPtrArray) through = steps_to_go_through(console);
    int count = (int)through->len, here = 0;
    guint at = 0;
    if (count == 0)
        return NULL;
    if (shown != NULL && g_ptr_array_find(through, shown, &at))
        return g_ptr_array_index(through, ((int)at + direction + count) % count);
    /* It stands between two of what needs somebody. */
    for (; here < count; here++) {
        const struct board_step *step = g_ptr_array_index(through, here);
        if (step_deviates(step) || (shown != NULL && step->number > shown->number))
            break;
    }
    /* Behind the last that needs somebody the first comes again, before what may stay as it is. */
    if (direction > 0 && (here == count || step_deviates(g_ptr_array_index(through, here))))
        here = 0;
    return g_ptr_array_index(through, direction > 0 ? here : (here - 1 + count) % count);
}

/* In the form of all values: the next one that is missing, and round again. */
static void move_to_missing(struct console *console, int direction)
{
    g_autoptr(GPtrArray) missing = g_ptr_array_new();
    const struct item *focus = &console->step_scroller.focus;
    int here = direction > 0 ? -1 : 0;
    gboolean passed = FALSE;
    for (guint i = 0; i < console->board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(console->board->steps, i);
        for (guint k = 0; k < step->fields->len && step->state != STEP_SKIPPED; k++) {
            const struct board_field *field = g_ptr_array_index(step->fields, k);
            gboolean focused = focus->kind == ITEM_FIELD && strcmp(focus->name, field->path) == 0;
            passed |= focused;
            gboolean is_open = field_is_open(field);
            if (is_open)
                g_ptr_array_add(missing, field->path);
            /* One that is marked in a pane without the keys was not gone into. */
            here += is_open && (!passed || (focused && direction > 0 && console->pane == PANE_STEP));
        }
    }
    if (missing->len == 0) {
        console_note(console, "No value is missing any more: b goes back to the steps.");
        return;
    }
    int count = (int)missing->len, next = ((here + direction) % count + count) % count;
    struct item item = item_named(ITEM_FIELD, g_ptr_array_index(missing, next));
    scroller_set_focus(&console->step_scroller, &item);
    console->pane = PANE_STEP;
    console->reveal_focus = console->dirty = TRUE;
}

/* From LEFT, which may be NULL, to STEP; what differs is left for the others, not given up. */
static void say_where_n_goes(struct console *console, const struct board_step *left, const struct board_step *step,
                             int direction)
{
    g_autoptr(GString) words = g_string_new(NULL);
    if (step_wants_value_early(console->board, step))
        g_string_append_printf(words, "%d %s comes later; what it will need can be filled in now.", step->number,
                               step->title);
    if (left != NULL && left != step && left->state == STEP_DIFFERS)
        g_string_append_printf(words, "%s%d %s still differs; %s goes back to it.", words->len > 0 ? " " : "",
                               left->number, left->title, direction > 0 ? "N" : "n");
    if (words->len > 0)
        console_note(console, "%s", words->str);
}

void action_move_step(struct console *console, int direction)
{
    if (console->collecting) {
        move_to_missing(console, direction);
        return;
    }
    const struct board_step *left = console_step(console), *step = step_beyond(console, direction);
    greet_no_more(console);
    if (step == NULL) {
        console_note(console, "No step needs you now, and none deviates.");
        return;
    }
    console->chose = TRUE;
    console_select(console, step->id);
    console->pane = PANE_STEP;
    console->dirty = TRUE;
    const struct board_field *field = open_field(step);
    if (field != NULL) {
        struct item item = item_named(ITEM_FIELD, field->path);
        scroller_set_focus(&console->step_scroller, &item);
        console->reveal_focus = TRUE;
    }
    say_where_n_goes(console, left, step, direction);
}

void action_about(struct console *console)
{
    const struct board_step *step = console_step(console);
    if (step != NULL && *step->explanation != '\0')
        console_push(console, message_view_new(step->title, "", step->explanation));
}

void action_choose(struct console *console)
{
    struct overlay *top = console_top(console);
    if (top == NULL) {
        step_pane_choose(console);
    } else if (!overlay_sees_mark(console, top)) {
        /* What nobody sees is not done: it is brought into sight first. */
        g_autoptr(TextLayout) layout = overlay_layout(console, top);
        scroller_reveal(&top->scroller, layout);
        console->dirty = TRUE;
    } else if (top->ops->choose != NULL)
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
    const struct overlay *top = console_top(console);
    const char *what = "the text";
    g_autofree char *text = NULL;
    if (top != NULL) {
        text = top->ops->copy != NULL ? top->ops->copy(console, top) : NULL;
        what = sign_in_view_url(top) != NULL || message_view_link(top) != NULL ? "the link" : what;
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
    console_note(console, "%s",
                 console->unmasked ? "Identifiers are shown in every step that has some; m masks them again."
                                   : "Identifiers are masked again, in every step.");
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

static void do_leave(struct console *console, const char *text, const struct item *about)
{
    (void)text;
    (void)about;
    console->leaving = TRUE;
}

void action_quit(struct console *console)
{
    if (console->options->switch_tenant != NULL)
        *console->options->switch_tenant = FALSE;
    g_autofree char *unused = form_unused_text(console);
    if (console_writes(console))
        ask_agreement(console, AGREE_LEAVE_WRITING, NULL, do_leave, NULL);
    else if (unused != NULL) {
        g_autofree char *said = g_strdup_printf("What was typed in %s is not used yet and would be lost.", unused);
        ask_agreement(console, AGREE_LEAVE_UNUSED, said, do_leave, NULL);
    } else
        console->leaving = TRUE;
}

void action_tenants(struct console *console)
{
    if (console->options->switch_tenant == NULL) {
        console_note(console, "No other tenant is known here: start perch --tenant with its domain.");
        return;
    }
    action_quit(console);
    *console->options->switch_tenant = TRUE;
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

/* SPDX-License-Identifier: MIT */
#include "ui/progress.h"

#include <string.h>

#include "base/text.h"
#include "ui/state_text.h"

#define NARROW 40

void progress_end(struct console *console)
{
    if (console->carried_out == NULL)
        return;
    g_clear_pointer(&console->carried_out, plan_unref);
    if (console->pane == PANE_STEP)
        console->pane = console->pane_before;
    scroller_clear(&console->step_scroller);
    console->dirty = TRUE;
}

gboolean progress_is_over(const struct console *console)
{
    return console->carried_out != NULL && !console_writes(console);
}

void progress_begin(struct console *console, struct plan *plan)
{
    progress_end(console);
    console->carried_out = plan_ref(plan);
    console->nothing_sent = FALSE;
    console->pane_before = console->pane;
    console->pane = PANE_STEP;
    scroller_clear(&console->step_scroller);
}

/* It was read back, and not quite as wanted: its step says how. */
static gboolean deviates(const struct console *console, guint index)
{
    const struct board_object *object = request_object(console->board, console->carried_out, index);
    return request_is_proved(console->board, console->carried_out, index) && object->differences->len > 0;
}

char *progress_count(const struct console *console)
{
    int proved = 0;
    for (guint i = 0; i < console->carried_out->requests->len; i++)
        proved += request_is_proved(console->board, console->carried_out, i);
    return g_strdup_printf("%d of %u", proved, console->carried_out->requests->len);
}

/* What the log said last says what is waited for and until when. */
static void fill_latest(const struct console *console, struct text_layout *layout)
{
    for (guint i = log_store_count(console->log); i > 0; i--) {
        const struct log_line *line = log_store_line(console->log, i - 1);
        if (line == NULL || line->severity < LOG_INFO)
            continue;
        layout_paragraph(layout, NULL, 5, STYLE_WAIT, line->text);
        return;
    }
}

/* On a small screen no row is spent on nothing: the outcome is seen with the first request. */
static void fill_way_on(struct text_layout *layout)
{
    layout_paragraph(layout, NULL, 0, STYLE_BOLD, "Enter goes on.");
    if (layout_columns(layout) >= NARROW)
        layout_blank(layout);
}

/* Stopped or refused before the first write, as at the sign-in that it needs. */
static void fill_nothing_sent(struct text_layout *layout)
{
    layout_paragraph(layout, NULL, 0, STYLE_WAIT, "It is over: nothing was sent.");
    fill_way_on(layout);
}

static void fill_outcome(const struct console *console, struct text_layout *layout, gboolean whole)
{
    int deviating = 0, proved = 0;
    for (guint i = 0; i < console->carried_out->requests->len; i++) {
        deviating += deviates(console, i);
        proved += request_is_proved(console->board, console->carried_out, i) && !deviates(console, i);
    }
    g_autofree char *count = g_strdup_printf("%d of %u", proved, console->carried_out->requests->len);
    g_autofree char *words = text_count(deviating, "deviates", "deviate");
    g_autofree char *part = deviating > 0 ? g_strconcat(", ", words, NULL) : g_strdup("");
    g_autofree char *outcome =
        g_strdup_printf("It is over: %s %s%s.", count, console->carried_out->undo ? "gone" : "proved", part);
    layout_paragraph(layout, NULL, 0, whole ? STYLE_GOOD : STYLE_WAIT, outcome);
    fill_way_on(layout);
}

void progress_fill(struct console *console, struct text_layout *layout)
{
    const struct plan *plan = console->carried_out;
    /* Writes go out one after another, so the first that is not proved is under way. */
    gboolean over = progress_is_over(console);
    guint open = 0;
    while (open < plan->requests->len && request_is_proved(console->board, plan, open))
        open++;
    gboolean nothing_sent = over && console->nothing_sent;
    if (nothing_sent) {
        fill_nothing_sent(layout);
        open = plan->requests->len;
    } else if (over)
        fill_outcome(console, layout, open == plan->requests->len);
    for (guint i = 0; i < plan->requests->len; i++) {
        const struct planned_request *request = g_ptr_array_index(plan->requests, i);
        gboolean proved = request_is_proved(console->board, plan, i);
        gboolean deviating = deviates(console, i);
        /* What comes after it was for the decision. */
        g_autofree char *what = g_strndup(request->sentence, strcspn(request->sentence, ";"));
        struct item item = item_numbered(ITEM_REQUEST, (int)i);
        layout_row(layout, &item);
        layout_text(layout,
                    deviating   ? deviating_look.style
                    : proved    ? STYLE_GOOD
                    : i == open ? STYLE_WAIT
                                : STYLE_DIM,
                    deviating   ? deviating_look.glyph
                    : proved    ? "✓"
                    : i == open ? "◔"
                                : "◌");
        layout_format(layout, STYLE_DIM, " %2u ", i + 1);
        layout_continue(layout, 5, proved || i == open ? STYLE_NORMAL : STYLE_DIM, what);
        if (deviating) {
            g_autofree char *how = deviation_text(request_object(console->board, plan, i));
            layout_right(layout, deviating_look.style, deviating_look.word);
            layout_paragraph(layout, &item, 5, STYLE_DIM, how);
        } else if (proved)
            layout_right(layout, STYLE_GOOD, plan->undo ? "gone" : "proved");
        if (i == open && !over) {
            fill_latest(console, layout);
            scroller_set_focus(&console->step_scroller, &item);
        }
    }
    if (over)
        return;
    layout_blank(layout);
    layout_paragraph(layout, NULL, 0, STYLE_DIM,
                     "Esc stops after this one. perch may be closed: the next start goes on from here.");
}

/* SPDX-License-Identifier: MIT */
#include "ui/look_again.h"

#include "ui/attention.h"
#include "ui/form/form.h"
#include "ui/state_text.h"

#define WHOLE (2 * G_TIME_SPAN_MINUTE)
#define FIRST_PAUSE (4 * G_TIME_SPAN_SECOND)
#define PAUSE (12 * G_TIME_SPAN_SECOND)

static void end(struct console *console)
{
    g_clear_pointer(&console->look.step, g_free);
    console->dirty = TRUE;
}

/* What was told, and is read as not there, is looked for as well; what only a person's word settles is not. */
static gboolean is_over(const struct board_step *step)
{
    gboolean is_settled = step_state_is_settled(step->state) && !board_step_told_unseen(step);
    return is_settled || (step->tellable && first_unseen(step) == NULL);
}

void look_again_begin(struct console *console, const struct board_step *step)
{
    gint64 now = g_get_monotonic_time();
    end(console);
    if (is_over(step))
        return;
    console->look.step = g_strdup(step->id);
    console->look.at = now + FIRST_PAUSE;
    console->look.until = now + WHOLE;
}

static const char *unseen(const struct board_step *step)
{
    const char *first = first_unseen(step);
    return first != NULL ? first : step->title;
}

void look_again_tick(struct console *console)
{
    const struct board_step *step =
        console->look.step != NULL ? board_find_step(console->board, console->look.step) : NULL;
    gint64 now = g_get_monotonic_time();
    if (step == NULL)
        return;
    if (is_over(step)) {
        /* What came of it stands at the top. */
        if (step == console_step(console) && form_editing(console) == NULL && !console->collecting)
            scroller_clear(&console->step_scroller);
        if (!step_state_is_settled(step->state))
            console_note(console, "%d %s: seen in the tenant. Say with t that the rest is done.", step->number,
                         step->title);
        else if (step->state == STEP_DONE)
            console_note(console, "%d %s: seen in the tenant.", step->number, step->title);
        end(console);
    } else if (now >= console->look.until && !console_busy(console)) {
        g_autofree char *words = g_strdup_printf("%s is not seen yet", unseen(step));
        console_note(console, "perch has looked for two minutes: %s. c looks again.", words);
        attention_ring(console, words);
        end(console);
    } else if (now >= console->look.at && now < console->look.until && !console_busy(console) && console->ask == NULL &&
               form_editing(console) == NULL) {
        console->look.at = now + PAUSE;
        session_check(console->session);
        console_sent(console, COMMAND_CHECK);
        console->look.reading = TRUE;
    }
}

gint64 look_again_deadline(const struct console *console)
{
    if (console->look.step == NULL)
        return G_MAXINT64;
    gint64 second = g_get_monotonic_time() + G_TIME_SPAN_SECOND;
    return MIN(MAX(MIN(console->look.at, console->look.until), second - G_TIME_SPAN_SECOND), second);
}

void look_again_fill(const struct console *console, struct text_layout *layout, const struct board_step *step)
{
    if (g_strcmp0(console->look.step, step->id) != 0)
        return;
    g_autofree char *left = duration_text(MAX(console->look.until - g_get_monotonic_time(), 0));
    g_autofree char *words = g_strdup_printf("↻ perch looks again by itself: %s", left);
    layout_paragraph(layout, NULL, 0, STYLE_WAIT, words);
    layout_paragraph(layout, NULL, 2, STYLE_DIM, "Not seen yet: ");
    layout_continue(layout, 2, STYLE_NORMAL, unseen(step));
}

/* SPDX-License-Identifier: MIT */
#include "ui/attention.h"

#include "base/error.h"
#include "ui/board_view.h"

void attention_ring(struct console *console, const char *why)
{
    if (console->screen == NULL || console->options->no_bell)
        return;
    screen_bell(console->screen);
    screen_notify(console->screen, why);
}

void attention_show(struct console *console)
{
    if (console->screen == NULL)
        return;
    g_autofree char *title = board_view_window_title(console);
    screen_set_title(console->screen, title);
}

void attention_due(struct console *console, const struct board_step *step)
{
    console->due_noticed = step->until;
    g_autofree char *why = g_strdup_printf("%s: the wait is over", step->title);
    attention_ring(console, why);
    attention_show(console);
}

void attention_done(struct console *console, const struct done *done)
{
    gboolean run = done->command == COMMAND_APPLY || done->command == COMMAND_UNDO || done->command == COMMAND_LEAVE;
    gboolean stopped = g_error_matches(done->error, PERCH_ERROR, PERCH_ERROR_CANCELLED);
    const struct board_summary *summary = &console->board->summary;
    gboolean left = summary->needs_person > 0 || summary->failed > 0 || summary->in_doubt > 0;
    attention_show(console);
    g_autofree char *title = board_view_window_title(console);
    if (run && !stopped && (done->error != NULL || left))
        attention_ring(console, title);
}

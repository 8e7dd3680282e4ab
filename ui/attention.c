#include "ui/attention.h"

#include "base/error.h"
#include "ui/board_view.h"

static void ring(struct console *console)
{
    if (console->screen != NULL)
        screen_bell(console->screen);
}

void attention_show(struct console *console)
{
    if (console->screen == NULL)
        return;
    g_autofree char *title = board_view_window_title(console);
    screen_set_title(console->screen, title);
}

void attention_prompt(struct console *console)
{
    ring(console);
}

void attention_due(struct console *console, const struct board_step *step)
{
    console->due_noticed = step->until;
    ring(console);
    attention_show(console);
}

static gboolean leaves_something(const struct board_summary *summary)
{
    return summary->needs_person > 0 || summary->failed > 0 || summary->in_doubt > 0;
}

void attention_done(struct console *console, const struct done *done)
{
    gboolean run = done->command == COMMAND_APPLY || done->command == COMMAND_UNDO;
    gboolean stopped = g_error_matches(done->error, PERCH_ERROR, PERCH_ERROR_CANCELLED);
    attention_show(console);
    if (run && !stopped && (done->error != NULL || leaves_something(&console->board->summary)))
        ring(console);
}

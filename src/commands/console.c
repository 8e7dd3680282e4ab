#include "commands/commands.h"

#include "commands/place.h"
#include "secrets/guardian.h"
#include "ui/console.h"

struct start {
    const struct options *options;
    GError **error;
};

static int run_console(void *data)
{
    const struct start *start = data;
    struct place place;
    gboolean first_run = place_is_new(start->options);
    if (!place_open(&place, start->options, FALSE, start->error))
        return -1;
    const struct console_options console = {
        .ascii = start->options->ascii,
        .no_mouse = start->options->no_mouse,
        .no_color = start->options->no_color,
        .first_run = first_run,
        .practice = start->options->practice || start->options->practice_url != NULL,
    };
    int status = console_run(place.session, &console, start->error);
    place_close(&place);
    return status;
}

int command_console(const struct options *options, GError **error)
{
    struct start start = {.options = options, .error = error};
    return guardian_run(run_console, &start);
}

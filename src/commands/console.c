#include "commands/commands.h"

#include "commands/place.h"
#include "commands/report_file.h"
#include "secrets/guardian.h"
#include "ui/console.h"
#include "ui/plain.h"

struct start {
    const struct options *options;
    GError **error;
};

static int run_once(const struct options *options, gboolean *practise, GError **error)
{
    struct place place;
    gboolean first_run = place_is_new(options);
    if (!place_open(&place, options, FALSE, error))
        return -1;
    const struct console_options console = {
        .ascii = options->ascii,
        .no_mouse = options->no_mouse,
        .no_color = options->no_color,
        .first_run = first_run,
        .practice = options->practice || options->practice_url != NULL,
        .practise = practise,
        .write_report = report_write,
    };
    int status = console_run(place.session, &console, error);
    place_close(&place);
    return status;
}

/* Whoever wants to practise first gets the practice tenant in the same window. */
static int run_console(void *data)
{
    const struct start *start = data;
    gboolean practise = FALSE;
    int status = run_once(start->options, &practise, start->error);
    if (!practise)
        return status;
    struct options practice = *start->options;
    practice.practice = TRUE;
    return run_once(&practice, NULL, start->error);
}

static int run_plain(const struct options *options, GError **error)
{
    struct place place;
    gboolean first_run = place_is_new(options);
    if (!place_open(&place, options, FALSE, error))
        return -1;
    const struct plain_options plain = {
        .ascii = options->ascii,
        .first_run = first_run,
        .practice = options->practice || options->practice_url != NULL,
        .write_report = report_write,
    };
    int status = plain_run(place.session, &plain, stdin, stdout);
    place_close(&place);
    return status;
}

int command_console(const struct options *options, GError **error)
{
    struct start start = {.options = options, .error = error};
    return options->plain ? run_plain(options, error) : guardian_run(run_console, &start);
}

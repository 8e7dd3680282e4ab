#include "commands/commands.h"

#include <stdio.h>

#include "base/error.h"
#include "commands/headless.h"
#include "commands/place.h"
#include "commands/report_file.h"

/* What --format says; else what the file's name ends in; else --json means json. */
static const struct report_format *choose_format(const struct options *options, GError **error)
{
    const struct report_format *of_file = options->output != NULL ? report_format_of_file(options->output) : NULL;
    if (options->format != NULL)
        return report_format_named(options->format, error);
    if (of_file != NULL && !options->json)
        return of_file;
    return report_format_named(options->json ? "json" : "text", error);
}

static gboolean deliver(const struct options *options, const struct report_format *format,
                        const struct outcome *outcome, GError **error)
{
    g_autofree char *text = report_text(format, outcome->board, outcome->history);
    if (options->output != NULL)
        return report_write_text(options->output, text, error);
    if (fputs(text, stdout) != EOF && fflush(stdout) == 0)
        return TRUE;
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_STATE, "The report cannot be written to standard output.");
    return FALSE;
}

static int read_and_deliver(const struct options *options, struct place *place, const struct report_format *format,
                            GError **error)
{
    struct outcome outcome = {0};
    session_check(place->session);
    headless_await(place->session, COMMAND_CHECK, TRUE, &outcome);
    int status = outcome.exit_code;
    if (outcome.error == NULL) {
        session_history(place->session);
        headless_await(place->session, COMMAND_HISTORY, TRUE, &outcome);
    }
    if (outcome.error != NULL)
        g_propagate_error(error, g_steal_pointer(&outcome.error));
    else if (!deliver(options, format, &outcome, error))
        status = 1;
    outcome_clear(&outcome);
    return status;
}

int command_report(const struct options *options, GError **error)
{
    struct place place;
    const struct report_format *format = choose_format(options, error);
    if (format == NULL || !place_open(&place, options, TRUE, error))
        return 2;
    int status = read_and_deliver(options, &place, format, error);
    place_close(&place);
    return status;
}

#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/nearest.h"
#include "commands/headless.h"
#include "commands/place.h"
#include "commands/report_render.h"

#define OWNER_ONLY 0600

typedef char *(*render_func)(const struct report *report);

static const struct {
    const char *name;
    render_func render;
} formats[] = {
    {"text", report_as_text},
    {"json", report_as_json},
    {"markdown", report_as_markdown},
    {"html", report_as_html},
};

/* What --format says; without it --json means json. */
static render_func find_render(const struct options *options, GError **error)
{
    const char *wanted = options->format;
    if (wanted == NULL)
        wanted = options->json ? "json" : "text";
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++)
        if (strcmp(formats[i].name, wanted) == 0)
            return formats[i].render;
    const char *names[G_N_ELEMENTS(formats) + 1] = {NULL};
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++)
        names[i] = formats[i].name;
    g_autofree char *question = nearest_question(wanted, names);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                "There is no report format “%s”.%s\nThere are text, json, markdown and html.", wanted, question);
    return NULL;
}

static gboolean write_file(const char *file, const char *text, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (g_file_set_contents_full(file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 OWNER_ONLY, &cause))
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "The report cannot be written: %s", cause->message);
    return FALSE;
}

static gboolean deliver(const struct options *options, render_func render, const struct outcome *outcome,
                        GError **error)
{
    g_autoptr(Report) report = report_new(outcome->board, outcome->history);
    g_autofree char *text = render(report);
    if (options->output != NULL)
        return write_file(options->output, text, error);
    if (fputs(text, stdout) != EOF && fflush(stdout) == 0)
        return TRUE;
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_STATE, "The report cannot be written to standard output.");
    return FALSE;
}

static int read_and_deliver(const struct options *options, struct place *place, render_func render, GError **error)
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
    else if (!deliver(options, render, &outcome, error))
        status = 1;
    outcome_clear(&outcome);
    return status;
}

int command_report(const struct options *options, GError **error)
{
    struct place place;
    render_func render = find_render(options, error);
    if (render == NULL || !place_open(&place, options, TRUE, error))
        return 2;
    int status = read_and_deliver(options, &place, render, error);
    place_close(&place);
    return status;
}

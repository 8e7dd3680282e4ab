#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "commands/commands.h"
#include "commands/headless.h"
#include "commands/validate.h"
#include "secrets/harden.h"

/* What libraries have to say must not be drawn over the screen; perch's own errors are GErrors. */
static GLogWriterOutput discard(GLogLevelFlags level, const GLogField *fields, gsize count, gpointer data)
{
    (void)data;
    if ((level & G_LOG_FLAG_FATAL) != 0)
        return g_log_writer_standard_streams(level, fields, count, NULL);
    return G_LOG_WRITER_HANDLED;
}

static int finish(int status, GError *error, gboolean as_json)
{
    g_autoptr(GError) taken = error;
    if (taken == NULL)
        return status;
    report_error(taken, as_json && ferror(stdout) == 0);
    return perch_error_exit_code(taken);
}

/* What was only half printed must not be taken for the whole. */
static void check_output(GError **error)
{
    if (*error == NULL && (ferror(stdout) != 0 || fflush(stdout) != 0))
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_STATE,
                            "Standard output cannot be written.\nMake room, or let it go elsewhere, and run it again.");
}

static int run_options(struct options *options, int argc, char **argv, GError **error)
{
    if (!options_parse(options, argc, argv, error))
        return EXIT_BAD_INPUT;
    if (!options->version)
        return commands_run(options, error);
    printf("perch %s\n", PERCH_VERSION);
    return EXIT_DONE;
}

static int run(int argc, char **argv)
{
    struct options options = {0};
    GError *error = NULL;
    int status;
    if (argc > 1 && strcmp(argv[1], "validate") == 0)
        status = command_validate(argc - 1, argv + 1);
    else
        status = run_options(&options, argc, argv, &error);
    check_output(&error);
    status = finish(status, error, options.json);
    options_clear(&options);
    return status;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    setlocale(LC_ALL, "");
    /* Numbers in JSON have a point in every language. */
    setlocale(LC_NUMERIC, "C");
    g_log_set_writer_func(discard, NULL, NULL);
    json_init();
    if (!harden_process(&error))
        return finish(EXIT_FAILED, g_steal_pointer(&error), FALSE);
    return run(argc, argv);
}

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
    report_error(taken, as_json);
    return perch_error_exit_code(taken);
}

static int run(int argc, char **argv)
{
    struct options options = {0};
    GError *error = NULL;
    int status = 2;
    if (argc > 1 && strcmp(argv[1], "validate") == 0)
        return command_validate(argc - 1, argv + 1);
    if (options_parse(&options, argc, argv, &error)) {
        if (options.version)
            status = printf("perch %s\n", PERCH_VERSION) > 0 ? 0 : 1;
        else
            status = commands_run(&options, &error);
    }
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
        return finish(1, g_steal_pointer(&error), FALSE);
    return run(argc, argv);
}

#include "commands/commands.h"

#include <string.h>

#include "base/error.h"

#define EXIT_USAGE 2

static const struct {
    const char *name;
    int (*run)(const struct options *options, GError **error);
} commands[] = {
    {"check", command_check},       {"plan", command_plan},     {"apply", command_apply},
    {"undo", command_undo},         {"report", command_report}, {"sign-in", command_sign_in},
    {"sign-out", command_sign_out}, {"whoami", command_whoami},
};

int commands_run(const struct options *options, GError **error)
{
    const char *name = options->arguments != NULL ? options->arguments[0] : NULL;
    if (name == NULL)
        return command_console(options, error);
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (strcmp(commands[i].name, name) != 0)
            continue;
        if (options->arguments[1] == NULL)
            return commands[i].run(options, error);
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "“%s” takes no further word: %s.\nSee perch --help.", name,
                    options->arguments[1]);
        return EXIT_USAGE;
    }
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "There is no command “%s”.\nSee perch --help.", name);
    return EXIT_USAGE;
}

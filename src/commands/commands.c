#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/nearest.h"
#include "commands/practice.h"
#include "commands/validate.h"

static const struct {
    const char *name;
    int (*run)(const struct options *options, GError **error);
} commands[] = {
    {"check", command_check},     {"plan", command_plan},         {"apply", command_apply},
    {"undo", command_undo},       {"report", command_report},     {"hand-over", command_hand_over},
    {"sign-in", command_sign_in}, {"sign-out", command_sign_out}, {"whoami", command_whoami},
};

/* The validator reads its own arguments; options that stand before its name are for it too. */
static int run_validate(const struct options *options)
{
    char json_option[] = "--json";
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    for (char **argument = options->arguments; *argument != NULL; argument++)
        g_ptr_array_add(arguments, *argument);
    if (options->json)
        g_ptr_array_add(arguments, json_option);
    int count = (int)arguments->len;
    g_ptr_array_add(arguments, NULL);
    return command_validate(count, (char **)arguments->pdata);
}

static int list_scenarios(GError **error)
{
    g_autofree char *list = practice_scenarios(error);
    return list != NULL && fputs(list, stdout) != EOF ? 0 : 1;
}

static void no_such_command(const char *name, GError **error)
{
    const char *names[G_N_ELEMENTS(commands) + 2] = {"validate"};
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
        names[i + 1] = commands[i].name;
    g_autofree char *question = nearest_question(name, names);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "There is no command “%s”.%s\nperch --help lists them.", name,
                question);
}

int commands_run(const struct options *options, GError **error)
{
    const char *name = options->arguments != NULL ? options->arguments[0] : NULL;
    if (options->practice && g_strcmp0(options->scenario, "help") == 0)
        return list_scenarios(error);
    if (name == NULL)
        return command_console(options, error);
    if (strcmp(name, "validate") == 0)
        return run_validate(options);
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (strcmp(commands[i].name, name) != 0)
            continue;
        if (options->arguments[1] == NULL)
            return commands[i].run(options, error);
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "“%s” takes no further word: %s.\nSee perch --help.", name,
                    options->arguments[1]);
        return EXIT_BAD_INPUT;
    }
    no_such_command(name, error);
    return EXIT_BAD_INPUT;
}

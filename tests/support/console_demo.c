/* SPDX-License-Identifier: MIT */
/*
 * The console over the made-up session, for screen tests and for a look: console_demo [--scene NAME] [options].
 */
#include <glib.h>
#include <locale.h>
#include <stdio.h>

#include "base/error.h"
#include "support/fake_session.h"
#include "ui/console.h"
#include "ui/plain/plain.h"

int main(int argc, char **argv)
{
    struct console_options options = {0};
    char *scene = NULL;
    gboolean plain = FALSE;
    int flood = 0, rate = G_MAXINT;
    GOptionEntry entries[] = {
        {"scene", 0, 0, G_OPTION_ARG_STRING, &scene, "fresh, middle or hostile", "NAME"},
        {"ascii", 0, 0, G_OPTION_ARG_NONE, &options.ascii, "ASCII only", NULL},
        {"no-mouse", 0, 0, G_OPTION_ARG_NONE, &options.no_mouse, "no mouse", NULL},
        {"no-color", 0, 0, G_OPTION_ARG_NONE, &options.no_color, "no colour", NULL},
        {"first-run", 0, 0, G_OPTION_ARG_NONE, &options.first_run, "greet", NULL},
        {"plain", 0, 0, G_OPTION_ARG_NONE, &plain, "plain mode", NULL},
        {"flood", 0, 0, G_OPTION_ARG_INT, &flood, "log lines", "N"},
        {"rate", 0, 0, G_OPTION_ARG_INT, &rate, "of them in a second (all at once)", "N"},
        G_OPTION_ENTRY_NULL,
    };
    setlocale(LC_ALL, "");
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error)) {
        fprintf(stderr, "%s\n", error->message);
        return 2;
    }
    g_autoptr(Session) session = fake_session_new(scene != NULL ? scene : "middle");
    fake_session_flood(session, flood, rate);
    struct plain_options plain_options = {.ascii = options.ascii, .first_run = options.first_run};
    int status = plain ? plain_run(session, &plain_options, stdin, stdout) : console_run(session, &options, &error);
    if (error != NULL)
        fprintf(stderr, "%s\n", error->message);
    g_free(scene);
    return status < 0 ? 2 : status;
}

/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <locale.h>
#include <malloc.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "base/ascii_out.h"
#include "base/error.h"
#include "base/json.h"
#include "base/launcher.h"
#include "commands/commands.h"
#include "commands/headless.h"
#include "commands/version.h"
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

/* TRUE if whoever read standard output has had enough: “perch plan | head”. */
static gboolean reader_is_gone(void)
{
    struct pollfd output = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&output, 1, 0) == 1 && (output.revents & POLLERR) != 0;
}

/* What was only half printed must not be taken for the whole. */
static void check_output(GError **error)
{
    if (*error == NULL && (ferror(stdout) != 0 || fflush(stdout) != 0) && !reader_is_gone())
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_STATE,
                            "Standard output cannot be written.\nMake room, or let it go elsewhere, and run it again.");
}

static int run(int argc, char **argv)
{
    struct options options = {0};
    GError *error = NULL;
    int status = EXIT_BAD_INPUT;
    /* Everything is said through these two; a program reads JSON as UTF-8 wherever it is, and the console draws. */
    gboolean is_utf8 = g_get_charset(NULL);
    gboolean read = options_parse(&options, argc, argv, &error);
    if (!options.version || options.json)
        json_init();
    if ((options.ascii || !is_utf8) && !options.json && options.arguments != NULL)
        ascii_out_install(!options_print_document(&options));
    if (read && options.version) {
        if (harden_process(&error))
            version_print(options.json);
        status = error == NULL ? EXIT_DONE : EXIT_FAILED;
    } else if (error == NULL) {
        if (commands_open_pages(&options))
            options.launcher = launcher_new();
        status = harden_process(&error) ? commands_run(&options, &error) : EXIT_FAILED;
        launcher_free(options.launcher);
    }
    check_output(&error);
    status = finish(status, error, options.json);
    options_clear(&options);
    return status;
}

int main(int argc, char **argv)
{
    /* A file that is opened later must not come to be standard input, output or errors, where the caller closed those;
     * what is written to a closed one goes on failing. */
    for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++)
        if (fcntl(file, F_GETFD) < 0 && open("/dev/null", O_RDONLY) < 0)
            return EXIT_FAILED;
    /* Not LC_NUMERIC: numbers in JSON have a point in every language. What else there is costs files to open. */
    const int categories[] = {LC_CTYPE, LC_TIME, LC_MESSAGES};
    for (gsize i = 0; i < G_N_ELEMENTS(categories); i++)
        setlocale(categories[i], "");
    /* Set at all, it is not raised by the first large answer: what was freed goes back, a third less is held at most.
     */
    mallopt(M_TRIM_THRESHOLD, 128 * 1024);
    g_log_set_writer_func(discard, NULL, NULL);
    return run(argc, argv);
}

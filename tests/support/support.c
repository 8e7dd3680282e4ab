/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "base/json.h"

char *scratch_new(void)
{
    g_autoptr(GError) error = NULL;
    char *folder = g_dir_make_tmp("perch-test-XXXXXX", &error);
    if (folder == NULL)
        fail_msg("no scratch folder: %s", error->message);
    return folder;
}

void scratch_remove(const char *folder)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    for (const char *name = entries != NULL ? g_dir_read_name(entries) : NULL; name != NULL;
         name = g_dir_read_name(entries)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
            scratch_remove(path);
        else
            g_unlink(path);
    }
    g_rmdir(folder);
}

struct run *run_program(const char *const *arguments, const char *const *environment, const char *input)
{
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
        G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
    for (const char *const *entry = environment; entry != NULL && *entry != NULL; entry++) {
        g_auto(GStrv) pair = g_strsplit(*entry, "=", 2);
        g_subprocess_launcher_setenv(launcher, pair[0], pair[1], TRUE);
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(GSubprocess) process = g_subprocess_launcher_spawnv(launcher, arguments, &error);
    if (process == NULL)
        fail_msg("%s does not start: %s", arguments[0], error->message);
    struct run *run = g_new0(struct run, 1);
    if (!g_subprocess_communicate_utf8(process, input, NULL, &run->output, &run->errors, &error))
        fail_msg("%s: %s", arguments[0], error->message);
    run->status = g_subprocess_get_if_exited(process) ? g_subprocess_get_exit_status(process)
                                                      : 128 + g_subprocess_get_term_sig(process);
    return run;
}

char *scratch_by_openssl(const char *script)
{
    g_autofree char *found = g_find_program_in_path("openssl");
    if (found == NULL)
        skip_program("openssl is not installed");
    char *folder = scratch_new();
    const char *const arguments[] = {"/bin/sh", "-c", script, folder, NULL};
    g_autoptr(Run) ended = run_program(arguments, NULL, NULL);
    if (ended->status != 0)
        fail_msg("no certificates: %s", ended->errors);
    return folder;
}

void run_free(struct run *run)
{
    g_free(run->output);
    g_free(run->errors);
    g_free(run);
}

char *read_text(const char *file)
{
    char *text = NULL;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(file, &text, NULL, &error))
        fail_msg("%s", error->message);
    return text;
}

char *file_sha256(const char *file)
{
    g_autofree char *text = read_text(file);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

json *short_json(const char *text)
{
    g_autofree char *strict = g_strdelimit(g_strdup(text != NULL ? text : "null"), "'", '"');
    g_autoptr(GError) error = NULL;
    json *value = json_parse(strict, -1, &error);
    if (value == NULL)
        fail_msg("%s: %s", strict, error->message);
    return value;
}

json *read_json_lines(const char *file)
{
    g_autofree char *text = read_text(file);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    json *array = json_new_array();
    for (char **line = lines; line[0] != NULL && line[1] != NULL; line++) {
        g_autoptr(GError) error = NULL;
        if (**line == '\0')
            continue;
        json *value = json_parse(*line, -1, &error);
        if (value == NULL)
            fail_msg("%s: %s", file, error->message);
        json_append(array, value);
    }
    return array;
}

G_NORETURN void skip_program(const char *reason)
{
    printf("skipped: %s\n", reason);
    exit(SKIP_STATUS);
}

gint64 processor_time(void)
{
    struct timespec spent = {0};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return (gint64)spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

char *text_unbroken(const char *text)
{
    g_autoptr(GRegex) blanks = g_regex_new("\\s+", 0, 0, NULL);
    return g_regex_replace_literal(blanks, text, -1, 0, " ", 0, NULL);
}

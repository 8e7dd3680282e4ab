/* SPDX-License-Identifier: MIT */
/* What a browser that perch opens is started with, seen by a stand-in for xdg-open. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/practice.h"

#define STATUS_PERSON 5

/* It tells what it was given, and ends with the status that STATUS holds; its last line is "end". */
#define STAND_IN                                                                                                       \
    "#!/bin/sh\n"                                                                                                      \
    "{ echo umask=$(umask); echo address=$1; grep -E '^(SigIgn|SigBlk|NoNewPrivs)' /proc/self/status;\n"               \
    "  read -r line < /proc/$$/stat; set -- ${line##*) }; echo session=$4 terminal=$5 own=$$;\n"                       \
    "  echo keylog=$SSLKEYLOGFILE; ls -l /proc/$$/fd; ulimit -Hl; echo end; } > \"$SEEN.new\" 2>&1\n"                  \
    "mv \"$SEEN.new\" \"$SEEN\"\n"                                                                                     \
    "exit ${STATUS:-0}\n"

struct scene {
    struct practice_tenant *tenant;
    char *bin;
    char *seen;
    char *state;
};

static int set_up(void **state)
{
    struct scene *scene = g_new0(struct scene, 1);
    scene->tenant = practice_begin("fresh", NULL);
    scene->bin = g_build_filename(practice_folder(scene->tenant), "bin", NULL);
    scene->seen = g_build_filename(practice_folder(scene->tenant), "seen", NULL);
    scene->state = g_build_filename(practice_folder(scene->tenant), "state", NULL);
    g_autofree char *program = g_build_filename(scene->bin, "xdg-open", NULL);
    assert_int_equal(g_mkdir(scene->bin, 0700), 0);
    assert_true(g_file_set_contents(program, STAND_IN, -1, NULL));
    assert_int_equal(g_chmod(program, 0700), 0);
    g_autoptr(Run) check = perch(scene->tenant, "check", NULL);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    practice_end(scene->tenant);
    g_free(scene->bin);
    g_free(scene->seen);
    g_free(scene->state);
    g_free(scene);
    return 0;
}

/* perch open streaming, with PATH and one more entry of the environment. Caller frees. */
static struct run *open_page(const struct scene *scene, const char *path, const char *entry)
{
    g_autofree char *path_entry = g_strconcat("PATH=", path, NULL);
    g_autofree char *seen_entry = g_strconcat("SEEN=", scene->seen, NULL);
    const char *environment[] = {path_entry, seen_entry, "SSLKEYLOGFILE=/tmp/kept", entry, NULL};
    const char *arguments[] = {PERCH_BINARY, "open", "streaming", "--state-dir", scene->state, NULL};
    return run_program(arguments, environment, "");
}

static void assert_seen(const char *text, const char *line)
{
    if (strstr(text, line) == NULL)
        fail_msg("expected “%s” in:\n%s", line, text);
}

static void test_a_browser_is_started_as_its_user_would(void **state)
{
    const struct scene *scene = *state;
    g_autofree char *path = g_strconcat(scene->bin, ":/usr/bin:/bin", NULL);
    mode_t former = umask(027);
    g_autoptr(Run) run = open_page(scene, path, "STATUS=0");
    umask(former);
    assert_int_equal(run->status, 0);
    assert_string_equal(run->errors, "");
    g_autofree char *seen = read_text(scene->seen);
    assert_seen(seen, "umask=0027\n");
    assert_seen(seen, "SigBlk:\t0000000000000000\n");
    assert_seen(seen, "SigIgn:\t0000000000000000\n");
    assert_seen(seen, "NoNewPrivs:\t0\n");
    assert_seen(seen, "keylog=/tmp/kept\n");
    assert_seen(seen, " terminal=0 ");
    const char *session = strstr(seen, "session=");
    const char *own = strstr(seen, " own=");
    assert_non_null(session);
    assert_non_null(own);
    assert_int_equal(g_ascii_strtoll(session + strlen("session="), NULL, 10),
                     g_ascii_strtoll(own + strlen(" own="), NULL, 10));
    /* Nothing of the terminal or of perch's files: three times nowhere, and the shell's own. */
    assert_null(strstr(seen, "socket:"));
    assert_null(strstr(seen, "/dev/pts"));
    assert_null(strstr(seen, "jsonl"));
}

static void test_its_failure_is_told(void **state)
{
    const struct scene *scene = *state;
    g_autofree char *path = g_strconcat(scene->bin, ":/usr/bin:/bin", NULL);
    g_autoptr(Run) failed = open_page(scene, path, "STATUS=3");
    assert_int_equal(failed->status, STATUS_PERSON);
    assert_seen(failed->errors, "No browser could be opened here");
    g_autofree char *empty = g_build_filename(practice_folder(scene->tenant), "nothing", NULL);
    g_autoptr(Run) missing = open_page(scene, empty, "STATUS=0");
    assert_int_equal(missing->status, STATUS_PERSON);
    assert_seen(missing->errors, "No browser could be started here (xdg-open: No such file or directory)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_browser_is_started_as_its_user_would),
        cmocka_unit_test(test_its_failure_is_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

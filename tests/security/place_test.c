/* SPDX-License-Identifier: MIT */
/* Where perch keeps its state when the environment says something odd. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <pwd.h>

#include "support/support.h"

/* What perch doctor says of the state folder, with STATE_HOME and HOME in the environment. Caller frees. */
static struct run *doctor(const char *state_home, const char *home)
{
    g_autofree char *state_entry = g_strconcat("XDG_STATE_HOME=", state_home, NULL);
    g_autofree char *home_entry = g_strconcat("HOME=", home, NULL);
    const char *environment[] = {state_entry, home_entry, "https_proxy=http://127.0.0.1:1", NULL};
    const char *arguments[] = {PERCH_BINARY, "doctor", "--no-keyring", NULL};
    return run_program(arguments, environment, "");
}

static void assert_folder(const struct run *run, const char *folder)
{
    g_autofree char *sentence = g_strconcat(" ", folder, " can be written.", NULL);
    if (strstr(run->output, sentence) == NULL)
        fail_msg("expected “%s” in:\n%s%s", sentence, run->output, run->errors);
}

/* XDG Base Directory Specification: a relative path is invalid and is to be ignored. */
static void test_relative_places_are_ignored(void **state)
{
    (void)state;
    g_autofree char *scratch = scratch_new();
    g_autofree char *absolute = g_build_filename(scratch, "state", NULL);
    g_autofree char *in_state = g_build_filename(absolute, "perch", NULL);
    g_autofree char *in_home = g_build_filename(scratch, ".local", "state", "perch", NULL);
    g_autofree char *of_user = g_build_filename(getpwuid(geteuid())->pw_dir, ".local", "state", "perch", NULL);
    assert_int_equal(chdir(scratch), 0);
    g_autoptr(Run) named = doctor(absolute, scratch);
    assert_folder(named, in_state);
    g_autoptr(Run) relative = doctor("kept/here", scratch);
    assert_folder(relative, in_home);
    g_autoptr(Run) nowhere = doctor("", "at/home");
    assert_folder(nowhere, of_user);
    assert_int_not_equal(access("kept", F_OK), 0);
    assert_int_not_equal(access("at", F_OK), 0);
    assert_int_equal(chdir("/"), 0);
    scratch_remove(scratch);
}

/* perch doctor with --log-file FILE, whose mode is made MODE before. Caller frees. */
static struct run *doctor_logging(const char *file, mode_t mode)
{
    const char *environment[] = {"https_proxy=http://127.0.0.1:1", NULL};
    const char *arguments[] = {PERCH_BINARY, "doctor", "--no-keyring", "--log-file", file, NULL};
    assert_int_equal(g_chmod(file, mode), 0);
    return run_program(arguments, environment, "");
}

static void test_a_log_file_is_closed_to_others(void **state)
{
    (void)state;
    struct stat found;
    g_autofree char *scratch = scratch_new();
    g_autofree char *file = g_build_filename(scratch, "log.txt", NULL);
    g_autofree char *other = g_build_filename(scratch, "other.txt", NULL);
    assert_true(g_file_set_contents(file, "kept\n", -1, NULL));
    g_autoptr(Run) run = doctor_logging(file, 0666);
    assert_int_equal(stat(file, &found), 0);
    assert_int_equal(found.st_mode & 07777, 0600);
    g_autofree char *text = read_text(file);
    assert_true(g_str_has_prefix(text, "kept\n"));
    assert_int_equal(link(file, other), 0);
    g_autoptr(Run) linked = doctor_logging(file, 0600);
    assert_int_equal(linked->status, 1);
    assert_non_null(strstr(linked->errors, "a hard link"));
    scratch_remove(scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_relative_places_are_ignored),
        cmocka_unit_test(test_a_log_file_is_closed_to_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Files that a person names for a result: what is replaced, what is written to, what is refused. */
#include "base/write_out.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "support/support.h"

static mode_t mode_of(const char *file)
{
    struct stat about;
    assert_int_equal(lstat(file, &about), 0);
    return about.st_mode;
}

static void a_regular_file_is_replaced_for_its_owner_only(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "f.txt", NULL);
    gboolean replaces = TRUE;
    assert_true(write_out_look(file, &replaces, NULL));
    assert_false(replaces);
    assert_true(g_file_set_contents(file, "old", -1, NULL));
    assert_int_equal(chmod(file, 0666), 0);
    assert_true(write_out_look(file, &replaces, NULL));
    assert_true(replaces);
    assert_true(write_out(file, "new", -1, "It", NULL));
    g_autofree char *text = read_text(file);
    assert_string_equal(text, "new");
    assert_int_equal(mode_of(file) & 0777, 0600);
    scratch_remove(folder);
}

static void a_pipe_is_written_to_and_stays_one(void **state)
{
    (void)state;
    char got[16] = "";
    g_autofree char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "p", NULL);
    g_autofree char *link = g_build_filename(folder, "l", NULL);
    gboolean replaces = TRUE;
    assert_int_equal(mkfifo(file, 0600), 0);
    assert_int_equal(symlink("p", link), 0);
    int reader = open(file, O_RDONLY | O_NONBLOCK);
    assert_true(reader >= 0);
    assert_true(write_out_look(file, &replaces, NULL));
    assert_false(replaces);
    assert_true(write_out(file, "one ", -1, "It", NULL));
    assert_true(write_out(link, "two, cut", 3, "It", NULL));
    assert_int_equal(read(reader, got, sizeof got - 1), 7);
    assert_string_equal(got, "one two");
    assert_true(S_ISFIFO(mode_of(file)));
    assert_true(S_ISLNK(mode_of(link)));
    close(reader);
    scratch_remove(folder);
}

/* Somebody who opens the pipe while it is waited for. */
static struct {
    const char *pipe;
    int reader;
} latecomer = {NULL, -1};

void __real_g_usleep(gulong microseconds);
void __wrap_g_usleep(gulong microseconds);

void __wrap_g_usleep(gulong microseconds)
{
    if (latecomer.pipe != NULL && latecomer.reader < 0)
        latecomer.reader = open(latecomer.pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    __real_g_usleep(microseconds);
}

/* The reader of a script's pipe may begin a moment after perch. */
static void a_reader_that_comes_late_is_waited_for(void **state)
{
    (void)state;
    char got[16] = "";
    g_autofree char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "p", NULL);
    assert_int_equal(mkfifo(file, 0600), 0);
    latecomer.pipe = file;
    assert_true(write_out(file, "one", -1, "It", NULL));
    latecomer.pipe = NULL;
    assert_int_equal(read(latecomer.reader, got, sizeof got - 1), 3);
    assert_string_equal(got, "one");
    close(latecomer.reader);
    scratch_remove(folder);
}

/* Whoever waits for a reader for ever is a console that is dead. */
static void a_pipe_that_nobody_reads_is_an_error(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "p", NULL);
    g_autoptr(GError) error = NULL;
    assert_int_equal(mkfifo(file, 0600), 0);
    gint64 begun = g_get_monotonic_time();
    assert_false(write_out(file, "one", -1, "It", &error));
    assert_non_null(strstr(error->message, "nobody opened it to read"));
    assert_true(g_get_monotonic_time() - begun < PATIENCE);
    scratch_remove(folder);
}

static void a_device_is_written_to(void **state)
{
    (void)state;
    assert_true(write_out("/dev/null", "x", -1, "It", NULL));
    assert_true(S_ISCHR(mode_of("/dev/null")));
    g_autoptr(GError) error = NULL;
    assert_false(write_out("/dev/full", "x", -1, "It", &error));
    assert_non_null(strstr(error->message, "It cannot be written: /dev/full"));
}

static void what_is_no_file_is_refused(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "f", NULL);
    g_autofree char *link = g_build_filename(folder, "link", NULL);
    g_autofree char *dangling = g_build_filename(folder, "dangling", NULL);
    g_autofree char *nowhere = g_build_filename(folder, "none", "f", NULL);
    g_autofree char *below = g_build_filename(file, "f", NULL);
    const char *const refused[] = {folder, link, dangling, nowhere, below};
    assert_true(g_file_set_contents(file, "kept", -1, NULL));
    assert_int_equal(symlink("f", link), 0);
    assert_int_equal(symlink("gone", dangling), 0);
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autoptr(GError) error = NULL;
        if (write_out(refused[i], "new", -1, "It", &error))
            fail_msg("%s was written", refused[i]);
        assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
    }
    g_autofree char *text = read_text(file);
    assert_string_equal(text, "kept");
    assert_true(S_ISLNK(mode_of(dangling)));
    scratch_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_regular_file_is_replaced_for_its_owner_only),
        cmocka_unit_test(a_pipe_is_written_to_and_stays_one),
        cmocka_unit_test(a_reader_that_comes_late_is_waited_for),
        cmocka_unit_test(a_pipe_that_nobody_reads_is_an_error),
        cmocka_unit_test(a_device_is_written_to),
        cmocka_unit_test(what_is_no_file_is_refused),
    };
    return cmocka_run_group_tests_name("write_out", tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* The log file: who may read it, and what is refused as one. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "engine/log.h"
#include "support/support.h"

/* The permission bits of FILE after a log was opened there. */
static mode_t mode_after(const char *file)
{
    g_autoptr(GError) error = NULL;
    struct stat about = {0};
    struct log *log = log_open(NULL, NULL, NULL, file, &error);
    assert_non_null(log);
    assert_int_equal(stat(file, &about), 0);
    log_close(log);
    return about.st_mode & 0777;
}

static void a_file_that_others_could_read_is_closed_to_them(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("perch-log-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(folder, "log", NULL);
    assert_true(g_file_set_contents(file, "old\n", -1, NULL));
    assert_int_equal(chmod(file, 0644), 0);
    assert_int_equal(mode_after(file), 0600);
    assert_int_equal(chmod(file, 0400 | 0200), 0);
    assert_int_equal(mode_after(file), 0600);
    unlink(file);
    assert_int_equal(mode_after(file), 0600);
    unlink(file);
    rmdir(folder);
}

static void a_pipe_stays_as_it_is(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("perch-log-XXXXXX", NULL);
    g_autofree char *pipe_name = g_build_filename(folder, "pipe", NULL);
    assert_int_equal(mkfifo(pipe_name, 0600), 0);
    assert_int_equal(chmod(pipe_name, 0622), 0);
    int reader = open(pipe_name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    assert_true(reader >= 0);
    assert_int_equal(mode_after(pipe_name), 0622);
    close(reader);
    unlink(pipe_name);
    rmdir(folder);
}

/* Nobody would ever come to read it: that is said, and not waited for. */
static void a_pipe_that_nobody_reads_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("perch-log-XXXXXX", NULL);
    g_autofree char *pipe_name = g_build_filename(folder, "pipe", NULL);
    assert_int_equal(mkfifo(pipe_name, 0600), 0);
    assert_null(log_open(NULL, NULL, NULL, pipe_name, &error));
    assert_non_null(strstr(error->message, pipe_name));
    unlink(pipe_name);
    rmdir(folder);
}

static void a_file_with_another_name_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("perch-log-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(folder, "log", NULL);
    g_autofree char *other = g_build_filename(folder, "other", NULL);
    assert_true(g_file_set_contents(file, "old\n", -1, NULL));
    assert_int_equal(link(file, other), 0);
    assert_null(log_open(NULL, NULL, NULL, file, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_STATE));
    unlink(file);
    unlink(other);
    rmdir(folder);
}

/* The lines that QUEUE has, which go. */
static guint count_lines(struct queue *queue)
{
    guint count = 0;
    for (struct event *event = queue_pop(queue); event != NULL; event = queue_pop(queue)) {
        count++;
        event_free(event);
    }
    return count;
}

static void lines_that_nobody_sees_are_not_made(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("perch-log-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(folder, "log", NULL);
    g_autoptr(Redactor) redactor = redactor_new();
    const struct clock clock = clock_wall();
    struct queue *queue = queue_new((GDestroyNotify)event_free, &error);
    assert_non_null(queue);
    for (int with_file = 0; with_file < 2; with_file++) {
        g_autofree char *text = NULL;
        struct log *log = log_open(queue, redactor, &clock, with_file ? file : NULL, &error);
        log_write(log, LOG_DEBUG, "read", "before", NULL, NULL, 0, 0);
        assert_int_equal(count_lines(queue), 1);
        log_show_from(log, LOG_INFO);
        log_write(log, LOG_DEBUG, "read", "a read", NULL, NULL, 0, 0);
        log_write(log, LOG_INFO, "write", "a write", NULL, NULL, 0, 0);
        assert_int_equal(count_lines(queue), with_file ? 2 : 1);
        log_close(log);
        if (!with_file)
            continue;
        assert_true(g_file_get_contents(file, &text, NULL, NULL));
        assert_non_null(strstr(text, "a read"));
    }
    queue_free(queue);
    unlink(file);
    rmdir(folder);
}

/* Once, and before the line that is not there. */
static void a_line_that_does_not_reach_the_file_is_said(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Redactor) redactor = redactor_new();
    const struct clock clock = clock_wall();
    struct queue *queue = queue_new((GDestroyNotify)event_free, &error);
    struct log *log = log_open(queue, redactor, &clock, "/dev/full", &error);
    assert_non_null(log);
    log_write(log, LOG_INFO, "write", "a write", NULL, NULL, 0, 0);
    log_write(log, LOG_INFO, "write", "another", NULL, NULL, 0, 0);
    struct event *first = queue_pop(queue);
    assert_int_equal(first->log->severity, LOG_ERROR);
    assert_string_equal(first->log->text, "the log file misses lines from here on: No space left on device");
    event_free(first);
    assert_int_equal(count_lines(queue), 2);
    log_close(log);
    queue_free(queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_that_others_could_read_is_closed_to_them),
        cmocka_unit_test(a_pipe_stays_as_it_is),
        cmocka_unit_test(a_pipe_that_nobody_reads_is_refused),
        cmocka_unit_test(a_file_with_another_name_is_refused),
        cmocka_unit_test(lines_that_nobody_sees_are_not_made),
        cmocka_unit_test(a_line_that_does_not_reach_the_file_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

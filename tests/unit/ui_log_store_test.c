/* SPDX-License-Identifier: MIT */
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/error.h"
#include "support/fake_session.h"
#include "support/support.h"
#include "ui/log_store.h"

static void add(struct log_store *store, guint number)
{
    g_autofree char *text = g_strdup_printf("line %u", number);
    struct log_line *line = fake_log_line(number % 100 == 0 ? LOG_ERROR : LOG_INFO, number % 2 ? "odd" : "even", text);
    line->status = (int)number;
    log_store_add(store, line);
}

static gsize resident_bytes(void)
{
    g_autofree char *text = read_text("/proc/self/statm");
    g_auto(GStrv) parts = g_strsplit(text, " ", 3);
    return (gsize)g_ascii_strtoull(parts[1], NULL, 10) * 4096;
}

static void old_lines_come_back_as_they_were(void **state)
{
    (void)state;
    g_autoptr(LogStore) store = log_store_new(NULL);
    const guint count = 3 * LOG_STORE_RECENT + 17;
    for (guint i = 0; i < count; i++)
        add(store, i);
    assert_int_equal(log_store_count(store), count);
    for (guint i = 0; i < count; i++) {
        g_autofree char *expected = g_strdup_printf("line %u", i);
        const struct log_line *line = log_store_line(store, i);
        assert_non_null(line);
        assert_string_equal(line->text, expected);
        assert_string_equal(line->subject, i % 2 ? "odd" : "even");
        assert_int_equal(line->status, i);
    }
    assert_null(log_store_line(store, count));
}

static void a_line_read_before_lines_were_moved_out_is_read_right_after(void **state)
{
    (void)state;
    g_autoptr(LogStore) store = log_store_new(NULL);
    guint added = 0;
    while (added < 2 * LOG_STORE_RECENT)
        add(store, added++);
    assert_string_equal(log_store_line(store, LOG_STORE_RECENT - 1)->text, "line 4095");
    while (added < 4 * LOG_STORE_RECENT)
        add(store, added++);
    assert_string_equal(log_store_line(store, LOG_STORE_RECENT + 1)->text, "line 4097");
}

static void a_million_lines_stay_in_bounded_memory(void **state)
{
    (void)state;
    g_autoptr(LogStore) store = log_store_new(NULL);
    for (guint i = 0; i < 50000; i++)
        add(store, i);
    gsize before = resident_bytes();
    for (guint i = 50000; i < 1000000; i++)
        add(store, i);
    gsize after = resident_bytes();
    assert_true(after > 0 && before > 0);
#ifndef __SANITIZE_ADDRESS__ /* which keeps freed memory for a while */
    assert_true(after < before + 16 * 1024 * 1024);
#endif
    assert_string_equal(log_store_line(store, 123456)->text, "line 123456");
}

/* No file of this process may grow beyond BYTES. */
static void limit_files(rlim_t bytes)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* The disk is full while lines are moved out: some are lost, and no other line has their numbers. */
static void lines_lost_to_a_full_disk_are_told_and_no_other_has_their_number(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "log.txt", NULL);
    g_autoptr(LogStore) store = log_store_new(folder);
    signal(SIGXFSZ, SIG_IGN);
    for (guint i = 0; i < 4 * LOG_STORE_RECENT; i++) {
        if (i == 2 * LOG_STORE_RECENT - 1)
            limit_files(10000);
        else if (i == 2 * LOG_STORE_RECENT)
            limit_files(RLIM_INFINITY);
        add(store, i);
    }
    guint lost = 0;
    for (guint i = 0; i < 4 * LOG_STORE_RECENT; i++) {
        g_autofree char *expected = g_strdup_printf("line %u", i);
        const struct log_line *line = log_store_line(store, i);
        if (line != NULL)
            assert_string_equal(line->text, expected);
        lost += line == NULL ? 1 : 0;
    }
    assert_in_range(lost, 1, LOG_STORE_RECENT);
    assert_true(log_store_save(store, file, NULL));
    g_autofree char *text = read_text(file);
    g_autofree char *told = g_strdup_printf("\n%u lines were lost here: ", lost);
    assert_non_null(strstr(text, told));
    scratch_remove(folder);
}

static void nothing_is_left_in_the_folder(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autoptr(LogStore) store = log_store_new(folder);
    for (guint i = 0; i < 3 * LOG_STORE_RECENT; i++)
        add(store, i);
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    assert_null(g_dir_read_name(entries));
    scratch_remove(folder);
}

static void a_filter_lets_through_what_it_names(void **state)
{
    (void)state;
    struct log_line *line = fake_log_line(LOG_WARNING, "group", "created “Red Canary”");
    struct log_filter severity = {.least = LOG_ERROR};
    struct log_filter subject = {.subject = (char *)"GROUP"};
    struct log_filter text = {.text = (char *)"canary"};
    struct log_filter none = {.text = (char *)"", .subject = (char *)""};
    assert_false(log_filter_matches(&severity, line));
    assert_true(log_filter_matches(&subject, line));
    assert_true(log_filter_matches(&text, line));
    assert_true(log_filter_is_empty(&none));
    log_line_free(line);
}

static void saving_writes_every_line_and_never_over_a_file(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "log.txt", NULL);
    g_autoptr(LogStore) store = log_store_new(folder);
    for (guint i = 0; i < 2 * LOG_STORE_RECENT + 5; i++)
        add(store, i);
    g_autoptr(GError) error = NULL;
    assert_true(log_store_save(store, file, &error));
    g_autofree char *text = read_text(file);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    assert_int_equal(g_strv_length(lines), 2 * LOG_STORE_RECENT + 6);
    struct stat status;
    assert_int_equal(stat(file, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_false(log_store_save(store, file, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_USAGE));
    scratch_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(old_lines_come_back_as_they_were),
        cmocka_unit_test(a_line_read_before_lines_were_moved_out_is_read_right_after),
        cmocka_unit_test(a_million_lines_stay_in_bounded_memory),
        cmocka_unit_test(lines_lost_to_a_full_disk_are_told_and_no_other_has_their_number),
        cmocka_unit_test(nothing_is_left_in_the_folder),
        cmocka_unit_test(a_filter_lets_through_what_it_names),
        cmocka_unit_test(saving_writes_every_line_and_never_over_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

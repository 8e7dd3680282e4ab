#include "engine/journal.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "support/support.h"

#define TENANT "11111111-1111-4111-8111-111111111111"
#define OTHER_TENANT "22222222-2222-4222-8222-222222222222"

struct fixture {
    char *base;
    struct state_dir *dir;
};

static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    fixture->base = scratch_new();
    fixture->dir = state_dir_open(fixture->base, TENANT, NULL);
    assert_non_null(fixture->dir);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    state_dir_close(fixture->dir);
    scratch_remove(fixture->base);
    g_free(fixture->base);
    g_free(fixture);
    return 0;
}

static struct journal *reopen(struct fixture *fixture, GError **error)
{
    return journal_open(fixture->dir, TENANT, "partner", error);
}

static void write_three(struct fixture *fixture)
{
    struct journal *journal = reopen(fixture, NULL);
    assert_non_null(journal);
    for (gint64 i = 0; i < 3; i++)
        assert_true(journal_append(journal, json_from("{'type':'told','step':'s','note':%d}", i), 0, NULL));
    journal_close(journal);
}

static void refused(struct fixture *fixture, int code, const char *words)
{
    g_autoptr(GError) error = NULL;
    struct journal *journal = reopen(fixture, &error);
    assert_null(journal);
    assert_true(g_error_matches(error, PERCH_ERROR, code));
    if (strstr(error->message, words) == NULL)
        fail_msg("expected “%s” in: %s", words, error->message);
}

static void test_what_was_written_is_there_again(void **state)
{
    struct fixture *fixture = *state;
    write_three(fixture);
    struct journal *journal = reopen(fixture, NULL);
    const GPtrArray *records = journal_records(journal);
    assert_int_equal(records->len, 4);
    assert_string_equal(json_get_string(g_ptr_array_index(records, 0), "tenant"), TENANT);
    assert_int_equal(json_get_int(g_ptr_array_index(records, 3), "note", -1), 2);
    journal_close(journal);
}

static void test_a_torn_last_line_is_dropped_at_every_length(void **state)
{
    struct fixture *fixture = *state;
    write_three(fixture);
    g_autofree char *path = state_dir_file(fixture->dir, "journal.jsonl");
    g_autofree char *whole = read_text(path);
    gsize length = strlen(whole);
    whole[length - 1] = '\0';
    gsize last = (gsize)(strrchr(whole, '\n') + 1 - whole);
    whole[length - 1] = '\n';
    for (gsize cut = last; cut < length; cut++) {
        assert_true(g_file_set_contents(path, whole, (gssize)cut, NULL));
        struct journal *journal = reopen(fixture, NULL);
        assert_non_null(journal);
        assert_int_equal(journal_records(journal)->len, 3);
        assert_true(journal_append(journal, json_from("{'type':'told','step':'after'}"), 0, NULL));
        journal_close(journal);
        journal = reopen(fixture, NULL);
        assert_non_null(journal);
        assert_int_equal(journal_records(journal)->len, 4);
        journal_close(journal);
    }
}

/* Whatever single byte is changed: either the journal is refused, or (in the last line's end) a record is missing;
 * never is a changed record believed. */
static void test_a_changed_byte_is_never_believed(void **state)
{
    struct fixture *fixture = *state;
    write_three(fixture);
    g_autofree char *path = state_dir_file(fixture->dir, "journal.jsonl");
    g_autofree char *whole = read_text(path);
    gsize length = strlen(whole);
    int refused_count = 0;
    for (gsize i = 0; i < length; i++) {
        g_autofree char *changed = g_strdup(whole);
        changed[i] = (char)(changed[i] ^ 1);
        if (changed[i] == '\0')
            continue;
        assert_true(g_file_set_contents(path, changed, (gssize)length, NULL));
        struct journal *journal = reopen(fixture, NULL);
        refused_count += journal == NULL;
        if (journal != NULL)
            assert_true(i == length - 1 && journal_records(journal)->len == 3);
        journal_close(journal);
    }
    assert_int_equal(refused_count, (int)length - 1);
}

static void test_a_missing_or_swapped_line_is_refused_with_its_number(void **state)
{
    struct fixture *fixture = *state;
    write_three(fixture);
    g_autofree char *path = state_dir_file(fixture->dir, "journal.jsonl");
    g_autofree char *whole = read_text(path);
    g_auto(GStrv) lines = g_strsplit(whole, "\n", -1);
    g_autofree char *missing = g_strdup_printf("%s\n%s\n%s\n", lines[0], lines[2], lines[3]);
    assert_true(g_file_set_contents(path, missing, -1, NULL));
    refused(fixture, PERCH_ERROR_STATE, "line 2");
    g_autofree char *swapped = g_strdup_printf("%s\n%s\n%s\n%s\n", lines[0], lines[2], lines[1], lines[3]);
    assert_true(g_file_set_contents(path, swapped, -1, NULL));
    refused(fixture, PERCH_ERROR_STATE, "line 2");
}

static void test_another_tenants_journal_is_refused(void **state)
{
    struct fixture *fixture = *state;
    write_three(fixture);
    g_autoptr(GError) error = NULL;
    assert_null(journal_open(fixture->dir, OTHER_TENANT, "partner", &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_TENANT));
    g_clear_error(&error);
    assert_null(journal_open(fixture->dir, TENANT, "another partner", &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_STATE));
}

static void test_a_link_in_place_of_the_journal_is_refused(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = state_dir_file(fixture->dir, "journal.jsonl");
    g_autofree char *elsewhere = g_build_filename(fixture->base, "elsewhere", NULL);
    assert_true(g_file_set_contents(elsewhere, "", 0, NULL));
    assert_int_equal(symlink(elsewhere, path), 0);
    refused(fixture, PERCH_ERROR_STATE, "journal.jsonl");
}

static void test_files_and_folders_are_for_the_owner_only(void **state)
{
    struct fixture *fixture = *state;
    struct stat status;
    write_three(fixture);
    g_autofree char *path = state_dir_file(fixture->dir, "journal.jsonl");
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(stat(fixture->dir->path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
}

static void test_a_second_perch_only_reads(void **state)
{
    struct fixture *fixture = *state;
    write_three(fixture);
    struct state_dir *second = state_dir_open(fixture->base, TENANT, NULL);
    assert_non_null(second);
    assert_true(second->read_only);
    struct journal *journal = journal_open(second, TENANT, "partner", NULL);
    assert_non_null(journal);
    assert_int_equal(journal_records(journal)->len, 4);
    g_autoptr(GError) error = NULL;
    assert_false(journal_append(journal, json_from("{'type':'told','step':'s'}"), 0, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_LOCKED));
    journal_close(journal);
    state_dir_close(second);
}

/* The first one holds the lock already and has not written its first line yet. */
static void test_a_second_perch_opens_before_the_first_has_written(void **state)
{
    struct fixture *fixture = *state;
    struct state_dir *second = state_dir_open(fixture->base, TENANT, NULL);
    assert_true(second->read_only);
    g_autoptr(GError) error = NULL;
    struct journal *journal = journal_open(second, TENANT, "partner", &error);
    if (journal == NULL)
        fail_msg("%s", error->message);
    assert_int_equal(journal_records(journal)->len, 0);
    journal_close(journal);
    state_dir_close(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_was_written_is_there_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_torn_last_line_is_dropped_at_every_length, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_changed_byte_is_never_believed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_missing_or_swapped_line_is_refused_with_its_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_another_tenants_journal_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_link_in_place_of_the_journal_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_files_and_folders_are_for_the_owner_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_second_perch_only_reads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_second_perch_opens_before_the_first_has_written, set_up, tear_down),
    };
    json_init();
    return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "store/journal.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json.h"
#include "support/support.h"

#define TENANT "11111111-1111-4111-8111-111111111111"
#define NOON (G_GINT64_CONSTANT(1795521600) * G_USEC_PER_SEC)
#define OTHER_TENANT "22222222-2222-4222-8222-222222222222"

#define SUM "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

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

static gboolean write_private(const char *path, const char *text, gsize length)
{
    return g_file_set_contents_full(path, text, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

static struct journal *reopen(struct fixture *fixture, GError **error)
{
    return journal_open(fixture->dir, TENANT, "partner", SUM, error);
}

static gboolean append(struct journal *journal, const char *note, GError **error)
{
    const struct journal_record record = {.type = RECORD_TOLD, .step = "s", .note = note};
    return journal_append(journal, &record, NOON, error) != NULL;
}

static void write_three(struct fixture *fixture)
{
    struct journal *journal = reopen(fixture, NULL);
    assert_non_null(journal);
    for (int i = 0; i < 3; i++) {
        const char *const notes[] = {"0", "1", "2"};
        assert_true(append(journal, notes[i], NULL));
    }
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
    const struct journal_record *first = g_ptr_array_index(records, 0);
    const struct journal_record *last = g_ptr_array_index(records, 3);
    assert_string_equal(first->tenant, TENANT);
    assert_int_equal(first->format, JOURNAL_FORMAT);
    assert_string_equal(last->note, "2");
    assert_int_equal(last->at, NOON);
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
        assert_true(write_private(path, whole, cut));
        struct journal *journal = reopen(fixture, NULL);
        assert_non_null(journal);
        assert_int_equal(journal_records(journal)->len, 3);
        assert_true(append(journal, "after", NULL));
        journal_close(journal);
        journal = reopen(fixture, NULL);
        assert_non_null(journal);
        assert_int_equal(journal_records(journal)->len, 4);
        journal_close(journal);
    }
}

/* What some file systems leave after a power cut: the file has grown, and what was to stand there is missing. */
static void test_nul_bytes_at_the_end_are_a_torn_end(void **state)
{
    struct fixture *fixture = *state;
    write_three(fixture);
    g_autofree char *path = state_dir_file(fixture->dir, "journal.jsonl");
    g_autofree char *whole = read_text(path);
    gsize length = strlen(whole);
    static const char zeros[4096] = "";
    static const gsize cuts[] = {0, 1, 2, 40}; /* of the last line's end */
    for (gsize i = 0; i < G_N_ELEMENTS(cuts); i++) {
        g_autoptr(GString) text = g_string_new_len(whole, (gssize)(length - cuts[i]));
        g_string_append_len(text, zeros, sizeof zeros);
        assert_true(write_private(path, text->str, text->len));
        g_autoptr(GError) error = NULL;
        struct journal *journal = reopen(fixture, &error);
        if (journal == NULL)
            fail_msg("%s", error->message);
        assert_int_equal(journal_records(journal)->len, cuts[i] == 0 ? 4 : 3);
        assert_true(append(journal, "after", NULL));
        journal_close(journal);
        journal = reopen(fixture, NULL);
        assert_int_equal(journal_records(journal)->len, cuts[i] == 0 ? 5 : 4);
        journal_close(journal);
    }
    g_autoptr(GString) middle = g_string_new(whole);
    g_string_append_len(middle, zeros, 1);
    g_string_append(middle, "{}\n");
    assert_true(write_private(path, middle->str, middle->len));
    refused(fixture, PERCH_ERROR_STATE, "line 5: NUL bytes");
}

/* The journal of LINES (without their checks), as a perch of another version would have written it. */
static void write_lines(struct fixture *fixture, const char *const *lines)
{
    g_autofree char *path = state_dir_file(fixture->dir, "journal.jsonl");
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *before = g_strdup("");
    for (; *lines != NULL; lines++) {
        g_autofree char *hashed = g_strconcat(before, *lines, NULL);
        g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, hashed, -1);
        g_free(before);
        before = g_strndup(sum, 16);
        g_string_append_printf(text, "%s,\"check\":\"%s\"}\n", *lines, before);
    }
    assert_true(write_private(path, text->str, text->len));
}

#define BEGIN(format)                                                                                                  \
    "{\"type\":\"begin\"," format "\"version\":\"9.1\",\"tenant\":\"" TENANT                                           \
    "\",\"partner\":\"partner\",\"seq\":1,\"at\":\"2026-11-24T10:00:00Z\""
#define RECORD(type, seq) "{\"type\":\"" type "\",\"object\":\"group\",\"seq\":" seq ",\"at\":\"2026-11-24T10:00:00Z\""

static void test_formats_and_types_of_another_version(void **state)
{
    static const struct {
        const char *lines[4];
        const char *why; /* NULL: it is read */
    } rows[] = {
        {{BEGIN(""), RECORD("sent", "2")}, NULL},
        {{BEGIN(""), RECORD("taking-back", "2")}, NULL},
        {{BEGIN("\"format\":1,"), RECORD("sent", "2")}, NULL},
        {{BEGIN("\"format\":2,"), RECORD("sent", "2")}, NULL},
        {{BEGIN("\"format\":3,"), RECORD("sent", "2")}, "is of format 3"},
        {{BEGIN("\"format\":3,")}, "Perch 9.1 wrote it: use that one, or name another --state-dir."},
        {{BEGIN("\"format\":0,")}, "is of format 0"},
        {{BEGIN("\"format\":\"3\",")}, "the value of “format” is not known"},
        {{BEGIN(""), RECORD("proposed", "2")}, "Line 2 of the journal journal.jsonl cannot be used by this perch"},
        {{BEGIN(""), RECORD("sent", "2"), RECORD("proposed", "3")}, "the type “proposed” is not known"},
        {{BEGIN(""), RECORD("proposed", "2")}, "Nothing was sent. A newer perch may have written it"},
        {{RECORD("sent", "1")}, "line 1: a journal begins with its first line"},
        {{BEGIN(""), RECORD("sent", "3")}, "line 2: its number does not follow"},
    };
    struct fixture *fixture = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        write_lines(fixture, rows[i].lines);
        if (rows[i].why != NULL) {
            refused(fixture, PERCH_ERROR_STATE, rows[i].why);
            continue;
        }
        g_autoptr(GError) error = NULL;
        struct journal *journal = reopen(fixture, &error);
        if (journal == NULL)
            fail_msg("row %d: %s", (int)i, error->message);
        assert_int_equal(journal_records(journal)->len, 2);
        assert_true(append(journal, "goes on", NULL));
        journal_close(journal);
    }
}

/* What could not be read again would make the whole journal useless. */
static void test_what_could_not_be_read_again_is_not_written(void **state)
{
    struct fixture *fixture = *state;
    write_three(fixture);
    struct journal *journal = reopen(fixture, NULL);
    g_autoptr(GError) error = NULL;
    assert_null(journal_append(journal, &(struct journal_record){.type = RECORD_SENT}, NOON, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_STATE));
    assert_true(append(journal, "after", NULL));
    journal_close(journal);
    journal = reopen(fixture, NULL);
    assert_int_equal(journal_records(journal)->len, 5);
    journal_close(journal);
}

/* Whatever single bit is changed, the journal is refused: no changed record is believed, and none is missing. */
static void test_a_changed_byte_is_never_believed(void **state)
{
    struct fixture *fixture = *state;
    write_three(fixture);
    g_autofree char *path = state_dir_file(fixture->dir, "journal.jsonl");
    g_autofree char *whole = read_text(path);
    gsize length = strlen(whole);
    for (gsize i = 0; i < 8 * length; i++) {
        g_autofree char *changed = g_memdup2(whole, length);
        changed[i / 8] = (char)(changed[i / 8] ^ (1 << i % 8));
        assert_true(write_private(path, changed, length));
        g_autoptr(GError) error = NULL;
        struct journal *journal = reopen(fixture, &error);
        if (journal != NULL)
            fail_msg("bit %d of byte %d is not missed", (int)(i % 8), (int)(i / 8));
        assert_non_null(strstr(error->message, "Nothing was sent."));
    }
}

static void test_a_missing_or_swapped_line_is_refused_with_its_number(void **state)
{
    struct fixture *fixture = *state;
    write_three(fixture);
    g_autofree char *path = state_dir_file(fixture->dir, "journal.jsonl");
    g_autofree char *whole = read_text(path);
    g_auto(GStrv) lines = g_strsplit(whole, "\n", -1);
    g_autofree char *missing = g_strdup_printf("%s\n%s\n%s\n", lines[0], lines[2], lines[3]);
    assert_true(write_private(path, missing, strlen(missing)));
    refused(fixture, PERCH_ERROR_STATE, "line 2");
    g_autofree char *swapped = g_strdup_printf("%s\n%s\n%s\n%s\n", lines[0], lines[2], lines[1], lines[3]);
    assert_true(write_private(path, swapped, strlen(swapped)));
    refused(fixture, PERCH_ERROR_STATE, "line 2");
}

static void test_another_tenants_journal_is_refused(void **state)
{
    struct fixture *fixture = *state;
    write_three(fixture);
    g_autoptr(GError) error = NULL;
    assert_null(journal_open(fixture->dir, OTHER_TENANT, "partner", SUM, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_TENANT));
    g_clear_error(&error);
    assert_null(journal_open(fixture->dir, TENANT, "another partner", SUM, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_STATE));
}

static void test_a_link_in_place_of_the_journal_is_refused(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = state_dir_file(fixture->dir, "journal.jsonl");
    g_autofree char *elsewhere = g_build_filename(fixture->base, "elsewhere", NULL);
    assert_true(g_file_set_contents(elsewhere, "", 0, NULL));
    assert_int_equal(symlink(elsewhere, path), 0);
    refused(fixture, PERCH_ERROR_STATE, "is a link");
}

static void test_what_is_written_takes_the_place_of_the_old_or_says_why_not(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;
    assert_true(state_dir_write(fixture->dir, "answers.json", "old", NULL));
    assert_true(state_dir_write(fixture->dir, "answers.json", "new", &error));
    assert_null(error);
    g_autofree char *text = state_dir_read(fixture->dir, "answers.json", NULL);
    assert_string_equal(text, "new");
    assert_false(state_dir_write(fixture->dir, "no-such-folder/answers.json", "new", &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_STATE));
    assert_non_null(strstr(error->message, "The old content is kept."));
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

/* What another user could have read is closed; what he could have written is not believed. */
static void test_modes_and_names_of_the_files(void **state)
{
    static const struct {
        const char *file; /* "": the folder */
        mode_t mode;
        const char *why; /* NULL: mended */
    } rows[] = {
        {"", 0755, NULL},
        {"", 0777, NULL},
        {"journal.jsonl", 0644, NULL},
        {"journal.jsonl", 0700, NULL},
        {"journal.jsonl", 0620, "could be written by other users, and is not believed"},
        {"journal.jsonl", 0602, "close it with chmod 600"},
        {"journal.jsonl", 0666, "Nothing was sent."},
        {"lock", 0644, NULL},
        {"lock", 0666, "lock could be written by other users"},
    };
    struct fixture *fixture = *state;
    write_three(fixture);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct stat status;
        g_autoptr(GError) error = NULL;
        g_autofree char *path = state_dir_file(fixture->dir, rows[i].file);
        mode_t right = rows[i].file[0] == '\0' ? 0700 : 0600;
        state_dir_close(fixture->dir);
        assert_int_equal(chmod(path, rows[i].mode), 0);
        fixture->dir = state_dir_open(fixture->base, TENANT, &error);
        struct journal *journal = fixture->dir != NULL ? reopen(fixture, &error) : NULL;
        if ((journal == NULL) != (rows[i].why != NULL))
            fail_msg("row %d: %s", (int)i, error != NULL ? error->message : "believed");
        if (rows[i].why != NULL && strstr(error->message, rows[i].why) == NULL)
            fail_msg("expected “%s” in: %s", rows[i].why, error->message);
        assert_int_equal(stat(path, &status), 0);
        assert_int_equal(status.st_mode & 07777, rows[i].why == NULL ? right : rows[i].mode);
        journal_close(journal);
        assert_int_equal(chmod(path, right), 0);
        if (fixture->dir == NULL)
            fixture->dir = state_dir_open(fixture->base, TENANT, NULL);
        assert_non_null(fixture->dir);
    }
}

static void test_others_may_not_write_into_the_folder_above(void **state)
{
    struct fixture *fixture = *state;
    struct stat status;
    assert_int_equal(chmod(fixture->base, 0775), 0);
    assert_true(state_dir_prepare(fixture->base, NULL));
    assert_int_equal(stat(fixture->base, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0755);
    /* What everybody uses, as /tmp, is not closed to them. */
    g_autoptr(GError) error = NULL;
    assert_int_equal(chmod(fixture->base, 01777), 0);
    assert_false(state_dir_prepare(fixture->base, &error));
    assert_non_null(strstr(error->message, "is a folder for everybody"));
    assert_int_equal(stat(fixture->base, &status), 0);
    assert_int_equal(status.st_mode & 07777, 01777);
    assert_int_equal(chmod(fixture->base, 0700), 0);
}

static void test_a_second_name_of_a_file_is_refused(void **state)
{
    struct fixture *fixture = *state;
    write_three(fixture);
    g_autofree char *path = state_dir_file(fixture->dir, "journal.jsonl");
    g_autofree char *elsewhere = g_build_filename(fixture->base, "elsewhere", NULL);
    assert_int_equal(link(path, elsewhere), 0);
    refused(fixture, PERCH_ERROR_STATE, "hard link");
    assert_int_equal(unlink(elsewhere), 0);
    struct journal *journal = reopen(fixture, NULL);
    assert_non_null(journal);
    journal_close(journal);
    g_autofree char *answers = state_dir_file(fixture->dir, "answers.json");
    g_autoptr(GError) error = NULL;
    assert_true(write_private(answers, "{}", 2));
    assert_int_equal(link(answers, elsewhere), 0);
    assert_null(state_dir_read(fixture->dir, "answers.json", &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_STATE));
}

static void test_a_pipe_or_a_folder_in_place_of_a_file_is_refused(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = state_dir_file(fixture->dir, "journal.jsonl");
    assert_int_equal(mkfifo(path, 0600), 0);
    refused(fixture, PERCH_ERROR_STATE, "not a plain file");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    refused(fixture, PERCH_ERROR_STATE, "Cannot open");
}

static void test_a_second_perch_only_reads(void **state)
{
    struct fixture *fixture = *state;
    write_three(fixture);
    struct state_dir *second = state_dir_open(fixture->base, TENANT, NULL);
    assert_non_null(second);
    assert_true(second->read_only);
    struct journal *journal = journal_open(second, TENANT, "partner", SUM, NULL);
    assert_non_null(journal);
    assert_int_equal(journal_records(journal)->len, 4);
    g_autoptr(GError) error = NULL;
    assert_false(append(journal, "s", &error));
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
    struct journal *journal = journal_open(second, TENANT, "partner", SUM, &error);
    if (journal == NULL)
        fail_msg("%s", error->message);
    assert_int_equal(journal_records(journal)->len, 0);
    journal_close(journal);
    state_dir_close(second);
}

/* Whatever others may do with it, if only go through it; and what a shell left open for all stays open. */
static void test_the_folder_is_closed_to_others(void **state)
{
    static const mode_t modes[] = {0700, 0701, 0710, 0777, 01777};
    struct fixture *fixture = *state;
    g_autofree char *folder = g_build_filename(fixture->base, OTHER_TENANT, NULL);
    assert_int_equal(mkdir(folder, 0700), 0);
    for (gsize i = 0; i < G_N_ELEMENTS(modes); i++) {
        struct stat status;
        assert_int_equal(chmod(folder, modes[i]), 0);
        struct state_dir *dir = state_dir_open(fixture->base, OTHER_TENANT, NULL);
        assert_int_equal(stat(folder, &status), 0);
        assert_int_equal(status.st_mode & 07777, dir != NULL ? 0700 : modes[i]);
        assert_int_equal(dir == NULL, (modes[i] & S_ISVTX) != 0);
        if (dir != NULL)
            state_dir_close(dir);
    }
}

/* As a service manager may start perch. */
static void test_a_file_is_read_where_standard_input_is_closed(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = state_dir_file(fixture->dir, "answers.json");
    assert_true(write_private(path, "{}", 2));
    int kept = dup(STDIN_FILENO);
    close(STDIN_FILENO);
    g_autofree char *text = state_dir_read(fixture->dir, "answers.json", NULL);
    if (kept >= 0) {
        dup2(kept, STDIN_FILENO);
        close(kept);
    }
    assert_string_equal(text, "{}");
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
        cmocka_unit_test_setup_teardown(test_what_is_written_takes_the_place_of_the_old_or_says_why_not, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_files_and_folders_are_for_the_owner_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_second_perch_only_reads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_second_perch_opens_before_the_first_has_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nul_bytes_at_the_end_are_a_torn_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_formats_and_types_of_another_version, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_could_not_be_read_again_is_not_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_modes_and_names_of_the_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_others_may_not_write_into_the_folder_above, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_second_name_of_a_file_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_folder_is_closed_to_others, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_file_is_read_where_standard_input_is_closed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_pipe_or_a_folder_in_place_of_a_file_is_refused, set_up, tear_down),
    };
    json_init();
    return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}

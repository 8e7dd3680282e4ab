/* SPDX-License-Identifier: MIT */
/*
 * One perch, two tenants: nothing of one ever reaches the other. The second tenant is the practice tenant with another
 * seed.
 */
#include <string.h>

#include <glib/gstdio.h>

#include "support/background.h"

#define STATUS_USAGE 2
#define STATUS_PERSON 5

static const char *const another_seed[] = {"--seed", "2", NULL};

static int count_graph(const struct practice_tenant *tenant)
{
    g_autoptr(json) record = practice_record(tenant);
    int count = 0;
    json_for_each (entry, record) {
        count += strcmp(json_get_string(entry, "host"), "127.0.0.1") != 0;
    }
    return count;
}

static char *id_of(const struct practice_tenant *tenant)
{
    g_autoptr(json) state = practice_state(tenant);
    return g_strdup(json_get_string(state, "tenantId"));
}

static char *state_dir_of(const struct practice_tenant *tenant)
{
    return g_build_filename(practice_folder(tenant), "state", NULL);
}

static void assert_refused(struct run *run, const char *words)
{
    assert_status(run, STATUS_USAGE);
    g_autoptr(json) document = run_document(run);
    const json *error = json_get(document, "error");
    assert_string_equal(json_get_string(error, "code"), "tenant");
    g_autofree char *text = g_strconcat(json_get_string(error, "message"), json_get_string(error, "hint"), NULL);
    if (strstr(text, words) == NULL)
        fail_msg("expected “%s” in %s", words, run->output);
}

static void test_the_journal_of_one_tenant_is_not_taken_for_another(void **state)
{
    (void)state;
    struct practice_tenant *first = practice_begin("fresh", NULL);
    struct practice_tenant *second = practice_begin("fresh", another_seed);
    g_autoptr(Run) made = perch(first, "apply", "--yes", "--json", NULL);
    assert_status(made, STATUS_PERSON);
    g_autofree char *folder = state_folder(first);
    g_autofree char *first_id = id_of(first);
    g_autofree char *second_id = id_of(second);
    g_autofree char *base = state_dir_of(second);
    g_autofree char *wrong = g_build_filename(base, second_id, NULL);
    assert_string_not_equal(first_id, second_id);
    assert_int_equal(g_mkdir_with_parents(base, 0700), 0);
    assert_int_equal(g_rename(folder, wrong), 0);
    g_autoptr(Run) run = perch(second, "apply", "--yes", "--json", NULL);
    assert_refused(run, first_id);
    assert_refused(run, second_id);
    assert_refused(run, "Nothing was sent");
    g_autoptr(Run) check = perch(second, "check", "--json", NULL);
    assert_refused(check, first_id);
    assert_int_equal(count_graph(second), 0);
    practice_end(first);
    practice_end(second);
}

static void test_a_tenant_that_was_named_is_held_to(void **state)
{
    (void)state;
    struct practice_tenant *first = practice_begin("fresh", NULL);
    struct practice_tenant *second = practice_begin("fresh", another_seed);
    g_autofree char *id = id_of(first);
    g_autofree char *text = g_strdup_printf("{\"tenant\":\"%s\"}", id);
    g_autofree char *answers = practice_answers(second, text);
    g_autoptr(Run) by_option = perch(second, "apply", "--yes", "--json", "--tenant", id, NULL);
    g_autoptr(Run) by_answers = perch(second, "apply", "--yes", "--json", "--answers", answers, NULL);
    assert_true(by_option->status == STATUS_USAGE || by_option->status == STATUS_PERSON);
    assert_true(by_answers->status == STATUS_USAGE || by_answers->status == STATUS_PERSON);
    assert_non_null(strstr(by_option->output, "\"error\""));
    assert_non_null(strstr(by_answers->output, "\"error\""));
    assert_int_equal(count_graph(second), 0);
    practice_end(first);
    practice_end(second);
}

static void test_two_tenants_share_a_state_directory_and_nothing_else(void **state)
{
    (void)state;
    struct practice_tenant *first = practice_begin("fresh", NULL);
    struct practice_tenant *second = practice_begin("fresh", another_seed);
    g_autofree char *shared = state_dir_of(first);
    g_autofree char *id = id_of(first);
    g_autofree char *journal = NULL;
    g_autoptr(Run) one = perch(first, "apply", "--yes", "--json", NULL);
    journal = journal_text(first);
    g_autoptr(Run) two = perch(second, "apply", "--yes", "--json", "--state-dir", shared, NULL);
    assert_status(two, STATUS_PERSON);
    g_autofree char *path = g_build_filename(shared, id, "journal.jsonl", NULL);
    g_autofree char *after = read_text(path);
    assert_string_equal(after, journal);
    g_autoptr(json) record = practice_record(second);
    g_autofree char *asked = json_text(record);
    assert_null(strstr(asked, id));
    assert_int_equal(count_held(second, "groups", "displayName", "Red Canary"), 1);
    practice_end(first);
    practice_end(second);
}

/* The answers of one customer's file must not stay behind for the next. */
static void test_answers_of_one_tenant_do_not_reach_another(void **state)
{
    (void)state;
    struct practice_tenant *first = practice_begin("fresh", NULL);
    struct practice_tenant *second = practice_begin("fresh", another_seed);
    g_autofree char *shared = state_dir_of(first);
    g_autofree char *answers = practice_answers(first, "{\"sponsor\":\"sponsor@contoso.com\"}");
    g_autoptr(Run) one = perch(first, "apply", "--yes", "--json", "--answers", answers, NULL);
    assert_int_equal(count_held(first, "connectedOrganizations", NULL, NULL), 1);
    g_autoptr(Run) two = perch(second, "apply", "--yes", "--json", "--state-dir", shared, NULL);
    assert_int_equal(count_held(second, "connectedOrganizations", NULL, NULL), 0);
    g_autoptr(Run) again = perch(first, "check", "--json", NULL);
    g_autoptr(json) document = run_document(again);
    assert_step(document, "organization", "done");
    practice_end(first);
    practice_end(second);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_journal_of_one_tenant_is_not_taken_for_another),
        cmocka_unit_test(test_a_tenant_that_was_named_is_held_to),
        cmocka_unit_test(test_two_tenants_share_a_state_directory_and_nothing_else),
        cmocka_unit_test(test_answers_of_one_tenant_do_not_reach_another),
    };
    json_init();
    return run_journeys("identity", tests, argc, argv);
}

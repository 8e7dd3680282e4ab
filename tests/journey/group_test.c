/* SPDX-License-Identifier: MIT */
#include "support/practice.h"

#include <string.h>

#define GROUPS "/v1.0/groups"
#define ASSIGNMENTS "/v1.0/roleManagement/directory/roleAssignments"

static int count_named(const json *list, const char *name)
{
    int count = 0;
    json_for_each (item, list) {
        count += g_strcmp0(json_get_string(item, "displayName"), name) == 0;
    }
    return count;
}

static void test_apply_makes_the_group_once(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) first = perch(tenant, "apply", "--yes", "--json", NULL);
    g_autoptr(json) document = run_document(first);
    assert_step(document, "sign-in", "done");
    assert_step(document, "group", "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", GROUPS), 1);
    assert_int_equal(count_writes(record, "POST", ASSIGNMENTS), 1);
    int writes = count_writes(record, NULL, NULL);
    g_autoptr(Run) second = perch(tenant, "apply", "--yes", "--json", NULL);
    g_autoptr(json) again = practice_record(tenant);
    assert_int_equal(count_writes(again, NULL, NULL), writes);
    assert_int_equal(second->status, first->status);
    practice_end(tenant);
}

static void test_undo_removes_it_and_apply_brings_it_back(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", NULL);
    g_autoptr(json) applied = run_document(apply);
    assert_step(applied, "group", "done");
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    g_autoptr(json) undone = run_document(undo);
    assert_step(undone, "group", "to-do");
    g_autoptr(Run) again = perch_apply_as_planned(tenant, NULL);
    g_autoptr(json) document = run_document(again);
    assert_step(document, "group", "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", "/v1.0/directory/deletedItems"), 1);
    practice_end(tenant);
}

static void test_plan_sends_no_write_and_tells_what_apply_sends(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) plan = perch(tenant, "plan", "--json", NULL);
    assert_status(plan, 3);
    g_autoptr(json) document = run_document(plan);
    g_autoptr(json) before = practice_record(tenant);
    assert_int_equal(count_writes(before, NULL, NULL), 0);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", NULL);
    g_autoptr(json) record = practice_record(tenant);
    int planned = json_length(json_get(document, "requests"));
    assert_true(planned > 1);
    assert_int_equal(count_writes(record, NULL, NULL), planned);
    assert_int_equal(apply->status, 5);
    practice_end(tenant);
}

static void test_a_matching_group_is_adopted_and_never_removed(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", NULL);
    g_autofree char *state_dir = g_build_filename(practice_folder(tenant), "state", NULL);
    scratch_remove(state_dir);
    g_autoptr(Run) adopted = perch(tenant, "apply", "--yes", "--json", NULL);
    g_autoptr(json) document = run_document(adopted);
    const json *group = json_at(json_get(find_step(document, "group"), "objects"), 0);
    assert_string_equal(json_get_string(group, "origin"), "adopted");
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    g_autoptr(json) tenant_state = practice_state(tenant);
    g_autofree char *text = json_text(tenant_state);
    assert_non_null(strstr(text, "Red Canary Access Group"));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "DELETE", "/v1.0/groups/"), 1);
    practice_end(tenant);
}

static void test_a_group_that_is_not_role_assignable_is_asked_about(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("wrong-group", NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", NULL);
    assert_status(apply, 5);
    g_autoptr(json) document = run_document(apply);
    assert_step(document, "group", "differs");
    assert_non_null(strstr(apply->output, "\"value\":\t\"name:\""));
    g_autofree char *answers = practice_answers(tenant, "{\"decisions\":{\"group\":\"name:Red Canary Analysts\"}}");
    g_autoptr(Run) decided = perch(tenant, "apply", "--yes", "--json", "--answers", answers, NULL);
    g_autoptr(json) after = run_document(decided);
    assert_step(after, "group", "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", GROUPS), 1);
    assert_int_equal(count_writes(record, "PATCH", GROUPS), 0);
    practice_end(tenant);
}

static void test_two_groups_of_the_name_stop_until_one_is_chosen(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("duplicate-groups", NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", NULL);
    assert_status(apply, 5);
    g_autoptr(json) document = run_document(apply);
    assert_step(document, "group", "needs-you");
    const json *choices = json_get(find_step(document, "group"), "choices");
    assert_true(json_length(choices) >= 2);
    assert_non_null(strstr(json_get_string(json_at(choices, 0), "label"), "Red Canary"));
    assert_non_null(strstr(json_get_string(json_at(choices, 0), "label"), "created 2 Mar 2026"));
    g_autoptr(json) before = practice_record(tenant);
    assert_int_equal(count_writes(before, NULL, GROUPS), 0);
    const char *choice = json_get_string(json_at(choices, 0), "value");
    g_autofree char *text = g_strdup_printf("{\"decisions\":{\"group\":\"%s\"}}", choice);
    g_autofree char *answers = practice_answers(tenant, text);
    g_autoptr(Run) decided = perch(tenant, "apply", "--yes", "--json", "--answers", answers, NULL);
    g_autoptr(json) after = run_document(decided);
    const json *group = json_at(json_get(find_step(after, "group"), "objects"), 0);
    assert_string_equal(json_get_string(group, "id"), choice + strlen("use:"));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", GROUPS), 0);
    practice_end(tenant);
}

/* The one that was decided on is deleted: the other is not taken for it, and what perch made for the first is perch's
 * own to undo. */
static void test_another_does_not_take_the_place_of_the_chosen_one(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("duplicate-groups", NULL);
    g_autoptr(json) store = practice_take_store(tenant);
    const json *groups = json_get_path(store, "objects.groups");
    g_autofree char *chosen = g_strdup(json_get_string(json_find(groups, "displayName", "Red Canary"), "id"));
    practice_put_store(tenant, g_steal_pointer(&store));
    g_autofree char *answers = g_strdup_printf("{\"decisions\":{\"group\":\"use:%s\"}}", chosen);
    g_autoptr(json) applied = perch_apply(tenant, answers);
    assert_step(applied, "group", "done");
    assert_step(applied, "catalog", "done");
    practice_remove_by_hand(tenant, "groups", "id", chosen);
    practice_clear_record(tenant);
    g_autofree char *file = practice_answers(tenant, answers);
    for (int i = 0; i < 2; i++) {
        g_autoptr(Run) again = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
        assert_status(again, 5);
        g_autoptr(json) document = run_document(again);
        assert_step(document, "group", "needs-you");
        assert_non_null(strstr(again->output, "is not any more: somebody removed it"));
    }
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    g_autoptr(json) held = practice_state(tenant);
    assert_int_equal(json_length(json_get_path(held, "objects.defenderAssignments")), 0);
    assert_int_equal(count_named(json_get_path(held, "objects.catalogs"), "Red Canary Access"), 0);
    assert_int_equal(count_named(json_get_path(held, "objects.groups"), "Red Canary"), 1);
    practice_end(tenant);
}

static void test_an_owner_that_microsoft_keeps_is_shown_and_no_failure(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *armed = practice_post(tenant, "/practice/fault", "application/json",
                                           "{\"method\":\"DELETE\",\"path\":\"/v1.0/groups/\",\"times\":9,"
                                           "\"status\":400}");
    assert_non_null(armed);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", NULL);
    g_autoptr(json) document = run_document(apply);
    assert_step(document, "group", "done");
    g_autoptr(Run) check = perch(tenant, "check", "--json", NULL);
    g_autoptr(json) again = run_document(check);
    assert_step(again, "group", "done");
    g_autoptr(Run) shown = perch(tenant, "check", NULL);
    assert_non_null(strstr(shown->output, "owners: found admin@contoso.onmicrosoft.com, wanted nobody"));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "DELETE", GROUPS), 1);
    practice_end(tenant);
}

/* Borrowed from STATE. */
static const json *only_group(const json *state)
{
    return json_find(json_get_path(state, "objects.groups"), "displayName", "Red Canary");
}

/* An owner who was chosen beforehand makes room for taking the creator off. */
static void owned_by_the_chosen_one(const char *scenario, int taken_off)
{
    struct practice_tenant *tenant = practice_begin(scenario, NULL);
    g_autofree char *answers = practice_answers(tenant, "{\"groupOwner\":\"reviewer@contoso.com\"}");
    g_autoptr(Run) plan = perch(tenant, "plan", "--answers", answers, NULL);
    assert_non_null(strstr(plan->output, "owners@odata.bind"));
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", "--answers", answers, NULL);
    g_autoptr(json) document = run_document(apply);
    assert_step(document, "group", "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", GROUPS), 1);
    assert_int_equal(count_writes(record, "DELETE", GROUPS), taken_off);
    g_autoptr(json) state = practice_state(tenant);
    const json *owners = json_get(only_group(state), "_owners");
    const json *chosen = json_find(json_get_path(state, "objects.users"), "userPrincipalName", "reviewer@contoso.com");
    assert_int_equal(json_length(owners), 1);
    assert_string_equal(json_string(json_at(owners, 0)), json_get_string(chosen, "id"));
    g_autoptr(Run) report = perch(tenant, "report", NULL);
    assert_non_null(strstr(report->output, "reviewer@contoso.com, who was chosen"));
    assert_null(strstr(report->output, "Microsoft keeps"));
    /* That there is such a user makes nobody an owner, which another line tells. */
    assert_non_null(strstr(report->output, "user reviewer@contoso.com (chosen as owner)"));
    practice_end(tenant);
}

static void test_a_chosen_owner_owns_the_group_from_the_beginning(void **state)
{
    (void)state;
    owned_by_the_chosen_one("fresh", 0);
}

static void test_the_creator_is_taken_off_beside_a_chosen_owner(void **state)
{
    (void)state;
    owned_by_the_chosen_one("creator-owns", 1);
}

static void test_whoever_is_not_there_is_no_owner_and_no_group_is_made(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *answers = practice_answers(tenant, "{\"groupOwner\":\"nobody.here@contoso.com\"}");
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", "--answers", answers, NULL);
    assert_status(apply, 5);
    g_autoptr(json) document = run_document(apply);
    assert_string_not_equal(json_get_string(find_step(document, "group"), "state"), "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", GROUPS), 0);
    practice_end(tenant);
}

static void test_the_sign_in_cannot_be_left_out(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *answers = practice_answers(tenant, "{\"skip\":{\"sign-in\":{\"by\":\"me\",\"reason\":\"no\"}}}");
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", "--answers", answers, NULL);
    assert_status(apply, 2);
    assert_non_null(strstr(apply->output, "cannot be left out"));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    practice_end(tenant);
}

static void same_end_in(struct practice_tenant *tenant)
{
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", NULL);
    g_autoptr(json) document = run_document(apply);
    assert_step(document, "group", "done");
    g_autoptr(json) held = practice_state(tenant);
    assert_int_equal(count_named(json_get(json_get(held, "objects"), "groups"), "Red Canary"), 1);
    practice_end(tenant);
}

static void test_slow_replication_ends_the_same(void **state)
{
    (void)state;
    same_end_in(practice_begin("slow-replication", NULL));
}

static void test_throttling_ends_the_same(void **state)
{
    (void)state;
    same_end_in(practice_begin_hurried("throttled"));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_apply_makes_the_group_once),
        cmocka_unit_test(test_undo_removes_it_and_apply_brings_it_back),
        cmocka_unit_test(test_plan_sends_no_write_and_tells_what_apply_sends),
        cmocka_unit_test(test_a_matching_group_is_adopted_and_never_removed),
        cmocka_unit_test(test_a_group_that_is_not_role_assignable_is_asked_about),
        cmocka_unit_test(test_two_groups_of_the_name_stop_until_one_is_chosen),
        cmocka_unit_test(test_another_does_not_take_the_place_of_the_chosen_one),
        cmocka_unit_test(test_an_owner_that_microsoft_keeps_is_shown_and_no_failure),
        cmocka_unit_test(test_a_chosen_owner_owns_the_group_from_the_beginning),
        cmocka_unit_test(test_the_creator_is_taken_off_beside_a_chosen_owner),
        cmocka_unit_test(test_whoever_is_not_there_is_no_owner_and_no_group_is_made),
        cmocka_unit_test(test_the_sign_in_cannot_be_left_out),
        cmocka_unit_test(test_slow_replication_ends_the_same),
        cmocka_unit_test(test_throttling_ends_the_same),
    };
    json_init();
    return run_journeys("group", tests, argc, argv);
}

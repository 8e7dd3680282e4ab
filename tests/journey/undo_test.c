/* SPDX-License-Identifier: MIT */
/*
 * Undo where the world is not as the last run left it: an answer that got lost, a group that somebody removed by hand,
 * nothing that was ever made.
 */
#include <string.h>

#include "support/background.h"
#include "support/practice.h"
#include "support/side_by_side.h"

#define GROUP_DELETE "'method':'DELETE','path':'/v1.0/groups'"
#define GROUP_NAME "Red Canary"
#define QUOTED_READER "'f2ef992c-3afb-46b9-b7cf-a126ee74c451'" /* Global Reader */
#define SECURITY_READER "5d6b6bb7-de71-4623-b4af-96380a352509"

static void apply(struct practice_tenant *tenant)
{
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", "--json", NULL);
    g_autoptr(json) document = run_document(run);
    assert_step(document, "group", "done");
}

/* The removal was carried out, and perch finds that out by looking. */
static void test_a_removal_whose_answer_got_lost_is_a_removal(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    apply(tenant);
    arm_fault(tenant, "{" GROUP_DELETE ",'drop':'after'}");
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    assert_int_equal(count_held(tenant, "groups", "displayName", GROUP_NAME), 0);
    practice_end(tenant);
}

/* Take what belongs to NAME out of LIST of the tenant's store. */
static void drop_from(json *objects, const char *list, const char *member, const char *text)
{
    json *kept = json_new_array();
    json_for_each (element, json_get(objects, list)) {
        if (g_strcmp0(json_get_string(element, member), text) != 0)
            json_append(kept, json_copy(element));
    }
    json_set(objects, list, kept);
}

/* As an administrator does in the portal, and empties the recycle bin. */
static void remove_group_by_hand(struct practice_tenant *tenant)
{
    json *store = practice_take_store(tenant);
    drop_from(json_get(store, "objects"), "groups", "displayName", GROUP_NAME);
    practice_put_store(tenant, store);
    assert_int_equal(count_held(tenant, "groups", "displayName", GROUP_NAME), 0);
}

static void test_what_somebody_removed_by_hand_is_not_left_to_undo(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    apply(tenant);
    remove_group_by_hand(tenant);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    g_autoptr(Run) again = perch(tenant, "undo", "--yes", NULL);
    assert_status(again, 0);
    assert_non_null(strstr(again->output, "Nothing that perch created is left."));
    practice_end(tenant);
}

/* A check has noted by then that the group is gone, and what refers to it cannot be looked for any more. */
static void test_what_was_made_for_something_gone_is_removed_all_the_same(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    int held = count_held(tenant, "roleAssignments", "roleDefinitionId", SECURITY_READER);
    apply(tenant);
    remove_group_by_hand(tenant);
    g_autoptr(Run) noticed = perch(tenant, "check", "--json", NULL);
    assert_status(noticed, 5);
    assert_int_equal(count_held(tenant, "roleAssignments", "roleDefinitionId", SECURITY_READER), held + 1);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    assert_int_equal(count_held(tenant, "roleAssignments", "roleDefinitionId", SECURITY_READER), held);
    practice_end(tenant);
}

/* Whoever reads it at night learns what is left, why, and what to do. */
static void test_what_is_left_is_told_with_its_reason(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", NULL);
    g_autoptr(json) applied = run_document(apply);
    assert_step(applied, "group", "done");
    g_autofree char *armed = practice_post(tenant, "/practice/fault", "application/json",
                                           "{\"method\":\"DELETE\",\"path\":\"/v1.0/groups/\",\"times\":9,"
                                           "\"status\":400}");
    assert_non_null(armed);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", NULL);
    assert_status(undo, 1);
    assert_non_null(strstr(undo->output, "1 object that perch created is left:"));
    assert_non_null(strstr(undo->output, "Analysts' group: group “Red Canary”"));
    assert_non_null(strstr(undo->output, "400"));
    practice_end(tenant);
}

static void test_where_nothing_was_made_nobody_is_asked(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) undo = perch(tenant, "undo", NULL);
    assert_status(undo, 0);
    assert_non_null(strstr(undo->output, "Nothing that perch created is left."));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    practice_end(tenant);
}

/* Whoever undoes it may take that for the end of the partner's access. */
static void test_what_the_partner_still_has_is_said_after_undo(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("half-done", NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", NULL);
    assert_non_null(strstr(apply->output, "\nNext: step "));
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", NULL);
    assert_status(undo, 0);
    assert_non_null(strstr(undo->output, "still has what perch did not make: group “Red Canary”, "));
    g_autoptr(Run) again = perch(tenant, "undo", "--yes", "--json", NULL);
    g_autoptr(json) document = run_document(again);
    assert_string_equal(json_string(json_at(json_get(document, "partnerKeeps"), 0)), "group “Red Canary”");
    practice_end(tenant);
}

#define PEOPLE "\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"]"

/* Apply ANSWERS, the people to name among them. Caller frees what comes back. */
static json *apply_with(const struct practice_tenant *tenant, const char *answers)
{
    g_autofree char *text = g_strdup_printf("{" PEOPLE "%s}", answers);
    g_autofree char *file = practice_answers(tenant, text);
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
    return run_document(run);
}

/* What a colleague sees who takes over. Caller frees. */
static json *check_elsewhere(const struct practice_tenant *tenant)
{
    g_autofree char *state = g_build_filename(practice_folder(tenant), "elsewhere", NULL);
    g_autoptr(Run) handed = perch(tenant, "hand-over", NULL);
    assert_status(handed, 0);
    g_autofree char *file = practice_answers(tenant, handed->output);
    g_autoptr(Run) run = perch(tenant, "check", "--json", "--state-dir", state, "--answers", file, NULL);
    return run_document(run);
}

/* The link leads to an access package that is gone, so that the partner needs another one. */
static void test_a_link_that_undo_killed_is_to_be_sent_again(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) sent = apply_with(tenant, ",\"done\":{\"access-link\":{\"by\":\"ann\",\"note\":\"mail\"}}");
    assert_step(sent, "access-link", "told");
    g_autoptr(json) still = apply_with(tenant, "");
    assert_step(still, "access-link", "told");
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    g_autofree char *people = practice_answers(tenant, "{" PEOPLE "}");
    g_autoptr(Run) anew = perch_apply_as_planned(tenant, people);
    g_autoptr(json) made_anew = run_document(anew);
    assert_step(made_anew, "access-package", "done");
    assert_step(made_anew, "access-link", "needs-you");
    const char *reason = json_get_string(find_step(made_anew, "access-link"), "reason");
    assert_non_null(strstr(reason, "The link has changed since it was sent on "));
    g_autoptr(json) colleague = check_elsewhere(tenant);
    assert_step(colleague, "access-link", "needs-you");
    g_autoptr(json) again = apply_with(tenant, ",\"done\":{\"access-link\":{\"by\":\"ann\",\"note\":\"the new one\"}}");
    assert_step(again, "access-link", "told");
    practice_end(tenant);
}

/* The id of what is called NAME in the collection LIST of the store's OBJECTS. Borrowed. */
static const char *id_of(const json *objects, const char *list, const char *name)
{
    const char *id = json_get_string(json_find(json_get(objects, list), "displayName", name), "id");
    assert_non_null(id);
    return id;
}

/* As colleagues do: a role and a catalog of theirs for the group, somebody of the staff in it, a policy of theirs for
 * the organization. */
static void use_for_something_else(struct practice_tenant *tenant)
{
    json *store = practice_take_store(tenant);
    json *objects = json_get(store, "objects");
    const char *group = id_of(objects, "groups", GROUP_NAME);
    json *row = json_find(json_get(objects, "groups"), "id", group);
    const char *staff =
        json_get_string(json_find(json_get(objects, "users"), "userPrincipalName", "reviewer@contoso.com"), "id");
    json_append(json_get(objects, "roleAssignments"),
                json_from("{'id':'foreign','principalId':%s,'directoryScopeId':'/','roleDefinitionId':" QUOTED_READER
                          ",'+roleDefinition':{'_ref':'roleDefinitions','id':" QUOTED_READER "}}",
                          group));
    json_append(json_get(objects, "catalogResources"),
                json_from("{'id':'ffff0000-0000-4000-8000-000000000001','displayName':'R','originId':%s,"
                          "'originSystem':'AadGroup','_catalog':%s}",
                          group, id_of(objects, "catalogs", "General")));
    json_append(json_get(objects, "assignmentPolicies"),
                json_from("{'id':'eeee0000-0000-4000-8000-000000000004','displayName':'Vendors','createdDateTime':"
                          "'2026-11-28T07:00:00Z','modifiedDateTime':'2026-11-28T07:00:00Z','allowedTargetScope':"
                          "'specificConnectedOrganizationUsers','specificAllowedTargets':[{'@odata.type':"
                          "'#microsoft.graph.connectedOrganizationMembers','connectedOrganizationId':%s}]}",
                          id_of(objects, "connectedOrganizations", GROUP_NAME)));
    json_set(row, "_members", json_from("[%s]", staff));
    practice_put_store(tenant, store);
}

static void test_what_others_use_is_left_and_named(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) document = apply_with(tenant, "");
    assert_step(document, "organization", "done");
    use_for_something_else(tenant);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", NULL);
    assert_status(undo, 1);
    static const char *const named[] = {"the directory role “Global Reader”", "the member “reviewer@contoso.com”",
                                        "the catalog “General”", "lets this organization ask for access: “Vendors”",
                                        "Then undo again."};
    for (gsize i = 0; i < G_N_ELEMENTS(named); i++)
        if (strstr(undo->output, named[i]) == NULL)
            fail_msg("not named: %s in %s", named[i], undo->output);
    assert_int_equal(count_held(tenant, "groups", "displayName", GROUP_NAME), 1);
    assert_int_equal(count_held(tenant, "connectedOrganizations", "displayName", GROUP_NAME), 1);
    assert_int_equal(count_held(tenant, "roleAssignments", "id", "foreign"), 1);
    /* The partner's access ends all the same. */
    assert_int_equal(count_held(tenant, "roleAssignments", "roleDefinitionId", SECURITY_READER), 0);
    assert_int_equal(count_held(tenant, "catalogs", "displayName", "Red Canary Access"), 0);
    /* And again, as long as it is so, though there is nothing to send. */
    g_autoptr(Run) again = perch(tenant, "undo", "--yes", NULL);
    assert_status(again, 1);
    assert_non_null(strstr(again->output, "the directory role “Global Reader”"));
    practice_end(tenant);
}

/* Nothing was made, so nothing is removed; the one value that was changed is put back. */
static void test_one_value_that_was_changed_is_put_back(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    apply(tenant);
    practice_change_by_hand(tenant, "groups", GROUP_NAME, "description", "Somebody else's words");
    g_autofree char *state_dir = g_build_filename(practice_folder(tenant), "state", NULL);
    scratch_remove(state_dir);
    g_autoptr(json) repaired = perch_apply(tenant, "{\"decisions\":{\"group\":\"repair\"}}");
    assert_step(repaired, "group", "done");
    assert_int_equal(count_held(tenant, "groups", "description", "Somebody else's words"), 0);
    practice_clear_record(tenant);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 1);
    assert_int_equal(count_held(tenant, "groups", "description", "Somebody else's words"), 1);
    practice_end(tenant);
}

/* The group was there before, and so is what needs it: that stays, and keeps nothing from being put back. */
static void test_what_was_changed_is_put_back_though_others_stand_on_it(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("drifted", NULL);
    int before = count_held(tenant, "groups", "description", "Changed by hand");
    g_autoptr(json) repaired = perch_apply(tenant, "{\"decisions\":{\"group\":\"repair\"}}");
    assert_int_equal(count_held(tenant, "groups", "description", "Changed by hand"), before - 1);
    practice_clear_record(tenant);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    assert_int_equal(count_held(tenant, "groups", "description", "Changed by hand"), before);
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 1);
    assert_null(strstr(undo->output, "it changed between then and now"));
    practice_end(tenant);
}

/* Somebody changed one of two values that perch had changed, and a third: what is perch's goes back, and what it leaves
 * is told, on the board after it too. */
static void test_what_was_changed_since_is_left_and_told(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("drifted", NULL);
    g_autoptr(json) repaired = perch_apply(tenant, "{\"decisions\":{\"group\":\"repair\",\"catalog\":\"repair\"}}");
    g_autoptr(json) store = practice_take_store(tenant);
    json *catalog = json_find(json_get_path(store, "objects.catalogs"), "displayName", "Red Canary Access");
    assert_true(json_is_true(json_get(catalog, "isExternallyVisible")));
    json_set_string(catalog, "description", "Ben's words");
    practice_put_store(tenant, g_steal_pointer(&store));
    practice_change_by_hand(tenant, "groups", GROUP_NAME, "description", "Ben's words");
    for (int i = 0; i < 2; i++) {
        g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
        assert_status(undo, 0);
        assert_int_equal(count_held(tenant, "groups", "description", "Ben's words"), 1);
        assert_int_equal(count_held(tenant, "catalogs", "description", "Ben's words"), 1);
        assert_non_null(strstr(undo->output, "perch had changed description, and somebody changed that again since"));
    }
    g_autoptr(json) left = practice_take_store(tenant);
    const json *back = json_find(json_get_path(left, "objects.catalogs"), "displayName", "Red Canary Access");
    assert_false(json_is_true(json_get(back, "isExternallyVisible")));
    practice_put_store(tenant, g_steal_pointer(&left));
    practice_end(tenant);
}

/* The group goes, for nothing of a use is known; that not all could be looked at is said. */
static void test_what_could_not_be_looked_at_is_said(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) document = apply_with(tenant, "");
    g_autoptr(json) store = practice_take_store(tenant);
    g_autofree char *fault =
        g_strdup_printf("{'method':'GET','path':'/v1.0/groups/%s/members','times':99,'status':403}",
                        id_of(json_get(store, "objects"), "groups", GROUP_NAME));
    practice_put_store(tenant, g_steal_pointer(&store));
    arm_fault(tenant, fault);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", NULL);
    assert_status(undo, 0);
    assert_non_null(strstr(undo->errors, "some of what others may use it for could not be read (/v1.0/groups/"));
    assert_int_equal(count_held(tenant, "groups", "displayName", GROUP_NAME), 0);
    practice_end(tenant);
}

/* What may tell another time is not taken for nothing: the group stays, and the next undo takes it. */
static void test_what_cannot_be_looked_at_just_now_stays(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) document = apply_with(tenant, "");
    g_autoptr(json) store = practice_take_store(tenant);
    g_autofree char *path =
        g_strdup_printf("/v1.0/groups/%s/members", id_of(json_get(store, "objects"), "groups", GROUP_NAME));
    g_autofree char *fault =
        g_strdup_printf("{'method':'GET','path':'%s','times':99,'text':'{}','contentType':'application/json'}", path);
    practice_put_store(tenant, g_steal_pointer(&store));
    arm_fault(tenant, fault);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 1);
    assert_non_null(strstr(undo->output, "What others may use it for could not be read now (/v1.0/groups/"));
    assert_int_equal(count_held(tenant, "groups", "displayName", GROUP_NAME), 1);
    practice_restart(tenant, TRUE);
    g_autoptr(Run) again = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(again, 0);
    assert_int_equal(count_held(tenant, "groups", "displayName", GROUP_NAME), 0);
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_removal_whose_answer_got_lost_is_a_removal),
        cmocka_unit_test(test_what_somebody_removed_by_hand_is_not_left_to_undo),
        cmocka_unit_test(test_what_was_made_for_something_gone_is_removed_all_the_same),
        cmocka_unit_test(test_what_is_left_is_told_with_its_reason),
        cmocka_unit_test(test_where_nothing_was_made_nobody_is_asked),
        cmocka_unit_test(test_what_the_partner_still_has_is_said_after_undo),
        cmocka_unit_test(test_a_link_that_undo_killed_is_to_be_sent_again),
        cmocka_unit_test(test_what_others_use_is_left_and_named),
        cmocka_unit_test(test_one_value_that_was_changed_is_put_back),
        cmocka_unit_test(test_what_was_changed_is_put_back_though_others_stand_on_it),
        cmocka_unit_test(test_what_was_changed_since_is_left_and_told),
        cmocka_unit_test(test_what_could_not_be_looked_at_is_said),
        cmocka_unit_test(test_what_cannot_be_looked_at_just_now_stays),
    };
    json_init();
    return run_journeys("undo", tests, argc, argv);
}

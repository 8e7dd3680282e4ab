/* SPDX-License-Identifier: MIT */
#include "support/background.h"
#include "support/practice.h"

#include <string.h>

#define DEFINITIONS "/beta/roleManagement/defender/roleDefinitions"
#define ASSIGNMENTS "/beta/roleManagement/defender/roleAssignments"
#define BASICS "microsoft.xdr/secops/securitydata/basics/read"
#define VULNERABILITIES "microsoft.xdr/securityposture/posturemanagement/vulnerabilitymanagement/read"

static json *run_with(const struct practice_tenant *tenant, const char *command, const char *answers, int status)
{
    g_autofree char *file = practice_answers(tenant, answers);
    const char *yes = strcmp(command, "apply") == 0 ? "--yes" : NULL;
    g_autoptr(Run) run = perch(tenant, command, "--json", "--answers", file, yes, NULL);
    if (status >= 0)
        assert_status(run, status);
    return run_document(run);
}

static const json *object_of(const json *document, const char *step, const char *kind)
{
    json_for_each (object, json_get(find_step(document, step), "objects")) {
        if (g_strcmp0(json_get_string(object, "kind"), kind) == 0)
            return object;
    }
    fail_msg("there is no %s in %s", kind, step);
    return NULL;
}

static const json *only_write(const json *record, const char *path)
{
    const json *found = NULL;
    json_for_each (entry, record) {
        if (strcmp(json_get_string(entry, "method"), "GET") == 0 || strcmp(json_get_string(entry, "path"), path) != 0)
            continue;
        assert_null(found);
        found = entry;
    }
    assert_non_null(found);
    return found;
}

static int writes(const struct practice_tenant *tenant, const char *method, const char *path)
{
    g_autoptr(json) record = practice_record(tenant);
    return count_writes(record, method, path);
}

static void end(struct practice_tenant *tenant)
{
    practice_end(tenant);
}

static void test_until_the_model_is_told_nothing_is_written(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) document = run_with(tenant, "apply", "{}", 5);
    assert_step(document, "defender-role", "needs-you");
    assert_string_equal(json_get_string(find_step(document, "defender-role"), "reason"), "Still missing: Role model.");
    assert_int_equal(writes(tenant, NULL, "/beta"), 0);
    end(tenant);
}

static void test_unified_makes_role_and_assignment_as_planned(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) document = run_with(tenant, "apply", "{\"defenderRoles\":\"unified\"}", -1);
    assert_step(document, "defender-role", "done");
    g_autoptr(json) record = practice_record(tenant);
    const json *definition = only_write(record, DEFINITIONS);
    g_autoptr(json) wanted =
        json_from("{'displayName':'Red Canary','description':'Red Canary Access Role','rolePermissions':[{"
                  "'allowedResourceActions':['" BASICS "','" VULNERABILITIES "']}]}");
    assert_true(json_equal(json_get(definition, "requestBody"), wanted));
    const json *assignment = json_get(only_write(record, ASSIGNMENTS), "requestBody");
    assert_null(json_get(assignment, "@odata.type"));
    assert_string_equal(json_get_string(assignment, "roleDefinitionId"),
                        json_get_string(json_get(definition, "responseBody"), "id"));
    assert_string_equal(json_string(json_at(json_get(assignment, "appScopeIds"), 0)), "/");
    g_autoptr(json) again = run_with(tenant, "apply", "{\"defenderRoles\":\"unified\"}", -1);
    assert_step(again, "defender-role", "done");
    assert_int_equal(writes(tenant, NULL, "/beta"), 2);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    assert_int_equal(writes(tenant, "DELETE", ASSIGNMENTS), 1);
    assert_int_equal(writes(tenant, "DELETE", DEFINITIONS), 1);
    end(tenant);
}

/* The answer is a redirect to the new role, which is listed after four minutes only. */
static void test_a_role_that_is_listed_late_is_waited_for_and_made_once(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("unified-rbac", NULL);
    g_autoptr(json) first = run_with(tenant, "apply", "{\"defenderRoles\":\"unified\"}", -1);
    assert_step(first, "group", "done");
    assert_string_not_equal(json_get_string(object_of(first, "defender-role", "defender-role-definition"), "id"), "");
    const char *early = json_get_string(find_step(first, "defender-role"), "state");
    assert_true(strcmp(early, "waiting") == 0 || strcmp(early, "done") == 0);
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    gboolean done = FALSE;
    while (!done && g_get_monotonic_time() < deadline) {
        g_autoptr(json) later = run_with(tenant, "apply", "{\"defenderRoles\":\"unified\"}", -1);
        done = strcmp(json_get_string(find_step(later, "defender-role"), "state"), "done") == 0;
    }
    assert_true(done);
    assert_int_equal(writes(tenant, "POST", DEFINITIONS), 1);
    assert_int_equal(writes(tenant, "POST", ASSIGNMENTS), 1);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    g_autoptr(json) held = practice_state(tenant);
    assert_int_equal(json_length(json_get_path(held, "objects.defenderRoles")), 1);
    end(tenant);
}

/* Nor does the answer say where it is. */
static void test_while_it_is_not_listed_the_step_waits(void **state)
{
    (void)state;
    /* Four minutes have to be longer than a run. */
    static const char *const slower[] = {"--clock-rate", "60", NULL};
    struct practice_tenant *tenant = practice_begin("unified-rbac", slower);
    arm_fault(tenant, "{'method':'POST','path':'" DEFINITIONS "','status':302,'done':true,'location':'/beta'}");
    g_autoptr(json) first = run_with(tenant, "apply", "{\"defenderRoles\":\"unified\"}", -1);
    assert_step(first, "defender-role", "waiting");
    assert_non_null(json_get_string(find_step(first, "defender-role"), "until"));
    assert_step(first, "catalog", "done");
    assert_int_equal(writes(tenant, "POST", DEFINITIONS), 1);
    assert_int_equal(writes(tenant, "POST", ASSIGNMENTS), 0);
    end(tenant);
}

static void test_a_role_that_was_listed_late_can_be_undone_at_once(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("unified-rbac", NULL);
    g_autoptr(json) first = run_with(tenant, "apply", "{\"defenderRoles\":\"unified\"}", -1);
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    gboolean listed = FALSE;
    while (!listed && g_get_monotonic_time() < deadline) {
        g_autoptr(json) later = run_with(tenant, "check", "{}", -1);
        const char *seen = json_get_string(object_of(later, "defender-role", "defender-role-definition"), "state");
        listed = strcmp(seen, "matches") == 0;
    }
    assert_true(listed);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    assert_int_equal(writes(tenant, "DELETE", DEFINITIONS), 1);
    end(tenant);
}

static void test_what_is_there_needs_no_answer(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("complete", NULL);
    g_autoptr(json) document = run_with(tenant, "check", "{}", -1);
    assert_step(document, "defender-role", "done");
    end(tenant);
}

static void test_classic_is_guided_and_told(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("classic-rbac", NULL);
    g_autoptr(json) before = run_with(tenant, "apply", "{\"defenderRoles\":\"classic\"}", 5);
    assert_step(before, "defender-role", "needs-you");
    g_autoptr(json) told =
        run_with(tenant, "apply", "{\"defenderRoles\":\"classic\",\"done\":{\"defender-role\":{\"by\":\"ann\"}}}", 5);
    assert_step(told, "defender-role", "told");
    assert_step(told, "device-groups", "needs-you");
    assert_int_equal(writes(tenant, NULL, "/beta"), 0);
    end(tenant);
}

/* What was done by hand in one model says nothing of the other one, whose role perch makes itself. */
static void test_what_was_told_of_classic_roles_does_not_count_for_unified_ones(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) told =
        run_with(tenant, "apply", "{\"defenderRoles\":\"classic\",\"done\":{\"defender-role\":{\"by\":\"ann\"}}}", 5);
    g_autoptr(json) again =
        run_with(tenant, "check", "{\"defenderRoles\":\"classic\",\"done\":{\"defender-role\":{\"by\":\"ann\"}}}", -1);
    assert_step(again, "defender-role", "told");
    g_autoptr(json) changed = run_with(tenant, "check", "{\"defenderRoles\":\"unified\"}", -1);
    assert_step(changed, "defender-role", "to-do");
    assert_non_null(
        strstr(json_get_string(find_step(changed, "defender-role"), "reason"), "for another answer than now"));
    g_autoptr(json) made = run_with(tenant, "apply", "{\"defenderRoles\":\"unified\"}", -1);
    assert_step(made, "defender-role", "done");
    assert_int_equal(writes(tenant, "POST", DEFINITIONS), 1);
    assert_int_equal(writes(tenant, "POST", ASSIGNMENTS), 1);
    end(tenant);
}

static void test_unified_out_of_reach_leads_to_the_guide(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("classic-rbac", NULL);
    g_autoptr(json) document = run_with(tenant, "apply", "{\"defenderRoles\":\"unified\"}", 5);
    assert_step(document, "defender-role", "needs-you");
    const char *reason = json_get_string(find_step(document, "defender-role"), "reason");
    assert_non_null(strstr(reason, "Graph does not show Defender's unified roles here (403)"));
    g_autoptr(json) told =
        run_with(tenant, "apply", "{\"defenderRoles\":\"unified\",\"done\":{\"defender-role\":{\"by\":\"ann\"}}}", 5);
    assert_step(told, "defender-role", "told");
    assert_int_equal(writes(tenant, NULL, "/beta"), 0);
    end(tenant);
}

static void test_a_role_that_allows_more_is_shown_and_mended_after_a_yes(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("wide-role", NULL);
    g_autoptr(json) document = run_with(tenant, "apply", "{\"defenderRoles\":\"unified\"}", -1);
    assert_step(document, "defender-role", "differs");
    assert_int_equal(writes(tenant, "PATCH", DEFINITIONS), 0);
    g_autoptr(json) mended = run_with(
        tenant, "apply", "{\"defenderRoles\":\"unified\",\"decisions\":{\"defender-role-definition\":\"repair\"}}", -1);
    assert_step(mended, "defender-role", "done");
    assert_int_equal(writes(tenant, "PATCH", DEFINITIONS), 1);
    end(tenant);
}

static void test_a_right_that_the_catalogue_lacks_is_never_asked_for(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("poor-catalogue", NULL);
    g_autoptr(json) document = run_with(tenant, "apply", "{\"defenderRoles\":\"unified\"}", 5);
    assert_step(document, "defender-role", "needs-you");
    assert_non_null(strstr(json_get_string(find_step(document, "defender-role"), "reason"), "catalogue of rights"));
    assert_int_equal(writes(tenant, NULL, "/beta"), 0);
    end(tenant);
}

/* The answer is lost and the role not listed for minutes: in doubt, and not made a second time. */
static void test_a_lost_answer_about_a_role_that_is_listed_late_makes_it_once(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("unified-rbac", NULL);
    arm_fault(tenant, "{'method':'POST','path':'" DEFINITIONS "','times':1,'drop':'after'}");
    g_autofree char *file = practice_answers(tenant, "{\"defenderRoles\":\"unified\"}");
    g_autoptr(Run) first = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
    /* On a slow machine it is listed before the run is over. */
    if (first->status != 5)
        assert_status(first, 6);
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    gboolean done = FALSE;
    while (!done && g_get_monotonic_time() < deadline) {
        g_autoptr(Run) later = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
        g_autoptr(json) document = run_document(later);
        done = json_get(document, "error") == NULL &&
               strcmp(json_get_string(find_step(document, "defender-role"), "state"), "done") == 0;
    }
    assert_true(done);
    assert_nothing_twice(tenant);
    g_autoptr(json) held = practice_state(tenant);
    assert_int_equal(json_length(json_get_path(held, "objects.defenderRoles")), 2);
    end(tenant);
}

static void test_a_refused_right_leads_to_the_guide(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("refused-right", NULL);
    g_autoptr(json) document = run_with(tenant, "apply", "{\"defenderRoles\":\"unified\"}", 5);
    assert_step(document, "defender-role", "needs-you");
    assert_non_null(
        strstr(json_get_string(find_step(document, "defender-role"), "reason"), "not a valid permission for storage"));
    assert_step(document, "group", "done");
    g_autoptr(json) later = run_with(tenant, "check", "{\"defenderRoles\":\"unified\"}", 5);
    assert_step(later, "defender-role", "needs-you");
    assert_non_null(strstr(json_get_string(find_step(later, "defender-role"), "reason"), "Microsoft refused it"));
    end(tenant);
}

static void test_who_would_be_locked_out_is_named(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("readers", NULL);
    g_autoptr(json) document = run_with(tenant, "check", "{}", -1);
    const json *readers = object_of(document, "defender-role", "read-only-principals");
    assert_non_null(strstr(json_get_string(readers, "sentence"), "2 would lose access"));
    g_autoptr(Run) report = perch(tenant, "report", NULL);
    assert_non_null(strstr(report->output, "reviewer@contoso.com"));
    assert_non_null(strstr(report->output, "sponsor@contoso.com"));
    assert_null(strstr(report->output, "there: admin@contoso.onmicrosoft.com"));
    end(tenant);
}

/* Nothing tells for half an hour that it was not carried out; --wait sits that out, and then sends it again. */
static void test_waiting_sits_out_what_is_in_doubt(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = practice_answers(tenant, "{\"defenderRoles\":\"unified\"}");
    arm_fault(tenant, "{'method':'POST','path':'" DEFINITIONS "','drop':'before'}");
    g_autoptr(Run) run = perch(tenant, "apply", "--json", "--answers", file, "--yes", NULL);
    assert_status(run, 6);
    assert_int_equal(writes(tenant, "POST", DEFINITIONS), 1);
    g_autoptr(Run) waited = perch(tenant, "apply", "--json", "--answers", file, "--yes", "--wait", NULL);
    g_autoptr(json) document = run_document(waited);
    assert_step(document, "defender-role", "done");
    assert_int_equal(writes(tenant, "POST", DEFINITIONS), 2);
    end(tenant);
}

/* It is listed in the end, and known for perch's own as soon as it is. */
static void test_a_role_whose_answer_was_lost_is_known_once_it_is_listed(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = practice_answers(tenant, "{\"defenderRoles\":\"unified\"}");
    arm_fault(tenant, "{'method':'POST','path':'" DEFINITIONS "','drop':'after'}");
    g_autoptr(Run) run = perch(tenant, "apply", "--json", "--answers", file, "--yes", NULL);
    g_autoptr(json) document = run_document(run);
    assert_step(document, "defender-role", "done");
    assert_string_equal(json_get_string(object_of(document, "defender-role", "defender-role-definition"), "origin"),
                        "created");
    assert_int_equal(writes(tenant, "POST", DEFINITIONS), 1);
    end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_until_the_model_is_told_nothing_is_written),
        cmocka_unit_test(test_unified_makes_role_and_assignment_as_planned),
        cmocka_unit_test(test_a_role_that_is_listed_late_is_waited_for_and_made_once),
        cmocka_unit_test(test_while_it_is_not_listed_the_step_waits),
        cmocka_unit_test(test_a_role_that_was_listed_late_can_be_undone_at_once),
        cmocka_unit_test(test_what_is_there_needs_no_answer),
        cmocka_unit_test(test_classic_is_guided_and_told),
        cmocka_unit_test(test_what_was_told_of_classic_roles_does_not_count_for_unified_ones),
        cmocka_unit_test(test_unified_out_of_reach_leads_to_the_guide),
        cmocka_unit_test(test_a_role_that_allows_more_is_shown_and_mended_after_a_yes),
        cmocka_unit_test(test_a_right_that_the_catalogue_lacks_is_never_asked_for),
        cmocka_unit_test(test_a_lost_answer_about_a_role_that_is_listed_late_makes_it_once),
        cmocka_unit_test(test_a_refused_right_leads_to_the_guide),
        cmocka_unit_test(test_who_would_be_locked_out_is_named),
        cmocka_unit_test(test_waiting_sits_out_what_is_in_doubt),
        cmocka_unit_test(test_a_role_whose_answer_was_lost_is_known_once_it_is_listed),
    };
    json_init();
    return run_journeys("defender-role", tests, argc, argv);
}

/* SPDX-License-Identifier: MIT */
/* What somebody else left in the tenant, under the names that the onboarding wants: shown, asked about, never mended
 * unasked. */
#include "support/practice.h"

#include <string.h>

#define STATUS_PERSON 5
#define NAMESPACE                                                                                                      \
    "/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg-mdr/providers/Microsoft.EventHub/"          \
    "namespaces/mdr-eh-ns01"
#define STREAMING                                                                                                      \
    "{\"company\":\"Contoso\",\"account\":{\"userPrincipalName\":\"admin@contoso.onmicrosoft.com\"},"                  \
    "\"eventHub\":{\"resourceId\":\"" NAMESPACE "\",\"name\":\"telemetry\"},"                                          \
    "\"done\":{\"invitation\":{\"by\":\"test\"}}}"

/* Like somebody who never saw what was done from here before. */
static struct run *elsewhere(const struct practice_tenant *tenant, const char *command, const char *answers)
{
    g_autofree char *state = g_build_filename(practice_folder(tenant), "elsewhere", NULL);
    g_autofree char *file = practice_answers(tenant, answers);
    return perch(tenant, command, "--json", "--yes", "--state-dir", state, "--answers", file, NULL);
}

static void test_a_group_in_the_recycle_bin_is_restored_after_a_yes(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) made = perch(tenant, "apply", "--yes", "--json", NULL);
    assert_status(made, STATUS_PERSON);
    g_autoptr(Run) undone = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undone, 0);
    practice_clear_record(tenant);
    g_autoptr(Run) asked = elsewhere(tenant, "apply", "{}");
    assert_status(asked, STATUS_PERSON);
    g_autoptr(json) before = run_document(asked);
    assert_step(before, "group", "needs-you");
    const json *choice = json_at(json_get(find_step(before, "group"), "choices"), 0);
    assert_string_equal(json_get_string(choice, "value"), "restore");
    g_autoptr(json) untouched = practice_record(tenant);
    assert_int_equal(count_writes(untouched, NULL, "/v1.0/groups"), 0);
    assert_int_equal(count_writes(untouched, NULL, "/v1.0/directory/deletedItems"), 0);
    g_autoptr(Run) decided = elsewhere(tenant, "apply", "{\"decisions\":{\"group\":\"restore\"}}");
    g_autoptr(json) after = run_document(decided);
    assert_step(after, "group", "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", "/v1.0/directory/deletedItems"), 1);
    assert_int_equal(count_writes(record, "POST", "/v1.0/groups"), 0);
    practice_end(tenant);
}

/* What was saved on the portal's page is listed a moment later. */
static void await_export(const struct practice_tenant *tenant, const char *answers)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    for (;;) {
        g_autoptr(Run) run = perch(tenant, "check", "--json", "--answers", answers, NULL);
        g_autoptr(json) document = run_document(run);
        if (strcmp(json_get_string(find_step(document, "streaming"), "state"), "needs-you") != 0)
            return;
        if (g_get_monotonic_time() > deadline)
            fail_msg("the export is not listed: %s", run->output);
    }
}

static void test_an_export_without_the_hubs_name_is_shown_and_left_alone(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = practice_answers(tenant, STREAMING);
    practice_form(tenant, "/portal/invitation", "action=accept");
    practice_form(tenant, "/portal/streaming",
                  "name=MXDRPartner-Contoso&resourceId=" NAMESPACE "&hubName=&tables=all&action=save");
    await_export(tenant, file);
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
    assert_status(run, STATUS_PERSON);
    g_autoptr(json) document = run_document(run);
    assert_step(document, "streaming", "differs");
    assert_step(document, "consent", "blocked");
    assert_null(strstr(run->errors, "telemetry"));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, "/api"), 0);
    practice_end(tenant);
}

static const json *only_object(const json *document, const char *step, const char *kind)
{
    json_for_each (object, json_get(find_step(document, step), "objects")) {
        if (strcmp(json_get_string(object, "kind"), kind) == 0)
            return object;
    }
    fail_msg("%s has no %s", step, kind);
    return NULL;
}

#define GRAPH_APPLICATION "8f6a0f36-8c0c-4b43-9d7b-2a8b7f0a4c55"
#define ALERTS(more) "{\"graphApplicationId\":\"" GRAPH_APPLICATION "\"" more "}"

static gboolean is_granted(const json *document)
{
    const json *permission = only_object(document, "graph-alerts", "application-permission");
    return strcmp(json_get_string(permission, "state"), "matches") == 0;
}

/* Consent was given before perch was ever started: it is proved, and nobody is asked to give it again. */
static void test_a_consent_of_before_is_proved_and_only_the_partners_page_is_left(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("complete", NULL);
    practice_form(tenant, "/portal/consent", "client_id=" GRAPH_APPLICATION "&action=accept");
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    g_autoptr(json) document = NULL;
    while (document == NULL || !is_granted(document)) {
        assert_true(g_get_monotonic_time() < deadline);
        json_free(document);
        g_autoptr(Run) run = elsewhere(tenant, "apply", ALERTS(""));
        document = run_document(run);
    }
    assert_step(document, "graph-alerts", "needs-you");
    assert_string_equal(json_get_string(only_object(document, "graph-alerts", "application-permission"), "origin"),
                        "found");
    g_autoptr(Run) told = elsewhere(tenant, "apply", ALERTS(",\"done\":{\"graph-alerts\":{\"by\":\"ann\"}}"));
    g_autoptr(json) after = run_document(told);
    assert_step(after, "graph-alerts", "told");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, "/v1.0/servicePrincipals"), 0);
    assert_int_equal(count_writes(record, NULL, "/v1.0/oauth2PermissionGrants"), 0);
    practice_end(tenant);
}

#define GROUPS_TOLD                                                                                                    \
    "{\"defenderRoles\":\"classic\",\"deviceGroups\":{\"used\":true},\"done\":{\"defender-role\":{\"by\":\"ann\"},"    \
    "\"device-groups\":{\"by\":\"ann\"}}}"

/* Nothing at Microsoft shows who may see a device group, so what was told once stands until somebody says otherwise. */
static void test_device_groups_that_were_told_once_are_not_asked_for_again(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("device-groups", NULL);
    g_autofree char *answers = practice_answers(tenant, GROUPS_TOLD);
    g_autoptr(Run) first = perch(tenant, "apply", "--yes", "--json", "--answers", answers, NULL);
    g_autoptr(json) told = run_document(first);
    assert_step(told, "device-groups", "told");
    practice_clear_record(tenant);
    g_autoptr(Run) second = perch(tenant, "apply", "--yes", "--json", NULL);
    g_autoptr(json) again = run_document(second);
    assert_step(again, "device-groups", "told");
    assert_non_null(strstr(json_get_string(only_object(again, "device-groups", "device-groups"), "sentence"),
                           "Servers, Executives, Lab & test"));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    g_autoptr(Run) elsewhere_first = elsewhere(tenant, "check", "{\"deviceGroups\":{\"used\":true}}");
    g_autoptr(json) unknown = run_document(elsewhere_first);
    assert_string_not_equal(json_get_string(find_step(unknown, "device-groups"), "state"), "told");
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_group_in_the_recycle_bin_is_restored_after_a_yes),
        cmocka_unit_test(test_an_export_without_the_hubs_name_is_shown_and_left_alone),
        cmocka_unit_test(test_a_consent_of_before_is_proved_and_only_the_partners_page_is_left),
        cmocka_unit_test(test_device_groups_that_were_told_once_are_not_asked_for_again),
    };
    json_init();
    return run_journeys("already there", tests, argc, argv);
}

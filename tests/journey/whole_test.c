/* SPDX-License-Identifier: MIT */
#include "support/practice.h"

#include <string.h>

/*
 * The whole onboarding, from nothing to exit code 0, as a person with a browser and a headless perch would do it.
 */

#define NAMESPACE                                                                                                      \
    "/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg-mdr/providers/Microsoft.EventHub/"          \
    "namespaces/mdr-eh-ns01"
#define DEFENDER_APPLICATION "69561a74-a59d-43f4-a113-8bc2da00f822"
#define GRAPH_APPLICATION "8f6a0f36-8c0c-4b43-9d7b-2a8b7f0a4c55"
#define COMMON                                                                                                         \
    "\"company\":\"Contoso\",\"account\":{\"userPrincipalName\":\"admin@contoso.onmicrosoft.com\"},"                   \
    "\"eventHub\":{\"resourceId\":\"" NAMESPACE "\",\"name\":\"telemetry\"},\"graphApplicationId\":"                   \
    "\"" GRAPH_APPLICATION "\",\"defenderRoles\":\"unified\",\"deviceGroups\":{\"used\":false}"
#define TOLD "\"invitation\":{\"by\":\"ann\"},\"graph-alerts\":{\"by\":\"ann\"}"
#define FULL                                                                                                           \
    "{" COMMON ",\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"],\"done\":{" TOLD         \
    ",\"access-link\":{\"by\":\"ann\"}}}"
#define BASIC "{" COMMON ",\"guests\":[\"ann@redcanary.com\"],\"done\":{" TOLD "}}"

static void do_the_portals_part(const struct practice_tenant *tenant)
{
    practice_form(tenant, "/portal/invitation", "action=accept");
    practice_form(tenant, "/portal/streaming",
                  "name=MXDRPartner-Contoso&resourceId=" NAMESPACE "&hubName=telemetry&tables=all&action=save");
    practice_form(tenant, "/portal/consent", "client_id=" DEFENDER_APPLICATION "&action=accept");
    practice_form(tenant, "/portal/consent", "client_id=" GRAPH_APPLICATION "&action=accept");
}

static void onboard(const char *scenario, const char *answers)
{
    struct practice_tenant *tenant = practice_begin(scenario, NULL);
    g_autofree char *file = practice_answers(tenant, answers);
    do_the_portals_part(tenant);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--wait", "--json", "--answers", file, NULL);
    assert_status(apply, 0);
    g_autoptr(json) document = run_document(apply);
    json_for_each (step, json_get(document, "steps")) {
        const char *state = json_get_string(step, "state");
        if (strcmp(json_get_string(step, "id"), "finish") == 0)
            assert_string_equal(state, "to-do"); /* no report was written yet */
        else if (strcmp(state, "done") != 0 && strcmp(state, "told") != 0 && strcmp(state, "skipped") != 0)
            fail_msg("the step %s is %s", json_get_string(step, "id"), state);
    }
    g_autofree char *report = g_build_filename(practice_folder(tenant), "r.html", NULL);
    g_autoptr(Run) written = perch(tenant, "report", "--output", report, NULL);
    assert_status(written, 0);
    g_autoptr(Run) check = perch(tenant, "check", "--json", NULL);
    assert_status(check, 0);
    g_autoptr(json) checked = run_document(check);
    assert_step(checked, "finish", "done");
    practice_end(tenant);
}

static void test_with_the_full_licence(void **state)
{
    (void)state;
    onboard("fresh", FULL);
}

static void test_with_entra_id_p1_only(void **state)
{
    (void)state;
    onboard("p1-with-defender", BASIC);
}

/* Of a review's recurrence the service takes only what is documented as supported: the second try is the right one. */
static void test_with_a_strict_recurrence(void **state)
{
    (void)state;
    onboard("strict-recurrence", FULL);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_with_the_full_licence),
        cmocka_unit_test(test_with_entra_id_p1_only),
        cmocka_unit_test(test_with_a_strict_recurrence),
    };
    json_init();
    return run_journeys("whole", tests, argc, argv);
}

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

static void post(const struct practice_tenant *tenant, const char *path, const char *form)
{
    g_autofree char *page = practice_post(tenant, path, "application/x-www-form-urlencoded", form);
    assert_non_null(page);
}

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
    assert_contract(tenant);
    practice_end(tenant);
}

/* What was saved on the portal's page is listed a moment later. */
static void await_export(const struct practice_tenant *tenant, const char *answers)
{
    gint64 deadline = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;
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
    post(tenant, "/portal/invitation", "action=accept");
    post(tenant, "/portal/streaming",
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_group_in_the_recycle_bin_is_restored_after_a_yes),
        cmocka_unit_test(test_an_export_without_the_hubs_name_is_shown_and_left_alone),
    };
    json_init();
    return cmocka_run_group_tests_name("already there", tests, NULL, NULL);
}

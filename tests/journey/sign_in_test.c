/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "support/practice.h"

#include <string.h>

#define ANSWERS "{\"company\":\"Contoso\",\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"]}"

static json *apply(const struct practice_tenant *tenant, int status)
{
    g_autofree char *answers = practice_answers(tenant, ANSWERS);
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", "--json", "--answers", answers, NULL);
    if (status >= 0)
        assert_status(run, status);
    return run_document(run);
}

static void assert_reason(const json *document, const char *id, const char *words)
{
    const char *reason = json_get_string(find_step(document, id), "reason");
    if (reason == NULL || strstr(reason, words) == NULL)
        fail_msg("the reason of %s is “%s” and should say “%s”", id, reason, words);
}

static int all_writes(const struct practice_tenant *tenant)
{
    g_autoptr(json) record = practice_record(tenant);
    return count_writes(record, NULL, NULL);
}

static void test_each_step_says_which_role_it_needs(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("not-admin", NULL);
    g_autoptr(json) document = apply(tenant, 5);
    assert_step(document, "sign-in", "done");
    assert_step(document, "group", "needs-you");
    assert_reason(document, "group", "This needs Global Administrator or Privileged Role Administrator");
    assert_reason(document, "group", "active: Security Administrator");
    assert_reason(document, "organization", "Global Administrator or Identity Governance Administrator");
    assert_step(document, "catalog", "blocked");
    const char *next = json_get_string(find_step(document, "group"), "next");
    assert_non_null(strstr(next, "done by hand as the lines below say"));
    const json *line = json_at(json_get_path(find_step(document, "group"), "guide.lines"), 0);
    assert_non_null(strstr(json_get_string(line, "text"), "Groups > New group"));
    assert_string_equal(json_get_string(line, "copy"), "Red Canary");
    assert_int_equal(all_writes(tenant), 0);
    practice_end(tenant);
}

/* Whoever may write nothing by API has every step that is open as lines for somebody who may, wherever perch runs. */
static void test_without_any_role_each_open_step_is_told_by_hand(void **state)
{
    (void)state;
    static const char *const open[] = {"streaming",     "consent", "group",          "organization",
                                       "defender-role", "catalog", "access-package", "graph-alerts"};
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    json *store = practice_take_store(tenant);
    json *held = (json *)json_at(json_get_path(store, "objects.roleAssignments"), 0);
    json_set_string(held, "roleDefinitionId", "f2ef992c-3afb-46b9-b7cf-a126ee74c451");
    practice_put_store(tenant, store);
    g_autoptr(json) document = apply(tenant, 5);
    assert_reason(document, "sign-in", "Sign in with an account that has it, or have it assigned to this one");
    for (gsize i = 0; i < G_N_ELEMENTS(open); i++)
        if (json_length(json_get_path(find_step(document, open[i]), "guide.lines")) == 0)
            fail_msg("%s is not told by hand", open[i]);
    g_autofree char *hub = json_text(json_get(find_step(document, "streaming"), "guide"));
    assert_null(strstr(hub, "Microsoft.EventHub"));
    g_autoptr(Run) text = perch(tenant, "check", NULL);
    assert_non_null(strstr(text->output, "How each open step is done by hand: perch report\n"));
    g_autoptr(Run) report = perch(tenant, "report", "--format", "markdown", NULL);
    assert_non_null(strstr(report->output, "How what is open is done by hand"));
    assert_non_null(strstr(report->output, "8 Access catalog by hand"));
    assert_int_equal(all_writes(tenant), 0);
    practice_end(tenant);
}

static void test_a_role_with_an_end_says_until_when(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("role-with-end", NULL);
    g_autoptr(Run) run = perch(tenant, "check", "--json", NULL);
    g_autoptr(json) document = run_document(run);
    const char *note = json_string(json_at(json_get(find_step(document, "sign-in"), "notes"), 0));
    assert_string_equal(note,
                        "You hold Global Administrator until 1 Jan 2031, 09:00 UTC; what is not done by then needs it "
                        "again.");
    practice_end(tenant);
}

/* Who signs in with the account of the shop is in the wrong tenant, and everything would be made there. */
static void test_a_tenant_for_customers_is_not_the_companys(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("customers", NULL);
    g_autoptr(json) document = apply(tenant, 5);
    assert_step(document, "sign-in", "differs");
    assert_reason(document, "sign-in", "is a tenant for customers (AAD B2C), and not the company's own");
    assert_int_equal(all_writes(tenant), 0);
    practice_end(tenant);
}

static const char streaming_answers[] =
    "{\"company\":\"Contoso\",\"account\":{\"userPrincipalName\":\"admin@contoso.onmicrosoft.com\"},\"done\":{"
    "\"invitation\":{\"by\":\"ann\"}},\"eventHub\":{\"resourceId\":\"/subscriptions/"
    "0a1b2c3d-1111-4222-8333-444455556666/"
    "resourceGroups/rg-mdr/providers/Microsoft.EventHub/namespaces/mdr-eh-ns01\",\"name\":\"telemetry\"}}";

/* What a check of TENANT, named or not, says of the sign-in; and how often each Defender was asked. */
static json *check_of(const struct practice_tenant *tenant, gboolean named)
{
    g_autofree char *answers = practice_answers(tenant, streaming_answers);
    g_autoptr(Run) run = named ? perch(tenant, "check", "--json", "--tenant", "contoso.com", "--answers", answers, NULL)
                               : perch(tenant, "check", "--json", "--answers", answers, NULL);
    return run_document(run);
}

static void assert_noted(const json *document, const char *words)
{
    g_autofree char *said = json_text(json_get(find_step(document, "sign-in"), "notes"));
    if (strstr(said, words) == NULL)
        fail_msg("“%s” in %s", words, said);
}

/* It signs in like any other tenant, and only an answer of Defender's tells which of two addresses is its own. */
static void test_the_defender_of_a_gcc_tenant_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *scenario, *place;
    } cases[] = {{"gcc", "its Defender is at http://127.0.0.3:"},
                 {"gcc-defender", "its Defender is at http://127.0.0.4:"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        for (int named = 0; named < 2; named++) {
            struct practice_tenant *tenant = practice_begin(cases[i].scenario, NULL);
            g_autoptr(json) document = check_of(tenant, named == 1);
            assert_noted(document, "US Government GCC");
            assert_noted(document, cases[i].place);
            assert_step(document, "streaming", "needs-you");
            practice_end(tenant);
        }
}

/* One that refuses for another reason knows the tenant: nothing is moved because of it. */
static void test_a_refusal_moves_no_defender(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("gcc", NULL);
    g_autofree char *armed =
        practice_post(tenant, "/practice/fault", "application/json",
                      "{\"method\":\"GET\",\"path\":\"/api/dataExportSettings\",\"times\":99,\"status\":403}");
    assert_non_null(armed);
    g_autoptr(json) document = check_of(tenant, TRUE);
    assert_noted(document, "start again with --cloud gcc");
    practice_end(tenant);
}

/* Where the one does not know it and the other refuses, nobody can say that neither does. */
static void test_a_refusal_of_the_other_defender_is_no_word_on_the_tenant(void **state)
{
    (void)state;
    static const char *const faults[] = {"\"times\":1,\"status\":404", "\"times\":99,\"status\":403"};
    struct practice_tenant *tenant = practice_begin("gcc", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(faults); i++) {
        g_autofree char *fault =
            g_strdup_printf("{\"method\":\"GET\",\"path\":\"/api/dataExportSettings\",%s}", faults[i]);
        g_autofree char *armed = practice_post(tenant, "/practice/fault", "application/json", fault);
        assert_non_null(armed);
    }
    g_autoptr(json) document = check_of(tenant, TRUE);
    assert_noted(document, "start again with --cloud gcc");
    practice_end(tenant);
}

/* Where neither knows it, the step that reads it says so. */
static void test_a_gcc_tenant_that_no_defender_knows_is_told(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("gcc", NULL);
    g_autofree char *armed =
        practice_post(tenant, "/practice/fault", "application/json",
                      "{\"method\":\"GET\",\"path\":\"/api/dataExportSettings\",\"times\":99,\"status\":404}");
    assert_non_null(armed);
    g_autoptr(json) document = check_of(tenant, TRUE);
    assert_step(document, "streaming", "unknown");
    const char *next = json_get_string(find_step(document, "streaming"), "next");
    assert_non_null(strstr(next, "neither the commercial Defender nor that of GCC knows it"));
    practice_end(tenant);
}

/* One that ends while perch writes takes the right to write with it. */
static void test_a_role_that_ends_within_minutes_is_said_before_anything_is_written(void **state)
{
    (void)state;
    static const char *const slower[] = {"--clock-rate", "40", NULL};
    struct practice_tenant *tenant = practice_begin("fresh", slower);
    json *store = practice_take_store(tenant);
    g_autofree char *end = clock_format(json_get_int(store, "time", 0) + 9 * G_TIME_SPAN_MINUTE);
    json *held = (json *)json_at(json_get_path(store, "objects.roleAssignments"), 0);
    json_set_string(held, "_start", "2026-03-02T09:00:00Z");
    json_set_string(held, "_end", end);
    practice_put_store(tenant, store);
    g_autofree char *answers = practice_answers(tenant, "{}");
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", "--answers", answers, NULL);
    const char *said = strstr(run->errors, "Global Administrator ends at");
    if (said == NULL)
        fail_msg("%d: %s", run->status, run->errors);
    assert_non_null(said);
    assert_non_null(strstr(said, " minutes: what is not done by then is refused."));
    assert_null(strstr(said + 1, "Global Administrator ends at"));
    practice_end(tenant);
}

static void test_what_is_there_is_proved_whatever_the_role(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("complete", NULL);
    g_autoptr(json) document = apply(tenant, -1);
    assert_step(document, "group", "done");
    assert_step(document, "catalog", "done");
    practice_end(tenant);
}

static void test_an_eligible_role_has_to_be_activated_first(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("eligible-admin", NULL);
    g_autoptr(json) document = apply(tenant, 5);
    assert_step(document, "sign-in", "differs");
    assert_reason(document, "sign-in", "Global Administrator is not active");
    assert_reason(document, "sign-in",
                  "You are eligible for Global Administrator: the first step offers to activate it here; or do it in "
                  "Privileged Identity Management, then check again");
    assert_step(document, "group", "blocked");
    assert_int_equal(all_writes(tenant), 0);
    practice_end(tenant);
}

static void test_with_p1_only_the_access_package_falls_away_and_the_rest_is_done(void **state)
{
    (void)state;
    static const char *const away[] = {"organization", "catalog", "access-package", "access-link"};
    struct practice_tenant *tenant = practice_begin("p1-only", NULL);
    g_autoptr(json) document = apply(tenant, -1);
    assert_step(document, "sign-in", "done");
    assert_step(document, "group", "done");
    for (gsize i = 0; i < G_N_ELEMENTS(away); i++) {
        assert_step(document, away[i], "skipped");
        assert_reason(document, away[i], "Microsoft Entra ID P1 only");
    }
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, "/v1.0/identityGovernance"), 0);
    practice_end(tenant);
}

/* Streaming, consent and alerts do without; only the analysts' access waits for a licence. */
static void test_without_any_licence_the_access_alone_waits(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("no-licence", NULL);
    g_autoptr(json) document = apply(tenant, 5);
    assert_step(document, "sign-in", "done");
    assert_step(document, "group", "differs");
    assert_reason(document, "group", "Buy one, then check again");
    assert_step(document, "catalog", "blocked");
    assert_step(document, "graph-alerts", "needs-you");
    assert_int_equal(all_writes(tenant), 0);
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_step_says_which_role_it_needs),
        cmocka_unit_test(test_without_any_role_each_open_step_is_told_by_hand),
        cmocka_unit_test(test_a_role_with_an_end_says_until_when),
        cmocka_unit_test(test_a_tenant_for_customers_is_not_the_companys),
        cmocka_unit_test(test_the_defender_of_a_gcc_tenant_is_found),
        cmocka_unit_test(test_a_refusal_moves_no_defender),
        cmocka_unit_test(test_a_refusal_of_the_other_defender_is_no_word_on_the_tenant),
        cmocka_unit_test(test_a_gcc_tenant_that_no_defender_knows_is_told),
        cmocka_unit_test(test_a_role_that_ends_within_minutes_is_said_before_anything_is_written),
        cmocka_unit_test(test_what_is_there_is_proved_whatever_the_role),
        cmocka_unit_test(test_an_eligible_role_has_to_be_activated_first),
        cmocka_unit_test(test_with_p1_only_the_access_package_falls_away_and_the_rest_is_done),
        cmocka_unit_test(test_without_any_licence_the_access_alone_waits),
    };
    json_init();
    return run_journeys("sign-in", tests, argc, argv);
}

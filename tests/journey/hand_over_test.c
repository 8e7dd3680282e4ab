/* SPDX-License-Identifier: MIT */
#include "support/practice.h"

#include <string.h>

#define PACKAGE_PATH "objects.accessPackages"
#define PEOPLE "\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"]"

static json *check(const struct practice_tenant *tenant, const char *answers)
{
    g_autofree char *file = practice_answers(tenant, answers);
    g_autoptr(Run) run = perch(tenant, "check", "--json", "--answers", file, NULL);
    return run_document(run);
}

static json *check_link(const struct practice_tenant *tenant, const char *link)
{
    g_autofree char *answers = g_strdup_printf("{\"accessLink\":\"%s\"}", link);
    return check(tenant, answers);
}

static char *package_id(const struct practice_tenant *tenant)
{
    g_autoptr(json) held = practice_state(tenant);
    return g_strdup(json_get_string(json_at(json_get_path(held, PACKAGE_PATH), 0), "id"));
}

static char *built_link(const struct practice_tenant *tenant)
{
    g_autofree char *id = package_id(tenant);
    return g_strdup_printf("%s/@contoso.onmicrosoft.com#/access-packages/%s", practice_address(tenant), id);
}

static void assert_reason(const json *document, const char *step, const char *words)
{
    const char *reason = json_get_string(find_step(document, step), "reason");
    if (reason == NULL || strstr(reason, words) == NULL)
        fail_msg("the reason of %s is “%s” and should say “%s”", step, reason, words);
}

static void test_the_link_is_built_and_told_when_sent(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("complete", NULL);
    g_autofree char *link = built_link(tenant);
    g_autoptr(json) before = check(tenant, "{" PEOPLE "}");
    assert_step(before, "access-link", "needs-you");
    g_autoptr(Run) report = perch(tenant, "report", "--format", "json", NULL);
    g_autoptr(json) card = run_document(report);
    const json *first = json_at(json_get_path(card, "handBack.lines"), 0);
    assert_string_equal(json_get_string(first, "text"), "My Access link");
    assert_string_equal(json_get_string(first, "value"), link);
    g_autoptr(json) told = check(tenant, "{\"done\":{\"access-link\":{\"by\":\"ann\"}}}");
    assert_step(told, "access-link", "told");
    practice_end(tenant);
}

static void test_the_portals_own_link_is_taken(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("complete", NULL);
    g_autofree char *id = package_id(tenant);
    g_autofree char *link = g_strdup_printf("%s/@contoso.com#/access-packages/%s", practice_address(tenant), id);
    g_autoptr(json) document = check_link(tenant, link);
    const json *object = json_at(json_get(find_step(document, "access-link"), "objects"), 0);
    assert_string_equal(json_get_string(object, "state"), "matches");
    assert_non_null(strstr(json_get_string(object, "sentence"), "leads to this access package"));
    g_autoptr(Run) report = perch(tenant, "report", "--format", "json", NULL);
    assert_non_null(strstr(report->output, link));
    practice_end(tenant);
}

static void test_another_package_and_another_tenant_are_noticed(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("complete", NULL);
    g_autofree char *id = package_id(tenant);
    g_autofree char *wrong_tenant =
        g_strdup_printf("https://myaccess.microsoft.com/@fabrikam.com#/access-packages/%s", id);
    g_autoptr(json) other = check_link(
        tenant, "https://myaccess.microsoft.com/@contoso.com#/access-packages/11111111-2222-4333-8444-555555555555");
    assert_step(other, "access-link", "differs");
    assert_reason(other, "access-link", "another access package");
    g_autoptr(json) elsewhere = check_link(tenant, wrong_tenant);
    assert_reason(elsewhere, "access-link", "names another tenant");
    g_autoptr(json) nonsense = check_link(tenant, "see the portal");
    assert_reason(nonsense, "access-link", "not a My Access link");
    practice_end(tenant);
}

static void test_a_disabled_application_is_named(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("disabled-application", NULL);
    g_autoptr(json) document = check(tenant, "{}");
    assert_step(document, "consent", "differs");
    assert_reason(document, "consent", "The enterprise application is disabled");
    g_autoptr(Run) report = perch(tenant, "report", NULL);
    assert_non_null(strstr(report->output, "requires assignment"));
    practice_end(tenant);
}

/* A consent that lacks what the article is for is not done until somebody says that it is to stay so, and why. */
static void test_a_missing_permission_is_a_deviation(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("surplus-doors", NULL);
    g_autoptr(json) document = check(tenant, "{}");
    assert_step(document, "consent", "differs");
    assert_reason(document, "consent", "lacking Machine.StopAndQuarantine");
    g_autoptr(json) decided =
        check(tenant, "{\"decisions\":{\"application-grants\":\"keep:Machine.LiveResponse;Machine.RestrictExecution;"
                      "Machine.StopAndQuarantine;Score.Read.All;SecurityRecommendation.Read.All;Software.Read.All|"
                      "We respond ourselves\"}}");
    assert_step(decided, "consent", "done");
    g_autoptr(Run) report = perch(tenant, "report", NULL);
    assert_non_null(strstr(report->output, "We respond ourselves"));
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_link_is_built_and_told_when_sent),
        cmocka_unit_test(test_the_portals_own_link_is_taken),
        cmocka_unit_test(test_another_package_and_another_tenant_are_noticed),
        cmocka_unit_test(test_a_disabled_application_is_named),
        cmocka_unit_test(test_a_missing_permission_is_a_deviation),
    };
    json_init();
    return run_journeys("hand-over", tests, argc, argv);
}

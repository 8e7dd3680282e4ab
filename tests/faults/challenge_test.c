/* SPDX-License-Identifier: MIT */
/*
 * Microsoft asks in mid-run for a sign-in that proves more than the last one: perch asks the person, goes on with the
 * same request, and does not ask for ever.
 */
#include <string.h>

#include "support/background.h"
#include "support/practice.h"

#define CLAIMS "{\\\"access_token\\\":{\\\"acrs\\\":{\\\"essential\\\":true,\\\"value\\\":\\\"c1\\\"}}}"
#define ADDRESS "{\\\"access_token\\\":{\\\"xms_rp_ipaddr\\\":{\\\"value\\\":\\\"203.0.113.7\\\"}}}"
#define PATH_OF_ORGANIZATION "/v1.0/organization"

static void arm(const struct practice_tenant *tenant, const char *method, const char *path, const char *claims,
                int times)
{
    g_autofree char *fault =
        g_strdup_printf("{\"method\":\"%s\",\"path\":\"%s\",\"status\":401,\"times\":%d,\"claims\":\"%s\"}", method,
                        path, times, claims);
    g_autofree char *answer = practice_post(tenant, "/practice/fault", "application/json", fault);
    assert_non_null(answer);
}

static int sign_ins(const struct practice_tenant *tenant)
{
    g_autoptr(json) record = practice_record(tenant);
    int count = 0;
    json_for_each (entry, record) {
        count += g_str_has_suffix(json_get_string(entry, "path"), "/devicecode");
    }
    return count;
}

/* How many sign-ins a run without a challenge takes. */
static int usual_sign_ins(const char *command, int status)
{
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = perch(tenant, command, "--yes", NULL);
    assert_status(run, status);
    int count = sign_ins(tenant);
    practice_end(tenant);
    return count;
}

static void test_a_read_goes_on_after_the_sign_in(void **state)
{
    (void)state;
    int usual = usual_sign_ins("check", 3);
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    arm(tenant, "GET", PATH_OF_ORGANIZATION, CLAIMS, 100);
    g_autoptr(Run) run = perch(tenant, "check", "--json", NULL);
    assert_status(run, 3);
    g_autoptr(json) document = run_document(run);
    assert_string_equal(json_get_string(json_get(document, "tenant"), "domain"), "contoso.onmicrosoft.com");
    assert_int_equal(sign_ins(tenant), usual + 1);
    assert_non_null(strstr(run->errors, "sign in once more"));
    practice_end(tenant);
}

static void test_a_write_is_carried_out_once_after_the_sign_in(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    arm(tenant, "POST", "/v1.0/groups", CLAIMS, 100);
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", NULL);
    assert_true(run->status == 3 || run->status == 4 || run->status == 5);
    assert_int_equal(count_held(tenant, "groups", "displayName", "Red Canary"), 1);
    assert_int_equal(count_requests(tenant, "POST", "/v1.0/groups"), 2);
    assert_nothing_twice(tenant);
    assert_non_null(strstr(run->errors, "Microsoft wants a new sign-in"));
    practice_end(tenant);
}

/* Never content: one sign-in for the challenge, then that request is given up with the reason, and the rest is read. */
static void test_it_does_not_ask_for_ever(void **state)
{
    (void)state;
    int usual = usual_sign_ins("check", 3);
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    arm(tenant, "GET", "/v1.0/groups", CLAIMS, 1000);
    arm(tenant, "GET", "/v1.0/groups", ADDRESS, 1000);
    g_autofree char *log = g_build_filename(practice_folder(tenant), "log", NULL);
    g_autoptr(Run) run = perch(tenant, "check", "--json", "--log-file", log, NULL);
    g_autofree char *logged = read_text(log);
    assert_true(sign_ins(tenant) <= usual + 1);
    assert_non_null(strstr(logged, "not content"));
    assert_non_null(strstr(logged, "203.0.113.7"));
    g_autoptr(json) document = run_document(run);
    assert_step(document, "group", "unknown");
    assert_step(document, "sign-in", "done");
    practice_end(tenant);
}

/* What cannot be read is no challenge, and nobody is sent to a sign-in with it. */
static void test_unreadable_claims_are_not_passed_on(void **state)
{
    (void)state;
    int usual = usual_sign_ins("check", 3);
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    arm(tenant, "GET", PATH_OF_ORGANIZATION, "no JSON", 1000);
    g_autoptr(Run) run = perch(tenant, "check", NULL);
    /* It costs what was read by that request. */
    assert_status(run, 1);
    assert_non_null(strstr(run->output, "The tenant asks for a fresh sign-in before this"));
    assert_true(sign_ins(tenant) <= usual);
    practice_end(tenant);
}

static gboolean is_group_asked_for(gconstpointer tenant)
{
    return count_requests(tenant, "POST", "/v1.0/groups") > 0;
}

/* Of the tenant itself: the first sign-in was one for any. Caller frees. */
static char *token_path(const struct practice_tenant *tenant)
{
    g_autoptr(json) record = practice_record(tenant);
    const char *path = NULL;
    json_for_each (entry, record) {
        if (g_str_has_suffix(json_get_string(entry, "path"), "/oauth2/v2.0/token"))
            path = json_get_string(entry, "path");
    }
    assert_non_null(path);
    return g_strdup(path);
}

/* The token endpoint refuses to refresh until a sign-in proves CLAIMS. */
static void refuse_refreshes(const struct practice_tenant *tenant)
{
    g_autofree char *path = token_path(tenant);
    g_autofree char *fault = g_strdup_printf(
        "{\"method\":\"POST\",\"path\":\"%s\",\"status\":400,\"times\":100,\"claims\":\"" CLAIMS
        "\",\"body\":{\"error\":\"interaction_required\",\"error_description\":\"AADSTS50079: Enrol first.\","
        "\"error_codes\":[50079],\"claims\":\"" CLAIMS "\"}}",
        path);
    g_autofree char *answer = practice_post(tenant, "/practice/fault", "application/json", fault);
    assert_non_null(answer);
}

/* A token is renewed in mid-run, and the policy that came meanwhile wants more than a refresh. */
static void test_a_challenged_refresh_goes_on_after_the_sign_in(void **state)
{
    (void)state;
    const char *words[] = {"apply", "--yes", NULL};
    int usual = usual_sign_ins("apply", 5);
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    arm_fault(tenant, "{'method':'POST','path':'/v1.0/groups','delayMs':2000}");
    struct background *running = background_start(tenant, words, NULL);
    assert_true(wait_until(is_group_asked_for, tenant));
    refuse_refreshes(tenant);
    arm_fault(tenant, "{'method':'GET','path':'/v1.0/groups','status':401}");
    g_autoptr(Run) run = background_end(running);
    assert_status(run, 5);
    assert_int_equal(sign_ins(tenant), usual + 1);
    assert_non_null(strstr(run->errors, "Microsoft wants a new sign-in"));
    assert_int_equal(count_held(tenant, "groups", "displayName", "Red Canary"), 1);
    assert_nothing_twice(tenant);
    practice_end(tenant);
}

/* Signing in once more cannot help where the tenant has no Defender: the board says what is in the way. */
static void test_a_refused_sign_in_to_defender_is_explained_on_the_board(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) first = perch(tenant, "check", "--json", NULL);
    g_autofree char *path = token_path(tenant);
    GString *device = g_string_new(path);
    g_string_replace(device, "/token", "/devicecode", 0);
    g_autofree char *fault = g_strdup_printf(
        "{'method':'POST','path':'%s','status':400,'body':{'error':'invalid_client','error_description':"
        "'AADSTS650052: The app needs a service that your organization lacks.','error_codes':[650052]}}",
        device->str);
    g_string_free(device, TRUE);
    arm_fault(tenant, fault);
    g_autoptr(Run) run = perch(tenant, "check", "--json", "--answers", PERCH_TEST_DATA "/answers.json", NULL);
    g_autoptr(json) document = run_document(run);
    assert_step(document, "streaming", "blocked");
    assert_non_null(strstr(run->output, "AADSTS650052"));
    assert_non_null(strstr(run->output, "open the Defender portal once"));
    assert_null(strstr(run->output, "Sign in once more, for Defender"));
    practice_end(tenant);
}

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_read_goes_on_after_the_sign_in),
        cmocka_unit_test(test_a_write_is_carried_out_once_after_the_sign_in),
        cmocka_unit_test(test_it_does_not_ask_for_ever),
        cmocka_unit_test(test_a_refused_sign_in_to_defender_is_explained_on_the_board),
        cmocka_unit_test(test_unreadable_claims_are_not_passed_on),
        cmocka_unit_test(test_a_challenged_refresh_goes_on_after_the_sign_in),
    };
    return cmocka_run_group_tests_name("claims challenge", tests, NULL, NULL);
}

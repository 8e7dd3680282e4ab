/* SPDX-License-Identifier: MIT */
/*
 * What a sign-in asks for is explained to whoever is to grant it, and what was not granted is named with what it would
 * have been for.
 */
#include <string.h>

#include "support/background.h"
#include "support/practice.h"

#define WITHHELD_READ "RoleEligibilitySchedule.Read.Directory"
#define WITHHELD_WRITE "EntitlementManagement.ReadWrite.All"

static void test_every_scope_has_its_reason(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    /* Each, where somebody signs in for that; where a command signs in on the way what it may change by it. */
    g_autoptr(Run) read = perch(tenant, "sign-in", NULL);
    assert_non_null(strstr(read->errors, "openid: to "));
    assert_non_null(strstr(read->errors, "User.Read: to "));
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", NULL);
    assert_non_null(strstr(run->errors, "openid, profile, offline_access, User.Read, "));
    static const char *const some[] = {"Group.ReadWrite.All: to make ", "RoleManagement.ReadWrite.Directory: to give ",
                                       WITHHELD_WRITE ": to make ", "/.default: what this application has"};
    for (gsize i = 0; i < G_N_ELEMENTS(some); i++)
        if (strstr(run->errors, some[i]) == NULL)
            fail_msg("“%s” is not in\n%s", some[i], run->errors);
    assert_null(strstr(run->errors, "no explanation"));
    assert_null(strstr(read->errors, "no explanation"));
    practice_end(tenant);
}

static void test_reading_asks_for_nothing_that_writes(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = perch(tenant, "check", NULL);
    assert_non_null(strstr(run->errors, "User.Read, "));
    assert_null(strstr(run->errors, "ReadWrite"));
    practice_end(tenant);
}

static void test_what_was_not_granted_is_named(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("narrow-consent", NULL);
    g_autoptr(Run) text = perch(tenant, "check", NULL);
    assert_non_null(strstr(text->errors, "did not grant " WITHHELD_READ ", to see whether"));
    assert_null(strstr(text->errors, "did not grant " WITHHELD_WRITE));
    assert_null(strstr(text->errors, "did not grant User.Read"));
    practice_end(tenant);
}

static void test_what_writing_lacks_is_named_too(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("narrow-consent", NULL);
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", NULL);
    assert_true(run->status != 0);
    assert_non_null(strstr(run->errors, "did not grant " WITHHELD_WRITE ", to make the catalog"));
    practice_end(tenant);
}

/* On the board it stands in the step of the sign-in, where plain mode and the console show it. */
static void test_it_stands_on_the_board(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("narrow-consent", NULL);
    g_autoptr(Run) run = perch(tenant, "report", "--format", "json", NULL);
    assert_non_null(strstr(run->output, "did not grant " WITHHELD_READ));
    practice_end(tenant);
}

/* An application that was consented to for another program brings those rights along. */
static void test_rights_beyond_what_was_asked_are_said_and_refused_on_wish(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("consented-before", NULL);
    g_autoptr(Run) check = perch(tenant, "check", "--json", NULL);
    g_autoptr(json) document = run_document(check);
    g_autofree char *excess = json_text(json_get(document, "excess"));
    assert_string_equal(excess, "[\"ThreatHunting.Read.All\"]");
    g_autoptr(Run) text = perch(tenant, "check", NULL);
    assert_non_null(strstr(text->output, "can do more than was asked for: ThreatHunting.Read.All."));
    g_autoptr(Run) report = perch(tenant, "report", NULL);
    assert_non_null(strstr(report->output, "can do more than was asked for: ThreatHunting.Read.All."));
    g_autoptr(Run) refused = perch(tenant, "check", "--no-excess", NULL);
    assert_status(refused, 5);
    assert_non_null(strstr(refused->errors, "--no-excess refuses that: ThreatHunting.Read.All."));
    practice_end(tenant);
    tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) usual = perch(tenant, "check", "--json", "--no-excess", NULL);
    g_autoptr(json) nothing = run_document(usual);
    assert_int_equal(json_length(json_get(nothing, "excess")), 0);
    assert_true(json_is_array(json_get(nothing, "excess")));
    practice_end(tenant);
}

/* Only what is the account's own is taken back: what everyone has, or somebody else, others may need. */
static void test_what_signing_in_left_is_listed_and_taken_back(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("consented-before", NULL);
    int before = count_held(tenant, "oauth2PermissionGrants", NULL, NULL);
    g_autoptr(Run) list = perch(tenant, "consents", NULL);
    assert_status(list, 0);
    assert_non_null(strstr(list->output, "Microsoft Graph Command Line Tools (14d82eec-"));
    assert_non_null(strstr(list->output, "Microsoft Graph: User.Read Directory.Read.All\n  for this account\n"));
    assert_non_null(strstr(list->output, "Microsoft Graph: ThreatHunting.Read.All\n  for everyone"));
    assert_null(strstr(list->output, "Mail.Read"));
    assert_int_equal(count_held(tenant, "oauth2PermissionGrants", NULL, NULL), before);
    g_autoptr(Run) taken = perch(tenant, "consents", "--take-back", "--json", NULL);
    assert_status(taken, 0);
    assert_non_null(strstr(taken->errors, "DelegatedPermissionGrant.ReadWrite.All: to take back"));
    assert_int_equal(count_held(tenant, "oauth2PermissionGrants", NULL, NULL), before - 1);
    g_autoptr(Run) after = perch(tenant, "consents", NULL);
    assert_null(strstr(after->output, "for this account"));
    assert_non_null(strstr(after->output, "for everyone"));
    /* What everyone has goes only by its name. */
    g_autoptr(Run) wrong = perch(tenant, "consents", "--take-back", "--consent", "none-of-them", NULL);
    assert_status(wrong, 2);
    assert_int_equal(count_held(tenant, "oauth2PermissionGrants", NULL, NULL), before - 1);
    const char *at = strstr(after->output, "takes it back, id ");
    assert_non_null(at);
    g_autofree char *id =
        g_strndup(at + strlen("takes it back, id "), strcspn(at + strlen("takes it back, id "), "\n"));
    g_autoptr(Run) alone = perch(tenant, "consents", "--consent", id, NULL);
    assert_status(alone, 2);
    g_autoptr(Run) named = perch(tenant, "consents", "--take-back", "--consent", id, NULL);
    assert_status(named, 0);
    assert_int_equal(count_held(tenant, "oauth2PermissionGrants", NULL, NULL), before - 2);
    practice_end(tenant);
}

static void test_signing_out_everywhere_ends_the_sessions_by_name(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) here = perch(tenant, "sign-out", NULL);
    g_autoptr(json) nothing = practice_record(tenant);
    assert_int_equal(count_writes(nothing, "POST", NULL), 0);
    g_autoptr(Run) run = perch(tenant, "sign-out", "--everywhere", NULL);
    assert_status(run, 0);
    assert_non_null(strstr(run->errors, "every session of admin@contoso.onmicrosoft.com is ended"));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", "/v1.0/users/"), 1);
    practice_end(tenant);
}

static void test_the_application_is_named(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = perch(tenant, "check", NULL);
    assert_non_null(strstr(run->errors, "application Microsoft Graph Command Line Tools (14d82eec-"));
    assert_non_null(strstr(run->errors, "application Microsoft Azure PowerShell (1950a258-"));
    practice_end(tenant);
}

/* Somebody else may have sent the code, to be signed in as whoever types it. */
static void test_the_prompt_warns_of_codes_of_others(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = perch(tenant, "sign-in", "--device-code", NULL);
    assert_non_null(strstr(run->errors, "Type it only if you started this yourself."));
    practice_end(tenant);
}

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_scope_has_its_reason),
        cmocka_unit_test(test_reading_asks_for_nothing_that_writes),
        cmocka_unit_test(test_what_was_not_granted_is_named),
        cmocka_unit_test(test_what_writing_lacks_is_named_too),
        cmocka_unit_test(test_it_stands_on_the_board),
        cmocka_unit_test(test_rights_beyond_what_was_asked_are_said_and_refused_on_wish),
        cmocka_unit_test(test_what_signing_in_left_is_listed_and_taken_back),
        cmocka_unit_test(test_signing_out_everywhere_ends_the_sessions_by_name),
        cmocka_unit_test(test_the_application_is_named),
        cmocka_unit_test(test_the_prompt_warns_of_codes_of_others),
    };
    return cmocka_run_group_tests_name("scopes", tests, NULL, NULL);
}

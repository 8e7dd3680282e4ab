/* SPDX-License-Identifier: MIT */
#include "support/practice.h"

#include <string.h>

#include "support/keyring_world.h"

#define ACCOUNT(members) "{\"account\":{" members "}}"
#define ROLE ",\"role\":\"security-administrator\""

static void assert_reason(const json *document, const char *words)
{
    const char *reason = json_get_string(find_step(document, "account"), "reason");
    if (reason == NULL || strstr(reason, words) == NULL)
        fail_msg("the reason is “%s” and should say “%s”", reason, words);
}

static void test_an_existing_administrator_is_proved(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) document = perch_apply(tenant, ACCOUNT("\"userPrincipalName\":\"admin@contoso.onmicrosoft.com\""));
    assert_step(document, "account", "done");
    assert_step(document, "invitation", "needs-you");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, "/v1.0/users"), 0);
    practice_end(tenant);
}

static void test_another_role_than_the_wanted_one_is_named(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) document = perch_apply(tenant, ACCOUNT("\"userPrincipalName\":\"admin@contoso.onmicrosoft.com\","
                                                           "\"role\":\"security-administrator\""));
    assert_step(document, "account", "differs");
    assert_reason(
        document,
        "Security Administrator is not active for admin@contoso.onmicrosoft.com (active: Global Administrator)");
    practice_end(tenant);
}

static void test_a_user_without_a_role_is_refused(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) document = perch_apply(tenant, ACCOUNT("\"userPrincipalName\":\"reviewer@contoso.com\""));
    assert_step(document, "account", "differs");
    assert_reason(document, "Global Administrator is not active for reviewer@contoso.com (active: none)");
    assert_reason(document, "Choose another account; or, if this is the right one and eligible");
    assert_step(document, "invitation", "blocked");
    practice_end(tenant);
}

static void test_a_user_that_is_not_there_is_named(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) document = perch_apply(tenant, ACCOUNT("\"userPrincipalName\":\"nobody@contoso.com\""));
    assert_step(document, "account", "needs-you");
    assert_reason(document, "There is no user “nobody@contoso.com” in this tenant");
    assert_string_equal(json_get_string(find_step(document, "account"), "next"), "Both are among this step's values.");
    practice_end(tenant);
}

static void test_a_disabled_account_is_named(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("drifted", NULL);
    g_autoptr(json) document = perch_apply(tenant, ACCOUNT("\"userPrincipalName\":\"reviewer@contoso.com\""));
    assert_step(document, "account", "differs");
    assert_reason(document, "The account reviewer@contoso.com is disabled");
    practice_end(tenant);
}

static void test_a_new_one_needs_a_verified_domain(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) document =
        perch_apply(tenant, ACCOUNT("\"mode\":\"create\",\"userPrincipalName\":\"onboarding@example.org\""));
    assert_step(document, "account", "needs-you");
    assert_reason(document, "its domain is none of this tenant's verified ones");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, "/v1.0/users"), 0);
    practice_end(tenant);
}

static void test_a_name_that_is_taken_is_not_taken_over_unasked(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) document =
        perch_apply(tenant, ACCOUNT("\"mode\":\"create\",\"userPrincipalName\":\"reviewer@contoso.com\""));
    assert_step(document, "account", "differs");
    assert_reason(document, "is there already, and perch did not make it");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, "/v1.0/users"), 0);
    practice_end(tenant);
}

#define NEW_ACCOUNT                                                                                                    \
    ACCOUNT("\"mode\":\"create\",\"userPrincipalName\":\"onboarding@contoso.com\",\"displayName\":\"MDR "              \
            "onboarding\"" ROLE)

static const json *only_post(const json *record, const char *path)
{
    const json *found = NULL;
    json_for_each (entry, record) {
        if (strcmp(json_get_string(entry, "method"), "POST") == 0 &&
            strcmp(json_get_string(entry, "path"), path) == 0) {
            assert_null(found);
            found = entry;
        }
    }
    assert_non_null(found);
    return json_get(found, "requestBody");
}

static gboolean folder_holds(const char *folder, const char *text)
{
    const char *arguments[] = {"/usr/bin/grep", "-rlF", "--", text, folder, NULL};
    g_autoptr(Run) run = run_program(arguments, NULL, NULL);
    return run->status == 0;
}

static void test_a_new_account_is_made_with_its_role_and_its_password_is_kept_nowhere(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *log = g_build_filename(practice_folder(tenant), "state", "perch.log", NULL);
    g_autofree char *file = practice_answers(tenant, NEW_ACCOUNT);
    g_autoptr(Run) plan = perch(tenant, "plan", "--json", "--answers", file, NULL);
    assert_non_null(strstr(plan->output, "{secret.accountPassword}"));
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", "--json", "--answers", file, "--log-file", log, NULL);
    g_autoptr(json) document = run_document(run);
    assert_step(document, "account", "done");
    g_autoptr(json) record = practice_record(tenant);
    const json *body = only_post(record, "/v1.0/users");
    assert_string_equal(json_get_string(body, "displayName"), "MDR onboarding");
    assert_true(json_get_bool(json_get(body, "passwordProfile"), "forceChangePasswordNextSignIn", FALSE));
    const char *password = json_get_string(json_get(body, "passwordProfile"), "password");
    assert_int_equal(strlen(password), 24);
    g_autoptr(Run) report = perch(tenant, "report", "--format", "html", NULL);
    g_autofree char *folder = g_build_filename(practice_folder(tenant), "state", NULL);
    assert_false(folder_holds(folder, password));
    assert_null(strstr(report->output, password));
    assert_null(strstr(run->output, password));
    assert_null(strstr(run->errors, password));
    practice_end(tenant);
}

static struct run *run_elsewhere(const struct practice_tenant *tenant, const char *command, const char *answers)
{
    g_autofree char *state = g_build_filename(practice_folder(tenant), "elsewhere", NULL);
    g_autofree char *file = practice_answers(tenant, answers);
    return perch(tenant, command, "--state-dir", state, "--answers", file, NULL);
}

#define NO_MAIL "The account has no mail address in Microsoft Entra: ask the partner for the invitation as a link"

static void assert_said_of_mail(const struct practice_tenant *tenant, const char *answers, gboolean missing)
{
    g_autoptr(Run) check = run_elsewhere(tenant, "check", answers);
    g_autoptr(Run) report = run_elsewhere(tenant, "report", answers);
    if ((strstr(check->output, NO_MAIL) != NULL) != missing)
        fail_msg("check: %s", check->output);
    g_autofree char *reported = text_unbroken(report->output);
    if ((strstr(reported, NO_MAIL) != NULL) != missing)
        fail_msg("report: %s", report->output);
}

static void test_an_account_without_a_mail_address_does_and_is_named(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) made = perch_apply(tenant, NEW_ACCOUNT);
    assert_step(made, "account", "done");
    practice_clear_record(tenant);
    assert_said_of_mail(tenant, ACCOUNT("\"userPrincipalName\":\"onboarding@contoso.com\"" ROLE), TRUE);
    g_autoptr(json) document = perch_apply(tenant, ACCOUNT("\"userPrincipalName\":\"onboarding@contoso.com\"" ROLE));
    assert_step(document, "account", "done");
    assert_non_null(strstr(json_string(json_at(json_get(find_step(document, "account"), "notes"), 0)), NO_MAIL));
    assert_said_of_mail(tenant, ACCOUNT("\"userPrincipalName\":\"admin@contoso.onmicrosoft.com\""), FALSE);
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, "/v1.0"), 0);
    practice_end(tenant);
}

static void test_a_new_account_is_made_once_and_undone(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) first = perch_apply(tenant, NEW_ACCOUNT);
    g_autoptr(json) second = perch_apply(tenant, NEW_ACCOUNT);
    assert_step(second, "account", "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", "/v1.0/users"), 1);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    g_autoptr(json) held = practice_state(tenant);
    g_autofree char *users = json_text(json_get_path(held, "objects.users"));
    assert_null(strstr(users, "onboarding@contoso.com"));
    practice_end(tenant);
}

static struct run *apply_in(const struct practice_tenant *tenant, const char *answers, char **environment)
{
    g_autofree char *file = practice_answers(tenant, answers);
    const char *words[] = {"--practice-keyring", "apply", "--yes", "--json", "--answers", file, NULL};
    g_auto(GStrv) line = perch_command_line(tenant, words);
    return run_program((const char *const *)line, (const char *const *)environment, "");
}

static void test_the_password_is_kept_in_the_keyring(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    g_auto(GStrv) environment = world_environment(world);
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = apply_in(tenant, NEW_ACCOUNT, environment);
    g_autoptr(json) document = run_document(run);
    assert_step(document, "account", "done");
    assert_int_equal(world_count_items(world, "kind", "practice/accountPassword"), 1);
    practice_end(tenant);
    world_free(world);
}

static struct run *password_in(const struct practice_tenant *tenant, const char *command, char **environment)
{
    const char *words[] = {"--practice-keyring", command, g_str_equal(command, "undo") ? "--yes" : NULL, NULL};
    g_auto(GStrv) line = perch_command_line(tenant, words);
    return run_program((const char *const *)line, (const char *const *)environment, "");
}

static void test_the_password_is_shown_once_more_and_goes_with_the_account(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    g_auto(GStrv) environment = world_environment(world);
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) early = password_in(tenant, "password", environment);
    assert_status(early, 1);
    assert_non_null(strstr(early->errors, "perch made no account in this tenant"));
    g_autoptr(Run) run = apply_in(tenant, NEW_ACCOUNT, environment);
    g_autoptr(json) record = practice_record(tenant);
    const json *body = only_post(record, "/v1.0/users");
    g_autofree char *wanted = g_strconcat(json_get_string(json_get(body, "passwordProfile"), "password"), "\n", NULL);
    for (int i = 0; i < 2; i++) {
        g_autoptr(Run) shown = password_in(tenant, "password", environment);
        assert_status(shown, 0);
        assert_string_equal(shown->output, wanted);
        assert_non_null(strstr(shown->errors, "First password of "));
    }
    g_autoptr(Run) undo = password_in(tenant, "undo", environment);
    assert_status(undo, 0);
    assert_int_equal(world_count_items(world, "kind", "practice/accountPassword"), 0);
    practice_end(tenant);
    world_free(world);
}

static void test_a_changed_password_is_kept_no_longer(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    g_auto(GStrv) environment = world_environment(world);
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = apply_in(tenant, NEW_ACCOUNT, environment);
    g_autoptr(Run) before = password_in(tenant, "check", environment);
    assert_int_equal(world_count_items(world, "kind", "practice/accountPassword"), 1);
    practice_change_by_hand(tenant, "users", NULL, "lastPasswordChangeDateTime", "2099-01-01T00:00:00Z");
    g_autoptr(Run) after = password_in(tenant, "check", environment);
    assert_non_null(strstr(after->errors, "its first password was changed"));
    assert_int_equal(world_count_items(world, "kind", "practice/accountPassword"), 0);
    practice_end(tenant);
    world_free(world);
}

static void test_signing_out_removes_the_password_too(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    g_auto(GStrv) environment = world_environment(world);
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = apply_in(tenant, NEW_ACCOUNT, environment);
    assert_int_equal(world_count_items(world, "kind", "practice/accountPassword"), 1);
    g_autoptr(Run) out = password_in(tenant, "sign-out", environment);
    assert_status(out, 0);
    assert_int_equal(world_count_items(world, "xdg:schema", "org.perch.SignIn"), 0);
    g_autoptr(Run) gone = password_in(tenant, "password", environment);
    assert_status(gone, 1);
    assert_non_null(strstr(gone->errors, "No first password of "));
    assert_string_equal(gone->output, "");
    practice_end(tenant);
    world_free(world);
}

static void test_without_a_place_for_the_password_no_account_is_made(void **state)
{
    (void)state;
    struct world *world = world_new();
    g_auto(GStrv) environment = world_environment(world);
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = apply_in(tenant, NEW_ACCOUNT, environment);
    g_autoptr(json) document = run_document(run);
    assert_step(document, "account", "failed");
    assert_reason(document, "could not be kept, so it was not created");
    assert_step(document, "group", "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", "/v1.0/users"), 0);
    practice_end(tenant);
    world_free(world);
}

#define NAMESPACE                                                                                                      \
    "/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg-mdr/providers/Microsoft.EventHub/"          \
    "namespaces/mdr-eh-ns01"
#define STREAMED                                                                                                       \
    "{\"account\":{\"mode\":\"create\",\"userPrincipalName\":\"onboarding@contoso.com\"" ROLE "},\"company\":"         \
    "\"Contoso\","                                                                                                     \
    "\"eventHub\":{\"resourceId\":\"" NAMESPACE "\",\"name\":\"telemetry\"}%s}"

static json *apply_streamed(const struct practice_tenant *tenant, const char *more)
{
    g_autofree char *answers = g_strdup_printf(STREAMED, more);
    return perch_apply(tenant, answers);
}

static void save_export(const struct practice_tenant *tenant)
{
    static const char *const type = "application/x-www-form-urlencoded";
    g_autofree char *accepted = practice_post(tenant, "/portal/invitation", type, "action=accept");
    g_autofree char *saved =
        practice_post(tenant, "/portal/streaming", type,
                      "name=MXDRPartner-Contoso&resourceId=" NAMESPACE "&hubName=telemetry&tables=all&action=save");
    assert_non_null(strstr(saved, "saved"));
}

static void test_the_role_can_be_taken_away_once_events_are_streamed(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    static const char *const decided = ",\"decisions\":{\"account-role\":\"remove\"}";
    g_autoptr(json) early = apply_streamed(tenant, decided);
    assert_step(early, "account", "done");
    g_autoptr(json) before = practice_record(tenant);
    assert_int_equal(count_writes(before, "DELETE", "/v1.0/roleManagement"), 0);
    save_export(tenant);
    g_autofree char *answers = g_strdup_printf(STREAMED, decided);
    g_autofree char *file = practice_answers(tenant, answers);
    g_autoptr(Run) plan = perch(tenant, "plan", "--json", "--answers", file, NULL);
    assert_status(plan, 3);
    assert_non_null(strstr(plan->output, "DELETE"));
    g_autoptr(json) taken = apply_streamed(tenant, decided);
    assert_step(taken, "streaming", "done");
    assert_step(taken, "account", "done");
    g_autoptr(json) again = apply_streamed(tenant, decided);
    assert_step(again, "account", "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "DELETE", "/v1.0/roleManagement"), 1);
    assert_int_equal(count_writes(record, "POST", "/v1.0/roleManagement"), 2); /* the account's and the group's */
    practice_end(tenant);
}

static int count_assignments(const struct practice_tenant *tenant, const char *method)
{
    g_autoptr(json) record = practice_record(tenant);
    return count_writes(record, method, "/v1.0/roleManagement");
}

/* That a role was taken away from one account says nothing about the next. */
static void test_a_new_account_after_an_undo_gets_its_role_again(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    static const char *const decided = ",\"decisions\":{\"account-role\":\"remove\"}";
    g_autoptr(json) early = apply_streamed(tenant, decided);
    save_export(tenant);
    g_autoptr(json) taken = apply_streamed(tenant, decided);
    assert_step(taken, "account", "done");
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    int before = count_assignments(tenant, "POST");
    int removed = count_assignments(tenant, "DELETE");
    g_autoptr(Run) plan = perch(tenant, "plan", "--json", NULL);
    assert_non_null(strstr(plan->output, "{account.id}"));
    g_autofree char *answers = g_strdup_printf(STREAMED, "");
    g_autofree char *file = practice_answers(tenant, answers);
    g_autoptr(Run) anew = perch_apply_as_planned(tenant, file);
    g_autoptr(json) again = run_document(anew);
    assert_step(again, "account", "done");
    assert_int_equal(count_assignments(tenant, "POST") - before, 2); /* the account's and the group's */
    assert_int_equal(count_assignments(tenant, "DELETE"), removed);
    practice_end(tenant);
}

/* Whoever holds that role holds the tenant: that somebody says yes to everything beforehand is not enough. */
static void test_a_global_administrator_is_not_made_unattended(void **state)
{
    (void)state;
    static const char *const answers[] = {
        ACCOUNT("\"mode\":\"create\",\"userPrincipalName\":\"onboarding@contoso.com\""),
        ACCOUNT(
            "\"mode\":\"create\",\"userPrincipalName\":\"onboarding@contoso.com\",\"role\":\"global-administrator\""),
    };
    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
        struct practice_tenant *tenant = practice_begin("fresh", NULL);
        g_autofree char *file = practice_answers(tenant, answers[i]);
        g_autoptr(Run) run = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
        assert_status(run, 5);
        assert_non_null(strstr(run->output, "makes a Global Administrator, and --yes does not cover that"));
        /* The plan that somebody is to approve says so before. */
        g_autofree char *saved = g_build_filename(practice_folder(tenant), "plan.json", NULL);
        g_autoptr(Run) shown = perch(tenant, "plan", NULL);
        g_autoptr(Run) told = perch(tenant, "plan", "--json", NULL);
        g_autoptr(Run) kept = perch(tenant, "plan", "--output", saved, NULL);
        g_autoptr(json) document = run_document(told);
        assert_non_null(strstr(shown->output, "! It makes a Global Administrator, and --yes does not cover that."));
        assert_non_null(strstr(kept->errors, "makes a Global Administrator, and --yes does not cover that"));
        assert_int_equal(json_length(json_get(document, "notCoveredByYes")), 1);
        g_autoptr(json) record = practice_record(tenant);
        assert_int_equal(count_writes(record, NULL, NULL), 0);
        practice_end(tenant);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_new_account_after_an_undo_gets_its_role_again),
        cmocka_unit_test(test_a_new_account_is_made_with_its_role_and_its_password_is_kept_nowhere),
        cmocka_unit_test(test_an_account_without_a_mail_address_does_and_is_named),
        cmocka_unit_test(test_a_new_account_is_made_once_and_undone),
        cmocka_unit_test(test_the_role_can_be_taken_away_once_events_are_streamed),
        cmocka_unit_test(test_the_password_is_kept_in_the_keyring),
        cmocka_unit_test(test_the_password_is_shown_once_more_and_goes_with_the_account),
        cmocka_unit_test(test_a_changed_password_is_kept_no_longer),
        cmocka_unit_test(test_signing_out_removes_the_password_too),
        cmocka_unit_test(test_without_a_place_for_the_password_no_account_is_made),
        cmocka_unit_test(test_a_global_administrator_is_not_made_unattended),
        cmocka_unit_test(test_an_existing_administrator_is_proved),
        cmocka_unit_test(test_another_role_than_the_wanted_one_is_named),
        cmocka_unit_test(test_a_user_without_a_role_is_refused),
        cmocka_unit_test(test_a_user_that_is_not_there_is_named),
        cmocka_unit_test(test_a_disabled_account_is_named),
        cmocka_unit_test(test_a_new_one_needs_a_verified_domain),
        cmocka_unit_test(test_a_name_that_is_taken_is_not_taken_over_unasked),
    };
    json_init();
    return run_journeys("account", tests, argc, argv);
}

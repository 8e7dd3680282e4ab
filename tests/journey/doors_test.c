/* SPDX-License-Identifier: MIT */
/*
 * Who else gets in by what perch opened: named, decided one by one, taken away or kept, and seen again later.
 */
#include "support/practice.h"

#include <string.h>

#define GROUP_MEMBERS "/v1.0/groups"
#define ROLES "/v1.0/roleManagement/directory/roleAssignments"
#define POLICIES "/v1.0/identityGovernance/entitlementManagement/assignmentPolicies"

static json *run_with(const struct practice_tenant *tenant, const char *command, const json *decisions, int *status)
{
    g_autoptr(json) answers = json_from("{'reviewers':['reviewer@contoso.com'],'sponsor':'sponsor@contoso.com',"
                                        "'defenderRoles':'unified','decisions':%j}",
                                        decisions);
    g_autofree char *text = json_text(answers);
    g_autofree char *file = practice_answers(tenant, text);
    const char *yes = strcmp(command, "apply") == 0 ? "--yes" : NULL;
    g_autoptr(Run) run = perch(tenant, command, "--json", "--answers", file, yes, NULL);
    if (status != NULL)
        *status = run->status;
    return run_document(run);
}

/* The decision that is offered as LABEL for the object KEY. */
static const char *offered(const json *document, const char *step, const char *key, const char *label)
{
    g_autofree char *answer = g_strconcat("decisions.", key, NULL);
    json_for_each (choice, json_get(find_step(document, step), "choices")) {
        if (strcmp(json_get_string(choice, "answer"), answer) == 0 &&
            strstr(json_get_string(choice, "label"), label) != NULL)
            return json_get_string(choice, "value");
    }
    fail_msg("“%s” is not offered for %s", label, key);
    return NULL;
}

static void assert_names(const json *document, const char *step, const char *words)
{
    const char *reason = json_get_string(find_step(document, step), "reason");
    if (reason == NULL || strstr(reason, words) == NULL)
        fail_msg("the reason of %s is “%s” and should name “%s”", step, reason, words);
}

static void test_everybody_who_gets_in_is_named(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("surplus-doors", NULL);
    g_autoptr(json) nothing = json_new_object();
    int status = 0;
    g_autoptr(json) document = run_with(tenant, "check", nothing, &status);
    assert_int_equal(status, 5);
    assert_step(document, "group", "differs");
    assert_names(document, "group", "member reviewer2@contoso.com");
    assert_names(document, "group", "owner sponsor@contoso.com");
    assert_names(document, "group", "directory role Global Administrator");
    assert_step(document, "access-package", "differs");
    assert_names(document, "access-package", "policy “Everybody”, open to everybody outside");
    assert_step(document, "consent", "differs");
    assert_names(document, "consent", "lacking Machine.LiveResponse");
    practice_end(tenant);
}

static void test_nothing_is_taken_away_unasked(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("surplus-doors", NULL);
    g_autoptr(json) nothing = json_new_object();
    g_autoptr(json) document = run_with(tenant, "apply", nothing, NULL);
    assert_step(document, "group", "differs");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "DELETE", NULL), 0);
    practice_end(tenant);
}

/* All at once, as the plan said; the plan's requests are those that are sent. */
static void test_they_are_taken_away_as_decided(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("surplus-doors", NULL);
    g_autoptr(json) nothing = json_new_object();
    g_autoptr(json) before = run_with(tenant, "check", nothing, NULL);
    g_autoptr(json) decisions = json_from("{'group-holders':%s,'package-holders':%s}",
                                          offered(before, "group", "group-holders", "Take away all that perch can"),
                                          offered(before, "access-package", "package-holders", "Take away: policy"));
    g_autoptr(json) plan = run_with(tenant, "plan", decisions, NULL);
    practice_clear_record(tenant);
    g_autoptr(json) done = run_with(tenant, "apply", decisions, NULL);
    g_autoptr(json) record = practice_record(tenant);
    assert_names(done, "group", "Others get in by the group, or get more by it: owner sponsor@contoso.com.");
    assert_step(done, "access-package", "done");
    assert_int_equal(count_writes(record, "DELETE", GROUP_MEMBERS), 1);
    assert_int_equal(count_writes(record, "DELETE", ROLES), 1);
    assert_int_equal(count_writes(record, "DELETE", POLICIES), 1);
    assert_int_equal(count_writes(record, NULL, NULL), json_length(json_get(plan, "requests")));
    practice_end(tenant);
}

/* What is kept is kept for this one and with its reason; the others stay differences. */
static void test_keeping_one_keeps_no_other(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("surplus-doors", NULL);
    g_autoptr(json) nothing = json_new_object();
    g_autoptr(json) before = run_with(tenant, "check", nothing, NULL);
    const char *keep = offered(before, "group", "group-holders", "Keep, and why: member");
    g_autofree char *without_reason = g_strdup(keep);
    g_autofree char *with_reason = g_strconcat(keep, "leads the analysts", NULL);
    g_autoptr(json) unsaid = json_from("{'group-holders':%s}", without_reason);
    g_autoptr(json) ignored = run_with(tenant, "check", unsaid, NULL);
    assert_names(ignored, "group", "member reviewer2@contoso.com");
    g_autoptr(json) said = json_from("{'group-holders':%s}", with_reason);
    g_autoptr(json) kept = run_with(tenant, "check", said, NULL);
    assert_step(kept, "group", "differs");
    assert_names(kept, "group", "Others get in by the group, or get more by it: directory role Global");
    g_autoptr(Run) report = perch(tenant, "report", NULL);
    assert_non_null(strstr(report->output, "leads the analysts"));
    practice_end(tenant);
}

/* Each layer that refuses is a cause of its own; and no step says done over it. */
static void test_a_partner_who_would_be_refused_is_not_done(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("partner-refused", NULL);
    g_autoptr(json) nothing = json_new_object();
    g_autoptr(json) document = run_with(tenant, "check", nothing, NULL);
    assert_step(document, "organization", "differs");
    assert_names(document, "organization", "all people of the partner are blocked (Entra > External Identities >");
    assert_names(document, "organization", "it does not allow the domain of the partner");
    assert_names(document, "organization", "“Guests from managed devices only” wants a compliant device");
    practice_end(tenant);
}

/* The notes of the step ID in DOCUMENT that begin with WORDS. */
static int count_notes(const json *document, const char *id, const char *words)
{
    int count = 0;
    json_for_each (note, json_get(find_step(document, id), "notes")) {
        count += g_str_has_prefix(json_string(note), words);
    }
    return count;
}

static void test_what_was_granted_leaves_nothing_untold(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("complete", NULL);
    g_autoptr(json) nothing = json_new_object();
    g_autoptr(json) document = run_with(tenant, "check", nothing, NULL);
    assert_step(document, "group", "done");
    assert_int_equal(count_notes(document, "group", "Not told"), 0);
    assert_int_equal(count_notes(document, "organization", "Cannot tell"), 0);
    practice_end(tenant);
}

/* A permission that was withheld leaves a cause unread, which is told wherever the others are. */
static void test_what_could_not_be_read_is_told(void **state)
{
    (void)state;
    static const char text[] =
        "{\"about\": \"The right to read terms of use is withheld.\", \"includes\": [\"complete\"],"
        " \"behaviour\": {\"withheldScopes\": [\"Agreement.Read.All\"]}}";
    g_autofree char *folder = scratch_new();
    g_autofree char *scenario = g_build_filename(folder, "terms-withheld.json", NULL);
    assert_true(g_file_set_contents(scenario, text, -1, NULL));
    struct practice_tenant *tenant = practice_begin(scenario, NULL);
    g_autoptr(json) nothing = json_new_object();
    g_autoptr(json) document = run_with(tenant, "check", nothing, NULL);
    g_autoptr(Run) report = perch(tenant, "report", NULL);
    assert_int_equal(count_notes(document, "organization", "Cannot tell: which terms of use"), 1);
    assert_non_null(strstr(report->output, "Cannot tell: which terms of use"));
    practice_end(tenant);
    scratch_remove(folder);
}

static void test_an_application_of_another_tenant_is_not_the_partners(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("foreign-application", NULL);
    g_autoptr(json) nothing = json_new_object();
    g_autoptr(json) document = run_with(tenant, "apply", nothing, NULL);
    assert_step(document, "organization", "differs");
    assert_names(document, "organization", "The partner is not one tenant: the tenant behind redcanary.com is ");
    /* Who the partner is no file decides while nobody looks. */
    g_autoptr(json) decided = json_from("{'partner-identity':'keep:0f0e0d0c-1111-4222-8333-444455556666|because'}");
    g_autoptr(json) unattended = run_with(tenant, "apply", decided, NULL);
    assert_step(unattended, "organization", "differs");
    g_autoptr(json) attended = run_with(tenant, "check", decided, NULL);
    assert_step(attended, "organization", "done");
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everybody_who_gets_in_is_named),
        cmocka_unit_test(test_nothing_is_taken_away_unasked),
        cmocka_unit_test(test_they_are_taken_away_as_decided),
        cmocka_unit_test(test_keeping_one_keeps_no_other),
        cmocka_unit_test(test_a_partner_who_would_be_refused_is_not_done),
        cmocka_unit_test(test_what_was_granted_leaves_nothing_untold),
        cmocka_unit_test(test_what_could_not_be_read_is_told),
        cmocka_unit_test(test_an_application_of_another_tenant_is_not_the_partners),
    };
    json_init();
    return run_journeys("doors", tests, argc, argv);
}

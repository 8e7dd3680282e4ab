/* SPDX-License-Identifier: MIT */
/*
 * Leaving the partner: people first, then what lets them in, in the order that Microsoft allows; what was made by hand
 * only where the answers say so; and nothing before the tenant was named.
 */
#include <string.h>

#include "support/background.h"
#include "support/practice.h"

#define NAMESPACE                                                                                                      \
    "/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg-mdr/providers/Microsoft.EventHub/"          \
    "namespaces/mdr-eh-ns01"
#define GOVERNANCE "/v1.0/identityGovernance/entitlementManagement"

/* The place of the first METHOD whose path begins with PATH, from 1; 0: there is none that was answered with success.
 */
static int place_of(const json *record, const char *method, const char *path)
{
    int place = 0;
    json_for_each (entry, record) {
        const char *full = json_get_string(entry, "path");
        gint64 status = json_get_int(entry, "status", 0);
        place++;
        if (g_strcmp0(json_get_string(entry, "method"), method) == 0 && g_str_has_prefix(full, path) && status >= 200 &&
            status < 300)
            return place;
    }
    return 0;
}

static void assert_in_order(const json *record)
{
    static const char *const rows[][2] = {
        {"POST", GOVERNANCE "/assignmentRequests"},
        {"DELETE", GOVERNANCE "/assignmentPolicies/"},
        {"DELETE", GOVERNANCE "/accessPackages/"},
        {"POST", GOVERNANCE "/resourceRequests"},
        {"DELETE", GOVERNANCE "/catalogs/"},
        {"DELETE", GOVERNANCE "/connectedOrganizations/"},
        {"DELETE", "/v1.0/roleManagement/directory/ro"},
        {"DELETE", "/v1.0/groups/"},
    };
    int before = 0;
    for (gsize i = 0; i + 1 < G_N_ELEMENTS(rows); i++) {
        int place = place_of(record, rows[i][0], rows[i][1]);
        if (place <= before)
            fail_msg("%s %s was sent as number %d, after number %d", rows[i][0], rows[i][1], place, before);
        before = place;
    }
}

static void assert_says(const char *text, const char *words)
{
    g_autofree char *said = text_unbroken(text);
    if (strstr(said, words) == NULL)
        fail_msg("expected “%s” in:\n%s", words, text);
}

/* The analysts had come in, one more had asked, and everything had been made in the portals. */
static void test_what_was_made_by_hand_goes_by_decision(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("open-requests", NULL);
    g_autoptr(Run) people = perch(tenant, "leave", "--yes", "--json", NULL);
    assert_status(people, 5);
    g_autoptr(json) first = run_document(people);
    assert_int_equal(json_get_bool(json_get(first, "leave"), "gone", TRUE), FALSE);
    assert_true(json_length(json_get_path(first, "leave.undecided")) > 5);
    g_autoptr(json) between = practice_record(tenant);
    g_autoptr(Run) undecided = perch(tenant, "check", NULL);
    assert_status(undecided, 5);
    assert_says(undecided->output, "still has what perch did not make: ");
    assert_int_equal(count_writes(between, "DELETE", GOVERNANCE), 0);
    assert_int_equal(count_writes(between, "POST", GOVERNANCE "/assignmentRequests"), 2);

    g_autoptr(GString) answers = g_string_new(
        "{\"company\":\"Contoso\",\"account\":{\"userPrincipalName\":\"admin@contoso.onmicrosoft.com\"},"
        "\"eventHub\":{\"resourceId\":\"" NAMESPACE
        "\",\"name\":\"telemetry\"},\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"],"
        "\"graphApplicationId\":\"8f6a0f36-8c0c-4b43-9d7b-2a8b7f0a4c55\",\"leave\":{");
    static const char *const keys[] = {"export",
                                       "application",
                                       "graph-application",
                                       "policy",
                                       "role-scope",
                                       "access-package",
                                       "catalog-resource",
                                       "catalog",
                                       "defender-role-assignment",
                                       "defender-role-definition",
                                       "sponsor",
                                       "organization",
                                       "group-role",
                                       "group"};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        g_string_append_printf(answers, "%s\"%s\":\"remove\"", i > 0 ? "," : "", keys[i]);
    g_string_append(answers, "}}");
    g_autofree char *file = practice_answers(tenant, answers->str);
    g_autoptr(Run) left = perch(tenant, "leave", "--yes", "--json", "--answers", file, NULL);
    g_autoptr(json) document = run_document(left);
    g_autoptr(json) record = practice_record(tenant);
    assert_in_order(record);
    g_autoptr(json) held = practice_state(tenant);
    assert_int_equal(json_length(json_get_path(held, "objects.accessPackages")), 0);
    assert_int_equal(json_length(json_get_path(held, "objects.connectedOrganizations")), 0);
    assert_status(left, 0);
    assert_int_equal(json_get_bool(json_get(document, "leave"), "gone", FALSE), TRUE);
    assert_true(json_length(json_get_path(document, "leave.byHand")) > 0);
    g_autoptr(Run) again = perch(tenant, "leave", NULL);
    assert_status(again, 0);
    assert_non_null(strstr(again->output, "Nothing of Red Canary's that perch can read is left"));
    g_autoptr(Run) report = perch(tenant, "report", NULL);
    assert_says(report->output, "14 were removed");
    assert_says(report->output, "perch does not bring back what it removed: ");
    assert_says(report->output,
                "changed what the application was granted (taken away: permission Machine.LiveResponse)");
    practice_end(tenant);
}

/* Whoever leaves, maybe years later and on another machine, knows none of the answers that it began with: what goes is
 * found without, and only what cannot be is named. */
static void test_leaving_needs_no_answer_of_the_beginning(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("complete", NULL);
    g_autofree char *file =
        practice_answers(tenant, "{\"leave\":{\"export\":\"remove\",\"policy\":\"remove\",\"role-scope\":\"remove\","
                                 "\"access-package\":\"remove\",\"organization\":\"remove\",\"group\":\"keep\"}}");
    g_autoptr(Run) left = perch(tenant, "leave", "--yes", "--json", "--answers", file, NULL);
    assert_status(left, 5);
    g_autoptr(json) document = run_document(left);
    g_autofree char *open = json_text(json_get_path(document, "leave.undecided"));
    assert_says(open, "Application id");
    static const char *const not_asked[] = {"Company", "Reviewers", "Sponsor", "sponsor", "Resource ID"};
    for (gsize i = 0; i < G_N_ELEMENTS(not_asked); i++)
        if (strstr(open, not_asked[i]) != NULL)
            fail_msg("“%s” is asked for to leave: %s", not_asked[i], open);
    g_autoptr(json) held = practice_state(tenant);
    assert_int_equal(json_length(json_get_path(held, "objects.assignmentPolicies")), 0);
    assert_int_equal(json_length(json_get_path(held, "objects.connectedOrganizations")), 0);
    g_autoptr(json) record = practice_record(tenant);
    assert_true(count_writes(record, "DELETE", "/api/dataExportSettings/MXDRPartner-Contoso") > 0);
    practice_end(tenant);
}

/* What stays goes on doing what it does, which is said of it; how it is removed is said of nothing that is gone, or was
 * decided to stay. */
static void test_what_stays_goes_on(void **state)
{
    static const struct {
        const char *word;
        gboolean goes_on;
    } rows[] = {{"keep", TRUE}, {"remove", FALSE}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct practice_tenant *tenant = practice_begin("complete", NULL);
        g_autofree char *answers = g_strdup_printf("{\"leave\":{\"export\":\"%s\"}}", rows[i].word);
        g_autofree char *file = practice_answers(tenant, answers);
        g_autoptr(Run) before = perch(tenant, "leave", "--answers", file, NULL);
        g_autoptr(Run) left = perch(tenant, "leave", "--yes", NULL);
        if ((strstr(left->output, "Red Canary receives events by it as long as it stays") != NULL) != rows[i].goes_on)
            fail_msg("decided: %s:\n%s", rows[i].word, left->output);
        g_autoptr(Run) page = perch(tenant, "report", "--format", "markdown", NULL);
        assert_int_equal(strstr(page->output, "stays, as decided: streaming export") != NULL, rows[i].goes_on);
        if (rows[i].goes_on)
            assert_says(before->output, "Red Canary receives events by it as long as it stays");
        assert_says(left->output, "Ask the partner to confirm");
        assert_null(strstr(left->output, "If the streaming export cannot be removed here"));
        practice_end(tenant);
    }
}

/* That an export of the partner's name goes to somebody else's hub stands in the question, and nowhere that the partner
 * receives by it. */
static void test_where_an_export_goes_is_said_when_it_is_asked_about(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("complete", NULL);
    g_autofree char *file = practice_answers(
        tenant, "{\"company\":\"Contoso\",\"eventHub\":{\"name\":\"telemetry\",\"resourceId\":\"/subscriptions/"
                "5b0e8f4c-5a5f-4c58-8d7a-"
                "3f6d1f0a9c21/resourceGroups/rg/providers/Microsoft.EventHub/namespaces/siem-of-another\"}}");
    g_autoptr(Run) asked = perch(tenant, "leave", "--yes", "--json", "--answers", file, NULL);
    g_autoptr(json) document = run_document(asked);
    g_autofree char *open = json_text(json_get_path(document, "leave.undecided"));
    assert_says(open, "Event Hub: found a hub in namespace “");
    assert_null(strstr(asked->output, "Red Canary receives events by it"));
    g_autoptr(Run) page = perch(tenant, "report", "--format", "markdown", "--answers", file, NULL);
    assert_says(page->output, "these events go to a hub in namespace");
    assert_null(strstr(page->output, "the Event Hub that was given here receives these events"));
    practice_end(tenant);
}

/* Of a step that was left out, nothing is asked for to leave either. */
static void test_what_was_left_out_keeps_nobody_from_leaving(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh-no-export", NULL);
    g_autofree char *file =
        practice_answers(tenant, "{\"skip\":{\"graph-alerts\":{\"by\":\"ann\",\"reason\":\"not used\"}}}");
    g_autoptr(Run) left = perch(tenant, "leave", "--yes", "--json", "--answers", file, NULL);
    assert_status(left, 0);
    g_autoptr(json) document = run_document(left);
    g_autofree char *open = json_text(json_get_path(document, "leave.undecided"));
    g_autofree char *by_hand = json_text(json_get_path(document, "leave.byHand"));
    assert_string_equal(open, "[]");
    assert_says(by_hand, "“Graph alerts” was left out, so perch never knew what to look for");
    practice_end(tenant);
}

/* What leaving took away is made again by no job that runs each night, and nothing asks for it; a plan that somebody
 * looked at makes it again, and with that the job goes on too. ALSO: what is done before, NULL: nothing. */
static void leave_and_go_on(const char *also)
{
    struct practice_tenant *tenant = practice_begin("fresh-no-export", NULL);
    g_autofree char *answers =
        practice_answers(tenant, "{\"skip\":{\"graph-alerts\":{\"by\":\"ann\",\"reason\":\"not used\"}}}");
    g_autoptr(Run) made = perch(tenant, "apply", "--yes", "--answers", answers, NULL);
    assert_says(made->output, "Red Canary");
    g_autoptr(Run) before = also != NULL ? perch(tenant, also, "--yes", NULL) : NULL;
    g_autoptr(Run) left = perch(tenant, "leave", "--yes", NULL);
    assert_status(left, 0);
    practice_clear_record(tenant);
    g_autoptr(Run) nightly = perch(tenant, "apply", "--yes", NULL);
    assert_status(nightly, 5);
    assert_says(nightly->errors, "Nothing was sent: Red Canary was left on ");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    g_autoptr(Run) plan = perch(tenant, "plan", NULL);
    assert_status(plan, 5);
    assert_says(plan->output, "Red Canary was left on ");
    g_autoptr(Run) check = perch(tenant, "check", NULL);
    assert_status(check, 0);
    assert_says(check->output, "not done, and nothing asks for it");
    assert_says(check->output, " 0 left, 0 need a person, ");
    g_autoptr(Run) known = perch(tenant, "tenants", NULL);
    assert_says(known->output, "Red Canary was left on ");
    g_autoptr(Run) handed = perch(tenant, "hand-over", NULL);
    assert_says(handed->errors, "written for a colleague, Red Canary was left on ");
    g_autoptr(json) hand_over = run_document(handed);
    assert_int_equal(json_length(json_get(hand_over, "left")), 0);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "plan.json", NULL);
    g_autoptr(Run) saved = perch(tenant, "plan", "--output", file, NULL);
    g_autoptr(Run) again = perch(tenant, "apply", "--plan", file, "--yes", "--json", NULL);
    g_autoptr(json) document = run_document(again);
    assert_step(document, "group", "done");
    assert_null(json_get(document, "wasLeft"));
    g_autoptr(Run) on = perch(tenant, "apply", "--yes", NULL);
    assert_null(strstr(on->errors, "Nothing was sent"));
    practice_end(tenant);
}

static void test_what_was_left_is_not_made_again_unasked(void **state)
{
    (void)state;
    leave_and_go_on(NULL);
    leave_and_go_on("undo");
}

/* All was made, and undone again. */
static struct practice_tenant *begin_undone(void)
{
    struct practice_tenant *tenant = practice_begin("fresh-no-export", NULL);
    g_autoptr(Run) made = perch(tenant, "apply", "--yes", NULL);
    assert_says(made->output, "Red Canary");
    g_autoptr(Run) undone = perch(tenant, "undo", "--yes", NULL);
    assert_status(undone, 0);
    return tenant;
}

/* So does nobody make again what was undone: the plan says first what it would bring back. */
static void test_what_was_undone_is_not_made_again_unasked(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh-no-export", NULL);
    g_autoptr(Run) made = perch(tenant, "apply", "--yes", NULL);
    assert_says(made->output, "Red Canary");
    g_autoptr(Run) undone = perch(tenant, "undo", "--yes", NULL);
    assert_status(undone, 0);
    assert_says(undone->errors, "Undo: ");
    practice_clear_record(tenant);
    g_autoptr(Run) nightly = perch(tenant, "apply", "--yes", NULL);
    assert_status(nightly, 5);
    assert_says(nightly->errors, "Nothing was sent: what perch had made was undone on ");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    g_autoptr(Run) check = perch(tenant, "check", NULL);
    assert_status(check, 5);
    assert_says(check->output, "What perch had made was undone on ");
    g_autofree char *file = g_build_filename(practice_folder(tenant), "plan.json", NULL);
    g_autoptr(Run) plan = perch(tenant, "plan", NULL);
    assert_status(plan, 5);
    assert_says(plan->output, "; this plan makes it again.");
    g_autoptr(Run) saved = perch(tenant, "plan", "--output", file, NULL);
    g_autoptr(Run) again = perch(tenant, "apply", "--plan", file, "--yes", "--json", NULL);
    g_autoptr(json) document = run_document(again);
    assert_step(document, "group", "done");
    assert_null(json_get(document, "wasUndone"));
    g_autoptr(Run) on = perch(tenant, "apply", "--yes", NULL);
    assert_null(strstr(on->errors, "Nothing was sent"));
    practice_end(tenant);
}

/* A colleague connects the partner again from another machine: the job on this one goes on once it found that so. */
static void test_what_another_machine_made_again_is_not_undone_any_more(void **state)
{
    (void)state;
    struct practice_tenant *tenant = begin_undone();
    g_autofree char *elsewhere = g_build_filename(practice_folder(tenant), "elsewhere", NULL);
    g_autofree char *anew = practice_answers(tenant, "{\"decisions\":{\"group\":\"create\"}}");
    g_autoptr(Run) colleague = perch(tenant, "apply", "--yes", "--state-dir", elsewhere, "--answers", anew, NULL);
    assert_null(strstr(colleague->errors, "Nothing was sent"));
    g_autoptr(Run) nightly = perch(tenant, "apply", "--yes", "--json", NULL);
    g_autoptr(json) found = run_document(nightly);
    assert_step(found, "group", "done");
    assert_null(json_get(found, "wasUndone"));
    g_autoptr(Run) check = perch(tenant, "check", "--json", NULL);
    g_autoptr(json) after = run_document(check);
    assert_null(json_get(after, "wasUndone"));
    practice_end(tenant);
}

/* Nor by a colleague, who was handed over to, until he says so. */
static void test_a_hand_over_tells_of_an_undo(void **state)
{
    (void)state;
    struct practice_tenant *tenant = begin_undone();
    g_autofree char *file = g_build_filename(practice_folder(tenant), "handed.json", NULL);
    g_autofree char *elsewhere = g_build_filename(practice_folder(tenant), "elsewhere", NULL);
    g_autoptr(Run) given = perch(tenant, "hand-over", "--output", file, NULL);
    assert_status(given, 0);
    g_autofree char *text = read_text(file);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    practice_clear_record(tenant);
    g_autoptr(Run) colleague = perch(tenant, "apply", "--yes", "--state-dir", elsewhere, "--answers", file,
                                     "--answers-sha256", sum, "--tenant", "contoso.onmicrosoft.com", NULL);
    assert_status(colleague, 5);
    assert_says(colleague->output, "What perch had made was undone on ");
    assert_says(colleague->output, ", according to the hand-over of admin@contoso.onmicrosoft.com");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    practice_end(tenant);
}

/* Half of it is not said as the whole. */
static void test_an_undo_that_left_some_says_so(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh-no-export", NULL);
    g_autoptr(Run) made = perch(tenant, "apply", "--yes", NULL);
    assert_says(made->output, "Red Canary");
    arm_fault(tenant, "{'method':'DELETE','path':'/v1.0/groups','status':403,'times':9}");
    g_autoptr(Run) undone = perch(tenant, "undo", "--yes", NULL);
    assert_status(undone, 1);
    g_autoptr(Run) check = perch(tenant, "check", NULL);
    assert_says(check->output, "Part of what perch had made was undone on ");
    g_autoptr(Run) nightly = perch(tenant, "apply", "--yes", NULL);
    assert_status(nightly, 5);
    assert_says(nightly->errors, "Nothing was sent: part of what perch had made was undone on ");
    practice_end(tenant);
}

/* What undo and leave would send is shown where nobody is there to agree to it, and not sent. */
static void test_what_would_go_is_shown_without_a_terminal(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh-no-export", NULL);
    g_autoptr(Run) made = perch(tenant, "apply", "--yes", NULL);
    assert_says(made->output, "Red Canary");
    practice_clear_record(tenant);
    static const char *const commands[] = {"undo", "leave"};
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_autoptr(Run) shown = perch(tenant, commands[i], NULL);
        assert_status(shown, 5);
        assert_says(shown->output, "DELETE ");
        assert_says(shown->errors, "Look at the plan above, then use --yes");
        g_autoptr(Run) document = perch(tenant, commands[i], "--json", NULL);
        assert_status(document, 5);
        g_autoptr(json) read = run_document(document);
        assert_true(json_length(json_get(read, "requests")) > 0);
    }
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    practice_end(tenant);
}

/* To take something away less of it is needed than to compare it; what is shown at the end is compared with all of it.
 */
static void test_what_stays_is_compared_whole(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("complete", NULL);
    g_autofree char *file =
        practice_answers(tenant, "{\"company\":\"Contoso\",\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":["
                                 "\"reviewer2@contoso.com\"]}");
    g_autoptr(Run) run = perch(tenant, "leave", "--yes", "--json", "--answers", file, NULL);
    g_autoptr(json) document = run_document(run);
    g_autofree char *package = json_text(find_step(document, "access-package"));
    assert_says(package, "reviewSettings.primaryReviewers");
    assert_null(strstr(package, "organization.id"));
    g_autofree char *undecided = json_text(json_get_path(document, "leave.undecided"));
    assert_says(undecided, "policy “Red Canary”");
    assert_null(strstr(undecided, "organization.id"));
    practice_end(tenant);
}

/* Without a word of a person nothing is sent. */
static void test_nothing_goes_before_the_tenant_is_named(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("open-requests", NULL);
    g_autoptr(Run) run = perch(tenant, "leave", NULL);
    assert_status(run, 5);
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    practice_end(tenant);
}

/* No API shows a classic role and who has device groups, and a deleted group can be restored: what was told is named
 * with the rest that only a person can do, and nothing is claimed of it. */
static void test_what_was_told_is_named_and_not_called_gone(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) made =
        perch_apply(tenant, "{\"company\":\"Contoso\",\"defenderRoles\":\"classic\",\"deviceGroups\":{\"used\":true},"
                            "\"done\":{\"defender-role\":{\"by\":\"ann\"},\"device-groups\":{\"by\":\"ann\"}}}");
    assert_step(made, "defender-role", "told");
    assert_step(made, "device-groups", "told");
    g_autoptr(Run) before = perch(tenant, "report", NULL);
    assert_says(before->output, "by hand, as it was told and cannot be read: Defender role, Device groups");

    g_autofree char *file =
        practice_answers(tenant, "{\"eventHub\":{\"resourceId\":\"" NAMESPACE "\",\"name\":\"telemetry\"},"
                                 "\"graphApplicationId\":\"8f6a0f36-8c0c-4b43-9d7b-2a8b7f0a4c55\"}");
    g_autoptr(Run) left = perch(tenant, "leave", "--yes", "--answers", file, NULL);
    assert_status(left, 0);
    assert_says(left->output, "Nothing of Red Canary's that perch can read is left");
    assert_says(left->output, "What it cannot read, or not take away, stands below.");
    assert_says(left->output, "The classic Defender role, which was told and no API shows");
    assert_says(left->output, "Device groups, which were told and no API shows");
    assert_says(left->output, "The group “Red Canary” is in the recycle bin until ");
    assert_says(left->output, "Deleted groups > that one > Delete permanently");

    g_autoptr(Run) check = perch(tenant, "check", "--json", NULL);
    g_autoptr(json) after = run_document(check);
    assert_step(after, "defender-role", "blocked");
    assert_step(after, "device-groups", "blocked");
    g_autoptr(Run) report = perch(tenant, "report", NULL);
    assert_says(report->output, " were removed");
    assert_says(report->output, "removed 20");
    assert_says(report->output, "by hand, as it was told and cannot be read: Defender role, Device groups");
    practice_end(tenant);
}

static gboolean catalog_is_gone(gconstpointer data)
{
    return count_held(data, "catalogs", "displayName", "Red Canary Access") == 0;
}

/* The command of WORDS is killed once the catalog is gone and before it has the answer, and TENANT with it. */
static void kill_once_the_catalog_is_gone(struct practice_tenant *tenant, const char *const *words)
{
    assert_int_equal(count_held(tenant, "catalogs", "displayName", "Red Canary Access"), 1);
    arm_fault(tenant, "{'method':'DELETE','path':'" GOVERNANCE "/catalogs','delayMs':30000}");
    struct background *running = background_start(tenant, words, NULL);
    gboolean came = wait_until(catalog_is_gone, tenant);
    background_kill(running);
    g_autoptr(Run) killed = background_end(running);
    if (!came)
        fail_msg("the request never came: %s", killed->errors);
    practice_restart(tenant, TRUE);
}

/* Whoever gets in by the catalog cannot be asked for any more, and nobody does. */
static void test_what_was_gone_before_a_kill_does_not_fail_the_next_run(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file =
        practice_answers(tenant, "{\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"]}");
    g_autoptr(Run) made = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
    kill_once_the_catalog_is_gone(tenant, (const char *const[]){"leave", "--yes", "--answers", file, NULL});
    g_autoptr(Run) left = perch(tenant, "leave", "--yes", "--answers", file, NULL);
    assert_status(left, 5); /* what nobody has told yet is left, and nothing failed */
    assert_null(strstr(left->output, "404"));
    assert_int_equal(count_held(tenant, "groups", "displayName", "Red Canary"), 0);
    practice_end(tenant);
}

/* Nothing that was to go went: nobody reads that the partner was left. */
static void test_a_leaving_that_was_refused_is_not_called_one(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) made = perch(tenant, "apply", "--yes", "--json", NULL);
    arm_fault(tenant, "{'method':'DELETE','path':'/v1.0','status':403,'times':99}");
    g_autoptr(Run) refused = perch(tenant, "leave", "--yes", "--json", NULL);
    assert_status(refused, 1);
    practice_restart(tenant, TRUE);
    g_autoptr(Run) check = perch(tenant, "check", "--json", NULL);
    g_autoptr(json) document = run_document(check);
    assert_non_null(strstr(json_get_string(document, "wasLeft"), "Leaving Red Canary was begun on "));
    g_autoptr(Run) left = perch(tenant, "leave", "--yes", "--json", NULL);
    g_autoptr(json) after = run_document(left);
    assert_null(strstr(json_get_string(after, "wasLeft"), "was begun"));
    practice_end(tenant);
}

/* What a killed undo, or leaving, had taken away shows only once its doubt is settled: within a run of the night, which
 * does not make it again. */
static void test_what_was_taken_away_before_a_kill_is_not_made_again_unasked(void **state)
{
    static const char *const commands[] = {"undo", "leave"};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        struct practice_tenant *tenant = practice_begin("fresh", NULL);
        g_autoptr(Run) made = perch(tenant, "apply", "--yes", "--json", NULL);
        kill_once_the_catalog_is_gone(tenant, (const char *const[]){commands[i], "--yes", NULL});
        practice_clear_record(tenant);
        g_autoptr(Run) nightly = perch(tenant, "apply", "--yes", "--json", NULL);
        assert_status(nightly, 5);
        assert_non_null(strstr(nightly->output, "not made again unasked"));
        g_autoptr(json) record = practice_record(tenant);
        assert_int_equal(count_writes(record, NULL, NULL), 0);
        practice_end(tenant);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_made_by_hand_goes_by_decision),
        cmocka_unit_test(test_leaving_needs_no_answer_of_the_beginning),
        cmocka_unit_test(test_what_stays_goes_on),
        cmocka_unit_test(test_where_an_export_goes_is_said_when_it_is_asked_about),
        cmocka_unit_test(test_what_was_left_out_keeps_nobody_from_leaving),
        cmocka_unit_test(test_what_was_told_is_named_and_not_called_gone),
        cmocka_unit_test(test_what_stays_is_compared_whole),
        cmocka_unit_test(test_what_was_left_is_not_made_again_unasked),
        cmocka_unit_test(test_what_was_undone_is_not_made_again_unasked),
        cmocka_unit_test(test_what_another_machine_made_again_is_not_undone_any_more),
        cmocka_unit_test(test_a_hand_over_tells_of_an_undo),
        cmocka_unit_test(test_an_undo_that_left_some_says_so),
        cmocka_unit_test(test_what_would_go_is_shown_without_a_terminal),
        cmocka_unit_test(test_nothing_goes_before_the_tenant_is_named),
        cmocka_unit_test(test_what_was_gone_before_a_kill_does_not_fail_the_next_run),
        cmocka_unit_test(test_what_was_taken_away_before_a_kill_is_not_made_again_unasked),
        cmocka_unit_test(test_a_leaving_that_was_refused_is_not_called_one),
    };
    json_init();
    return run_journeys("leave", tests, argc, argv);
}

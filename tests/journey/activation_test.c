/* SPDX-License-Identifier: MIT */
/*
 * Activating what an account is eligible for: only where somebody decided so, the least role, once, with what the rules
 * want; and giving it back.
 */
#include <string.h>

#include "support/background.h"
#include "support/practice.h"

#define ROLES "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests"
#define MEMBERSHIPS "/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests"
#define GLOBAL "62e90394-69f5-4237-9190-012177145e10"
#define PEOPLE "\"company\":\"Contoso\",\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"]"
#define REASON "\"activation\":{\"reason\":\"Defender onboarding\"}"
#define ROLE "{" PEOPLE ",\"decisions\":{\"role-activation\":\"create\"}," REASON "}"
#define MEMBERSHIP "{" PEOPLE ",\"decisions\":{\"activate-group\":\"create\"},\"activation\":{%s}}"
#define PRIVILEGED_ONLY "{" PEOPLE ",\"decisions\":{\"activate-privileged\":\"create\"}," REASON "}"
#define GIVE_BACK "{" PEOPLE ",\"decisions\":{\"activate-global\":\"remove\"}}"

enum { STATUS_FAILED = 1, STATUS_LEFT = 3, STATUS_WAITING = 4, STATUS_PERSON = 5 };

static struct run *run_with(const struct practice_tenant *tenant, const char *command, const char *answers)
{
    g_autofree char *file = practice_answers(tenant, answers);
    return perch(tenant, command, strcmp(command, "apply") == 0 ? "--yes" : "--json", "--json", "--answers", file,
                 NULL);
}

static json *apply(const struct practice_tenant *tenant, const char *answers, int status)
{
    g_autoptr(Run) run = run_with(tenant, "apply", answers);
    if (status >= 0)
        assert_status(run, status);
    return run_document(run);
}

static int writes(const struct practice_tenant *tenant, const char *path)
{
    g_autoptr(json) record = practice_record(tenant);
    return count_writes(record, NULL, path);
}

static const char *reason_of(const json *document, const char *step)
{
    return json_get_string(find_step(document, step), "reason");
}

static void assert_says(const char *text, const char *words)
{
    if (text == NULL || strstr(text, words) == NULL)
        fail_msg("“%s” should say “%s”", text, words);
}

/* The label of the choice ANSWER of the first step; NULL if it is not offered. */
static const char *offer(const json *document, const char *answer)
{
    const json *choice = json_find(json_get(find_step(document, "sign-in"), "choices"), "answer", answer);
    return json_get_string(choice, "label");
}

/* Run COMMAND until the first step is not in STATE any more. Caller frees. */
static json *run_until_not(const struct practice_tenant *tenant, const char *command, const char *state)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    for (;;) {
        g_autoptr(Run) run = run_with(tenant, command, "{" PEOPLE "}");
        g_autoptr(json) document = run_document(run);
        if (g_strcmp0(json_get_string(find_step(document, "sign-in"), "state"), state) != 0)
            return g_steal_pointer(&document);
        if (g_get_monotonic_time() > deadline)
            fail_msg("the first step is %s for a minute", state);
    }
}

/* Each write after the first request of RECORD that went to PATH. */
static int writes_before(const json *record, const char *path)
{
    int count = 0;
    json_for_each (line, record) {
        const char *asked = json_get_string(line, "path");
        if (strcmp(json_get_string(line, "method"), "GET") == 0 || !g_str_has_prefix(asked, "/v1.0/"))
            continue;
        if (strcmp(asked, path) == 0)
            return count;
        count++;
    }
    return -1;
}

/* An hour of it is longer than a few runs, and so is what an approval takes. */
static const char *const slower[] = {"--clock-rate", "100", NULL};

static void test_nothing_is_activated_unasked(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("eligible-admin", slower);
    g_autoptr(json) document = apply(tenant, "{" PEOPLE "," REASON "}", STATUS_PERSON);
    assert_step(document, "sign-in", "differs");
    assert_string_equal(offer(document, "decisions.activate-global"),
                        "Activate Global Administrator for 4 hours; its rules want a reason");
    assert_null(offer(document, "decisions.activate-privileged"));
    assert_int_equal(writes(tenant, NULL), 0);
    practice_end(tenant);
}

/* The plan has it first, and the rest as it will be with the role; apply sends that and nothing else. */
static void test_a_role_is_activated_once_and_the_rest_goes_on_with_it(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("eligible-admin", slower);
    g_autoptr(Run) planned = run_with(tenant, "plan", ROLE);
    assert_status(planned, STATUS_LEFT);
    g_autoptr(json) plan = run_document(planned);
    const json *requests = json_get(plan, "requests");
    const json *first = json_at(requests, 0);
    assert_true(g_str_has_suffix(json_get_string(first, "url"), ROLES));
    const json *body = json_get(first, "body");
    assert_string_equal(json_get_string(body, "action"), "selfActivate");
    assert_string_equal(json_get_string(body, "roleDefinitionId"), GLOBAL);
    assert_string_equal(json_get_string(body, "justification"), "Defender onboarding");
    assert_string_equal(json_string(json_get_path(body, "scheduleInfo.startDateTime")), "{now}");
    assert_int_equal(writes(tenant, NULL), 0);
    g_autoptr(json) document = apply(tenant, ROLE, STATUS_PERSON);
    assert_step(document, "sign-in", "done");
    assert_step(document, "group", "done");
    assert_step(document, "access-package", "done");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(writes_before(record, ROLES), 0);
    assert_int_equal(count_writes(record, NULL, ROLES), 1);
    assert_int_equal(count_writes(record, NULL, NULL), json_length(requests));
    g_autoptr(json) again = apply(tenant, ROLE, STATUS_PERSON);
    assert_int_equal(writes(tenant, NULL), json_length(requests));
    practice_end(tenant);
}

static void test_it_is_given_back_where_that_is_decided(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("eligible-admin", slower);
    g_autoptr(json) active = apply(tenant, ROLE, STATUS_PERSON);
    assert_string_equal(offer(active, "decisions.activate-global"), "Give it back");
    g_autoptr(Run) planned = run_with(tenant, "plan", GIVE_BACK);
    /* Microsoft takes nothing back within five minutes, which are a moment of the practice clock. */
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    g_autoptr(json) plan = run_document(planned);
    while (json_length(json_get(plan, "requests")) == 0 && g_get_monotonic_time() < deadline) {
        run_free(planned);
        json_free(plan);
        planned = run_with(tenant, "plan", GIVE_BACK);
        plan = run_document(planned);
    }
    assert_status(planned, STATUS_LEFT);
    const json *request = json_at(json_get(plan, "requests"), 0);
    assert_int_equal(json_length(json_get(plan, "requests")), 1);
    assert_string_equal(json_string(json_get_path(request, "body.action")), "selfDeactivate");
    g_autoptr(json) document = apply(tenant, GIVE_BACK, STATUS_PERSON);
    assert_step(document, "sign-in", "differs");
    assert_step(document, "group", "done");
    assert_int_equal(writes(tenant, ROLES), 2);
    g_autoptr(json) again = apply(tenant, GIVE_BACK, STATUS_PERSON);
    assert_int_equal(writes(tenant, ROLES), 2);
    assert_non_null(offer(again, "decisions.activate-global"));
    practice_end(tenant);
}

/* It ends by itself, and is not begun again because it was decided once. */
static void test_what_has_ended_is_not_begun_again(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("eligible-admin", slower);
    g_autoptr(json) active = apply(tenant,
                                   "{" PEOPLE ",\"decisions\":{\"activate-global\":\"create\"},\"activation\":"
                                   "{\"reason\":\"a\",\"hours\":1}}",
                                   STATUS_PERSON);
    assert_step(active, "sign-in", "done");
    practice_quicken(tenant, "6000");
    practice_clear_record(tenant);
    g_autoptr(json) ended = run_until_not(tenant, "check", "done");
    assert_step(ended, "sign-in", "differs");
    g_autoptr(json) document = apply(tenant, "{" PEOPLE "}", STATUS_PERSON);
    assert_step(document, "sign-in", "differs");
    assert_int_equal(writes(tenant, NULL), 0);
    practice_end(tenant);
}

static void test_a_group_is_activated_with_what_its_rules_want(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("eligible-group", slower);
    static const char *const lacks[][2] = {{"\"hours\":2", "a reason"}, {"\"reason\":\"a\"", "a ticket number"}};
    for (gsize i = 0; i < G_N_ELEMENTS(lacks); i++) {
        g_autofree char *answers = g_strdup_printf(MEMBERSHIP, lacks[i][0]);
        g_autoptr(json) document = apply(tenant, answers, STATUS_PERSON);
        assert_step(document, "sign-in", "needs-you");
        assert_says(reason_of(document, "sign-in"), lacks[i][1]);
        assert_int_equal(writes(tenant, NULL), 0);
    }
    g_autofree char *answers = g_strdup_printf(MEMBERSHIP, "\"reason\":\"a\",\"ticketNumber\":\"4711\"");
    g_autoptr(json) document = apply(tenant, answers, STATUS_PERSON);
    assert_step(document, "group", "done");
    assert_int_equal(writes(tenant, MEMBERSHIPS), 1);
    assert_int_equal(writes(tenant, ROLES), 0);
    g_autoptr(Run) undone = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undone, 0);
    assert_int_equal(writes(tenant, MEMBERSHIPS), 2);
    practice_end(tenant);
}

/* A stronger sign-in is asked for once; then somebody has to approve, and what waits is not asked for again. */
static void test_an_approval_is_waited_for(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("activation-refused", slower);
    g_autofree char *answers =
        g_strdup("{" PEOPLE ",\"decisions\":{\"activate-global\":\"create\"},\"activation\":{\"reason\":\"a\","
                 "\"ticketNumber\":\"4711\",\"ticketSystem\":\"Desk\"}}");
    g_autoptr(json) document = apply(tenant, answers, STATUS_WAITING);
    assert_step(document, "sign-in", "waiting");
    assert_says(reason_of(document, "sign-in"), "waits for somebody to approve it");
    assert_int_equal(writes(tenant, ROLES), 2);
    g_autoptr(Run) checked = perch(tenant, "check", "--json", NULL);
    g_autoptr(json) waiting = run_document(checked);
    assert_says(reason_of(waiting, "sign-in"), "approve");
    g_autoptr(json) second = apply(tenant, answers, STATUS_WAITING);
    assert_int_equal(writes(tenant, ROLES), 2);
    practice_quicken(tenant, "2400");
    g_autoptr(json) approved = run_until_not(tenant, "check", "waiting");
    /* It lasts for hours of that clock, which are not to pass while it is used. */
    practice_quicken(tenant, "600");
    assert_step(approved, "sign-in", "done");
    g_autoptr(json) third = apply(tenant, answers, STATUS_PERSON);
    assert_step(third, "sign-in", "done");
    assert_step(third, "group", "done");
    assert_int_equal(writes(tenant, ROLES), 2);
    practice_end(tenant);
}

static void test_a_no_is_told_and_not_asked_again(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("activation-denied", slower);
    g_autoptr(json) document = apply(tenant, ROLE, STATUS_WAITING);
    assert_step(document, "sign-in", "waiting");
    practice_quicken(tenant, "6000");
    g_autoptr(json) denied = run_until_not(tenant, "apply", "waiting");
    assert_step(denied, "sign-in", "differs");
    g_autoptr(json) after = apply(tenant, "{" PEOPLE "}", STATUS_PERSON);
    assert_step(after, "sign-in", "differs");
    assert_int_equal(writes(tenant, ROLES), 1);
    practice_end(tenant);
}

/* Of three eligible roles each step names its least; one activated opens its steps and no others. */
static void test_the_least_role_is_enough_for_its_steps(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("eligible-least", slower);
    g_autoptr(Run) checked = perch(tenant, "check", "--json", NULL);
    g_autoptr(json) before = run_document(checked);
    assert_step(before, "sign-in", "done");
    assert_says(reason_of(before, "group"), "You are eligible for Privileged Role Administrator:");
    assert_says(reason_of(before, "organization"), "You are eligible for Identity Governance Administrator:");
    g_autoptr(json) document = apply(tenant, PRIVILEGED_ONLY, STATUS_PERSON);
    assert_step(document, "group", "done");
    assert_step(document, "organization", "needs-you");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, ROLES), 1);
    assert_int_equal(count_writes(record, NULL, "/v1.0/identityGovernance"), 0);
    /* Where all that it is enough for is done, nobody is asked, and what was decided before activates nothing. */
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (writes(tenant, ROLES) < 2 && g_get_monotonic_time() < deadline) /* Microsoft takes nothing back at once */
        json_free(apply(tenant, "{" PEOPLE ",\"decisions\":{\"activate-privileged\":\"remove\"}}", STATUS_PERSON));
    g_autoptr(json) again = apply(tenant, PRIVILEGED_ONLY, STATUS_PERSON);
    assert_step(again, "group", "done");
    assert_null(offer(again, "decisions.activate-privileged"));
    assert_int_equal(writes(tenant, ROLES), 2);
    practice_end(tenant);
}

/* The answer is lost: perch looks, and does not ask a second time. */
static void test_a_lost_answer_is_looked_for(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("eligible-admin", slower);
    arm_fault(tenant, "{'method':'POST','path':'" ROLES "','drop':'after'}");
    g_autoptr(json) document = apply(tenant, ROLE, STATUS_PERSON);
    assert_step(document, "sign-in", "done");
    assert_step(document, "group", "done");
    assert_int_equal(writes(tenant, ROLES), 1);
    practice_end(tenant);
}

/* The same was asked for before, from elsewhere: nothing failed, and somebody has to say yes. */
static void test_what_is_asked_for_already_is_no_failure(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("eligible-admin", slower);
    arm_fault(tenant, "{'method':'POST','path':'" ROLES "','times':9,'status':400,'body':{'error':{'code':"
                      "'PendingRoleAssignmentRequest','message':'There is already an existing pending request.'}}}");
    g_autoptr(json) document = apply(tenant, ROLE, STATUS_PERSON);
    assert_step(document, "sign-in", "needs-you");
    assert_int_equal(writes(tenant, ROLES), 1);
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_activated_unasked),
        cmocka_unit_test(test_a_role_is_activated_once_and_the_rest_goes_on_with_it),
        cmocka_unit_test(test_it_is_given_back_where_that_is_decided),
        cmocka_unit_test(test_what_has_ended_is_not_begun_again),
        cmocka_unit_test(test_a_group_is_activated_with_what_its_rules_want),
        cmocka_unit_test(test_an_approval_is_waited_for),
        cmocka_unit_test(test_a_no_is_told_and_not_asked_again),
        cmocka_unit_test(test_the_least_role_is_enough_for_its_steps),
        cmocka_unit_test(test_a_lost_answer_is_looked_for),
        cmocka_unit_test(test_what_is_asked_for_already_is_no_failure),
    };
    json_init();
    return run_journeys("activation", tests, argc, argv);
}

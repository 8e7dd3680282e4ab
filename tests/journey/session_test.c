/* SPDX-License-Identifier: MIT */
/*
 * The session under a front end that does everything at once: look-ups, answers, cancelling, freeing in the middle.
 * Meant for the thread sanitizer; without it, it shows that each command ends with one event and that nothing hangs.
 */
#include "engine/session.h"

#include <string.h>

#include "base/error.h"
#include "support/background.h"
#include "support/practice.h"

#define ROUNDS 12

struct stage {
    struct practice_tenant *tenant;
    char *state_dir;
    struct session_options options;
};

static int set_up(void **state)
{
    struct stage *stage = g_new0(struct stage, 1);
    stage->tenant = practice_begin("fresh", NULL);
    stage->state_dir = g_build_filename(practice_folder(stage->tenant), "state", NULL);
    stage->options.state_dir = stage->state_dir;
    stage->options.practice_url = practice_address(stage->tenant);
    stage->options.device_code = TRUE;
    stage->options.headless = TRUE;
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;
    practice_end(stage->tenant);
    g_free(stage->state_dir);
    g_free(stage);
    return 0;
}

static struct session *open_session(const struct stage *stage)
{
    g_autoptr(GError) error = NULL;
    struct session *session = session_new(&stage->options, &error);
    if (session == NULL)
        fail_msg("%s", error->message);
    return session;
}

struct seen {
    struct board *board; /* the last one; NULL: none yet, or not kept */
    gboolean keeps_board;
    int done[COMMAND_STOP + 1];
    int people;
    guint found;
    int prompts;
    int boards;
    enum command_kind last;
};

/* Take one event; FALSE if none came in time. */
static gboolean take(struct session *session, gint64 timeout, struct seen *seen)
{
    g_autoptr(Event) event = session_wait_event(session, timeout);
    if (event == NULL)
        return FALSE;
    if (event->kind == EVENT_DONE) {
        seen->done[event->done->command]++;
        seen->last = event->done->command;
    }
    seen->people += event->kind == EVENT_PEOPLE;
    seen->prompts += event->kind == EVENT_PROMPT;
    if (event->kind == EVENT_PEOPLE)
        seen->found += event->people->found->len;
    seen->boards += event->kind == EVENT_BOARD;
    if (seen->keeps_board && event->kind == EVENT_BOARD) {
        board_unref(seen->board);
        seen->board = board_ref(event->board);
    }
    return TRUE;
}

static void await(struct session *session, struct seen *seen, enum command_kind command, int count)
{
    while (seen->done[command] < count)
        if (!take(session, PATIENCE, seen))
            fail_msg("command %d did not end", command);
}

static struct session *open_signed_in(const struct stage *stage, struct seen *seen)
{
    struct session *session = open_session(stage);
    session_sign_in(session, TRUE);
    await(session, seen, COMMAND_SIGN_IN, 1);
    return session;
}

static void test_each_command_ends_once_and_in_order(void **state)
{
    struct session *session = open_session(*state);
    struct seen seen = {0};
    session_sign_in(session, TRUE);
    session_check(session);
    session_answer(session, "sponsor", "sponsor@contoso.com");
    session_answer(session, "sponsor", "no address");
    session_answer(session, "nowhere", "x");
    session_tell(session, "no-step", "note");
    session_skip(session, "device-groups", "none here");
    session_skip(session, "device-groups", NULL);
    session_decide(session, "group", "create");
    session_override_wait(session, "streaming", "word");
    session_practice_form(session, "group");
    session_plan(session, FALSE);
    session_plan(session, TRUE);
    session_sign_out(session);
    await(session, &seen, COMMAND_SIGN_OUT, 1);
    assert_int_equal(seen.done[COMMAND_SIGN_IN], 1);
    assert_int_equal(seen.done[COMMAND_CHECK], 1);
    assert_int_equal(seen.done[COMMAND_ANSWER], 3);
    assert_int_equal(seen.done[COMMAND_SKIP], 2);
    assert_int_equal(seen.done[COMMAND_PLAN], 2);
    assert_int_equal(seen.last, COMMAND_SIGN_OUT);
    assert_true(seen.boards > 0);
    session_free(session);
}

static void test_people_are_found_while_a_check_runs(void **state)
{
    struct seen seen = {0};
    struct session *session = open_signed_in(*state, &seen);
    for (guint i = 0; i < ROUNDS; i++) {
        session_check(session);
        session_find_people(session, i % 2 == 0 ? "spo" : "rev", i);
        take(session, 0, &seen);
    }
    await(session, &seen, COMMAND_CHECK, ROUNDS);
    while (seen.people < ROUNDS)
        assert_true(take(session, PATIENCE, &seen));
    assert_int_equal(seen.people, ROUNDS);
    session_free(session);
}

/* Conditional access may step in at any read: the person is asked once, and the look-ups are answered. */
static void test_people_are_found_after_a_claims_challenge(void **state)
{
    const struct stage *stage = *state;
    struct session *session = open_session(stage);
    struct seen seen = {0};
    session_sign_in(session, TRUE);
    await(session, &seen, COMMAND_SIGN_IN, 1);
    int before = seen.prompts;
    arm_fault(stage->tenant, "{'method':'GET','path':'/v1.0/users','status':401,'times':100,"
                             "'claims':'{\\'access_token\\':{\\'acrs\\':{\\'value\\':\\'c1\\'}}}'}");
    session_find_people(session, "spo", 1);
    session_find_people(session, "rev", 2);
    while (seen.people < 2)
        assert_true(take(session, PATIENCE, &seen));
    assert_true(seen.found >= 2);
    assert_int_equal(seen.prompts, before + 1);
    session_free(session);
}

static void test_cancelling_ends_each_command_and_loses_none(void **state)
{
    struct seen seen = {0};
    struct session *session = open_signed_in(*state, &seen);
    for (guint i = 0; i < ROUNDS; i++) {
        session_check(session);
        session_cancel(session);
        session_find_people(session, "adm", i);
        session_cancel(session);
        take(session, (gint64)i * 500, &seen);
    }
    await(session, &seen, COMMAND_CHECK, ROUNDS);
    session_check(session);
    await(session, &seen, COMMAND_CHECK, ROUNDS + 1);
    session_free(session);
}

static void test_cancelling_an_apply_leaves_everything_once(void **state)
{
    const struct stage *stage = *state;
    struct session *session = open_session(stage);
    struct seen seen = {0};
    int applied = 0;
    session_sign_in(session, TRUE);
    await(session, &seen, COMMAND_SIGN_IN, 1);
    for (guint i = 0; i < ROUNDS; i++) {
        session_apply(session, NULL, "contoso.com");
        for (guint k = 0; k < i * 6 && seen.done[COMMAND_APPLY] == applied; k++)
            take(session, PATIENCE, &seen);
        session_cancel(session);
        await(session, &seen, COMMAND_APPLY, ++applied);
    }
    session_apply(session, NULL, "contoso.com");
    await(session, &seen, COMMAND_APPLY, ++applied);
    session_free(session);
    g_autoptr(json) record = practice_record(stage->tenant);
    assert_int_equal(count_writes(record, "POST", "/v1.0/groups"), 1);
    assert_int_equal(count_writes(record, "POST", "/v1.0/identityGovernance/entitlementManagement/catalogs"), 1);
}

/* Sign in and have the plan made. Caller unrefs it. */
static struct plan *plan_of(struct session *session)
{
    struct plan *plan = NULL;
    session_plan(session, FALSE);
    for (gboolean over = FALSE; !over;) {
        g_autoptr(Event) event = session_wait_event(session, PATIENCE);
        assert_non_null(event);
        if (event->kind == EVENT_PLAN)
            plan = plan_ref(event->plan);
        over = event->kind == EVENT_DONE && event->done->command == COMMAND_PLAN;
    }
    assert_non_null(plan);
    return plan;
}

/* The code of the error that COMMAND ends with; -1 without one. */
static int error_of(struct session *session, enum command_kind command)
{
    for (;;) {
        g_autoptr(Event) event = session_wait_event(session, PATIENCE);
        assert_non_null(event);
        if (event->kind == EVENT_DONE && event->done->command == command)
            return event->done->error != NULL ? event->done->error->code : -1;
    }
}

/* Whoever agreed to requests agreed to these: a colleague's work in between makes others of them. */
static void test_only_the_plan_that_was_shown_is_sent(void **state)
{
    const struct stage *stage = *state;
    g_autofree char *elsewhere = g_build_filename(practice_folder(stage->tenant), "colleague", NULL);
    struct stage colleague = *stage;
    colleague.options.state_dir = elsewhere;
    struct session *session = open_session(stage);
    struct session *other = open_session(&colleague);
    struct seen seen = {0};
    struct plan *shown = plan_of(session);
    session_apply(other, NULL, "contoso.com");
    await(other, &seen, COMMAND_APPLY, 1);
    session_free(other);
    g_autoptr(json) before = practice_record(stage->tenant);
    int groups = count_writes(before, "POST", "/v1.0/groups");
    session_send_plan(session, shown, "contoso.com");
    assert_int_equal(error_of(session, COMMAND_APPLY), PERCH_ERROR_PERSON);
    plan_unref(shown);
    shown = plan_of(session);
    session_send_plan(session, shown, "contoso.com");
    assert_int_equal(error_of(session, COMMAND_APPLY), -1);
    plan_unref(shown);
    session_free(session);
    g_autoptr(json) record = practice_record(stage->tenant);
    assert_int_equal(groups, 1);
    assert_int_equal(count_writes(record, "POST", "/v1.0/groups"), 1);
}

/* The person closes the window at whatever moment. */
static void test_freeing_in_the_middle_hangs_nowhere(void **state)
{
    for (guint i = 0; i < ROUNDS; i++) {
        struct session *session = open_session(*state);
        struct seen seen = {0};
        session_sign_in(session, TRUE);
        session_find_people(session, "x", i);
        session_check(session);
        session_apply(session, NULL, "contoso.com");
        for (guint k = 0; k < i * 3 && seen.done[COMMAND_APPLY] == 0; k++)
            take(session, PATIENCE, &seen);
        session_free(session);
    }
}

struct hammer {
    struct session *session;
    gint stop;
};

/* Reads what a front end polls, as its thread does, while commands are sent from another. */
static gpointer drain(gpointer data)
{
    struct hammer *hammer = data;
    while (!g_atomic_int_get(&hammer->stop))
        event_free(session_wait_event(hammer->session, G_USEC_PER_SEC / 50));
    return NULL;
}

static void test_commands_and_events_in_two_threads(void **state)
{
    struct hammer hammer = {.session = open_session(*state)};
    GThread *reader = g_thread_new("reader", drain, &hammer);
    session_sign_in(hammer.session, TRUE);
    for (guint i = 0; i < 400; i++) {
        session_find_people(hammer.session, "a", i);
        session_paste_back(hammer.session, "http://127.0.0.1/?code=x");
        if (i % 40 == 0)
            session_check(hammer.session);
        if (i % 100 == 99)
            session_cancel(hammer.session);
    }
    session_cancel(hammer.session);
    g_atomic_int_set(&hammer.stop, 1);
    g_thread_join(reader);
    session_free(hammer.session);
}

static void test_bad_options_are_refused_before_anything_starts(void **state)
{
    const struct stage *stage = *state;
    struct session_options options = stage->options;
    g_autoptr(GError) error = NULL;
    options.practice_url = "http://example.com";
    assert_null(session_new(&options, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT) ||
                g_error_matches(error, PERCH_ERROR, PERCH_ERROR_USAGE));
    g_clear_error(&error);
    options = stage->options;
    options.answers_files = (const char *const[]){"/nowhere", NULL};
    assert_null(session_new(&options, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
    g_autoptr(json) record = practice_record(stage->tenant);
    assert_int_equal(json_length(record), 0);
}

static const char *field_value(const struct board *board, const char *path)
{
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        for (guint k = 0; k < step->fields->len; k++) {
            const struct board_field *field = g_ptr_array_index(step->fields, k);
            if (strcmp(field->path, path) == 0)
                return field->value;
        }
    }
    fail_msg("no field %s", path);
    return NULL;
}

/* End the practice tenant and let another company's answer at its address. */
static void move_to_another_tenant(struct stage *stage)
{
    const char *port = strrchr(practice_address(stage->tenant), ':') + 1;
    const char *const options[] = {"--port", port, "--seed", "2", NULL};
    practice_stop_hard(stage->tenant);
    struct practice_tenant *other = practice_begin("fresh", options);
    assert_string_equal(practice_address(other), practice_address(stage->tenant));
    practice_end(stage->tenant);
    stage->tenant = other;
}

/* Else one customer's Event Hub would be the other's. */
static void test_what_was_said_of_one_tenant_is_not_said_of_the_next(void **state)
{
    struct stage *stage = *state;
    struct session *session = open_session(stage);
    struct seen seen = {.keeps_board = TRUE};
    session_sign_in(session, TRUE);
    session_answer(session, "company", "Northwind");
    await(session, &seen, COMMAND_ANSWER, 1);
    g_autofree char *first = g_strdup(seen.board->tenant_id);
    assert_string_equal(field_value(seen.board, "company"), "Northwind");
    session_practice_form(session, "streaming");
    await(session, &seen, COMMAND_PRACTICE_FORM, 1);
    assert_string_not_equal(board_find_step(seen.board, "streaming")->refusal, "");
    session_sign_out(session);
    await(session, &seen, COMMAND_SIGN_OUT, 1);
    move_to_another_tenant(stage);
    session_sign_in(session, TRUE);
    await(session, &seen, COMMAND_SIGN_IN, 2);
    assert_string_not_equal(seen.board->tenant_id, "");
    assert_string_not_equal(seen.board->tenant_id, first);
    assert_string_equal(field_value(seen.board, "company"), "");
    assert_string_equal(board_find_step(seen.board, "streaming")->refusal, "");
    board_unref(seen.board);
    session_free(session);
}

static gboolean is_left_out(const struct seen *seen, const char *step)
{
    return board_find_step(seen->board, step)->state == STEP_SKIPPED;
}

/* The error of the first command that ended, or NULL. */
static char *await_error(struct session *session, enum command_kind command)
{
    gint64 end = g_get_monotonic_time() + PATIENCE;
    while (g_get_monotonic_time() < end) {
        g_autoptr(Event) event = session_wait_event(session, G_USEC_PER_SEC);
        if (event != NULL && event->kind == EVENT_DONE && event->done->command == command)
            return event->done->error != NULL ? g_strdup(event->done->error->message) : NULL;
    }
    fail_msg("command %d did not end", command);
    return NULL;
}

static void test_a_day_that_has_gone_by_and_a_step_told_too_early_are_refused(void **state)
{
    struct stage *stage = *state;
    struct session *session = open_session(stage);
    struct seen seen = {0};
    session_sign_in(session, TRUE);
    await(session, &seen, COMMAND_SIGN_IN, 1);
    session_answer(session, "reviewStart", "2020-01-31");
    g_autofree char *past = await_error(session, COMMAND_ANSWER);
    assert_non_null(strstr(past, "First review: 2020-01-31 has gone by; today is "));
    session_answer(session, "reviewStart", "2190-01-31");
    assert_null(await_error(session, COMMAND_ANSWER));
    session_tell(session, "device-groups", "");
    g_autofree char *early = await_error(session, COMMAND_TELL);
    assert_non_null(strstr(early, "That cannot be told yet: In use is missing."));
    session_tell(session, "graph-alerts", "");
    g_autofree char *blind = await_error(session, COMMAND_TELL);
    assert_non_null(blind);
    assert_non_null(strstr(blind, "That cannot be told yet: Application id is missing."));
    session_free(session);
}

/* The answers file said so; a person changed their mind. */
static void test_what_the_answers_left_out_can_be_taken_in_again(void **state)
{
    struct stage *stage = *state;
    g_autofree char *answers =
        practice_answers(stage->tenant, "{\"skip\":{\"device-groups\":{\"by\":\"ann\",\"reason\":\"none\"}}}");
    const char *const files[] = {answers, NULL};
    stage->options.answers_files = files;
    struct session *session = open_session(stage);
    struct seen seen = {.keeps_board = TRUE};
    session_sign_in(session, TRUE);
    await(session, &seen, COMMAND_SIGN_IN, 1);
    assert_true(is_left_out(&seen, "device-groups"));
    session_skip(session, "device-groups", NULL);
    session_check(session);
    await(session, &seen, COMMAND_CHECK, 1);
    assert_false(is_left_out(&seen, "device-groups"));
    board_unref(seen.board);
    session_free(session);
}

static guint count_told(const struct stage *stage, const struct board *board)
{
    g_autofree char *file = g_build_filename(stage->state_dir, board->tenant_id, "journal.jsonl", NULL);
    g_autofree char *journal = read_text(file);
    g_auto(GStrv) parts = g_strsplit(journal, "\"told\"", -1);
    return g_strv_length(parts) - 1;
}

/* Nobody has consented yet, so that telling it is not enough, however often. */
static void test_a_step_told_twice_is_written_down_once_and_says_why_it_is_open(void **state)
{
    struct stage *stage = *state;
    struct session *session = open_session(stage);
    struct seen seen = {.keeps_board = TRUE};
    session_sign_in(session, TRUE);
    session_answer(session, "graphApplicationId", "8f6a0f36-8c0c-4b43-9d7b-2a8b7f0a4c55");
    session_tell(session, "graph-alerts", "");
    session_tell(session, "graph-alerts", "");
    await(session, &seen, COMMAND_TELL, 2);
    assert_non_null(strstr(board_find_step(seen.board, "graph-alerts")->reason, "It was told on "));
    assert_int_equal(count_told(stage, seen.board), 1);
    session_tell(session, "graph-alerts", "in the portal");
    await(session, &seen, COMMAND_TELL, 3);
    assert_int_equal(count_told(stage, seen.board), 2);
    board_unref(seen.board);
    session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_each_command_ends_once_and_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_people_are_found_while_a_check_runs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_people_are_found_after_a_claims_challenge, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cancelling_ends_each_command_and_loses_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cancelling_an_apply_leaves_everything_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_only_the_plan_that_was_shown_is_sent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_freeing_in_the_middle_hangs_nowhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_commands_and_events_in_two_threads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_was_said_of_one_tenant_is_not_said_of_the_next, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_the_answers_left_out_can_be_taken_in_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_day_that_has_gone_by_and_a_step_told_too_early_are_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_step_told_twice_is_written_down_once_and_says_why_it_is_open, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_bad_options_are_refused_before_anything_starts, set_up, tear_down),
    };
    json_init();
    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}

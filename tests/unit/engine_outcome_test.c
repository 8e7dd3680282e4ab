/* SPDX-License-Identifier: MIT */
/*
 * What the answer to a write says of it: every kind of answer as a row.
 */
#include "engine/outcome.h"

#include "base/json.h"
#include "onboarding/kinds.h"
#include "support/support.h"

static const struct {
    const char *what;
    struct reply reply;
    enum outcome outcome; /* of an object like any, */
    enum outcome early;   /* and of one that refers to something new */
} rows[] = {
#define ALWAYS(outcome) outcome, outcome
    {"made", {.status = 201, .error_code = ""}, ALWAYS(OUTCOME_DONE)},
    {"no content", {.status = 204, .error_code = ""}, ALWAYS(OUTCOME_DONE)},
    {"accepted", {.status = 202, .error_code = ""}, ALWAYS(OUTCOME_DONE)},
    {"made, and cut", {.status = 201, .unreadable = TRUE, .error_code = ""}, ALWAYS(OUTCOME_DOUBT)},
    {"lost", {.outcome = REPLY_LOST, .error_code = ""}, ALWAYS(OUTCOME_DOUBT)},
    {"not sent", {.outcome = REPLY_NOT_SENT, .error_code = ""}, ALWAYS(OUTCOME_NOT_SENT)},
    {"a redirect to the service's own host", {.status = 302, .error_code = ""}, ALWAYS(OUTCOME_DOUBT)},
    {"a redirect to another host", {.status = 302, .sent_elsewhere = TRUE, .error_code = ""}, ALWAYS(OUTCOME_DOUBT)},
    {"bad request", {.status = 400, .error_code = "Request_BadRequest"}, ALWAYS(OUTCOME_REFUSED)},
    {"forbidden", {.status = 403, .error_code = "Authorization_RequestDenied"}, ALWAYS(OUTCOME_REFUSED)},
    {"a proxy's page that forbids", {.status = 403, .unreadable = TRUE, .error_code = ""}, ALWAYS(OUTCOME_DOUBT)},
    {"forbidden without a word", {.status = 403, .error_code = ""}, ALWAYS(OUTCOME_DOUBT)},
    {"a token that ended", {.status = 401, .error_code = ""}, ALWAYS(OUTCOME_REFUSED)},
    {"throttled", {.status = 429, .error_code = ""}, ALWAYS(OUTCOME_REFUSED)},
    {"a gateway that waited too long", {.status = 408, .error_code = "RequestTimeout"}, ALWAYS(OUTCOME_DOUBT)},
    {"it exists", {.status = 409, .error_code = "Conflict"}, ALWAYS(OUTCOME_EXISTS)},
    {"a proxy's page of a conflict", {.status = 409, .unreadable = TRUE, .error_code = ""}, ALWAYS(OUTCOME_DOUBT)},
    {"not found", {.status = 404, .error_code = "ResourceNotFound"}, OUTCOME_REFUSED, OUTCOME_NOT_YET},
    {"server error", {.status = 500, .error_code = "generalException"}, ALWAYS(OUTCOME_DOUBT)},
    {"bad gateway", {.status = 502, .unreadable = TRUE, .error_code = ""}, ALWAYS(OUTCOME_DOUBT)},
    {"unavailable", {.status = 503, .error_code = "serviceNotAvailable"}, ALWAYS(OUTCOME_DOUBT)},
    {"gateway time-out", {.status = 504, .error_code = ""}, ALWAYS(OUTCOME_DOUBT)},
    {"on the way to an answer", {.status = 100, .error_code = ""}, ALWAYS(OUTCOME_DOUBT)},
    {"another protocol", {.status = 101, .error_code = "x"}, ALWAYS(OUTCOME_DOUBT)},
    {"early hints", {.status = 103, .error_code = ""}, ALWAYS(OUTCOME_DOUBT)},
    {"a status that nobody knows", {.status = 700, .error_code = "x"}, ALWAYS(OUTCOME_DOUBT)},
};

static void expect(const char *what, const char *of, const struct object_kind *kind, const struct reply *reply,
                   gboolean refers_to_new, enum outcome wanted)
{
    const struct object object = {.kind = kind};
    enum outcome found = outcome_of(&object, NULL, reply, refers_to_new);
    if (found != wanted)
        fail_msg("%s, %s: %d", what, of, (int)found);
}

static void test_each_answer_says_one_thing(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        expect(rows[i].what, "a group", &group_kind, &rows[i].reply, FALSE, rows[i].outcome);
        expect(rows[i].what, "a Defender role", &defender_role_definition_kind, &rows[i].reply, FALSE, rows[i].outcome);
        expect(rows[i].what, "refers to something new", &group_kind, &rows[i].reply, TRUE, rows[i].early);
    }
}

/* Without the id of what was made, anybody can have said yes. */
static void test_a_yes_to_a_creation_names_what_was_made(void **state)
{
    static const struct {
        const struct object_kind *kind;
        const char *asked, *answered;
        const char *location;
        enum outcome outcome;
    } cases[] = {
        {&group_kind, "{\"displayName\":\"N\"}", "{\"id\":\"a\"}", NULL, OUTCOME_DONE},
        {&group_kind, "{\"displayName\":\"N\"}", "{}", NULL, OUTCOME_DOUBT},
        {&group_kind, "{\"displayName\":\"N\"}", "{}", "a", OUTCOME_DONE},
        {&streaming_export_kind, "{\"id\":\"N\"}", "{}", NULL, OUTCOME_DONE},
        {&guest_kind, "{\"invitedUserEmailAddress\":\"g@x.org\"}", "{}", NULL, OUTCOME_DONE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct object object = {.kind = cases[i].kind};
        g_autoptr(json) asked = json_parse(cases[i].asked, -1, NULL);
        g_autoptr(json) answered = json_parse(cases[i].answered, -1, NULL);
        const struct request creation = {.body = asked};
        const struct reply reply = {
            .status = 201, .body = answered, .location_id = (char *)cases[i].location, .error_code = (char *)""};
        assert_int_equal(outcome_of(&object, &creation, &reply, FALSE), cases[i].outcome);
        assert_int_equal(outcome_of(&object, NULL, &reply, FALSE), OUTCOME_DONE);
    }
}

/* What is delivered later is asked for by a request of its own, whose state may say at once that nothing comes of it.
 */
static void test_a_yes_may_say_that_nothing_came_of_it(void **state)
{
    static const struct {
        const struct object_kind *kind;
        const char *answered;
        gboolean creates;
        int status;
        enum outcome outcome;
    } cases[] = {
        {&catalog_resource_kind, "{\"id\":\"r\",\"state\":\"delivered\"}", TRUE, 201, OUTCOME_DONE},
        {&catalog_resource_kind, "{\"id\":\"r\",\"state\":\"denied\"}", TRUE, 201, OUTCOME_REFUSED},
        {&catalog_resource_kind, "{\"id\":\"r\",\"state\":\"denied\"}", FALSE, 201, OUTCOME_DONE},
        {&catalog_resource_kind, "{\"id\":\"r\",\"state\":\"denied\"}", TRUE, 500, OUTCOME_DOUBT},
        {&group_kind, "{\"id\":\"r\",\"state\":\"denied\"}", TRUE, 201, OUTCOME_DONE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct object object = {.kind = cases[i].kind};
        g_autoptr(json) answered = json_parse(cases[i].answered, -1, NULL);
        const struct request creation = {.body = NULL};
        const struct reply reply = {.status = cases[i].status, .body = answered, .error_code = (char *)""};
        enum outcome found = outcome_of(&object, cases[i].creates ? &creation : NULL, &reply, FALSE);
        if (found != cases[i].outcome)
            fail_msg("row %d: %d", (int)i, (int)found);
    }
}

/* Some creations are answered by one that leads to what was made. A removal or a change never is, so what comes then is
 * somebody's page to sign in. */
static void test_a_redirect_is_a_yes_to_a_creation_only(void **state)
{
    static const struct {
        const struct object_kind *kind;
        gboolean creates, sent_elsewhere;
        enum outcome outcome;
    } cases[] = {
        {&defender_role_definition_kind, TRUE, FALSE, OUTCOME_DONE},
        {&defender_role_assignment_kind, TRUE, FALSE, OUTCOME_DONE},
        {&defender_role_definition_kind, TRUE, TRUE, OUTCOME_DOUBT},
        {&defender_role_definition_kind, FALSE, FALSE, OUTCOME_DOUBT},
        {&defender_role_assignment_kind, FALSE, FALSE, OUTCOME_DOUBT},
        {&group_kind, TRUE, FALSE, OUTCOME_DOUBT},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct object object = {.kind = cases[i].kind};
        const struct request creation = {.body = NULL};
        const struct reply reply = {.status = 302, .sent_elsewhere = cases[i].sent_elsewhere, .error_code = (char *)""};
        assert_int_equal(outcome_of(&object, cases[i].creates ? &creation : NULL, &reply, FALSE), cases[i].outcome);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_answer_says_one_thing),
        cmocka_unit_test(test_a_yes_to_a_creation_names_what_was_made),
        cmocka_unit_test(test_a_yes_may_say_that_nothing_came_of_it),
        cmocka_unit_test(test_a_redirect_is_a_yes_to_a_creation_only),
    };
    json_init();
    return cmocka_run_group_tests_name("engine_outcome", tests, NULL, NULL);
}

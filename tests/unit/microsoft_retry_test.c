/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include "base/limits.h"
#include "microsoft/retry.h"

#define FINAL (-1.0)
#define UNTOLD (-1.0)

static const struct {
    const char *name;
    gboolean write;
    enum reply_outcome outcome;
    int status;
    double told;
    double window;
    guint repeats;
    double waited;
    double wait;
} rows[] = {
    {"a write told to wait", TRUE, REPLY_ANSWERED, 429, 7, 0, 0, 0, 7},
    {"a write that is not told how long", TRUE, REPLY_ANSWERED, 429, UNTOLD, 0, 0, 0, 1},
    {"a read that is not told how long", FALSE, REPLY_ANSWERED, 429, UNTOLD, 0, 0, 0, 1},
    {"a fraction", TRUE, REPLY_ANSWERED, 429, 1.5, 0, 0, 0, 1.5},
    {"told to come at once", TRUE, REPLY_ANSWERED, 429, 0, 0, 0, 0, 1},
    {"told to come at once, again", FALSE, REPLY_ANSWERED, 429, 0, 0, 3, 7, 8},
    {"told one second for ever", FALSE, REPLY_ANSWERED, 429, 1, 0, 9, 300, 60},
    {"five minutes of the governance service", TRUE, REPLY_ANSWERED, 429, 315, 0, 0, 0, 315},
    {"a quarter of an hour", TRUE, REPLY_ANSWERED, 429, 900, 0, 0, 0, 900},
    {"more than perch waits", TRUE, REPLY_ANSWERED, 429, 901, 0, 0, 0, FINAL},
    {"more than perch waits in all", FALSE, REPLY_ANSWERED, 429, 315, 0, 2, 630, FINAL},
    {"the year 2999", FALSE, REPLY_ANSWERED, 429, 3e10, 0, 0, 0, FINAL},
    {"growing from the window", TRUE, REPLY_ANSWERED, 429, UNTOLD, 10, 0, 0, 10},
    {"growing from the window, again", TRUE, REPLY_ANSWERED, 429, UNTOLD, 10, 1, 10, 20},
    {"growing to a minute", TRUE, REPLY_ANSWERED, 429, UNTOLD, 10, 3, 70, 60},
    {"a long window is sat out once", TRUE, REPLY_ANSWERED, 429, UNTOLD, 300, 0, 0, 300},
    {"a long window is not sat out twice", TRUE, REPLY_ANSWERED, 429, UNTOLD, 300, 1, 300, FINAL},
    {"minutes in all, then no more", TRUE, REPLY_ANSWERED, 429, UNTOLD, 0, 7, 123, FINAL},
    {"a write unavailable with a time", TRUE, REPLY_ANSWERED, 503, 1, 0, 0, 0, FINAL},
    {"a write unavailable", TRUE, REPLY_ANSWERED, 503, UNTOLD, 0, 0, 0, FINAL},
    {"a write failing", TRUE, REPLY_ANSWERED, 500, UNTOLD, 0, 0, 0, FINAL},
    {"a write at a gateway", TRUE, REPLY_ANSWERED, 504, 1, 0, 0, 0, FINAL},
    {"a read unavailable with a time", FALSE, REPLY_ANSWERED, 503, 5, 0, 0, 0, 5},
    {"a read unavailable", FALSE, REPLY_ANSWERED, 503, UNTOLD, 0, 2, 3, 4},
    {"a read unavailable for long", FALSE, REPLY_ANSWERED, 503, UNTOLD, 0, 3, 7, FINAL},
    {"a read not implemented", FALSE, REPLY_ANSWERED, 501, UNTOLD, 0, 0, 0, FINAL},
    {"a read refused", FALSE, REPLY_ANSWERED, 403, 5, 0, 0, 0, FINAL},
    {"a write refused", TRUE, REPLY_ANSWERED, 400, UNTOLD, 0, 0, 0, FINAL},
    {"a read without an answer", FALSE, REPLY_LOST, 0, UNTOLD, 0, 0, 0, 0.5},
    {"a read without an answer, again", FALSE, REPLY_LOST, 0, UNTOLD, 0, 1, 0.5, 1},
    {"a read without an answer for long", FALSE, REPLY_LOST, 0, UNTOLD, 0, 2, 1.5, FINAL},
    {"a write without an answer", TRUE, REPLY_LOST, 0, UNTOLD, 0, 0, 0, FINAL},
    {"a write that never left", TRUE, REPLY_NOT_SENT, 0, UNTOLD, 0, 0, 0, 0.5},
};

static void test_when_a_request_goes_again(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct retry_past past = {.repeats = rows[i].repeats, .waited = (gint64)(rows[i].waited * 1e6)};
        const struct retry_answer answer = {.harmless = !rows[i].write,
                                            .outcome = rows[i].outcome,
                                            .may_pass = TRUE,
                                            .status = rows[i].status,
                                            .told = rows[i].told < 0 ? -1 : (gint64)(rows[i].told * 1e6),
                                            .window = (gint64)(rows[i].window * 1e6)};
        gint64 wait = retry_wait(&past, &answer);
        if (wait != (rows[i].wait < 0 ? -1 : (gint64)(rows[i].wait * 1e6)))
            fail_msg("%s: waits %" G_GINT64_FORMAT " microseconds", rows[i].name, wait);
    }
}

/* Of a hunting query each try counts; a change that met another was not carried out. */
static void test_quotas_and_collisions(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct retry_answer answer;
        guint repeats;
        gint64 wait; /* seconds */
    } cases[] = {
        {"a query beyond its quota", {.is_quota = TRUE, .status = 429, .told = -1}, 0, -1},
        {"a query that is told to wait", {.is_quota = TRUE, .status = 429, .told = 7 * G_USEC_PER_SEC}, 0, -1},
        {"a query at a gateway", {.is_quota = TRUE, .harmless = TRUE, .status = 504, .told = -1}, 0, 1},
        {"a write that met another", {.collided = TRUE, .status = 409, .told = -1}, 0, 1},
        {"a write that met another, again", {.collided = TRUE, .status = 409, .told = -1}, 2, 4},
        {"a write that always meets another", {.collided = TRUE, .status = 409, .told = -1}, 3, -1},
        {"a write of what exists", {.status = 409, .told = -1}, 0, -1},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct retry_past past = {.repeats = cases[i].repeats};
        struct retry_answer answer = cases[i].answer;
        answer.outcome = REPLY_ANSWERED;
        gint64 wait = retry_wait(&past, &answer);
        if (wait != (cases[i].wait < 0 ? -1 : cases[i].wait * G_USEC_PER_SEC))
            fail_msg("%s: waits %" G_GINT64_FORMAT " microseconds", cases[i].name, wait);
    }
}

static void test_what_cannot_pass_ends_at_once(void **state)
{
    (void)state;
    const struct retry_past past = {0};
    const struct retry_answer answer = {.harmless = TRUE, .outcome = REPLY_NOT_SENT, .told = -1};
    assert_int_equal(retry_wait(&past, &answer), -1);
}

/* Whatever a service answers, and however often, it ends. */
static void test_every_answer_ends(void **state)
{
    (void)state;
    static const int statuses[] = {429, 500, 503};
    static const gint64 times[] = {-1, 0, 1, G_USEC_PER_SEC, G_USEC_PER_SEC * 400, G_MAXINT64};
    for (gsize i = 0; i < G_N_ELEMENTS(statuses) * G_N_ELEMENTS(times); i++) {
        const struct retry_answer answer = {
            .harmless = TRUE, .status = statuses[i / G_N_ELEMENTS(times)], .told = times[i % G_N_ELEMENTS(times)]};
        struct retry_past past = {0};
        gint64 wait = 0;
        while ((wait = retry_wait(&past, &answer)) >= 0) {
            assert_true(wait >= G_USEC_PER_SEC);
            past.waited += wait;
            assert_true(++past.repeats < 30);
        }
        assert_true(past.waited <= LIMIT_THROTTLED_TOLD * (gint64)G_USEC_PER_SEC);
    }
}

static void test_windows_are_read_from_the_sentence(void **state)
{
    (void)state;
    static const struct {
        const char *sentence;
        int seconds;
    } sentences[] = {
        {"Too many requests from Identifier under category:throttle.app.10s. Please try again later.", 10},
        {"throttle.tenant.write.150s", 150},
        {"throttle.app.5m", 300},
        {"throttle.app.9m", 300},
        {"throttle.app.10seconds", 0},
        {"throttle.app.", 0},
        {"throttle.app.99999999999999999999s", 0},
        {"Too many requests in 10s", 0},
        {"", 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(sentences); i++)
        assert_int_equal(retry_window(sentences[i].sentence), sentences[i].seconds * (gint64)G_USEC_PER_SEC);
    assert_int_equal(retry_window(NULL), 0);
}

struct row {
    int value;
    const char *unit;
    const char *what;
};

static void test_the_manual_tells_every_limit(void **state)
{
    (void)state;
#define ROW(name, value, unit, what) {value, unit, what},
    static const struct row limits[] = {PERCH_LIMITS(ROW)};
#undef ROW
    g_autofree char *manual = NULL;
    assert_true(g_file_get_contents(PERCH_SOURCE_DIR "/assets/man/perch.1", &manual, NULL, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(limits); i++) {
        g_autofree char *entry = g_strdup_printf(".It %d %s\n%s\n", limits[i].value, limits[i].unit, limits[i].what);
        if (strstr(manual, entry) == NULL)
            fail_msg("perch.1 does not say:\n%s", entry);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_when_a_request_goes_again),          cmocka_unit_test(test_quotas_and_collisions),
        cmocka_unit_test(test_what_cannot_pass_ends_at_once),      cmocka_unit_test(test_every_answer_ends),
        cmocka_unit_test(test_windows_are_read_from_the_sentence), cmocka_unit_test(test_the_manual_tells_every_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

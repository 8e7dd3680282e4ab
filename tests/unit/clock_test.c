/* SPDX-License-Identifier: MIT */
/*
 * Step time: how far it follows what answers say of the time; and lengths of time as they are written there.
 */
#include "base/clock.h"
#include "base/duration.h"
#include "support/support.h"

#define SECONDS(count) ((gint64)(count)*G_USEC_PER_SEC)
#define MOST_ANSWERS 6

/* What each answer in turn says: seconds that its date is ahead of the clock as that was at first. */
static const struct {
    const char *what;
    int answers[MOST_ANSWERS];
    guint count;
    int elapsed; /* seconds that each was under way */
    int shift;   /* seconds by which the clock is set in all */
} rows[] = {
    {"right", {0, 0, 0, 0}, 4, 0, 0},
    {"within the slack", {4, -5, 4, -5, 4}, 5, 0, 0},
    {"two hours behind", {7200, 7200, 7200}, 3, 0, 7200},
    {"two hours ahead", {-7201, -7201, -7201}, 3, 0, -7200},
    {"just over a minute ahead", {-91, -91, -91, -91}, 4, 0, -90},
    {"said by two only", {7200, 7200}, 2, 0, 0},
    {"said by one, and no more", {7200, 7200, 0, 7200, 7200, 0}, 6, 0, 0},
    {"each something else", {7200, 60, 600, -600, 7200, 60}, 6, 0, 0},
    {"one that was kept on the way", {-3600, 0, 0, -3600, 0, 0}, 6, 0, 0},
    {"dated before it was under way for long", {-31, -31, -31, -31}, 4, 30, 0},
    {"dated before that, and wrong besides", {-91, -91, -91}, 3, 30, -60},
    {"corrected once, and right from then on", {100, 100, 100, 100, 100, 100}, 6, 0, 100},
};

static void test_answers_that_agree_set_it(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct clock clock = clock_wall();
        /* So slow that the test itself takes no time. */
        clock.rate = 1e-9;
        gint64 first = clock.anchor_time;
        gint64 shift = 0;
        for (guint k = 0; k < rows[i].count; k++)
            shift += clock_compare(&clock, first + SECONDS(rows[i].answers[k]), SECONDS(rows[i].elapsed));
        if (shift != SECONDS(rows[i].shift) || clock.anchor_time - first != shift)
            fail_msg("%s: %d s", rows[i].what, (int)(shift / G_USEC_PER_SEC));
    }
}

static void test_durations_are_read_and_said(void **state)
{
    static const struct {
        const char *text;
        gint64 seconds;
        const char *words; /* NULL: it is none */
    } durations[] = {
        {"P365D", 365 * DURATION_DAY, "365 days"},
        {"P1D", DURATION_DAY, "1 day"},
        {"PT8H", 8 * 3600, "8 hours"},
        {"PT1H30M", 5400, "90 minutes"},
        {"PT90S", 90, "90 seconds"},
        {"PT0S", 0, "0 seconds"},
        {"PT1.5S", 1, "1 second"},
        {"P1Y2M3W4DT5H6M7S", (365 + 60 + 21 + 4) * DURATION_DAY + 5 * 3600 + 6 * 60 + 7, "38898367 seconds"},
        {"P1M", 30 * DURATION_DAY, "30 days"},
        {"PT1M", 60, "1 minute"},
        {"P", -1, NULL},
        {"PT", -1, NULL},
        {"P1DT", -1, NULL},
        {"1D", -1, NULL},
        {"-P1D", -1, NULL},
        {"P1D ", -1, NULL},
        {"P1D\n", -1, NULL},
        {"P1H", -1, NULL},
        {"P1234567890D", -1, NULL},
        {"", -1, NULL},
        {NULL, -1, NULL},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(durations); i++) {
        assert_int_equal(duration_seconds(durations[i].text), durations[i].seconds);
        g_autofree char *words = duration_words(durations[i].seconds);
        if (durations[i].words != NULL)
            assert_string_equal(words, durations[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers_that_agree_set_it),
        cmocka_unit_test(test_durations_are_read_and_said),
    };
    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}

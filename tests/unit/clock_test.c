/* SPDX-License-Identifier: MIT */
/*
 * Step time: how far it follows what answers say of the time.
 */
#include "base/clock.h"
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers_that_agree_set_it),
    };
    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "support/fake_desk.h"
#include "support/support.h"
#include "ui/events.h"
#include "ui/frame.h"

static void of_a_flood_only_some_is_taken_before_a_key_is_looked_for(void **state)
{
    (void)state;
    const guint count = 20 * EVENTS_AT_ONCE;
    struct desk *desk = desk_new("middle");
    desk_take_all(desk);
    guint before = log_store_count(desk->console->log), seen = before, turns = 0;
    for (guint i = 0; i < count; i++)
        fake_session_push(desk->session, event_new(EVENT_LOG, fake_log_line(LOG_INFO, "flood", "line")), 0);
    while (seen < before + count) {
        events_take(desk->console);
        assert_true(log_store_count(desk->console->log) - seen <= EVENTS_AT_ONCE);
        seen = log_store_count(desk->console->log);
        turns++;
    }
    assert_true(turns >= count / EVENTS_AT_ONCE);
    assert_false(events_take(desk->console));
    desk_free(desk);
}

/* Ten events in each millisecond of a second, and a key in each tenth. */
static void a_second_of_ten_thousand_lines_has_sixty_pictures_and_one_for_each_key(void **state)
{
    (void)state;
    struct frame frame = {0};
    int waiting = 0, pictures = 0, keys = 0;
    for (gint64 now = G_USEC_PER_SEC; now < 2 * G_USEC_PER_SEC; now += 100) {
        waiting++;
        if (now % (100 * G_TIME_SPAN_MILLISECOND) == 0) {
            keys++;
            frame_painted(&frame, now);
        }
        if (frame_takes_events(&frame, now)) {
            frame_taken(&frame, FALSE);
            waiting = 0;
        }
        if (frame_is_due(&frame, now)) {
            frame_painted(&frame, now);
            pictures++;
        }
        assert_true(waiting <= FRAME_TIME / 100);
    }
    assert_int_equal(keys, 10);
    assert_in_range(pictures, 58, 63);
}

/* The first of what comes is shown at once, the last of it without another event. */
static void what_comes_is_shown_within_a_frame(void **state)
{
    (void)state;
    struct frame frame = {0};
    gint64 now = G_USEC_PER_SEC;
    assert_true(frame_takes_events(&frame, now));
    assert_true(frame_deadline(&frame, now) == G_MAXINT64);
    frame_taken(&frame, FALSE);
    assert_true(frame_is_due(&frame, now));
    frame_painted(&frame, now);
    assert_false(frame_takes_events(&frame, now + 1));
    assert_true(frame_deadline(&frame, now + 1) == now + FRAME_TIME);
    now += FRAME_TIME;
    assert_true(frame_takes_events(&frame, now));
    assert_true(frame_deadline(&frame, now) == G_MAXINT64);
}

/* More than can be taken at once is taken without a pause, and painted once a frame. */
static void a_backlog_is_taken_within_the_frame(void **state)
{
    (void)state;
    struct frame frame = {0};
    gint64 now = G_USEC_PER_SEC;
    frame_taken(&frame, TRUE);
    frame_painted(&frame, now);
    assert_true(frame_takes_events(&frame, now + 1));
    frame_taken(&frame, TRUE);
    assert_false(frame_is_due(&frame, now + 1));
    assert_true(frame_deadline(&frame, now + 1) == now + FRAME_TIME);
    assert_true(frame_is_due(&frame, now + FRAME_TIME));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_a_flood_only_some_is_taken_before_a_key_is_looked_for),
        cmocka_unit_test(a_second_of_ten_thousand_lines_has_sixty_pictures_and_one_for_each_key),
        cmocka_unit_test(what_comes_is_shown_within_a_frame),
        cmocka_unit_test(a_backlog_is_taken_within_the_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

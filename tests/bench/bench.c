/*
 * What a run costs, as ratios against its critical path: the round trips that depend on one another, at a latency that
 * outweighs everything else. Prints one line a measure and fails where a ratio is out of hand.
 */
#include <stdio.h>
#include <string.h>

#include "engine/session.h"
#include "support/background.h"
#include "support/terminal.h"

#define LATENCY_MS 100
#define LATENCY_TEXT "100"
#define LATENCY ((gint64)LATENCY_MS * G_TIME_SPAN_MILLISECOND)
#define MOST_CHECK_RATIO 1.5
#define MOST_APPLY_RATIO 3.0
#define MOST_PAINT_MS 400

static const char *const slow[] = {"--latency", LATENCY_TEXT, NULL};

static struct session *open_session(const struct practice_tenant *tenant)
{
    g_autofree char *state_dir = g_build_filename(practice_folder(tenant), "state", NULL);
    g_autoptr(GError) error = NULL;
    const struct session_options options = {
        .state_dir = state_dir,
        .practice_url = practice_address(tenant),
        .device_code = TRUE,
        .headless = TRUE,
    };
    struct session *session = session_new(&options, &error);
    if (session == NULL)
        fail_msg("%s", error->message);
    return session;
}

/* Wait for COMMAND's end. Wall microseconds since START. */
static gint64 await(struct session *session, enum command_kind command, gint64 start)
{
    for (;;) {
        g_autoptr(Event) event = session_wait_event(session, G_TIME_SPAN_MINUTE);
        if (event == NULL)
            fail_msg("command %d did not end", command);
        if (event->kind == EVENT_DONE && event->done->command == command) {
            if (event->done->error != NULL)
                fail_msg("%s", event->done->error->message);
            return g_get_monotonic_time() - start;
        }
    }
}

static int count_api(const struct practice_tenant *tenant, gboolean writes)
{
    g_autoptr(json) record = practice_record(tenant);
    int count = 0;
    json_for_each (entry, record) {
        gboolean is_write = strcmp(json_get_string(entry, "method"), "GET") != 0;
        count += strcmp(json_get_string(entry, "host"), "127.0.0.1") != 0 && is_write == writes;
    }
    return count;
}

static void report(const char *what, gint64 took, int trips, const char *of)
{
    print_message("%-34s %6.0f ms = %.2f x %d %s of %d ms\n", what, (double)took / G_TIME_SPAN_MILLISECOND,
                  (double)took / (double)(trips * LATENCY), trips, of, LATENCY_MS);
}

/* A whole tenant holds the deepest chain of look-ups: group, catalog, package, policy. */
static void bench_check(void **state)
{
    enum { DEPTH = 4 };
    (void)state;
    struct practice_tenant *tenant = practice_begin("complete", slow);
    struct session *session = open_session(tenant);
    session_sign_in(session, TRUE);
    await(session, COMMAND_SIGN_IN, 0);
    int before = count_api(tenant, FALSE);
    gint64 start = g_get_monotonic_time();
    session_check(session);
    gint64 took = await(session, COMMAND_CHECK, start);
    int reads = count_api(tenant, FALSE) - before;
    report("check, against the critical path", took, DEPTH, "dependent round trips");
    report("check, against one after another", took, reads, "requests");
    session_free(session);
    practice_end(tenant);
    assert_true((double)took <= MOST_CHECK_RATIO * DEPTH * (double)LATENCY);
}

/* Each write needs one round trip and one to read it back; the rest is what replication makes perch ask again. */
static void bench_apply(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", slow);
    struct session *session = open_session(tenant);
    session_sign_in(session, TRUE);
    await(session, COMMAND_SIGN_IN, 0);
    session_answer(session, "sponsor", "sponsor@contoso.com");
    await(session, COMMAND_ANSWER, 0);
    session_plan(session, FALSE);
    await(session, COMMAND_PLAN, 0);
    int before = count_api(tenant, FALSE);
    gint64 start = g_get_monotonic_time();
    session_apply(session, NULL, "contoso.com");
    gint64 took = await(session, COMMAND_APPLY, start);
    int writes = count_api(tenant, TRUE);
    int reads = count_api(tenant, FALSE) - before;
    print_message("apply: %d writes, %d reads\n", writes, reads);
    report("apply, against writes read back", took, 2 * writes, "round trips");
    session_free(session);
    practice_end(tenant);
    assert_true(writes > 4);
    assert_true((double)took <= MOST_APPLY_RATIO * 2 * writes * (double)LATENCY);
}

/* The screen stands before the first answer of a service that takes a second for each. */
static void bench_first_paint(void **state)
{
    enum { SETTLE_MS = 150, RUNS = 5 };
    (void)state;
    gint64 best = G_MAXINT64;
    for (int i = 0; i < RUNS; i++) {
        struct practice_tenant *tenant = practice_begin("fresh", (const char *const[]){"--latency", "1000", NULL});
        g_auto(GStrv) line = perch_command_line(tenant, (const char *const[]){NULL});
        gint64 start = g_get_monotonic_time();
        g_autoptr(Terminal) terminal = terminal_start((const char *const *)line, NULL, 80, 24);
        terminal_wait(terminal, "Checklist");
        best = MIN(best, g_get_monotonic_time() - start);
        terminal_free(g_steal_pointer(&terminal));
        practice_end(tenant);
    }
    gint64 milliseconds = best / G_TIME_SPAN_MILLISECOND - SETTLE_MS;
    print_message("%-34s %6d ms, network at 1000 ms a trip\n", "first paint", (int)milliseconds);
    assert_true(milliseconds <= MOST_PAINT_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bench_check),
        cmocka_unit_test(bench_apply),
        cmocka_unit_test(bench_first_paint),
    };
    json_init();
    return cmocka_run_group_tests_name("bench", tests, NULL, NULL);
}

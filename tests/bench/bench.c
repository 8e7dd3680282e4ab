/* SPDX-License-Identifier: MIT */
/*
 * perch_bench check|apply MILLISECONDS: one command of a session that is signed in, against a practice tenant that
 * waits MILLISECONDS before each answer. Prints "took MICROSECONDS reads N writes N"; bench.py makes the table of it.
 */
#include <stdio.h>
#include <string.h>

#include "engine/session.h"
#include "support/background.h"
#include "support/practice.h"

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

static struct session *signed_in(const struct practice_tenant *tenant)
{
    struct session *session = open_session(tenant);
    session_sign_in(session, TRUE);
    await(session, COMMAND_SIGN_IN, 0);
    return session;
}

static gint64 check(struct session *session)
{
    gint64 start = g_get_monotonic_time();
    session_check(session);
    return await(session, COMMAND_CHECK, start);
}

static gint64 apply(struct session *session)
{
    gint64 start = g_get_monotonic_time();
    session_apply(session, NULL, "contoso.com");
    return await(session, COMMAND_APPLY, start);
}

static void plan(struct session *session)
{
    session_answer(session, "sponsor", "sponsor@contoso.com");
    await(session, COMMAND_ANSWER, 0);
    session_plan(session, FALSE);
    await(session, COMMAND_PLAN, 0);
}

int main(int argc, char **argv)
{
    gboolean applies = argc == 3 && strcmp(argv[1], "apply") == 0;
    if (argc != 3 || !(applies || strcmp(argv[1], "check") == 0)) {
        fprintf(stderr, "usage: perch_bench check|apply MILLISECONDS\n");
        return 2;
    }
    json_init();
    const char *const slow[] = {"--latency", argv[2], NULL};
    struct practice_tenant *tenant = practice_begin(applies ? "fresh" : "complete", slow);
    struct session *session = signed_in(tenant);
    if (applies)
        plan(session);
    int reads = count_api(tenant, FALSE);
    gint64 took = applies ? apply(session) : check(session);
    printf("took %" G_GINT64_FORMAT " reads %d writes %d\n", took, count_api(tenant, FALSE) - reads,
           count_api(tenant, TRUE));
    session_free(session);
    practice_end(tenant);
    return 0;
}

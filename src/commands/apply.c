/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include <stdio.h>
#include <unistd.h>

#include "base/error.h"
#include "board/run_line.h"
#include "commands/confirm.h"
#include "commands/headless.h"
#include "commands/saved_plan.h"

/* Until when, in the machine's zone, and for what: whoever reads this at night has nothing else to go by. */
static void tell_wait(const struct board *board, gint64 deadline)
{
    gint64 wall = g_get_real_time() + clock_wall_until(&board->clock, deadline);
    g_autofree char *time = clock_format_day(wall);
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        if (step->until == deadline) {
            fprintf(stderr, "perch: waiting until %s for “%s”: %s\n", time, step->title, step->reason);
            return;
        }
    }
    fprintf(stderr, "perch: waiting until %s\n", time);
}

/* What was looked at is what is sent. After a wait it goes on with what had to wait, unless somebody's signature says
 * what the whole of it is. */
static void apply_until_done(const struct options *options, struct session *session, const char *typed,
                             struct outcome *outcome)
{
    struct plan *seen = outcome->plan != NULL ? plan_ref(outcome->plan) : NULL;
    for (;;) {
        if (seen != NULL)
            session_send_plan(session, seen, typed);
        else
            session_apply(session, NULL, typed);
        headless_await(session, COMMAND_APPLY, options->json, outcome);
        gint64 deadline = outcome->board != NULL ? board_due(outcome->board) : 0;
        /* Time helps also with what is in doubt, and nothing else was sent. */
        const gboolean is_in_doubt = g_error_matches(outcome->error, PERCH_ERROR, PERCH_ERROR_IN_DOUBT);
        if (!options->wait || (outcome->error != NULL && !is_in_doubt))
            break;
        if (is_in_doubt) {
            g_autofree char *headline = error_headline(outcome->error);
            fprintf(stderr, "perch: %s\n", headline);
        }
        if (deadline == 0)
            break;
        tell_wait(outcome->board, deadline);
        gint64 end = g_get_monotonic_time() + clock_wall_until(&outcome->board->clock, deadline);
        for (gint64 left = end - g_get_monotonic_time(); left > 0; left = end - g_get_monotonic_time())
            event_free(session_wait_event(session, left));
        if (options->plan == NULL)
            g_clear_pointer(&seen, plan_unref);
    }
    plan_unref(seen);
}

int command_apply(const struct options *options, struct session *session, struct outcome *outcome, GError **error)
{
    g_autofree char *typed = NULL;
    /* Before anybody signs in for it. */
    if (options->plan != NULL && !saved_plan_can_be_read(options->plan, session_signed_plan(session), error))
        return EXIT_BAD_INPUT;
    if (!options->yes || options->plan != NULL) {
        session_plan(session, FALSE);
        headless_await(session, COMMAND_PLAN, TRUE, outcome);
    }
    if (outcome->error == NULL && options->plan != NULL &&
        !saved_plan_matches(options->plan, session_signed_plan(session), outcome->board, outcome->plan, error))
        return EXIT_BAD_INPUT;
    /* Nobody is there to confirm the plan, and there is nothing in it. */
    if (!options->yes && !isatty(STDIN_FILENO) && outcome->error == NULL && outcome->plan != NULL &&
        outcome->plan->requests->len == 0 && outcome->board->handed == NULL) {
        outcome_print(outcome, options);
        return outcome->exit_code;
    }
    if (outcome->error == NULL) {
        if (!confirm_plan(options, outcome, &typed, error))
            return EXIT_PERSON;
        session_take_over(session, typed);
        headless_await(session, COMMAND_TAKE_OVER, options->json, outcome);
    }
    if (outcome->error == NULL)
        apply_until_done(options, session, typed, outcome);
    if (outcome->error == NULL)
        outcome_print(outcome, options);
    return outcome->exit_code;
}

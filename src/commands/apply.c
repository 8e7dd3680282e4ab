#include "commands/commands.h"

#include <stdio.h>

#include "base/error.h"
#include "commands/confirm.h"
#include "commands/headless.h"
#include "commands/place.h"

/* The step time at which the first wait on BOARD ends; 0 if nothing waits. */
static gint64 next_deadline(const struct board *board)
{
    gint64 next = 0;
    for (guint i = 0; i < board->steps->len; i++) {
        const struct board_step *step = g_ptr_array_index(board->steps, i);
        if (step->state == STEP_WAITING && step->until > 0 && (next == 0 || step->until < next))
            next = step->until;
    }
    return next;
}

static void sit_out(struct session *session, const struct board *board, gint64 deadline)
{
    g_autofree char *time = clock_format_local(deadline);
    gint64 wall_end = g_get_monotonic_time() + clock_wall_until(&board->clock, deadline);
    fprintf(stderr, "perch: waiting until %s\n", time);
    for (gint64 left = wall_end - g_get_monotonic_time(); left > 0; left = wall_end - g_get_monotonic_time())
        event_free(session_wait_event(session, left));
}

static void apply_until_done(const struct options *options, struct session *session, const char *typed,
                             struct outcome *outcome)
{
    for (;;) {
        session_apply(session, NULL, typed);
        headless_await(session, COMMAND_APPLY, options->json, outcome);
        gint64 deadline = outcome->board != NULL ? next_deadline(outcome->board) : 0;
        if (!options->wait || outcome->error != NULL || deadline == 0)
            return;
        sit_out(session, outcome->board, deadline);
    }
}

static int apply(const struct options *options, struct session *session, struct outcome *outcome, GError **error)
{
    g_autofree char *typed = NULL;
    if (!options->yes) {
        session_plan(session, FALSE);
        headless_await(session, COMMAND_PLAN, TRUE, outcome);
    }
    if (outcome->error == NULL) {
        if (!confirm_plan(options, outcome, &typed, error))
            return EXIT_PERSON;
        apply_until_done(options, session, typed, outcome);
    }
    if (outcome->error != NULL)
        g_propagate_error(error, g_steal_pointer(&outcome->error));
    else
        outcome_print(outcome, options->json);
    return outcome->exit_code;
}

int command_apply(const struct options *options, GError **error)
{
    struct place place;
    struct outcome outcome = {0};
    if (!place_open(&place, options, TRUE, error))
        return EXIT_FAILED;
    int status = apply(options, place.session, &outcome, error);
    outcome_clear(&outcome);
    place_close(&place);
    return status;
}

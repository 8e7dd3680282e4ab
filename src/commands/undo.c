#include "commands/commands.h"

#include <stdio.h>

#include "base/error.h"
#include "commands/board_json.h"
#include "commands/confirm.h"
#include "commands/headless.h"
#include "commands/place.h"

static void print(const struct options *options, const struct outcome *outcome)
{
    if (!options->json) {
        printf("%d objects that perch created are left.\n", outcome->board->created_count);
        return;
    }
    g_autoptr(json) document = board_json(outcome->board, NULL);
    print_json(document);
}

static int undo(const struct options *options, struct session *session, struct outcome *outcome, GError **error)
{
    g_autofree char *typed = NULL;
    session_plan(session, TRUE);
    headless_await(session, COMMAND_PLAN, TRUE, outcome);
    if (outcome->error == NULL && (outcome->plan->requests->len > 0 || outcome->board->created_count > 0)) {
        if (!confirm_plan(options, outcome, &typed, error))
            return EXIT_PERSON;
        session_undo(session, typed);
        headless_await(session, COMMAND_UNDO, options->json, outcome);
    } else if (outcome->error == NULL)
        outcome->exit_code = EXIT_DONE;
    if (outcome->error != NULL)
        g_propagate_error(error, g_steal_pointer(&outcome->error));
    else
        print(options, outcome);
    return outcome->exit_code;
}

int command_undo(const struct options *options, GError **error)
{
    struct place place;
    struct outcome outcome = {0};
    if (!place_open(&place, options, TRUE, error))
        return EXIT_FAILED;
    int status = undo(options, place.session, &outcome, error);
    outcome_clear(&outcome);
    place_close(&place);
    return status;
}

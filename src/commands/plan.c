#include "commands/commands.h"

#include <stdio.h>

#include "base/error.h"
#include "commands/board_json.h"
#include "commands/board_text.h"
#include "commands/headless.h"
#include "commands/place.h"

static void print(const struct options *options, const struct outcome *outcome)
{
    if (!options->json) {
        print_plan(stdout, outcome->board, outcome->plan);
        return;
    }
    g_autoptr(json) document = board_json(outcome->board, outcome->plan);
    print_json(document);
}

int command_plan(const struct options *options, GError **error)
{
    struct place place;
    struct outcome outcome = {0};
    if (!place_open(&place, options, TRUE, error))
        return EXIT_FAILED;
    session_plan(place.session, FALSE);
    headless_await(place.session, COMMAND_PLAN, options->json, &outcome);
    int status = outcome.exit_code;
    if (outcome.error != NULL) {
        g_propagate_error(error, g_steal_pointer(&outcome.error));
    } else {
        print(options, &outcome);
        if (outcome.plan->requests->len > 0 && status != EXIT_FAILED && status != EXIT_IN_DOUBT)
            status = EXIT_LEFT;
    }
    outcome_clear(&outcome);
    place_close(&place);
    return status;
}

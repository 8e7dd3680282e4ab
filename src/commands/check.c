#include "commands/commands.h"

#include "base/error.h"
#include "commands/headless.h"
#include "commands/place.h"

int command_check(const struct options *options, GError **error)
{
    struct place place;
    struct outcome outcome = {0};
    if (!place_open(&place, options, TRUE, error))
        return EXIT_FAILED;
    session_check(place.session);
    headless_await(place.session, COMMAND_CHECK, options->json, &outcome);
    if (outcome.error != NULL)
        g_propagate_error(error, g_steal_pointer(&outcome.error));
    else
        outcome_print(&outcome, options->json);
    int status = outcome.exit_code;
    outcome_clear(&outcome);
    place_close(&place);
    return status;
}

#include "commands/commands.h"

#include <stdio.h>

#include "base/error.h"
#include "commands/headless.h"
#include "commands/place.h"

static gboolean print(const char *text, GError **error)
{
    if (fputs(text, stdout) != EOF && fflush(stdout) == 0)
        return TRUE;
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_STATE, "The hand-over cannot be written to standard output.");
    return FALSE;
}

int command_hand_over(const struct options *options, GError **error)
{
    struct place place;
    struct outcome outcome = {0};
    int status = 0;
    if (!place_open(&place, options, TRUE, error))
        return 1;
    session_hand_over(place.session, options->output);
    headless_await(place.session, COMMAND_HAND_OVER, options->json, &outcome);
    if (outcome.error != NULL) {
        status = outcome.exit_code;
        g_propagate_error(error, g_steal_pointer(&outcome.error));
    } else if (outcome.hand_over != NULL && !print(outcome.hand_over, error)) {
        status = 1;
    }
    outcome_clear(&outcome);
    place_close(&place);
    return status;
}

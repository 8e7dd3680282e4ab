/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "commands/headless.h"

int command_check(const struct options *options, struct session *session, struct outcome *outcome, GError **error)
{
    (void)error;
    session_check(session);
    headless_await(session, COMMAND_CHECK, options->json, outcome);
    if (outcome->error == NULL) {
        outcome->exit_code = outcome_tell_drift(outcome, options);
        outcome_print(outcome, options);
    }
    return outcome->exit_code;
}

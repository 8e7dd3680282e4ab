/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/error.h"
#include "commands/headless.h"
#include "commands/output.h"

static int hand_over(const struct options *options, struct session *session, struct outcome *outcome, GError **error)
{
    session_hand_over(session, NULL);
    headless_await(session, COMMAND_HAND_OVER, options->json, outcome);
    if (outcome->error == NULL && !output_write(options->output, "The hand-over", outcome->hand_over, -1, error))
        return EXIT_FAILED;
    return EXIT_DONE;
}

int command_hand_over(const struct options *options, GError **error)
{
    static const char *const endings[] = {".json", NULL};
    return output_may_write(options, options->output, endings, error) ? headless_run(options, hand_over, error)
                                                                      : EXIT_BAD_INPUT;
}

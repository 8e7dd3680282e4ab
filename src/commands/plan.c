/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include <stdio.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "commands/board_json.h"
#include "commands/board_text.h"
#include "commands/headless.h"
#include "commands/output.h"
#include "commands/saved_plan.h"

static int plan(const struct options *options, struct session *session, struct outcome *outcome, GError **error)
{
    session_plan(session, FALSE);
    headless_await(session, COMMAND_PLAN, options->json, outcome);
    if (outcome->error != NULL)
        return outcome->exit_code;
    if (options->output != NULL) {
        g_autofree char *text = saved_plan_text(outcome->board, outcome->plan);
        if (!output_write(options->output, "The plan", text, -1, error))
            return EXIT_FAILED;
        g_autofree char *count = text_count(outcome->plan->requests->len, "request", "requests");
        fprintf(stderr, "perch: %s for %s (%s) in it; nothing has been sent.\n", count, outcome->board->tenant_name,
                outcome->board->tenant_domain);
        print_obstacles(stderr, outcome->plan);
        for (guint i = 0; i < outcome->plan->requests->len; i++) {
            const struct planned_request *request = g_ptr_array_index(outcome->plan->requests, i);
            if (request->for_person)
                fprintf(stderr, "perch: %s " PLAN_FOR_PERSON "\n", request->sentence);
        }
    }
    g_autoptr(json) document = options->json ? outcome_json(outcome, outcome->plan) : NULL;
    if (document != NULL)
        print_json(document);
    else if (!options->json_line && options->output == NULL)
        print_plan(stdout, outcome->board, outcome->plan);
    gboolean would_write =
        outcome->plan->requests->len > 0 && outcome->exit_code != EXIT_FAILED && outcome->exit_code != EXIT_IN_DOUBT;
    if (would_write && (*outcome->board->left != '\0' || *outcome->board->undone != '\0'))
        return EXIT_PERSON;
    return would_write ? EXIT_LEFT : outcome->exit_code;
}

int command_plan(const struct options *options, GError **error)
{
    static const char *const endings[] = {".json", NULL};
    if (!output_may_write(options, options->output, endings, error))
        return EXIT_BAD_INPUT;
    return headless_run(options, plan, error);
}

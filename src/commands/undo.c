/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include <stdio.h>

#include "base/error.h"
#include "base/json.h"
#include "commands/board_json.h"
#include "commands/board_text.h"
#include "commands/confirm.h"
#include "commands/headless.h"

int command_undo(const struct options *options, struct session *session, struct outcome *outcome, GError **error)
{
    g_autofree char *typed = NULL;
    session_plan(session, TRUE);
    headless_await(session, COMMAND_PLAN, TRUE, outcome);
    if (outcome->error != NULL)
        return outcome->exit_code;
    const struct board *board = outcome->board;
    gboolean may_be_left =
        board->created_count > 0 || board->summary.in_doubt > 0 || board->may_be_own > 0 || board->lingers;
    if (outcome->plan->requests->len > 0 || may_be_left) {
        if (!confirm_plan(options, outcome, &typed, error))
            return EXIT_PERSON;
        session_send_plan(session, outcome->plan, typed);
        headless_await(session, COMMAND_UNDO, options->json, outcome);
    } else
        outcome->exit_code = EXIT_DONE;
    g_autoptr(json) document = outcome->error == NULL && options->json ? outcome_json(outcome, NULL) : NULL;
    if (document != NULL) {
        json *keeps = json_new_array();
        for (guint i = 0; i < outcome->board->partner_keeps->len; i++)
            json_append_string(keeps, g_ptr_array_index(outcome->board->partner_keeps, i));
        json_set(document, "partnerKeeps", keeps);
        print_json(document);
    } else if (outcome->error == NULL && !options->json_line)
        print_left(stdout, outcome->board);
    return outcome->exit_code;
}

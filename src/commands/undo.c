#include "commands/commands.h"

#include <stdio.h>

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
    g_autofree char *text = json_text_indented(document);
    printf("%s\n", text);
}

static int undo(const struct options *options, struct session *session, struct outcome *outcome, GError **error)
{
    g_autofree char *typed = NULL;
    session_plan(session, TRUE);
    headless_await(session, COMMAND_PLAN, TRUE, outcome);
    if (outcome->error == NULL) {
        if (outcome->plan->requests->len > 0 && !confirm_plan(options, outcome, &typed, error))
            return 5;
        session_undo(session, typed != NULL ? typed : options->tenant);
        headless_await(session, COMMAND_UNDO, options->json, outcome);
    }
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
        return 1;
    int status = undo(options, place.session, &outcome, error);
    outcome_clear(&outcome);
    place_close(&place);
    return status;
}

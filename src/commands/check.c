#include "commands/commands.h"

#include <stdio.h>

#include "commands/board_json.h"
#include "commands/board_text.h"
#include "commands/headless.h"
#include "commands/place.h"

static void print(const struct options *options, const struct outcome *outcome)
{
    if (!options->json) {
        print_board(stdout, outcome->board);
        return;
    }
    g_autoptr(json) document = board_json(outcome->board, NULL);
    g_autofree char *text = json_text_indented(document);
    printf("%s\n", text);
}

int command_check(const struct options *options, GError **error)
{
    struct place place;
    struct outcome outcome = {0};
    if (!place_open(&place, options, TRUE, error))
        return 1;
    session_check(place.session);
    headless_await(place.session, COMMAND_CHECK, options->json, &outcome);
    if (outcome.error != NULL)
        g_propagate_error(error, g_steal_pointer(&outcome.error));
    else
        print(options, &outcome);
    int status = outcome.exit_code;
    outcome_clear(&outcome);
    place_close(&place);
    return status;
}

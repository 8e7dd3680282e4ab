#include "commands/commands.h"

#include <stdio.h>

#include "base/error.h"
#include "commands/board_json.h"
#include "commands/headless.h"
#include "commands/place.h"

static void print_identity(const struct options *options, const struct board *board)
{
    if (!options->json) {
        printf("%s\n%s · %s · %s\n%s\n", board->account, board->tenant_name, board->tenant_domain, board->tenant_id,
               board->keyring);
        return;
    }
    g_autoptr(json) document =
        json_from("{'account':%s,'tenant':{'id':%s,'name':%s,'domain':%s},'cloud':%s,'practice':%b,'credentials':%s}",
                  board->account, board->tenant_id, board->tenant_name, board->tenant_domain, board->cloud,
                  board->practice, board->keyring);
    print_json(document);
}

static int run(const struct options *options, enum command_kind command, GError **error)
{
    struct place place;
    struct outcome outcome = {0};
    int status = 0;
    if (!place_open(&place, options, TRUE, error))
        return EXIT_FAILED;
    if (command == COMMAND_SIGN_IN)
        session_sign_in(place.session, options->device_code || options->practice || options->practice_url != NULL);
    else if (command == COMMAND_SIGN_OUT)
        session_sign_out(place.session);
    else
        session_check(place.session);
    headless_await(place.session, command, options->json, &outcome);
    if (outcome.error != NULL) {
        status = outcome.exit_code;
        g_propagate_error(error, g_steal_pointer(&outcome.error));
    } else if (command == COMMAND_SIGN_OUT) {
        printf(options->json ? "{\"signedOut\":true}\n" : "Signed out.\n");
    } else {
        status = outcome.board->signed_in ? EXIT_DONE : EXIT_PERSON;
        print_identity(options, outcome.board);
    }
    outcome_clear(&outcome);
    place_close(&place);
    return status;
}

int command_sign_in(const struct options *options, GError **error)
{
    return run(options, COMMAND_SIGN_IN, error);
}

int command_sign_out(const struct options *options, GError **error)
{
    return run(options, COMMAND_SIGN_OUT, error);
}

int command_whoami(const struct options *options, GError **error)
{
    return run(options, COMMAND_CHECK, error);
}

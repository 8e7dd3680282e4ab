/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include <stdio.h>

#include "base/error.h"
#include "base/json.h"
#include "commands/board_json.h"
#include "commands/headless.h"

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

int command_sign_in(const struct options *options, struct session *session, struct outcome *outcome, GError **error)
{
    (void)error;
    outcome->explains_rights = TRUE;
    session_sign_in(session, options->device_code || options->practice || options->practice_url != NULL);
    headless_await(session, COMMAND_SIGN_IN, options->json, outcome);
    if (outcome->error == NULL)
        print_identity(options, outcome->board);
    return outcome->board->signed_in ? EXIT_DONE : EXIT_PERSON;
}

int command_sign_out(const struct options *options, struct session *session, struct outcome *outcome, GError **error)
{
    (void)error;
    if (options->everywhere) {
        session_revoke_sessions(session);
        headless_await(session, COMMAND_REVOKE_SESSIONS, options->json, outcome);
        if (outcome->error != NULL)
            return outcome->exit_code;
    }
    session_sign_out(session);
    headless_await(session, COMMAND_SIGN_OUT, options->json, outcome);
    if (outcome->error == NULL)
        printf(options->json ? "{\"signedOut\":true}\n" : "Signed out.\n");
    return EXIT_DONE;
}

static int whoami(const struct options *options, struct session *session, struct outcome *outcome, GError **error)
{
    (void)error;
    session_check(session);
    headless_await(session, COMMAND_CHECK, options->json, outcome);
    if (outcome->error == NULL)
        print_identity(options, outcome->board);
    return outcome->board->signed_in ? EXIT_DONE : EXIT_PERSON;
}

int command_whoami(const struct options *options, GError **error)
{
    struct options quiet = *options;
    quiet.never_ask = TRUE;
    return headless_run(&quiet, whoami, error);
}

int command_password(const struct options *options, struct session *session, struct outcome *outcome, GError **error)
{
    (void)error;
    outcome->prints_secret = TRUE;
    session_password(session);
    headless_await(session, COMMAND_PASSWORD, options->json, outcome);
    return outcome->exit_code;
}

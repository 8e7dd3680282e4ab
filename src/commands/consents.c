/* SPDX-License-Identifier: MIT */
/* perch consents: what signing in left in the tenant, and taking it back. */
#include <stdio.h>

#include "base/error.h"
#include "base/json.h"
#include "commands/board_json.h"
#include "commands/commands.h"
#include "commands/headless.h"

int command_consents(const struct options *options, struct session *session, struct outcome *outcome, GError **error)
{
    (void)error;
    g_autofree char *named = options->consents != NULL ? g_strjoinv(" ", options->consents) : NULL;
    session_consents(session, options->take_back, named);
    headless_await(session, COMMAND_CONSENTS, options->json, outcome);
    json *list = json_new_array();
    guint count = outcome->consents != NULL ? outcome->consents->len : 0;
    for (guint i = 0; i < count; i++) {
        const struct consent *consent = g_ptr_array_index(outcome->consents, i);
        json_append(list, json_from("{'id':%s,'application':%s,'resource':%s,'scopes':%s,'everyone':%b,"
                                    "'takenBack':%b}",
                                    consent->id, consent->application, consent->resource, consent->scopes,
                                    consent->everyone, consent->taken_back));
        if (options->json)
            continue;
        const char *whose = consent->taken_back ? "taken back"
                            : consent->everyone
                                ? "for everyone; others may need it: --take-back --consent takes it back, id "
                                : "for this account";
        printf("%s\n  %s: %s\n  %s%s\n", consent->application, consent->resource, consent->scopes, whose,
               consent->everyone && !consent->taken_back ? consent->id : "");
    }
    g_autoptr(json) document = json_new_object();
    json_set(document, "consents", list);
    if (options->json && outcome->error == NULL)
        print_json(document);
    else if (!options->json && outcome->error == NULL && count == 0)
        printf(outcome->board->practice ? "A practice tenant keeps no consents of sign-ins: there is nothing to list.\n"
                                        : "Signing in left no consent in this tenant.\n");
    return outcome->exit_code;
}

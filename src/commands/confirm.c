/* SPDX-License-Identifier: MIT */
#include "commands/confirm.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json.h"
#include "commands/board_json.h"
#include "commands/board_text.h"
#include "ui/agreement.h"

#define LINE_SIZE 300

gboolean confirm_plan(const struct options *options, const struct outcome *outcome, char **typed, GError **error)
{
    char line[LINE_SIZE];
    gboolean takes_away = outcome->plan != NULL && outcome->plan->undo;
    *typed = g_strdup(options->tenant);
    if (options->yes) {
        /* Of what connecting sends there is perch plan. */
        if (takes_away && !options->json && !options->json_line)
            print_plan(stderr, outcome->board, outcome->plan);
        return TRUE;
    }
    if (!isatty(STDIN_FILENO)) {
        if (takes_away && options->json) {
            g_autoptr(json) document = outcome_json(outcome, outcome->plan);
            print_json(document);
            return FALSE;
        }
        if (takes_away && !options->json_line)
            print_plan(stdout, outcome->board, outcome->plan);
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_PERSON,
                    "Nothing was sent: the plan has to be confirmed, and there is nobody to ask.\n%s, then use --yes "
                    "with --tenant.",
                    !takes_away          ? "Look at it with perch plan"
                    : options->json_line ? "Look at it without --json-line and --yes"
                                         : "Look at the plan above");
        return FALSE;
    }
    print_plan(stderr, outcome->board, outcome->plan);
    g_autofree char *words = agreement_domain_text(outcome->plan, outcome->board->tenant_domain);
    fprintf(stderr, "\n%s: ", words);
    if (fgets(line, sizeof line, stdin) == NULL)
        line[0] = '\0';
    line[strcspn(line, "\r\n")] = '\0';
    g_free(*typed);
    *typed = g_strdup(line);
    return TRUE;
}

/* SPDX-License-Identifier: MIT */
#include "commands/confirm.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "commands/board_text.h"
#include "ui/agreement.h"

#define LINE_SIZE 300

gboolean confirm_plan(const struct options *options, const struct outcome *outcome, char **typed, GError **error)
{
    char line[LINE_SIZE];
    *typed = g_strdup(options->tenant);
    if (options->yes)
        return TRUE;
    if (!isatty(STDIN_FILENO)) {
        g_set_error_literal(
            error, PERCH_ERROR, PERCH_ERROR_PERSON,
            "Nothing was sent: the plan has to be confirmed, and there is nobody to ask.\nLook at it with "
            "perch plan, then use --yes with --tenant.");
        return FALSE;
    }
    print_plan(stderr, outcome->board, outcome->plan);
    g_autofree char *words = agreement_domain_text(outcome->board->tenant_domain);
    fprintf(stderr, "\n%s: ", words);
    if (fgets(line, sizeof line, stdin) == NULL)
        line[0] = '\0';
    line[strcspn(line, "\r\n")] = '\0';
    g_free(*typed);
    *typed = g_strdup(line);
    return TRUE;
}

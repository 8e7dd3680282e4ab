/*
 * Running one command of a session without a console: events are taken until it is done, prompts go to stderr.
 */
#ifndef PERCH_COMMANDS_HEADLESS_H
#define PERCH_COMMANDS_HEADLESS_H

#include "commands/options.h"
#include "engine/session.h"

struct outcome {
    struct board *board;     /* the last one; never NULL */
    struct plan *plan;       /* NULL unless a plan was made */
    struct history *history; /* NULL unless it was asked for */
    char *hand_over;         /* NULL unless it was asked for */
    GError *error;           /* NULL if the command did what it could */
    int exit_code;           /* enum exit_code of base/error.h */
};

/* Take events of SESSION until a COMMAND is done. Log lines of LOG_NOTICE and above go to stderr unless QUIET. */
void headless_await(struct session *session, enum command_kind command, gboolean quiet, struct outcome *outcome);
void outcome_clear(struct outcome *outcome);

/* Print the board of OUTCOME on standard output, for a person or as the document of --json. */
void outcome_print(const struct outcome *outcome, gboolean as_json);

/* Print ERROR as this command line does: a sentence and a hint on stderr, or {"error":...} on stdout in JSON mode. */
void report_error(const GError *error, gboolean as_json);

#endif

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
    GError *error;           /* NULL if the command did what it could */
    int exit_code;
};

/* Take events of SESSION until a COMMAND is done. Log lines of LOG_NOTICE and above go to stderr unless QUIET. */
void headless_await(struct session *session, enum command_kind command, gboolean quiet, struct outcome *outcome);
void outcome_clear(struct outcome *outcome);

/* Print ERROR as this command line does: a sentence and a hint on stderr, or {"error":...} on stdout in JSON mode. */
void report_error(const GError *error, gboolean as_json);

#endif

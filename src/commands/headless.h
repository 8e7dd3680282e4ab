/* SPDX-License-Identifier: MIT */
/*
 * Running one command of a session without a console: events are taken until it is done, prompts go to stderr.
 */
#ifndef PERCH_COMMANDS_HEADLESS_H
#define PERCH_COMMANDS_HEADLESS_H

#include "base/json_type.h"
#include "commands/options.h"
#include "engine/session.h"

struct outcome {
    struct board *board;      /* the last one; never NULL */
    struct plan *plan;        /* NULL unless a plan was made */
    struct history *history;  /* NULL unless it was asked for */
    char *hand_over;          /* NULL unless it was asked for */
    struct seal *seal;        /* NULL unless it was asked for */
    GPtrArray *consents;      /* of struct consent; NULL unless they were asked for */
    GPtrArray *diagnoses;     /* of struct diagnosis; NULL unless they were asked for */
    GPtrArray *notices;       /* of char *: what was remarked on the answers; NULL without */
    char *surprises;          /* a document; NULL unless it was asked for */
    gboolean approves;        /* sign-ins are approved by the practice tenant itself */
    gboolean explains_rights; /* each right that a sign-in asks for is said with its reason */
    gboolean prints_secret;   /* a secret that is shown goes to standard output, and nothing else does */
    GError *error;            /* NULL if the command did what it could */
    int exit_code;            /* enum exit_code of base/error.h */
};

/* What a command does with its session; fills OUTCOME, returns the exit code, sets ERROR for what is not OUTCOME's. */
typedef int (*command_body)(const struct options *options, struct session *session, struct outcome *outcome,
                            GError **error);

/* Connect as OPTIONS say, run BODY, end the session. ERROR (not NULL) gets OUTCOME's too. Returns the exit code. */
int headless_run(const struct options *options, command_body body, GError **error);

/* Take events of SESSION until a COMMAND is done. Log lines of LOG_NOTICE and above go to stderr
 * unless QUIET; waits and errors in any case. */
void headless_await(struct session *session, enum command_kind command, gboolean quiet, struct outcome *outcome);

/* The exit code of a reading: EXIT_DRIFTED where OPTIONS ask for that, something that was proved is not so any more,
 * and nothing graver holds. */
int outcome_tell_drift(const struct outcome *outcome, const struct options *options);

/* The document of --json: the board of OUTCOME, with PLAN's requests unless it is NULL, and what was remarked on the
 * answers. Caller frees. */
json *outcome_json(const struct outcome *outcome, const struct plan *plan);

/* Print the board of OUTCOME on standard output, for a person or as the document of --json; nothing with --json-line,
 * whose line comes at the end of the run. */
void outcome_print(const struct outcome *outcome, const struct options *options);

/* Print ERROR as this command line does: a sentence and a hint on stderr, or {"error":...} on stdout in JSON mode. */
void report_error(const GError *error, gboolean as_json);

#endif

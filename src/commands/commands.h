/* SPDX-License-Identifier: MIT */
/*
 * The commands of the command line, one file each, and the table that they stand in. Every one returns its exit code;
 * ERROR is set when it could not do its work at all, and main prints it. UI thread.
 */
#ifndef PERCH_COMMANDS_COMMANDS_H
#define PERCH_COMMANDS_COMMANDS_H

#include "commands/headless.h"
#include "commands/options.h"

struct command_row {
    const char *name;                                          /* "" for the console */
    const char *words;                                         /* what stands behind it, "[TOPIC]"; "" for nothing */
    const char *summary;                                       /* of a line, without a full stop */
    const char *detail;                                        /* sentences */
    const char *examples;                                      /* lines */
    enum command_set set;                                      /* the options that are for it */
    int (*run)(const struct options *options, GError **error); /* NULL: the command is BODY, with a session */
    command_body body;
};

/* In the order of the help. Ends with a row without a name (NULL). */
extern const struct command_row command_rows[];

/* The command NAME, or NULL. */
const struct command_row *command_named(const char *name);

int command_check(const struct options *options, struct session *session, struct outcome *outcome, GError **error);
int command_apply(const struct options *options, struct session *session, struct outcome *outcome, GError **error);
int command_leave(const struct options *options, struct session *session, struct outcome *outcome, GError **error);
int command_undo(const struct options *options, struct session *session, struct outcome *outcome, GError **error);
int command_sign_in(const struct options *options, struct session *session, struct outcome *outcome, GError **error);
int command_sign_out(const struct options *options, struct session *session, struct outcome *outcome, GError **error);
int command_doctor(const struct options *options, GError **error);

int command_console(const struct options *options, GError **error);
int command_plan(const struct options *options, GError **error);
int command_report(const struct options *options, GError **error);
int command_hand_over(const struct options *options, GError **error);
int command_consents(const struct options *options, struct session *session, struct outcome *outcome, GError **error);
int command_password(const struct options *options, struct session *session, struct outcome *outcome, GError **error);
int command_verify(const struct options *options, GError **error);
int command_partner(const struct options *options, GError **error);
int command_whoami(const struct options *options, GError **error);
int command_validate(const struct options *options, GError **error);
int command_explain(const struct options *options, GError **error);
int command_fleet(const struct options *options, GError **error);
int command_open(const struct options *options, GError **error);
int command_tenants(const struct options *options, GError **error);
int command_help(const struct options *options, GError **error);

/* TRUE if what OPTIONS name may open a page in a browser. */
gboolean commands_open_pages(const struct options *options);

/* Find and run the command that OPTIONS name. */
int commands_run(const struct options *options, GError **error);

#endif

/*
 * The commands of the command line, one file each. Every one returns its exit code; ERROR is set when it could not do
 * its work at all, and main prints it.
 */
#ifndef PERCH_COMMANDS_COMMANDS_H
#define PERCH_COMMANDS_COMMANDS_H

#include "commands/options.h"

int command_console(const struct options *options, GError **error);
int command_check(const struct options *options, GError **error);
int command_plan(const struct options *options, GError **error);
int command_apply(const struct options *options, GError **error);
int command_undo(const struct options *options, GError **error);
int command_report(const struct options *options, GError **error);
int command_hand_over(const struct options *options, GError **error);
int command_sign_in(const struct options *options, GError **error);
int command_sign_out(const struct options *options, GError **error);
int command_whoami(const struct options *options, GError **error);

/* Find and run the command that OPTIONS name. */
int commands_run(const struct options *options, GError **error);

#endif

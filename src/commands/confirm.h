/* SPDX-License-Identifier: MIT */
/*
 * The confirmation before the first write of a run without a console.
 */
#ifndef PERCH_COMMANDS_CONFIRM_H
#define PERCH_COMMANDS_CONFIRM_H

#include "commands/headless.h"
#include "commands/options.h"

/* Show PLAN on stderr and ask for the tenant's domain on the terminal; with --yes there is nothing to ask, and the
 * domain is what --tenant says (or NULL: what the answers say). TYPED gets what session_send_plan() takes; caller
 * frees. FALSE and PERCH_ERROR_PERSON if there is nobody to ask. What undo and leave would send is shown in any
 * case, since no other command shows it: with --json as a document on stdout, FALSE then without an error. */
gboolean confirm_plan(const struct options *options, const struct outcome *outcome, char **typed, GError **error);

#endif

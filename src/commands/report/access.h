/* SPDX-License-Identifier: MIT */
/*
 * Who can now do what in the tenant, and who gets in by what, as far as it was read: what page one of a report says.
 * Pure functions.
 */
#ifndef PERCH_COMMANDS_REPORT_ACCESS_H
#define PERCH_COMMANDS_REPORT_ACCESS_H

#include "commands/report/blocks.h"
#include "commands/report/facts.h"

/* Add to PAIRS a row with a line for each thing that lets somebody in (LETS_IN) or lets somebody do something; at least
 * one that says that there is nothing. */
void report_add_access(const struct report *report, gboolean lets_in, struct block *pairs);

/* Both rows as plain text, a line each. Caller frees. */
char *report_access_text(const struct board *board, const struct history *history);

#endif

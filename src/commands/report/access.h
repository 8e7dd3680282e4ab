/* SPDX-License-Identifier: MIT */
/*
 * Who can now do what in the tenant, and who gets in by what, as far as it was read: what page one of a report says.
 * Pure functions.
 */
#ifndef PERCH_COMMANDS_REPORT_ACCESS_H
#define PERCH_COMMANDS_REPORT_ACCESS_H

#include "commands/report/blocks.h"
#include "commands/report/facts.h"

/* Add to ROW, which holds its label, a line for each thing that lets somebody in (LETS_IN) or lets somebody do
 * something; at least one that says that there is nothing. */
void report_add_access(const struct report *report, gboolean lets_in, struct block_row *row);

#endif

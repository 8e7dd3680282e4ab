/*
 * Where the tenant leaves the partner's recipe, and where it leaves Microsoft's stricter one: what a change board and
 * an auditor ask for. Pure functions.
 */
#ifndef PERCH_COMMANDS_REPORT_DEVIATIONS_H
#define PERCH_COMMANDS_REPORT_DEVIATIONS_H

#include "commands/report_model.h"

/* Add to REPORT's deviations, and set its next review. */
void report_find_deviations(struct report *report, const struct history *history);

#endif

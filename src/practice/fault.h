/*
 * Faults: what a test arms through POST /practice/fault, and what a scenario draws for itself.
 *
 * A drawn fault depends on the seed, the method and path and how often they were tried, so a run can be repeated; the
 * try after a fault always passes.
 */
#ifndef PERCH_PRACTICE_FAULT_H
#define PERCH_PRACTICE_FAULT_H

#include "practice/call.h"

/* TRUE if the call is not to be carried out: its answer, drop or delay is set. */
gboolean fault_strike(struct call *call);

/* Arm the fault that BODY describes: {"method", "path" (prefix), "times", and of "status", "body", "retryAfter",
 * "drop": "before"|"after", "delayMs"}. FALSE if BODY is not of that form. */
gboolean fault_arm(struct practice *practice, const json *body);

void fault_free(gpointer fault);

#endif

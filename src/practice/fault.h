/* SPDX-License-Identifier: MIT */
/*
 * Faults: what a test arms through POST /practice/fault, and what a scenario draws for itself.
 *
 * Those of a scenario are behaviour.faults, drawn (one in "oneIn"), and behaviour.endless, which strike whatever "path"
 * (a pattern) and "methods" fit, always. 429 stays for "retryAfter" seconds, or untold for "holdSeconds".
 *
 * A drawn fault depends on the seed, the method and path and how often they were tried, so a run can be repeated; the
 * try after a fault always passes.
 */
#ifndef PERCH_PRACTICE_FAULT_H
#define PERCH_PRACTICE_FAULT_H

#include "practice/call.h"

/* TRUE if the call is not to be carried out: its answer, drop or delay is set. */
gboolean fault_strike(struct call *call);

/* Change the answer of a call that was carried out, if a fault wants that. */
void fault_disguise(struct call *call);

/* Arm the fault that BODY describes: {"method", "path" (prefix), "times", and of "status", "body" (a string is sent as
 * HTML), "retryAfter", "location", "claims" (JSON text: a 401 that challenges, until a sign-in was asked
 * to prove them), "drop": "before"|"after", "delayMs", "done" (carry it out all the same), and for how
 * the answer is sent "text" (instead of the body), "contentType", "padBytes", "cutBytes", "dripMs"}. What has no status
 * is carried out. FALSE if BODY is not of that form. */
gboolean fault_arm(struct practice *practice, const json *body);

void fault_free(gpointer fault);

#endif

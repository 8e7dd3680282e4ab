/* SPDX-License-Identifier: MIT */
/*
 * A plan as a file: what a change board signs is what is sent. UI thread.
 */
#ifndef PERCH_COMMANDS_SAVED_PLAN_H
#define PERCH_COMMANDS_SAVED_PLAN_H

#include "board/event.h"

/* PLAN of BOARD as a document: that of plan --json, and what it follows from. Caller frees. */
char *saved_plan_text(const struct board *board, const struct plan *plan);

/* FALSE and PERCH_ERROR_INPUT if FILE is no saved plan, or another than SHA256 says (NULL: any). */
gboolean saved_plan_can_be_read(const char *file, const char *sha256, GError **error);

/* Compare FILE with what would be sent now: PLAN of BOARD. FALSE and PERCH_ERROR_INPUT, naming what has changed since -
 * tenant, profile, answers, plan - if it is not the same, or if FILE is another than SHA256 says (NULL: any). */
gboolean saved_plan_matches(const char *file, const char *sha256, const struct board *board, const struct plan *plan,
                            GError **error);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The plan: every request that apply or undo would send, in order, and none of them sent. Pure.
 */
#ifndef PERCH_ENGINE_PLAN_H
#define PERCH_ENGINE_PLAN_H

#include "board/event.h"
#include "engine/situation.h"

/* From what the last check found. STEP as in action_next(). Caller unrefs. */
struct plan *plan_apply(const struct situation *situation, const char *step);

/* What undo would send. Caller unrefs. */
struct plan *plan_undo(const struct situation *situation);

/* What leaving the partner would send, after leave_begin() and a check; and what it would not. Caller unrefs. */
struct plan *plan_leave(const struct situation *situation);

/* The scopes that the requests of apply, or of undo, need, NULL-terminated. Caller frees with g_strfreev(). */
char **plan_scopes(const struct situation *situation, const char *step);
char **plan_undo_scopes(const struct situation *situation);

#endif

/*
 * The plan: every request that apply or undo would send, in order, and none of them sent. Worker thread.
 */
#ifndef PERCH_ENGINE_PLAN_H
#define PERCH_ENGINE_PLAN_H

#include "engine/worker.h"

/* From what the last check found. STEP as in action_next(). Caller unrefs. */
struct plan *plan_apply(struct worker *worker, const char *step);

/* What undo would send. Caller unrefs. */
struct plan *plan_undo(struct worker *worker);

/* The scopes that the requests of apply, or of undo, need, NULL-terminated. Caller frees with g_strfreev(). */
char **plan_scopes(struct worker *worker, const char *step);
char **plan_undo_scopes(struct worker *worker);

#endif

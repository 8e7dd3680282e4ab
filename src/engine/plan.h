/* SPDX-License-Identifier: MIT */
/*
 * The plan: every request that apply or undo would send, in order, and none of them sent. Pure.
 */
#ifndef PERCH_ENGINE_PLAN_H
#define PERCH_ENGINE_PLAN_H

#include "board/event.h"
#include "engine/actions.h"
#include "engine/situation.h"

/* What is done to OBJECT by an action of KIND, as plan and log say it: "create", "change", "remove". Static. */
const char *plan_verb(const struct object *object, enum action_kind kind);

/* From what the last check found. STEP as in action_next(). Caller unrefs. */
struct plan *plan_apply(const struct situation *situation, const char *step);

/* What undo would send. Caller unrefs. */
struct plan *plan_undo(const struct situation *situation);

/* What leaving the partner would send, after leave_begin() and a check; and what it would not. Caller unrefs. */
struct plan *plan_leave(const struct situation *situation);

/* TRUE if PLAN asks for nothing that SHOWN does not. */
gboolean plan_is_part_of(const struct plan *plan, const struct plan *shown);

/* Which of PLAN's requests, from 1, does to OBJECT what an action of KIND does, the NTH time (from 0; the last one
 * where there are not so many); 0: none. */
guint plan_number(const struct plan *plan, const struct object *object, enum action_kind kind, guint nth);

/* TRUE if a request of METHOD with BODY gives somebody the role Global Administrator (its template id: Microsoft,
 * permissions-reference). */
gboolean plan_makes_global_administrator(const char *method, const char *body);

/* Why it is not sent, as a format with what makes one. */
#define PLAN_NOT_COVERED "%s " PLAN_FOR_PERSON ".\nApply without --yes, or in the console, where a person looks at it."

/* The scopes that the requests of apply, or of undo, need, NULL-terminated; where apply begins with activating a role,
 * those of that: the others are asked for, and may be granted, once it is active. Caller frees with g_strfreev(). */
char **plan_scopes(const struct situation *situation, const char *step);
char **plan_undo_scopes(const struct situation *situation);

#endif

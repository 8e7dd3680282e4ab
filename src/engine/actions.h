/*
 * Which write comes next: the one rule that plan and apply share, so that what a plan shows is what apply does.
 */
#ifndef PERCH_ENGINE_ACTIONS_H
#define PERCH_ENGINE_ACTIONS_H

#include "engine/worker.h"

enum action_kind {
    ACTION_NONE,
    ACTION_ADOPT,   /* there and as wanted: only noted */
    ACTION_RESOLVE, /* find out what became of a write without an answer */
    ACTION_CREATE,
    ACTION_REPAIR,
    ACTION_RESTORE,
    ACTION_REMOVE, /* perch made it for a while, and somebody decided that it is no longer wanted */
};

/* What is to be done about OBJECT now. ASSUMED (may be NULL): keys of objects to take as if they matched. */
enum action_kind action_for_object(struct worker *worker, const struct object *object, GHashTable *assumed);

/* The first object in the profile's order for which there is something to do, and in *KIND what; NULL if there is none.
 * STEP (may be NULL): only this step and the steps it needs. */
struct object *action_next(struct worker *worker, GHashTable *assumed, const char *step, enum action_kind *kind);

/* The request of an action, with every known value filled in. NULL for adopt and resolve. Caller frees. */
struct request *action_request(struct worker *worker, const struct object *object, enum action_kind kind);

/* "create", "repair", "restore": as the journal names it. Static. */
const char *action_word(enum action_kind kind);

#endif

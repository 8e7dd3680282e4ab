/* SPDX-License-Identifier: MIT */
/*
 * Which write comes next: the one rule that plan and apply share, so that what a plan shows is what apply does. Pure.
 */
#ifndef PERCH_ENGINE_ACTIONS_H
#define PERCH_ENGINE_ACTIONS_H

#include "engine/situation.h"

enum action_kind {
    ACTION_NONE,
    ACTION_ADOPT,   /* there and as wanted: only noted */
    ACTION_RESOLVE, /* find out what became of a write without an answer */
    ACTION_CREATE,
    ACTION_REPAIR,
    ACTION_RESTORE,
    ACTION_REMOVE, /* perch made it for a while, and somebody decided that it is no longer wanted */
};

struct action {
    enum action_kind kind;
    struct object *object; /* borrowed; NULL: there is nothing to do */
};

/* What is to be done about OBJECT now. */
enum action_kind action_for_object(const struct situation *situation, const struct object *object);

/* The first object in the profile's order for which there is something to do, and what. STEP (may be NULL): only this
 * step and the steps it needs. */
struct action action_next(const struct situation *situation, const char *step);

/* From when OBJECT, an activation, can be given back, step time: Microsoft takes it not before kind->stays_at_least
 * seconds, by a clock of its own. */
gint64 action_gives_back_from(const struct object *object);

/* The activation that is to be given back next; NULL: none is. Of what is to go once all else is settled only then. */
struct object *action_gives_back(const struct situation *situation);

/* The request of an action, with every known value filled in. NULL for adopt and resolve. Caller frees. */
struct request *action_request(const struct onboarding *onboarding, const struct object *object, enum action_kind kind);

/* The write that KIND is; WRITE_NONE for adopt and resolve. */
enum write_action action_write(enum action_kind kind);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The state of a step, from its objects, its answers, the steps it needs and what the journal says. Pure.
 */
#ifndef PERCH_ENGINE_STEP_STATUS_H
#define PERCH_ENGINE_STEP_STATUS_H

#include "engine/situation.h"

struct step_status {
    enum step_state state;
    char *reason;              /* one sentence, "" if there is nothing to say */
    char *next;                /* what to do next, "" if there is nothing to do */
    gint64 until;              /* waiting, in doubt: from when on more can be told, step time; else 0 */
    const struct step *behind; /* blocked: the step that comes first; NULL: none does. Borrowed */
};
typedef struct step_status StepStatus;

/* Caller clears it. */
struct step_status step_status(const struct situation *situation, const struct step *step);
void step_status_clear(struct step_status *status);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StepStatus, step_status_clear)

/* TRUE if every object of STEP is as wanted, and it has some. */
gboolean step_is_proved(const struct situation *situation, const struct step *step);

/* TRUE if every step that STEP needs is done, told or skipped, and the account may do it. */
gboolean step_needs_are_met(const struct situation *situation, const struct step *step);

/* TRUE if OBJECT, which ends by itself, opens a step of which something is left to do. */
gboolean step_activation_helps(const struct situation *situation, const struct object *object);

/* TRUE if the account that is signed in may not do what is left in STEP. */
gboolean step_lacks_role(const struct situation *situation, const struct step *step);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Drift: what was proved once, and is not so any more though the same is wanted, told apart from what was never done.
 * Pure.
 */
#ifndef PERCH_ENGINE_STEP_DRIFT_H
#define PERCH_ENGINE_STEP_DRIFT_H

#include "engine/situation.h"

/* What STEP's objects are wanted as, by profile and answers: a sum that is another once something else is wanted.
 * Caller frees. */
char *step_wanted_as(const struct onboarding *onboarding, const struct step *step);

/* TRUE if STEP was proved once, as what is wanted of it still. */
gboolean step_was_proved(const struct situation *situation, const struct step *step);

/* When STEP was proved last, as the journal noted it once a day, if it has drifted from that; 0 if it has not. STATE is
 * its state now. What perch itself took away has not drifted, nor has a right of whoever is signed in. */
gint64 step_drifted_since(const struct situation *situation, const struct step *step, enum step_state state);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What a person said of a step: whether it counts, and what it was said about. Pure.
 */
#ifndef PERCH_ENGINE_STEP_TOLD_H
#define PERCH_ENGINE_STEP_TOLD_H

#include "engine/situation.h"

/* TRUE if what is not as wanted in STEP can be done by hand, unseen by perch. */
gboolean step_can_be_told(const struct onboarding *onboarding, const struct step *step);

/* TRUE if something of STEP was read as not there which no word stands in for: it is looked for, not told. */
gboolean step_has_to_be_seen(const struct step *step);

/* TRUE if a person told that STEP is done, and that counts. */
gboolean step_is_told(const struct situation *situation, const struct step *step);

/* What STEP's guide says that telling is about, as it stands now: "" if it is not there yet, NULL if it names nothing.
 * Caller frees. */
char *step_told_about(const struct onboarding *onboarding, const struct step *step);

/* TRUE if STEP was told by a guide that was for one thing, and an answer since chose one that is for none. */
gboolean step_told_another_way(const struct situation *situation, const struct step *step);

/* TRUE if what STEP was told about is another by now, or gone, or done another way, so that it has to be told again. */
gboolean step_told_is_outdated(const struct situation *situation, const struct step *step);

#endif

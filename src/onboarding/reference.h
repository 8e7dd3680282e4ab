/* SPDX-License-Identifier: MIT */
/*
 * Names in an answers file or a hand-over that stand for a step or an object of the profile: one that stands for
 * nothing is refused, with the name that was probably meant, before anything is kept of it. Pure functions.
 */
#ifndef PERCH_ONBOARDING_REFERENCE_H
#define PERCH_ONBOARDING_REFERENCE_H

#include "onboarding/profile.h"

/* Why ID is no step of PROFILE; NULL if it is one. Caller frees. */
char *reference_step_problem(const struct profile *profile, const char *id);

/* Why nothing can be told of, or said to be left out as, the step ID; NULL if it can. Caller frees. */
char *reference_told_problem(const struct profile *profile, const char *id);
char *reference_skipped_problem(const struct profile *profile, const char *id);

/* Why KEY stands for no object of PROFILE: neither its key, with an address or a number behind where there may be
 * several, nor its kind where KINDS are taken too. NULL if it does. Caller frees. */
char *reference_object_problem(const struct profile *profile, const char *key, gboolean kinds);

/* TRUE if KEY is OBJECT's, or that of one of several. */
gboolean reference_is_key_of(const struct object_definition *object, const char *key);

#endif

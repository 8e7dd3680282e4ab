/* SPDX-License-Identifier: MIT */
/*
 * What a step asks for and does not have. Pure.
 */
#ifndef PERCH_ENGINE_STEP_FIELDS_H
#define PERCH_ENGINE_STEP_FIELDS_H

#include "onboarding/onboarding.h"

/* The label of the first field of STEP that has no answer and without which the step cannot be told, or NULL. Borrowed
 * from the profile. */
const char *step_missing_to_tell(const struct onboarding *onboarding, const struct step *step);

/* What keeps STEP from being done: the first required field without an answer, or a day that has gone by before what it
 * is for was made. One sentence; NULL if nothing does. Caller frees. */
char *step_field_problem(const struct onboarding *onboarding, const struct step *step);

/* A sentence if FIELD does not take a day that has gone by and DAY ("2026-11-24", NULL, "") is one; else NULL. Today is
 * that of step time, in UTC. Caller frees. */
char *step_past_day(const struct onboarding *onboarding, const struct field *field, const char *day);

#endif

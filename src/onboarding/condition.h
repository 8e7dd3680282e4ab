/* SPDX-License-Identifier: MIT */
/*
 * Conditions of the profile: {"value": "licence.entra", "is": ["full"]}; without "is" the value has to be there. Pure.
 */
#ifndef PERCH_ONBOARDING_CONDITION_H
#define PERCH_ONBOARDING_CONDITION_H

#include <glib.h>

#include "onboarding/profile.h"

/* TRUE if the value that CONDITION (NULL: none, which holds) names is one of its list, or is there if it has none. An
 * answer that was not given is "", yes and no are "true" and "false"; of any other value that is not known yet nothing
 * can be said, so it holds. */
gboolean condition_holds(const struct condition *condition, const json *answers, GHashTable *values);

/* TRUE unless CONDITION (NULL: none) names a value other than an answer that was not read yet. */
gboolean condition_is_known(const struct condition *condition, GHashTable *values);

#endif

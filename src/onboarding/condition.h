/*
 * Conditions of the profile: {"value": "licence.entra", "is": ["full"]}. Pure.
 */
#ifndef PERCH_ONBOARDING_CONDITION_H
#define PERCH_ONBOARDING_CONDITION_H

#include <glib.h>

#include "base/json.h"

/* TRUE if the value that CONDITION (NULL: none, which holds) names is one of its list. An answer that was not given is
 * "", yes and no are "true" and "false"; of any other value that is not known yet nothing can be said, so it holds. */
gboolean condition_holds(const json *condition, const json *answers, GHashTable *values);

/* TRUE if CONDITION asks for an answer and for nothing else. */
gboolean condition_is_about_answers(const json *condition);

#endif

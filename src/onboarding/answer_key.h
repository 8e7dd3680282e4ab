/* SPDX-License-Identifier: MIT */
/*
 * Under which name an answer speaks of an object: its key, and of one that stands for an entry of a list the entry
 * itself ("guest-ann@partner.com"), since a number is another's on another machine. Pure functions.
 */
#ifndef PERCH_ONBOARDING_ANSWER_KEY_H
#define PERCH_ONBOARDING_ANSWER_KEY_H

#include "onboarding/object.h"

/* In lower case behind the key, as answers are kept. Caller frees. */
char *answer_key(const struct object *object);

/* TRUE if NAME is that one, upper and lower case of an entry being the same. */
gboolean answer_key_is(const struct object *object, const char *name);

/* What the map DECIDED (NULL: nothing) says of OBJECT; NULL if it says nothing. Borrowed. */
const char *answer_about(const json *decided, const struct object *object);

#endif

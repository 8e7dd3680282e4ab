/* SPDX-License-Identifier: MIT */
/*
 * What others gave a user, or use one for, whom perch invited or made: groups, roles, what he may become, policies of
 * access packages that name him. For the tables of struct object_kind; pure functions, on the worker thread. What a
 * user owns, and of which other connected organizations he is a sponsor, is not read.
 */
#ifndef PERCH_ONBOARDING_USER_USES_H
#define PERCH_ONBOARDING_USER_USES_H

#include "onboarding/object.h"

/* As look_up_holders of struct object_kind; another reading may be added behind these USER_USES_READS. */
enum { USER_USES_READS = 5 };
void user_uses_look_up(const struct object *object, GPtrArray *requests);

/* Add to FOUND, a list of char *, what the REPLIES to that say of what is none of OWN. */
void user_uses_add(GPtrArray *found, const struct object *object, GPtrArray *replies, GHashTable *own);

#endif

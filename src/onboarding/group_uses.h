/* SPDX-License-Identifier: MIT */
/*
 * What others use a group for that perch made: nothing of Microsoft's refuses its removal for that, and it would take
 * those uses with it in silence. For the group's table of struct object_kind.
 */
#ifndef PERCH_ONBOARDING_GROUP_USES_H
#define PERCH_ONBOARDING_GROUP_USES_H

#include "onboarding/object.h"

/* All members of GROUP, an id, of whom the properties SELECT (OData) are read. Caller frees. */
struct request *group_members(const char *group, const char *select);

/* As look_up_holders and surplus of struct object_kind. */
void group_uses_look_up(const struct object *object, GPtrArray *requests);
char *group_uses_say(const struct object *object, GPtrArray *replies, GHashTable *own);

#endif

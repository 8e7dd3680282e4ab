/* SPDX-License-Identifier: MIT */
/*
 * What things are called where perch made one under a key, and the present answers name another that is there: origin,
 * name and title belong to an id, and not to a key. Pure.
 */
#ifndef PERCH_ENGINE_OWN_TITLE_H
#define PERCH_ENGINE_OWN_TITLE_H

#include "engine/situation.h"

/* TRUE if what was read of OBJECT is another than the one that perch made, which nobody removed: the answers choose
 * which one is wanted. */
gboolean own_title_is_another(const struct object *object);

/* What Microsoft's portals call OBJECT: as read, as the profile wants it, or as something that has no name of its own
 * is known by; "" if that is not known. Borrowed. */
const char *own_title_name(const struct situation *situation, const struct object *object);

/* The title of OBJECT as it stands in the tenant: what is known by its name bears the one that was found, where that is
 * another than the answers give. Caller frees. */
char *own_title_there(const struct object *object);

/* The title of what undo works at under OBJECT's key. Caller frees. */
char *own_title_of_undo(const struct situation *situation, const struct object *object);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * When a write shows as done, by one reading. Pure.
 */
#ifndef PERCH_ENGINE_WRITE_REACHED_H
#define PERCH_ENGINE_WRITE_REACHED_H

#include "engine/situation.h"

/* STATE is what OBJECT was read as. Absent is what was read, whatever is believed of it, and also where another has the
 * name of what was removed; of those who are to be taken away from a door it is enough that the one is gone, the others
 * follow. "Differs" is what was put back. */
gboolean write_is_reached(const struct situation *situation, const struct object *object, enum object_state state);

#endif

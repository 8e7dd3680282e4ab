/* SPDX-License-Identifier: MIT */
#include "engine/write_reached.h"

#include <string.h>

#include "engine/belief.h"
#include "engine/undo_plan.h"

gboolean write_is_reached(const struct situation *situation, const struct object *object, enum object_state state)
{
    const struct observation *observation = object->observation;
    const char *removed = situation_object(situation, object)->deleted_id;
    if (state == OBJECT_ABSENT)
        return object->row.state == OBJECT_ABSENT ||
               (removed[0] != '\0' && observation->id[0] != '\0' && strcmp(observation->id, removed) != 0);
    if (state == OBJECT_DIFFERS)
        return undo_has_put_back(situation, object);
    return observation->state == state || (state == OBJECT_MATCHES && observation->state == OBJECT_DIFFERS &&
                                           belief_target_is_gone(situation, object));
}

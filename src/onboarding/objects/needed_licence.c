/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

/*
 * That the tenant has a licence without which what follows in its step cannot be made: said before anything is tried.
 * The licences were read already.
 */

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    (void)replies;
    const char *found = object_text(object, "found");
    if (json_has_text(json_get(object->with, "enough"), found)) {
        observation_set(observation, OBJECT_MATCHES, "The licence for it is there.");
        return;
    }
    observation_difference(observation, "licence", object_text(object, "called"), found, TRUE);
    observation_set(observation, OBJECT_DIFFERS, "%s", object_text(object, "without"));
}

static const struct json_schema with[] = {
    {.name = "found", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "enough", .is = JSON_LIST | JSON_FILLED | JSON_REQUIRED, .inner = &with_text},
    {.name = "called", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "without", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};

const struct object_kind needed_licence_kind = {
    .name = "needed-licence",
    .with = with,
    .compare = compare,
};

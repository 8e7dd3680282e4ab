/* SPDX-License-Identifier: MIT */
/*
 * One object of a kind, by itself: what it makes of replies. For tests that link the onboarding.
 */
#ifndef PERCH_TESTS_OBJECT_SCENE_H
#define PERCH_TESTS_OBJECT_SCENE_H

#include "onboarding/object.h"

struct scene {
    json *with;
    struct object_definition definition;
    GHashTable *values;
    struct object *object;
};

/* An object of KIND whose values are WITH (JSON). End it. */
void scene_begin(struct scene *scene, const char *kind, const char *with);
void scene_end(struct scene *scene);

/* Let the object compare BODIES (JSON, one for each look-up; NULL-terminated), all answered with 200. Caller frees. */
struct observation *scene_observe(const struct scene *scene, const char *const *bodies);

/* What undo sends after OBJECT, as it was read, was repaired and then read as wanted; NULL for nothing. Its observation
 * is as before. Caller frees. */
struct request *scene_put_back(struct object *object);

/* For lists of replies that a test makes. */
void scene_free_reply(gpointer reply);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What undo gives back of what repairs overwrote: field by field, since somebody may have changed one of them
 * meanwhile. Pure.
 */
#ifndef PERCH_ONBOARDING_PUT_BACK_H
#define PERCH_ONBOARDING_PUT_BACK_H

#include "onboarding/compare.h"

/* What the object VALUE has at FIELD, as a difference at that field shows it. Caller frees. */
typedef char *(*put_back_show_func)(const struct object *object, const json *value, const char *field);

/* For OBJECT as it was read, and OLDS, an array of how it was before each repair, the last one last. Of FIELDS those
 * that a repair changed: if one is still as wanted, its name and the one of OLDS to take it from go to GIVEN (of struct
 * put_back); if somebody changed it since, its name goes to LEFT (borrowed texts; may be NULL). SHOW may be NULL. */
struct put_back {
    const char *field;
    const json *old;
};
void put_back_judge(const struct object *object, const json *olds, const struct compared_field *fields, gsize count,
                    put_back_show_func show, GArray *given, GPtrArray *left);

/* Make BODY at the dotted PATH what OLD is there; where OLD has nothing on the way to it, all that it lacks goes. */
void put_back_at(json *body, const json *old, const char *path);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Comparing what was found with what is wanted, field by field, and choosing among what a natural key found. Pure.
 */
#ifndef PERCH_ONBOARDING_COMPARE_H
#define PERCH_ONBOARDING_COMPARE_H

#include <glib.h>

#include "onboarding/object.h"

enum field_class {
    FIELD_CLASS_REPAIRABLE, /* can be changed later */
    FIELD_CLASS_FIXED,      /* can only be set at creation: a difference is for ever */
};

struct compared_field {
    const char *path; /* dotted, in both */
    enum field_class class;
};

/* Add a difference to OBSERVATION for each of FIELDS that is not equal in WANTED and FOUND, and set its state to
 * matches or differs. Null, missing, "" and [] count as equal. */
void compare_fields(struct observation *observation, const json *wanted, const json *found,
                    const struct compared_field *fields, gsize count);

/* VALUE for a person: text without quotes, "yes", "no", "nothing". Caller frees. */
char *compare_show(const json *value);

/* The WANTED values of OBSERVATION's differences, as one object: the body of a PATCH. For fields whose path is a plain
 * name. Caller frees. */
json *compare_repair_body(const struct observation *observation, const json *wanted);

/* All elements of the value arrays of REPLIES from index FIRST on, and the object that a read by id (index 0, if FIRST
 * is 1) gave, each id once. Borrowed elements in a new array; caller unrefs. */
GPtrArray *compare_hits(GPtrArray *replies, guint first);

/* Leave only those of HITS that have the text VALUE at the dotted PATH. */
void compare_keep(GPtrArray *hits, const char *path, const char *value);

/* Choose among HITS: the one that is known by its id, else the only one. NULL with OBSERVATION set to absent or many
 * (with a candidate each, labelled by DESCRIBE, whose result is freed, or by name and id where that is NULL) if there
 * is no such. */
typedef char *(*compare_describe_func)(const json *hit);
const json *compare_choose(const struct object *object, GPtrArray *hits, struct observation *observation,
                           compare_describe_func describe);

/* Set OBSERVATION to matches, with its id, if IS_WANTED holds for an element of LIST, else to absent. Returns for how
 * many elements it does not hold. */
typedef gboolean (*compare_wanted_func)(const struct object *object, const json *element);
int compare_members(const struct object *object, const json *list, compare_wanted_func is_wanted,
                    struct observation *observation);

/* For these: ELEMENT is the "user" of OBJECT. */
gboolean compare_is_user(const struct object *object, const json *element);

/* Explain OBSERVATION if it differs: offer to change the THING or to keep it. */
void compare_offer_repair(struct observation *observation, const char *thing);

/* TRUE if ID is "" or nothing but zeros, as Microsoft has been seen to list roles (microsoft-graph-docs 3595): nothing
 * can be done with it. A placeholder is no such id. */
gboolean compare_is_empty_id(const char *id);

/* Take over FOUND's id and displayName into OBSERVATION. */
void compare_take(struct observation *observation, const json *found);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * A collection of Graph whose elements are found by id and by display name, and are changed one by one: the operations
 * that several kinds have in common, which stand in their tables as they are here. They read the kind's "collection"
 * and "wanted". Pure functions; each request belongs to the caller.
 */
#ifndef PERCH_ONBOARDING_COLLECTION_H
#define PERCH_ONBOARDING_COLLECTION_H

#include "onboarding/put_back.h"

struct collection {
    const char *path;
    const char *select; /* of each read; NULL: everything */
    const char *expand; /* of each read; NULL: nothing */
    const char *read_scope;
    const char *write_scope;
    const struct compared_field *fields; /* what a PATCH of an element may hold */
    gsize field_count;
};

/* All elements, every page, for which FILTER (OData) holds. */
struct request *collection_list(const struct collection *collection, const char *filter);

/* Append the reads of OBJECT by its known id, if there is one, and by its displayName. */
void collection_look_up(const struct object *object, GPtrArray *requests);

/* How many of the reads that collection_look_up() appended are by id: 0 or 1. */
guint collection_reads_by_id(const struct object *object);

/* METHOD with BODY (taken; may be NULL) on the element ID, or on the collection itself where ID is NULL. */
struct request *collection_write(const struct collection *collection, const char *method, const char *id, json *body);

/* The POST that makes OBJECT. */
struct request *collection_create(const struct object *object);

/* The PATCH that makes OBJECT as wanted; NULL where a difference can never be mended. */
struct request *collection_repair(const struct object *object);

/* The PATCH that gives back what repairs overwrote, as the kind's restore_old does; what a field holds is shown by
 * SHOW.
 */
struct request *collection_put_back(const struct object *object, const json *olds, put_back_show_func show,
                                    GPtrArray *left);

/* The same, as the table of a kind has it. */
struct request *collection_restore_old(const struct object *object, const json *olds, GPtrArray *left);

/* The DELETE of OBJECT by its known id. */
struct request *collection_remove(const struct object *object);

#endif

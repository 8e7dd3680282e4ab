/* SPDX-License-Identifier: MIT */
/*
 * $filter, $search and $orderby: read by the rules of a resource (assets/practice/routes.json), then asked of objects.
 * Whatever the rules do not name is answered with 400, as Graph does. Belongs to the call it was read for.
 */
#ifndef PERCH_PRACTICE_ODATA_FILTER_H
#define PERCH_PRACTICE_ODATA_FILTER_H

#include "practice/call.h"

struct filter;
struct order;
struct search;

/* Why a query option cannot be read: "" and an advanced query's reasons are collected by the reader. */
struct reading {
    const json *rules;
    const json *resources; /* of routes.json: all of them */
    const json *enums;     /* of schemas.json */
    gint64 clauses;        /* values that the filter compares with */
    char *fault;           /* the first one, NULL if there is none */
    GPtrArray *reasons;    /* of const char *: what makes the query an advanced one */
};

/* NULL and reading->fault if TEXT cannot be read by reading->rules. */
struct filter *filter_read(struct reading *reading, const char *text);
void filter_free(struct filter *filter);

/* TRUE if FILTER (may be NULL) compares the property NAME. */
gboolean filter_names(const struct filter *filter, const char *name);
gboolean filter_matches(const struct call *call, const struct filter *filter, const json *object);

struct search *search_read(struct reading *reading, const char *text);
void search_free(struct search *search);
gboolean search_matches(const struct search *search, const json *object);

struct order *order_read(struct reading *reading, const char *text);
void order_free(struct order *order);

/* Sort OBJECTS (of const json *). */
void order_sort(const struct order *order, GPtrArray *objects);

/* Note in READING what is wrong; the first fault stays. Returns NULL. */
gpointer reading_fault(struct reading *reading, const char *format, ...) G_GNUC_PRINTF(2, 3);

#endif

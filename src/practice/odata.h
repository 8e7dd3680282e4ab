/* SPDX-License-Identifier: MIT */
/*
 * OData as Graph speaks it: the query options that a resource takes (assets/practice/routes.json) and how what is
 * answered looks. Whatever a resource does not take is answered with 400; a name that does not begin with a dollar sign
 * is no query option and passed over. An advanced query needs $count=true and the header ConsistencyLevel: eventual.
 *
 * The rules of a resource: "options" (names without the sign), "properties" ($select), "defaults" (what is answered
 * without $select), "filter" (property -> operators and its kind), "orderby", "search", "expand" (relationship -> those
 * that may be expanded in it, or an object like this one), "expandMost", "top", "advanced" (what makes a query one).
 */
#ifndef PERCH_PRACTICE_ODATA_H
#define PERCH_PRACTICE_ODATA_H

#include "practice/odata_filter.h"

struct odata {
    char **select; /* NULL: all */
    json *expand;  /* {"resourceRoleScopes": {"role": {}}}; "$select" in one holds its names */
    struct filter *filter;
    struct search *search;
    struct order *order;
    gint64 top;
    gint64 skip;
    gboolean count; /* asked for in the way that the resource takes it */
};

/* Read CALL's query by RULES (NULL: no option is taken) into call->odata. FALSE and a 400 answered if it cannot be. */
gboolean odata_read(struct call *call, const json *rules);
void odata_free(struct odata *odata);

/* Answer those of OBJECTS (of const json *) that the query lets through, page by page. */
void odata_answer_list(struct call *call, GPtrArray *objects);

/* Answer OBJECT with "@odata.context". */
void odata_answer_object(struct call *call, int status, const json *object);

#endif

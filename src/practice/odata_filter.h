/*
 * $filter and $search: reading them by a route's rules, and asking an object.
 */
#ifndef PERCH_PRACTICE_ODATA_FILTER_H
#define PERCH_PRACTICE_ODATA_FILTER_H

#include "practice/odata.h"

struct search_term {
    char *property;
    char *text; /* case folded */
};

/* FALSE and a 400 answered if the query has a form that RULES do not know. */
gboolean odata_read_filter(struct call *call, const struct odata_rules *rules);
gboolean odata_read_search(struct call *call, const struct odata_rules *rules);

gboolean odata_filter_matches(const struct call *call, const json *object);
gboolean odata_search_matches(const struct call *call, const json *object);

#endif

/*
 * The OData query options that Graph's pages document for each list, and nothing else: whatever is not in a route's
 * rules is answered with 400. Filters are compared by their shape, the text with each literal replaced by ?.
 */
#ifndef PERCH_PRACTICE_ODATA_H
#define PERCH_PRACTICE_ODATA_H

#include "practice/call.h"

struct odata_rules {
    const char *const *filters; /* shapes, NULL-terminated; NULL: no $filter */
    const char *expands;        /* blank-separated dotted paths; NULL: no $expand */
    const char *searches;       /* blank-separated properties; NULL: no $search */
    const char *defaults;       /* comma-separated properties answered without $select; NULL: all */
    gboolean paged;             /* $top, $skip, $skiptoken and $count are known */
};

struct odata {
    char **select; /* NULL: all */
    json *expand;  /* {"resourceRoleScopes": {"role": {}}} */
    char *filter_shape;
    GPtrArray *literals; /* of char * */
    GPtrArray *search;   /* of struct search_term */
    gint64 top;
    gint64 skip;
    gboolean count;
};

/* Read CALL's query by RULES into call->odata. FALSE and a 400 answered if it cannot be. */
gboolean odata_read(struct call *call, const struct odata_rules *rules);
void odata_free(struct odata *odata);

/* TRUE if OBJECT passes the call's $filter and $search. */
gboolean odata_matches(const struct call *call, const json *object);

/* OBJECT as it is answered: without what is the practice tenant's own, with what is expanded. Caller frees. */
json *odata_present(const struct call *call, const json *object);

/* Answer OBJECTS (of const json *) as a list, page by page. */
void odata_answer_list(struct call *call, GPtrArray *objects);

/* Answer OBJECT with "@odata.context". */
void odata_answer_object(struct call *call, int status, const json *object);

#endif

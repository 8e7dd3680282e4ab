/*
 * Finding resource IDs and Event Hub names in running text, tolerant of what mail programs do to them: line breaks,
 * quote marks, invisible characters, no-break spaces beside slashes. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_HUB_MATCH_H
#define PERCH_INPUT_HUB_MATCH_H

#include "input/mapped.h"

/* Units of the text that do not belong to a value that goes on behind them. */
struct left_out {
    int from;
    int to;
};

/* A value in the text. */
struct hub_match {
    int from; /* its units in the text */
    int to;
    char *id;             /* the namespace's resource ID; NULL if this is a name, or an ID that breaks off at TO */
    char *name;           /* the hub's name; NULL if the ID is a namespace's */
    gboolean unsure;      /* the ID, or the name that stands alone, may be longer: a space follows, then another word */
    gboolean unsure_name; /* the same for the name behind an ID */
    GArray *left_out;     /* of struct left_out */
};

void hub_match_free(struct hub_match *match);

/* All resource IDs of Event Hub namespaces and hubs in TEXT, and those that break off. Of struct hub_match, by place;
 * caller unrefs. */
GPtrArray *match_ids(const GArray *text);

/* All Event Hub names that stand behind a label, in a column of that title, or in a connection string. Caller unrefs.
 */
GPtrArray *match_names(const GArray *text);

/* The whole of the units FROM up to TO as an Event Hub's name; NULL if it is none. Caller frees. */
struct hub_match *match_bare_name(const GArray *text, int from, int to);

/* "Name: ..." in the line behind the units FROM up to TO, else in the line before; NULL if there is none. Caller frees.
 */
struct hub_match *match_name_beside(const GArray *text, int from, int to);

#endif

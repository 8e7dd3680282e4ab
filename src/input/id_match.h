/* SPDX-License-Identifier: MIT */
/*
 * Finding resource IDs of Event Hub namespaces and hubs in running text, tolerant of what mail programs do to them:
 * line breaks, quote marks, invisible characters, spaces beside slashes and in fixed words. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_ID_MATCH_H
#define PERCH_INPUT_ID_MATCH_H

#include "input/source_text.h"

/* A resource ID in the text. */
struct id_match {
    int from; /* its units in the text */
    int to;
    char *id;   /* the namespace's resource ID; NULL if it breaks off at TO, or is another resource's */
    char *name; /* the hub's name; NULL if the ID is a namespace's */
    int name_from;
    int name_to;
    const char *doubt;      /* why the ID may be longer or shorter than it reads; static; NULL: it is certain */
    const char *name_doubt; /* the same for the name */
    char *other;            /* how the ID would read joined with what follows; NULL if there is no such */
    char *other_name;       /* the same for the name */
    char *lone_word; /* the next line is this word alone: the end of the ID, or something else; NULL if there is none */
    gboolean is_template; /* "<subscription>", "00000000-...", "myNamespace" */
    GArray *changes;      /* of struct text_change */
};

/* All in TEXT, by place; of struct id_match; caller unrefs. Those of other resources have no id. */
GPtrArray *match_ids(const GArray *text);

/* The text shows only a part of it: "...". */
gboolean id_match_is_cut(const GArray *text, const struct id_match *match);

/* The ID breaks off, and it is one of Event Hubs as far as it goes. */
gboolean id_match_is_broken_hub_id(const GArray *text, const struct id_match *match);

#endif

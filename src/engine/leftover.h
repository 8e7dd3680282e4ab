/* SPDX-License-Identifier: MIT */
/*
 * What perch made and the present answers do not name: a guest who was struck off the list, or the one before the one
 * who is wanted now. The journal keeps with each verified object the request that takes it away again: its method,
 * path and scope, and what it is called. Journals of old lack it: then the object is named, and left. Worker thread.
 */
#ifndef PERCH_ENGINE_LEFTOVER_H
#define PERCH_ENGINE_LEFTOVER_H

#include <glib.h>

struct object;
struct request;
struct situation;
struct take_back;
struct worker;

struct leftover {
    char *key;                   /* of the object in the journal */
    struct take_back *take_back; /* NULL: how it is removed is not known */
    char *id;                    /* "" if not known */
    char *item;                  /* the entry of a list that it was made for, "" if it was made for none */
    gboolean is_earlier;         /* another one has taken its place under the key */
    gboolean in_doubt;           /* no answer said whether it was made, and nobody can look for it */
    int place;                   /* of what it is in the profile, -1 if that does not tell */
};

/* What takes OBJECT away, for the journal; NULL where its key and id say enough. Caller unrefs. */
struct take_back *leftover_take_back(struct worker *worker, const struct object *object);

/* All of them, as struct leftover, what was made last first. Caller unrefs. */
GPtrArray *leftovers(const struct situation *situation);

/* The request that removes it; NULL if it is not known. Its scope is LEFTOVER's. Caller frees. */
struct request *leftover_request(const struct leftover *leftover);

/* Remove them all; what cannot be removed is named in the log and stays in the journal. Errors as for write_action().
 */
gboolean leftovers_remove(struct worker *worker, GError **error);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What undo is about: what the journal says perch created, in reverse order, and what it repaired, field by field where
 * its own value still stands. Pure.
 */
#ifndef PERCH_ENGINE_UNDO_PLAN_H
#define PERCH_ENGINE_UNDO_PLAN_H

#include "engine/situation.h"

/* TRUE if perch made OBJECT, or took it over, and it is surely not there any more. */
gboolean undo_finds_gone(const struct situation *situation, const struct object *object);

/* TRUE if what perch made and took for gone is there again, by the id that it had. */
gboolean undo_finds_back(const struct situation *situation, const struct object *object);

/* TRUE if OBJECT, which perch did not make, is there and the partner's: undo leaves it, and leaving the partner asks.
 * Not of perch's own that is back, and not of what perch removed and is shown still. */
gboolean undo_leaves_partners(const struct situation *situation, const struct object *object);

/* TRUE if it may be perch's own all the same (belief_may_be_own()), or is one of several of which an answer that was
 * lost would have named perch's, and nobody said whose it is, or that it goes or stays when the partner is left. */
gboolean undo_may_be_own(const struct situation *situation, const struct object *object);

/* TRUE if perch changed OBJECT, which it did not make, and undo sends what it had before. */
gboolean undo_puts_back(const struct situation *situation, const struct object *object);

/* TRUE if of what perch changed of OBJECT, by this reading, nothing is left that undo would put back. */
gboolean undo_has_put_back(const struct situation *situation, const struct object *object);

/* The fields of OBJECT, which perch did not make, that it changed and somebody else changed since, so that undo leaves
 * them; NULL for none. Caller frees. */
char *undo_changed_since(const struct situation *situation, const struct object *object);

/* How that is said, of an object's title and these fields. */
#define UNDO_LEAVES "%s: perch had changed %s, and somebody changed that again since: undo leaves that as it is"

/* The objects that undo is about, in its order. Borrowed elements; caller unrefs. */
GPtrArray *undo_objects(const struct situation *situation);

/* The doors of what is left (leaving.h), in the order in which the partner's people are taken away. Caller unrefs. */
GPtrArray *undo_doors(const struct situation *situation);

/* The request that undoes OBJECT, or NULL if there is nothing to send. Caller frees. */
struct request *undo_request(const struct situation *situation, const struct object *object);

/* TRUE if the request that undoes OBJECT is among DIGESTS, a set of request_digest(). */
gboolean undo_is_among(const struct situation *situation, const struct object *object, GHashTable *digests);

#endif

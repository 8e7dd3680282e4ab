/*
 * Undo: take away, in reverse order, what the journal says perch created, and put back what it repaired where its own
 * value still stands. Nothing else is touched. Worker thread.
 */
#ifndef PERCH_ENGINE_UNDO_H
#define PERCH_ENGINE_UNDO_H

#include "engine/worker.h"

/* The objects that undo is about, in its order. Borrowed elements; caller unrefs. */
GPtrArray *undo_objects(struct worker *worker);

/* The request that undoes OBJECT, or NULL if there is nothing to send. Caller frees. */
struct request *undo_request(struct worker *worker, const struct object *object);

/* Do it. Errors as for write_action(). */
gboolean undo_all(struct worker *worker, GError **error);

#endif

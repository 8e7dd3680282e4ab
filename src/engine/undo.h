/* SPDX-License-Identifier: MIT */
/*
 * Undo: take away, in reverse order, what the journal says perch created, and put back what it repaired where its own
 * value still stands. Nothing else is touched. Worker thread.
 */
#ifndef PERCH_ENGINE_UNDO_H
#define PERCH_ENGINE_UNDO_H

#include <glib.h>

struct worker;

/* Do it; BEFORE requests of the same plan come before these, as they are counted in the log. Errors as for
 * write_action(). */
gboolean undo_all(struct worker *worker, guint before, GError **error);

#endif

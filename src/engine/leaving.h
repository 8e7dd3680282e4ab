/* SPDX-License-Identifier: MIT */
/*
 * Leaving the partner: who has access by it is taken away first, then what perch made, and what was made by hand as far
 * as the answers say so ("leave": {"KEY": "remove"}). It is an undo (undo.h) that begins with the people. Worker
 * thread.
 */
#ifndef PERCH_ENGINE_LEAVING_H
#define PERCH_ENGINE_LEAVING_H

#include <glib.h>

struct worker;

/* Say of each object whether it goes: a check after this reads who has access by it. */
void leave_begin(struct worker *worker);

/* After leave_begin() and a check: note which ones a person is asked about, so that what he says is about these.
 * Nothing is noted where perch only looks on. */
gboolean leave_note_shown(struct worker *worker, GError **error);

/* Nothing goes any more, and who has access is read again as usual. What could not be ended stays told. Errors as for
 * check_touched(). */
gboolean leave_end(struct worker *worker, GError **error);

/* After leave_begin() and a check: take it all away, and read it back. EXACTLY: somebody saw the plan of that, and who
 * came by a door since is not ended, which is an error (PERCH_ERROR_PERSON) before anything that perch made goes. What
 * could not be taken away is told by run_fail(). Other errors as for undo_all(). */
gboolean leave_all(struct worker *worker, gboolean exactly, GError **error);

#endif

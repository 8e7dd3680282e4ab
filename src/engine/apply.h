/* SPDX-License-Identifier: MIT */
/*
 * Apply: one write after another until nothing is left that perch can do. Worker thread.
 */
#ifndef PERCH_ENGINE_APPLY_H
#define PERCH_ENGINE_APPLY_H

#include <glib.h>

struct worker;

/* From what the last check found. STEP: only this one and what it needs; NULL: all. EXACTLY: somebody saw the plan, and
 * what it does not hold is not sent: PERCH_ERROR_PERSON names that. Refusals are in
 * worker->run.failures; an error means that the run ended early. */
gboolean apply_all(struct worker *worker, const char *step, gboolean exactly, GError **error);

#endif

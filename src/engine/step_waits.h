/* SPDX-License-Identifier: MIT */
/*
 * The waits of steps, and what is expected after one: begun in the journal, so that they count while perch is closed.
 * Worker thread.
 */
#ifndef PERCH_ENGINE_STEP_WAITS_H
#define PERCH_ENGINE_STEP_WAITS_H

#include <glib.h>

struct worker;

/* Begin the waits whose cause is proved by now, durably. Nothing is noted where perch only looks on. */
gboolean step_waits_begin(struct worker *worker, GError **error);

#endif

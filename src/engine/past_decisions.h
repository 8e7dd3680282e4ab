/* SPDX-License-Identifier: MIT */
/*
 * Decisions that are over though nothing was done by them: what was to be mended, or was kept, is as wanted, and
 * whoever was to be taken away is gone, by somebody else's hand. What comes later is another time, and asked about
 * anew.
 */
#ifndef PERCH_ENGINE_PAST_DECISIONS_H
#define PERCH_ENGINE_PAST_DECISIONS_H

#include "engine/situation.h"

struct worker;

/* TRUE if what was decided about OBJECT is about nothing that is there: for longer than a reading may lag. Pure. */
gboolean past_decision_is(const struct situation *situation, const struct object *object);

/* Forget these, after a check. Worker thread. */
gboolean past_decisions_forget(struct worker *worker, GError **error);

#endif

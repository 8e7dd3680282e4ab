/* SPDX-License-Identifier: MIT */
/*
 * After a role was activated: it arrives within minutes, stands in a new token only, and opens what could not be read
 * or written before. Worker thread.
 */
#ifndef PERCH_ENGINE_TAKE_UP_H
#define PERCH_ENGINE_TAKE_UP_H

#include <glib.h>

#include "engine/plan.h"

struct object;
struct plan;
struct worker;

/* The obstacles of steps that OBJECT, which ends by itself, takes out of the way: names of values, borrowed. Caller
 * unrefs. */
GPtrArray *take_up_obstacles(const struct worker *worker, const struct object *object);

/* Fetch tokens with the roles that the account holds now. */
gboolean take_up_renew(struct worker *worker, GError **error);

/* Wait until none of OBSTACLES stands any more, for as long as base/limits.h says; then read everything anew, and ask
 * for what the rest of the plan of STEP needs. Fails with PERCH_ERROR_PERSON where that plan asks for anything that
 * SHOWN (NULL: anything goes) does not. */
gboolean take_up_roles(struct worker *worker, const GPtrArray *obstacles, const char *step, const struct plan *shown,
                       GError **error);

#endif

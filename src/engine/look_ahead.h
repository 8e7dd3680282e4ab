/* SPDX-License-Identifier: MIT */
/*
 * Reads that go out before all is known that their object needs: a package is found by its name while the catalog that
 * it has to be in is still looked for. Their replies are held until the object can be compared, and dropped where it
 * would be asked for otherwise by then. Worker thread.
 */
#ifndef PERCH_ENGINE_LOOK_AHEAD_H
#define PERCH_ENGINE_LOOK_AHEAD_H

#include <glib.h>

struct object;
struct worker;

/* The look-ups of OBJECT as they would be sent now, with placeholders for what is not known. Caller unrefs. */
GPtrArray *look_ahead_requests(const struct worker *worker, const struct object *object);

/* TRUE if the look-ups of OBJECT lack nothing, and all else that it lacks comes from objects of AWAITED. */
gboolean look_ahead_is_due(const struct worker *worker, const struct object *object, const GPtrArray *awaited);

/* TRUE if REQUESTS are what OBJECT would be asked for now. */
gboolean look_ahead_holds(const struct worker *worker, const struct object *object, const GPtrArray *requests);

#endif

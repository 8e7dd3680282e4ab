/* SPDX-License-Identifier: MIT */
/* What has to be asked for by the ids of what is gone. Worker thread. */
#ifndef PERCH_ENGINE_RECALL_NEEDS_H
#define PERCH_ENGINE_RECALL_NEEDS_H

#include <glib.h>

struct object;
struct worker;

/* What OBJECT was to belong to may be gone since: by the id that it had it can still be asked for. Not RECALLED: it is
 * forgotten again. */
void recall_needs(const struct worker *worker, const struct object *object, gboolean recalled);

#endif

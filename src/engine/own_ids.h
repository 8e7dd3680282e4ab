/* SPDX-License-Identifier: MIT */
/*
 * What is perch's own among all that a tenant shows, by its ids: for whoever asks whether others put something into an
 * object, or use it. Worker thread.
 */
#ifndef PERCH_ENGINE_OWN_IDS_H
#define PERCH_ENGINE_OWN_IDS_H

#include <glib.h>

struct take_back;
struct worker;

/* The ids of all that perch made, also of what is removed and still listed, and of what no answer names any more; and
 * WITH_FOUND of what it took over. Whose id is that of something else, as a member's, stands behind the name of its
 * kind. Caller unrefs. */
GHashTable *own_ids(const struct worker *worker, gboolean with_found);

/* The id of what TAKE_BACK removes. Caller frees. */
char *own_id_of(const struct take_back *take_back);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Whether something that only its address tells of is gone: what was made for an earlier answer, or belonged to what is
 * gone itself. A 404 to its removal is a reason to read, and no proof. Worker thread.
 */
#ifndef PERCH_ENGINE_REMOVAL_PROOF_H
#define PERCH_ENGINE_REMOVAL_PROOF_H

#include <glib.h>

struct object;
struct worker;

/* What a DELETE of PATH removes, with the SCOPE that it needs. */
struct removal {
    const char *path;
    const char *scope; /* NULL for none */
    const char *key;   /* for the log */
    const char *title;
};

/* Read it again and again, within the time that replicas may lag. *GONE: no reading shows it; *SHOWN: one did; neither:
 * it could not be read. */
gboolean removal_proof(struct worker *worker, const struct removal *removal, gboolean *gone, gboolean *shown,
                       GError **error);

/* Until OBJECT can be taken away: an activation not in its first minutes. Cancelled: PERCH_ERROR_CANCELLED. */
gboolean removal_wait(struct worker *worker, const struct object *object, GError **error);

/* What perch made of OBJECT is gone, and its last reading shows another in its place: TRUE, and told as OBJECT's
 * failure, if that one stands on what perch made, and would go with it. */
gboolean removal_leaves_another(struct worker *worker, const struct object *object);

#endif

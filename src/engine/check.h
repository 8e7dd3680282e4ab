/* SPDX-License-Identifier: MIT */
/*
 * Reading the tenant: look-ups in waves, each wave everything that can be asked at once. Worker thread.
 */
#ifndef PERCH_ENGINE_CHECK_H
#define PERCH_ENGINE_CHECK_H

#include <glib.h>

struct object;
struct worker;

/* Read every object anew. What cannot be read is unknown, never absent. Ends early only with PERCH_ERROR_CANCELLED or
 * when the sign-in or the network is gone. */
gboolean check_all(struct worker *worker, GError **error);

/* Read again the objects whose keys are among TOUCHED (NULL: none), what was not read so far, and whatever needs one of
 * those; the rest stays as it was seen. Sends nothing where nothing of that can be asked for. Errors as check_all().
 * What check_touched() reads may be tried again, so that it forgets why the last try came to nothing. */
gboolean check_touched(struct worker *worker, GHashTable *touched, GError **error);
gboolean check_once_more(struct worker *worker, GHashTable *touched, GError **error);

/* Look again for what was there before and is not shown, for as long as it takes to know that it is gone. */
gboolean check_again(struct worker *worker, GError **error);

/* TRUE if nothing is missing that OBJECT's look-up needs: answers, ids, a sign-in, a right. */
gboolean check_can_ask(const struct worker *worker, const struct object *object);

/* Read one object, whose look-up lacks nothing. */
gboolean check_one(struct worker *worker, struct object *object, GError **error);

/* The same and, in one round trip with it, those of BESIDE (may have OBJECT too) that can be asked for. Those of them
 * that perch makes stay as they were seen if they cannot be read; which were read is in run.just_read. */
gboolean check_beside(struct worker *worker, struct object *object, const GPtrArray *beside, GError **error);

/* Work out the state of each object that could not be looked up yet from the objects that it needs. */
void check_infer(struct worker *worker);

#endif

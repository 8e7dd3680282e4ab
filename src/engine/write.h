/* SPDX-License-Identifier: MIT */
/*
 * One write, so that after a crash at any instant the object exists once: intent and sent are on disk before the
 * request leaves, the reply before anything depends on it, verified when it could be read back. Worker thread.
 */
#ifndef PERCH_ENGINE_WRITE_H
#define PERCH_ENGINE_WRITE_H

#include <glib.h>

#include "board/state.h"
#include "engine/actions.h"
#include "store/journal_record.h"

struct object;
struct reply;
struct request;
struct worker;

/* Do KIND to OBJECT. A refusal by the service is noted in worker->run.failures and is no error here; an error means
 * that nothing more can be written in this run (journal, network, sign-in, cancelled). */
gboolean write_action(struct worker *worker, struct object *object, enum action_kind kind, GError **error);

/* Send REQUEST for OBJECT as ACTION with the journal's protocol; *REPLY (NULL before) gets the reply (caller frees).
 * OLD (may be NULL) is what a repair overwrites. What was throttled goes again after its wait, within the limits of
 * base/limits.h; a creation gets NULL then if it waited for more than five seconds:
 * it has to be looked for anew before. */
gboolean write_send(struct worker *worker, struct object *object, enum write_action action, struct request *request,
                    const json *old, struct reply **reply, GError **error);

/* After a write of OBJECT whose outcome is not known: read until it is, for as long as the belief about it (belief.h)
 * takes, and note what came of it. *OPEN: that takes too long to be sat out. */
gboolean write_resolve(struct worker *worker, struct object *object, gboolean *open, GError **error);

enum removal_result {
    REMOVAL_NOT_DONE, /* refused, or not carried out */
    REMOVAL_DONE,
    REMOVAL_OPEN, /* it takes too long to tell */
};

/* REPLY answers the removal of OBJECT that was sent: note what came of it. */
gboolean write_removal(struct worker *worker, struct object *object, const struct reply *reply,
                       enum removal_result *removal, GError **error);

/* Read OBJECT until it is in STATE, or the service's time for it is over. *REACHED says which. */
gboolean write_await(struct worker *worker, struct object *object, enum object_state state, gboolean *reached,
                     GError **error);

/* Note, once, that the answer to OBJECT's creation named somebody else's, where that is believed. */
gboolean write_note_not_ours(struct worker *worker, const struct object *object, GError **error);

/* Note that the service said no to REQUEST, OBJECT's write, in REPLY's words. */
gboolean write_refused(struct worker *worker, struct object *object, const struct request *request,
                       const struct reply *reply, GError **error);

#endif

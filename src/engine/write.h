/*
 * One write, so that after a crash at any instant the object exists once: intent and sent are on disk before the
 * request leaves, the reply before anything depends on it, verified when it could be read back. Worker thread.
 */
#ifndef PERCH_ENGINE_WRITE_H
#define PERCH_ENGINE_WRITE_H

#include "engine/actions.h"
#include "engine/worker.h"

/* Do KIND to OBJECT. A refusal by the service is noted in worker->failures and is no error here; an error means that
 * nothing more can be written in this run (journal, network, sign-in, cancelled). */
gboolean write_action(struct worker *worker, struct object *object, enum action_kind kind, GError **error);

/* Send REQUEST for OBJECT as ACTION with the journal's protocol; *REPLY gets the reply (caller frees). OLD (may be
 * NULL, taken) is what a repair overwrites. */
gboolean write_send(struct worker *worker, struct object *object, const char *action, struct request *request,
                    json *old, struct reply **reply, GError **error);

/* Read OBJECT until it is in STATE, or the service's time for it is over. *REACHED says which. */
gboolean write_await(struct worker *worker, struct object *object, enum object_state state, gboolean *reached,
                     GError **error);

/* Note that the service said no to REQUEST, OBJECT's write, in REPLY's words. */
gboolean write_refused(struct worker *worker, struct object *object, const struct request *request,
                       const struct reply *reply, GError **error);

#endif

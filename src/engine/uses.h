/* SPDX-License-Identifier: MIT */
/*
 * What others use an object for, read before it is removed (struct object_kind: look_up_holders): what holds of these
 * reads whatever the kind is. The worker's thread.
 */
#ifndef PERCH_ENGINE_USES_H
#define PERCH_ENGINE_USES_H

#include "engine/worker.h"

/* FALSE with PERCH_ERROR_CANCELLED if one of REPLIES, to REQUESTS, says that the person stopped it. *UNREAD: the place
 * of one that does not tell, or -1. */
gboolean uses_can_judge(const GPtrArray *requests, GPtrArray *replies, int *unread, GError **error);

/* TRUE if none of REPLIES tells anything, and asking again would not change that: all were refused. */
gboolean uses_are_refused(GPtrArray *replies);

/* What a kind's holders() or surplus() SAID, taken apart: who uses it, on one line whatever is in a name, and what to
 * do about it in *NEXT, from the last line. Caller frees both. */
char *uses_sentence(const char *said, char **next);

/* One reading of who uses OBJECT, by its known_id and in its step's name: in *SAID what its kind's surplus() says, NULL
 * for nobody; what cannot be read is said with the LAST one. FALSE: a person stopped. Caller frees. */
gboolean uses_look(struct worker *worker, const struct object *object, gboolean last, char **said, GError **error);

/* Before OBJECT goes because that was decided: *LETS FALSE where others use it, which is told as its failure. FALSE: a
 * person stopped. */
gboolean uses_let_go(struct worker *worker, const struct object *object, gboolean *lets, GError **error);

/* Nothing refuses the removal of what is called TITLE, whoever else uses it: that REPLY to REQUEST does not tell is
 * said before it goes. */
void uses_say_unread(struct worker *worker, const struct object_kind *kind, const char *title,
                     const struct request *request, const struct reply *reply);

#endif

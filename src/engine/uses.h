/* SPDX-License-Identifier: MIT */
/*
 * What others use an object for, read before it is removed (struct object_kind: look_up_holders): what holds of these
 * reads whatever the kind is. The worker's thread.
 */
#ifndef PERCH_ENGINE_USES_H
#define PERCH_ENGINE_USES_H

#include "engine/worker.h"

/* FALSE with PERCH_ERROR_CANCELLED if one of REPLIES says that the person stopped it. *UNREAD: the place of one that is
 * no success, or -1. */
gboolean uses_can_judge(GPtrArray *replies, int *unread, GError **error);

/* Nothing refuses the removal of what is called TITLE, whoever else uses it: that REPLY to REQUEST does not tell is
 * said before it goes. */
void uses_say_unread(struct worker *worker, const struct object_kind *kind, const char *title,
                     const struct request *request, const struct reply *reply);

#endif

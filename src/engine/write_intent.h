/* SPDX-License-Identifier: MIT */
/*
 * What the journal says before a request leaves: what is to be done, and what it is told from others by later. Worker
 * thread.
 */
#ifndef PERCH_ENGINE_WRITE_INTENT_H
#define PERCH_ENGINE_WRITE_INTENT_H

#include "base/json_type.h"
#include "store/journal_record.h"

struct object;
struct request;
struct worker;

/* Note that REQUEST, which is ACTION of OBJECT, is to be sent; OLD: what it overwrites, NULL if nothing. FALSE: it
 * cannot be noted, and is not to be sent. */
gboolean write_intent_note(struct worker *worker, const struct object *object, enum write_action action,
                           const struct request *request, const json *old, GError **error);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What was answered to a write where that does not tell what came of it: Microsoft's 5xx, or the words of a proxy. It
 * is told with whatever the write comes to. Worker thread.
 */
#ifndef PERCH_ENGINE_ANSWERED_H
#define PERCH_ENGINE_ANSWERED_H

#include "microsoft/request.h"
#include "onboarding/object.h"

struct worker;

/* Remember REPLY, from which it does not follow what came of OBJECT's write; one that never came is none. */
void answered_remember(struct worker *worker, const struct object *object, const struct reply *reply);

/* The same, and log that it is looked before anything is sent again. */
void answered_say_doubt(struct worker *worker, const struct object *object, const struct reply *reply);

/* TRUE if somebody refused OBJECT's last write, though not in Microsoft's words: it would hardly take the next. */
gboolean answered_is_no(const struct worker *worker, const struct object *object);

/* OBJECT's write came to nothing: WHAT, with what was answered to it, and its advice before HINT. */
void answered_fail(struct worker *worker, const struct object *object, const char *what, const char *hint);

#endif

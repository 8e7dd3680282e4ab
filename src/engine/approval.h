/* SPDX-License-Identifier: MIT */
/*
 * Whether what would be sent now may be sent: as somebody saw it, or where nobody looks. Both are asked after the check
 * that precedes the writes, and say why not (PERCH_ERROR_PERSON). Worker thread.
 */
#ifndef PERCH_ENGINE_APPROVAL_H
#define PERCH_ENGINE_APPROVAL_H

#include <glib.h>

struct command;
struct worker;

/* What somebody saw and approved is what would be sent, or nobody had to. */
gboolean approval_holds(struct worker *worker, const struct command *command, GError **error);

/* Where nobody looks (--yes): nothing gives a role whose holder holds the tenant, and nothing is made again that was
 * taken away by an undo, or when the partner was left. */
gboolean approval_covers(struct worker *worker, const struct command *command, GError **error);

/* The same of what was taken away, by what is known by now: a job that runs each night does not make again what a
 * person had taken away, also where that shows only once a removal without an answer was looked after. */
gboolean approval_may_make(struct worker *worker, GError **error);

#endif

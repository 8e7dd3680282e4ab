/* SPDX-License-Identifier: MIT */
/*
 * Asks the tenant's audit log about what has drifted, where that may be read: it was asked for (--audit-log), or the
 * sign-in may do so anyway. On the worker thread.
 */
#ifndef PERCH_ENGINE_DRIFT_AUDIT_H
#define PERCH_ENGINE_DRIFT_AUDIT_H

#include <glib.h>

struct worker;

/* Fill tenant.audits for the steps that have drifted. That the log cannot be read is no failure: the board says it. */
void drift_audit_read(struct worker *worker);

#endif

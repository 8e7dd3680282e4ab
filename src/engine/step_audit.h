/* SPDX-License-Identifier: MIT */
/*
 * By whom: what the tenant's audit log holds on the objects of a step that is not as it was proved any more.
 *
 * The log is Microsoft Entra's (graph: directoryaudit-list; AuditLog.Read.All with Directory.Read.All): changes in
 * Defender's portal do not stand in it, and it keeps 7 days without a licence and 30 with one. Pure.
 */
#ifndef PERCH_ENGINE_STEP_AUDIT_H
#define PERCH_ENGINE_STEP_AUDIT_H

#include "engine/situation.h"

/* The permission that is needed. */
#define AUDIT_SCOPE "AuditLog.Read.All"

struct audit_event {
    gint64 at;
    char *what;   /* "Update group" */
    char *target; /* what it was done to, by name; "" if the log gives none */
    char *who;    /* user name, or an application's; "" if the log gives none */
};

/* What was read for one step. */
struct step_audit {
    GPtrArray *events; /* of struct audit_event, each once, the newest first */
    guint asked;       /* how many readings were made */
    guint left;        /* how many were not, or got no answer */
    int refused;       /* HTTP status with which a reading was refused; 0: none was */
};

struct step_audit *step_audit_new(void);
void step_audit_free(gpointer audit); /* NULL is fine */

/* The ids that the log is to be asked about: of the objects of STEP that are not as they were, and of those that these
 * stand on, for a role's assignment is told of the group that held it. Caller unrefs. */
GPtrArray *step_audit_subjects(const struct situation *situation, const struct step *step);

/* The request for what was done to ID since the step time SINCE. Caller frees. */
struct request *step_audit_request(const char *id, gint64 since);

/* Take the REPLY to such a request into AUDIT. */
void step_audit_take(struct step_audit *audit, const struct reply *reply);

/* What a person reads of it: a sentence each, not yet safe to show. AUDIT NULL: the log was not asked. Caller unrefs.
 */
GPtrArray *step_audit_sentences(const struct step_audit *audit);

#endif

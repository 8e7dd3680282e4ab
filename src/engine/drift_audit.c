/* SPDX-License-Identifier: MIT */
#include "engine/drift_audit.h"

#include "engine/challenge_retry.h"
#include "engine/scopes.h"
#include "engine/step_audit.h"
#include "engine/step_drift.h"
#include "engine/step_status.h"
#include "engine/worker.h"

/* Microsoft answers five requests for reports in ten seconds (graph: throttling-limits). */
#define MOST_ASKED 5

/* The steps that have drifted, each with what it is to be asked about. */
static void ask_for(struct worker *worker, GPtrArray *requests, GPtrArray *audits)
{
    const struct situation situation = worker_situation(worker);
    for (guint i = 0; i < worker->tenant.onboarding->steps->len; i++) {
        const struct step *step = g_ptr_array_index(worker->tenant.onboarding->steps, i);
        g_auto(StepStatus) status = step_status(&situation, step);
        gint64 since = step_drifted_since(&situation, step, status.state);
        if (since == 0)
            continue;
        g_autoptr(GPtrArray) ids = step_audit_subjects(&situation, step);
        struct step_audit *audit = step_audit_new();
        g_hash_table_insert(worker->tenant.audits, g_strdup(step->id), audit);
        guint count = MIN(ids->len, MOST_ASKED - MIN(requests->len, MOST_ASKED));
        audit->left = ids->len - count;
        for (guint k = 0; k < count; k++) {
            g_ptr_array_add(requests, step_audit_request(g_ptr_array_index(ids, k), since));
            g_ptr_array_add(audits, audit);
        }
    }
}

void drift_audit_read(struct worker *worker)
{
    g_autoptr(GPtrArray) requests = g_ptr_array_new_with_free_func((GDestroyNotify)request_free);
    g_autoptr(GPtrArray) audits = g_ptr_array_new();
    g_hash_table_remove_all(worker->tenant.audits);
    if (!worker->operator.audit_log && !scopes_has(worker->operator.sign_in, AUDIT_SCOPE))
        return;
    ask_for(worker, requests, audits);
    if (requests->len == 0)
        return;
    g_autoptr(GPtrArray) replies = challenge_retry_read(worker, "drift", requests);
    for (guint i = 0; i < replies->len; i++)
        step_audit_take(g_ptr_array_index(audits, i), g_ptr_array_index(replies, i));
    worker_emit_board(worker);
}

/* SPDX-License-Identifier: MIT */
#include "engine/step_waits.h"

#include <string.h>

#include "engine/step_drift.h"
#include "engine/step_status.h"
#include "engine/worker.h"

#define PROOF_SECONDS G_GINT64_CONSTANT(86400)

static gboolean begin_wait(struct worker *worker, const struct step *step, GError **error)
{
    const struct situation situation = worker_situation(worker);
    const struct step_wait *wait = step->definition->wait;
    const struct step *after = wait != NULL ? onboarding_step(worker->tenant.onboarding, wait->after) : NULL;
    if (after == NULL || situation_step(&situation, step)->wait_started != 0 || step_is_proved(&situation, step) ||
        step_was_proved(&situation, step))
        return TRUE;
    g_auto(StepStatus) status = step_status(&situation, after);
    if (status.state != STEP_DONE && status.state != STEP_TOLD)
        return TRUE;
    gint64 until = worker_now(worker) + wait->seconds * G_USEC_PER_SEC;
    return worker_note(worker, &(struct journal_record){.type = RECORD_WAIT, .step = step->id, .until = until}, error);
}

/* What is expected after a step counts from when it was first found done, and what is not so later has drifted. Noted
 * anew where something else is wanted by now, and once a day, so that a drift is known to have come about since. */
static gboolean note_proof(struct worker *worker, const struct step *step, GError **error)
{
    const struct situation situation = worker_situation(worker);
    const struct step_entry *entry = situation_step(&situation, step);
    g_autofree char *as = step_wanted_as(situation.onboarding, step);
    gboolean is_noted = entry->proved_at != 0 && strcmp(entry->proved_as, as) == 0 &&
                        situation.now - entry->proved_last < PROOF_SECONDS * G_USEC_PER_SEC;
    if (is_noted || !step_is_proved(&situation, step))
        return TRUE;
    /* Journals of old do not say as what: that was not changed since. */
    gint64 when = entry->proved_as[0] == '\0' ? entry->proved_at : 0;
    const struct journal_record record = {.type = RECORD_PROVED, .step = step->id, .as = as, .when = when};
    return worker_note(worker, &record, error);
}

gboolean step_waits_begin(struct worker *worker, GError **error)
{
    if (worker->tenant.journal == NULL || worker->tenant.dir->read_only)
        return TRUE;
    for (guint i = 0; i < worker->tenant.onboarding->steps->len; i++) {
        const struct step *step = g_ptr_array_index(worker->tenant.onboarding->steps, i);
        if (!note_proof(worker, step, error) || !begin_wait(worker, step, error))
            return FALSE;
    }
    return TRUE;
}

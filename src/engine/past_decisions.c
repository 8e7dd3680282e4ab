/* SPDX-License-Identifier: MIT */
#include "engine/past_decisions.h"

#include "engine/worker.h"
#include "onboarding/door.h"

gboolean past_decision_is(const struct situation *situation, const struct object *object)
{
    const struct object_entry *entry = situation_object(situation, object);
    gboolean is_under_way = entry->phase == PHASE_INTENT || entry->phase == PHASE_SENT || entry->phase == PHASE_REPLIED;
    gboolean is_new = situation->now <= object->decided_at + object_visible_within(object) * (gint64)G_USEC_PER_SEC;
    if (object->observation->checked == 0 || object->kind->ends_by_itself || is_under_way || is_new)
        return FALSE;
    if (object->decision.kind == DECISION_KEEP_SOME) {
        g_autofree char *left = door_left_by(object);
        return left != NULL;
    }
    return decision_has_code(object->decision.kind) && object->row.state == OBJECT_MATCHES;
}

gboolean past_decisions_forget(struct worker *worker, GError **error)
{
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        const struct situation situation = worker_situation(worker);
        while (past_decision_is(&situation, object)) {
            g_autofree char *left = object->decision.kind == DECISION_KEEP_SOME ? door_left_by(object) : NULL;
            const struct journal_record record = {
                .type = RECORD_UNDECIDED, .object = object->key, .about = left, .by = ""};
            if (!worker_note(worker, &record, error))
                return FALSE;
        }
    }
    return TRUE;
}

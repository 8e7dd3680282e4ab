/* SPDX-License-Identifier: MIT */
#include "engine/recall_needs.h"

#include "engine/worker.h"

void recall_needs(const struct worker *worker, const struct object *object, gboolean recalled)
{
    struct onboarding *onboarding = worker->tenant.onboarding;
    for (guint i = 0; i < object->needs->len; i++) {
        const char *key = g_ptr_array_index(object->needs, i);
        const struct object *needed = onboarding_object(onboarding, key);
        const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, key);
        if (needed == NULL || needed->known_id[0] != '\0' || entry->phase != PHASE_GONE || entry->gone_id[0] == '\0')
            continue;
        g_autofree char *name = g_strconcat(key, ".id", NULL);
        onboarding_set_value(onboarding, name, recalled ? entry->gone_id : NULL);
    }
    onboarding_refill(onboarding);
}

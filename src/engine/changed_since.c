/* SPDX-License-Identifier: MIT */
#include "engine/changed_since.h"

#include "engine/undo_plan.h"
#include "engine/worker.h"

void changed_since_note(struct worker *worker)
{
    const struct situation situation = worker_situation(worker);
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        g_autofree char *fields = undo_changed_since(&situation, object);
        if (fields == NULL)
            continue;
        char *text = g_strdup_printf(UNDO_LEAVES, object->title, fields);
        worker_log(worker, LOG_WARNING, object->kind->name, "%s", text);
        g_hash_table_replace(worker->run.undo_notes, g_strdup(object->key), text);
    }
}

/* SPDX-License-Identifier: MIT */
#include "engine/changed_since.h"

#include "engine/undo_plan.h"
#include "engine/worker.h"

void changed_since_note(struct worker *worker)
{
    const struct situation situation = worker_situation(worker);
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        char *fields = undo_changed_since(&situation, object);
        if (fields == NULL)
            continue;
        worker_log(worker, LOG_WARNING, object->kind->name, UNDO_LEAVES, object->title, fields);
        g_hash_table_replace(worker->run.changed_since, g_strdup(object->key), fields);
    }
}

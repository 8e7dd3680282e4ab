/* SPDX-License-Identifier: MIT */
#include "engine/own_ids.h"

#include <string.h>

#include "engine/worker.h"

/* ID as it is known of each kind whose id is that of something else: of what no answer names any more the journal does
 * not say the kind once it is removed. */
static void add_of_each_kind(const struct profile *profile, const char *id, GHashTable *ids)
{
    g_hash_table_add(ids, g_strdup(id));
    for (guint i = 0; i < profile->steps->len; i++) {
        const struct step_definition *step = g_ptr_array_index(profile->steps, i);
        for (guint k = 0; k < step->objects->len; k++) {
            const struct object_definition *definition = g_ptr_array_index(step->objects, k);
            if (definition->kind->reply_has_no_id)
                g_hash_table_add(ids, g_strdup_printf("%s %s", definition->kind->name, id));
        }
    }
}

static void add_unnamed(const struct worker *worker, GHashTable *ids)
{
    const struct onboarding *onboarding = worker->tenant.onboarding;
    GHashTableIter iterator;
    gpointer key;
    gpointer value;
    g_hash_table_iter_init(&iterator, worker->tenant.journal_state->objects);
    while (g_hash_table_iter_next(&iterator, &key, &value)) {
        const struct object_entry *entry = value;
        if (onboarding_object(onboarding, key) != NULL)
            continue;
        if (entry->created)
            add_of_each_kind(onboarding->profile, entry->id, ids);
        if (entry->deleted_ours)
            add_of_each_kind(onboarding->profile, entry->deleted_id, ids);
    }
}

GHashTable *own_ids(const struct worker *worker, gboolean with_found)
{
    GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
        gboolean is_relation = object->kind->reply_has_no_id;
        gboolean is_unnamed = object->created && object->known_id[0] == '\0';
        const char *const known[] = {object->created ? object->known_id : "",
                                     object->leaves || with_found || is_unnamed ? object->observation->id : "",
                                     entry->deleted_id, with_found ? entry->gone_id : ""};
        for (gsize k = 0; k < G_N_ELEMENTS(known); k++)
            g_hash_table_add(ids,
                             is_relation ? g_strdup_printf("%s %s", object->kind->name, known[k]) : g_strdup(known[k]));
        for (guint k = 0; k < entry->left->len; k++) {
            const struct former *former = g_ptr_array_index(entry->left, k);
            const char *segment = strrchr(former->take_back->path, '/');
            g_hash_table_add(ids, g_strdup(segment != NULL ? segment + 1 : ""));
        }
    }
    add_unnamed(worker, ids);
    return ids;
}

/* SPDX-License-Identifier: MIT */
#include "engine/own_ids.h"

#include <string.h>

#include "engine/worker.h"

/* What links two others is taken away under the one: .../members/ID/$ref. */
#define REFERENCE "/$ref"

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

char *own_id_of(const struct take_back *take_back)
{
    g_autofree char *path = g_strdup(take_back->path);
    if (g_str_has_suffix(path, REFERENCE))
        path[strlen(path) - strlen(REFERENCE)] = '\0';
    const char *segment = strrchr(path, '/');
    return g_strdup(segment != NULL ? segment + 1 : "");
}

/* What perch made for earlier answers. */
static void add_left(const struct profile *profile, const struct object_entry *entry, GHashTable *ids)
{
    for (guint i = 0; i < entry->left->len; i++) {
        const struct take_back *take_back = ((const struct former *)g_ptr_array_index(entry->left, i))->take_back;
        const struct object_kind *kind = object_kind_named(take_back->kind != NULL ? take_back->kind : "");
        g_autofree char *id = own_id_of(take_back);
        if (kind == NULL)
            add_of_each_kind(profile, id, ids);
        else
            g_hash_table_add(ids, kind->reply_has_no_id ? g_strdup_printf("%s %s", kind->name, id) : g_strdup(id));
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
        add_left(onboarding->profile, entry, ids);
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
        add_left(worker->tenant.onboarding->profile, entry, ids);
    }
    add_unnamed(worker, ids);
    return ids;
}

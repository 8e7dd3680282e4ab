/* SPDX-License-Identifier: MIT */
#include "engine/first_seen.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "engine/worker.h"

#define DATE_LENGTH 10

/* By what it is looked for: another answer may find another that was there all the time. Hashed, as the Event Hub's
 * names stand in no journal. Caller frees. */
static char *looked_for_as(const struct object *object)
{
    static const char *const names[] = {"displayName", "resourceId", "hub", "appId"};
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        g_string_append_printf(text, "%s\n", object_text(object, names[i]));
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, -1);
}

static gboolean note_one(struct worker *worker, const struct object *object, GError **error)
{
    const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
    if (object->kind->by_person == NULL || object->observation->checked == 0 || entry->created || object->in_doubt)
        return TRUE;
    g_autofree char *as = looked_for_as(object);
    gboolean was_absent = strcmp(entry->absent_as, as) == 0;
    if (object->observation->state == OBJECT_ABSENT && (!was_absent || entry->seen_at != 0))
        return worker_note(worker, &(struct journal_record){.type = RECORD_ABSENT, .object = object->key, .as = as},
                           error);
    if (object_state_is_there(object->observation->state) && was_absent && entry->seen_at == 0)
        return worker_note(worker, &(struct journal_record){.type = RECORD_SEEN, .object = object->key}, error);
    return TRUE;
}

gboolean first_seen_note(struct worker *worker, GError **error)
{
    if (worker->tenant.journal == NULL || worker->tenant.dir->read_only)
        return TRUE;
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++)
        if (!note_one(worker, g_ptr_array_index(worker->tenant.onboarding->objects, i), error))
            return FALSE;
    return TRUE;
}

char *first_seen_words(const struct situation *situation, const struct object *object)
{
    const struct object_entry *entry = situation_object(situation, object);
    if (object->kind->by_person == NULL || object->created || entry->seen_at == 0 ||
        !object_state_is_there(object->observation->state))
        return NULL;
    g_autofree char *as = looked_for_as(object);
    if (strcmp(entry->absent_as, as) != 0)
        return NULL;
    g_autofree char *time = clock_format(entry->seen_at);
    return g_strdup_printf("%s by a person, seen on %.*s", object->kind->by_person, DATE_LENGTH, time);
}

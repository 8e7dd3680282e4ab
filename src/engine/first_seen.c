/* SPDX-License-Identifier: MIT */
#include "engine/first_seen.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "engine/belief.h"
#include "engine/worker.h"

#define DATE_LENGTH 10
#define ID_DIGITS 16

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

/* What was looked for is not there; what stands there instead may be what an answer looks for later. */
static gboolean note_absence(struct worker *worker, const struct object *object, const char *as, GError **error)
{
    const char *ids = g_hash_table_lookup(object->observation->learnt, OBJECT_STANDS);
    g_auto(GStrv) lines = g_strsplit(ids != NULL ? ids : "", "\n", -1);
    guint count = MAX(g_strv_length(lines), 1) - 1;
    g_autoptr(GString) stands = g_string_new(NULL);
    /* How many stand where it may be found, and the hash of each one's id. */
    g_string_append_printf(stands, "%u", count);
    for (guint i = 0; i < count; i++) {
        g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, lines[i], -1);
        g_string_append_printf(stands, " %.*s", ID_DIGITS, sum);
    }
    const struct journal_record record = {
        .type = RECORD_ABSENT, .object = object->key, .as = as, .about = ids != NULL ? stands->str : NULL};
    return worker_note(worker, &record, error);
}

gboolean first_seen_note_removed(struct worker *worker, const struct object *object, GError **error)
{
    g_autofree char *as = looked_for_as(object);
    return !object->kind->id_is_reused || note_absence(worker, object, as, error);
}

/* Who it is whom an answer names, the first time, and once a person decided that it is another. */
static gboolean note_named(struct worker *worker, const struct object *object, GError **error)
{
    const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
    const struct situation situation = worker_situation(worker);
    const char *name = object_text(object, "userName");
    const char *id = object->observation->id;
    gboolean is_new = object->named_id[0] == '\0' || situation_decides(&situation, object, DECISION_KEEP);
    gboolean is_known = g_ascii_strcasecmp(entry->named, name) == 0 && g_ascii_strcasecmp(entry->named_id, id) == 0;
    const struct journal_record record = {.type = RECORD_SEEN, .object = object->key, .name = name, .id = id};
    return !object->kind->named_by_answer || object->observation->state != OBJECT_MATCHES || id[0] == '\0' ||
           name[0] == '\0' || !is_new || is_known || worker_note(worker, &record, error);
}

gboolean first_seen_note(struct worker *worker, GError **error)
{
    if (worker->tenant.journal == NULL || worker->tenant.dir->read_only)
        return TRUE;
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        const struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
        enum object_state state = object->observation->state;
        if (!note_named(worker, object, error))
            return FALSE;
        gboolean is_looked_for =
            object->kind->by_person != NULL || (object->kind->id_is_reused && entry->phase == PHASE_REMOVED);
        if (!is_looked_for || object->observation->checked == 0 || entry->created || object->in_doubt)
            continue;
        g_autofree char *as = looked_for_as(object);
        gboolean was_absent = strcmp(entry->absent_as, as) == 0;
        gboolean is_noted = was_absent && entry->seen_at != 0;
        const struct journal_record seen = {.type = RECORD_SEEN, .object = object->key, .as = as};
        /* Where something stood at the first reading, what is there has to be another to count. */
        g_auto(GStrv) stood = g_strsplit(entry->there_first, " ", -1);
        g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, object->observation->id, -1);
        sum[ID_DIGITS] = '\0';
        const gboolean is_new =
            was_absent || (stood[0] != NULL && !g_strv_contains((const char *const *)stood + 1, sum));
        if (state == OBJECT_ABSENT && (!was_absent || is_noted) && !note_absence(worker, object, as, error))
            return FALSE;
        if (object->kind->by_person != NULL && object_state_is_there(state) && !is_noted && is_new &&
            !worker_note(worker, &seen, error))
            return FALSE;
    }
    return TRUE;
}

/* When a person made OBJECT and that was seen; 0: that is not known. */
static gint64 seen_at(const struct object_entry *entry, const struct object *object)
{
    g_autofree char *as = looked_for_as(object);
    return object->kind->by_person != NULL && strcmp(entry->absent_as, as) == 0 ? entry->seen_at : 0;
}

char *first_seen_words(const struct situation *situation, const struct object *object)
{
    const struct object_entry *entry = situation_object(situation, object);
    gint64 first = situation->journal_state->first_said;
    gint64 made = object->observation->made;
    if (object->created || object->in_doubt || !object_state_is_there(object->observation->state))
        return NULL;
    gint64 seen = seen_at(entry, object);
    /* Of what is had for a while it is when it begins; one that lies ahead of the reading is by a clock that tells
     * nothing. */
    gboolean is_later = first != 0 && made > first + BELIEF_STAMP_SLACK &&
                        made <= situation->now + BELIEF_STAMP_SLACK && !object->kind->ends_by_itself;
    if (seen == 0 && !is_later)
        return NULL;
    g_autofree char *time = clock_format(seen != 0 ? seen : made);
    return seen != 0 ? g_strdup_printf("%s by a person, seen on %.*s", object->kind->by_person, DATE_LENGTH, time)
                     : g_strdup_printf("made on %.*s, after perch began to look, and not by it", DATE_LENGTH, time);
}

char *first_seen_after_all(const struct situation *situation, const struct object *object)
{
    const struct object_entry *entry = situation_object(situation, object);
    gint64 last = situation->journal_state->last_write;
    gint64 made = object->observation->made;
    gboolean is_unknown =
        (entry->phase == PHASE_NONE || entry->phase == PHASE_REFUSED) && entry->id[0] == '\0' && !object->created;
    if (last == 0 || !is_unknown || object->kind->create == NULL || object->kind->ends_by_itself ||
        made <= last + BELIEF_STAMP_SLACK || made > situation->now + BELIEF_STAMP_SLACK ||
        !object_state_is_there(object->observation->state))
        return NULL;
    g_autofree char *time = clock_format_near(made);
    g_autofree char *before = clock_format_near(last);
    return g_strdup_printf(
        "%s was made at %s, after the last that this state folder knows of (%s). If an older copy of "
        "the folder was put in place, go on with the newest: this one takes it for somebody else's, "
        "and undo leaves it.",
        object->title, time, before);
}

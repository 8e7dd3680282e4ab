/* SPDX-License-Identifier: MIT */
#include "store/before_own.h"

#include "base/json.h"
#include "base/text.h"
#include "store/unanswered.h"

void before_own_free(struct before_own *before)
{
    g_free(before->id);
    g_free(before->gone_id);
    g_free(before->chosen);
    g_free(before->made_as);
    g_free(before->removed_id);
    take_back_unref(before->take_back);
    g_free(before);
}

struct before_own *before_own_new(const struct object_entry *entry)
{
    struct before_own *before = g_new0(struct before_own, 1);
    *before = (struct before_own){
        .phase = entry->phase,
        .since = entry->since,
        .created = entry->created,
        .adopted = entry->adopted,
        .not_ours = entry->not_ours,
        .answer_lost = entry->answer_lost,
        .gone_ours = entry->gone_ours,
        .first_seen = entry->first_seen,
        .last_seen = entry->last_seen,
        .id = g_strdup(entry->id),
        .gone_id = g_strdup(entry->gone_id),
        .chosen = g_strdup(entry->chosen),
        .made_as = g_strdup(entry->made_as),
        .take_back = entry->take_back != NULL ? take_back_ref(entry->take_back) : NULL,
    };
    return before;
}

void before_own_settle(struct object_entry *entry)
{
    g_clear_pointer(&entry->before, before_own_free);
    for (guint i = 0; i < entry->left->len; i++)
        ((struct former *)g_ptr_array_index(entry->left, i))->is_decided = FALSE;
}

void before_own_note_removed(struct object_entry *entry, gint64 at)
{
    struct before_own *before = entry->before;
    if (before == NULL || before->removed_id != NULL)
        return;
    before->phase = PHASE_REMOVED;
    before->since = at;
    before->created = FALSE;
    before->adopted = FALSE;
    before->removed_id = before->id;
    before->id = g_strdup("");
    text_set(&before->made_as, "");
    g_clear_pointer(&before->take_back, take_back_unref);
}

void before_own_take_back(struct object_entry *entry)
{
    struct before_own *before = entry->before;
    if (before == NULL)
        return;
    unanswered_settle(entry, FALSE);
    for (guint i = entry->left->len; i > 0; i--)
        if (((const struct former *)g_ptr_array_index(entry->left, i - 1))->is_decided)
            g_ptr_array_remove_index(entry->left, i - 1);
    if (!before->is_written) {
        entry->phase = before->phase;
        entry->since = before->since;
    } else if (g_ascii_strcasecmp(entry->id, before->id) != 0) {
        /* That was another's value. */
        g_clear_pointer(&entry->old, json_free);
        g_clear_pointer(&entry->repairing, json_free);
    }
    entry->created = before->created;
    entry->adopted = before->adopted;
    entry->not_ours = before->not_ours;
    entry->answer_lost = before->answer_lost;
    entry->gone_ours = before->gone_ours;
    entry->first_seen = before->first_seen;
    entry->last_seen = before->last_seen;
    text_set(&entry->id, before->id);
    if (before->removed_id != NULL) {
        text_set(&entry->deleted_id, before->removed_id);
        entry->deleted_ours = TRUE;
    }
    text_set(&entry->gone_id, before->gone_id);
    text_set(&entry->chosen, before->chosen);
    text_set(&entry->made_as, before->made_as);
    take_back_unref(entry->take_back);
    entry->take_back = g_steal_pointer(&before->take_back);
    g_clear_pointer(&entry->before, before_own_free);
}

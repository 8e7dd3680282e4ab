/* SPDX-License-Identifier: MIT */
#include "store/former.h"

#include "store/before_own.h"

void former_free(gpointer data)
{
    take_back_unref(((struct former *)data)->take_back);
    g_free(data);
}

void former_leave(struct object_entry *entry)
{
    if (!entry->created || entry->take_back == NULL)
        return;
    struct former *former = g_new0(struct former, 1);
    former->take_back = g_steal_pointer(&entry->take_back);
    former->is_decided = entry->before != NULL;
    g_ptr_array_add(entry->left, former);
}

void former_fold(struct object_entry *entry, const struct journal_record *record)
{
    static const enum write_phase phases[RECORD_TYPES] = {
        [RECORD_INTENT] = PHASE_INTENT, [RECORD_SENT] = PHASE_SENT, [RECORD_REFUSED] = PHASE_REFUSED};
    for (guint i = entry->left->len; i > 0; i--) {
        struct former *former = g_ptr_array_index(entry->left, i - 1);
        if (g_strcmp0(former->take_back->path, record->path) != 0)
            continue;
        if (record->type == RECORD_REMOVED) {
            if (former->is_decided)
                before_own_note_removed(entry, record->at);
            g_ptr_array_remove_index(entry->left, i - 1);
            continue;
        }
        former->phase = phases[record->type];
        former->since = record->at;
    }
}

/* SPDX-License-Identifier: MIT */
#include "store/unanswered.h"

void unanswered_note(struct object_entry *entry, const struct journal_record *record, gboolean all_sends)
{
    const GArray *sends = entry->sends;
    if (entry->action != WRITE_CREATE || sends->len == 0)
        return;
    const struct unanswered unanswered = {
        .from = g_array_index(sends, gint64, all_sends ? 0 : sends->len - 1),
        .last = all_sends ? g_array_index(sends, gint64, sends->len - 1) : record->at,
        .until = record->at,
        .absent_at = entry->absent_at,
        .was_there = record->type == RECORD_REFUSED && record->id != NULL,
    };
    g_array_append_val(entry->unanswered, unanswered);
}

void unanswered_pass(struct object_entry *entry)
{
    for (guint i = 0; i < entry->unanswered->len; i++)
        g_array_index(entry->unanswered, struct unanswered, i).is_past = TRUE;
}

void unanswered_settle(struct object_entry *entry, gboolean is_settled)
{
    for (guint i = 0; i < entry->unanswered->len; i++)
        g_array_index(entry->unanswered, struct unanswered, i).is_settled = is_settled;
}

gboolean unanswered_is_open(const struct object_entry *entry)
{
    for (guint i = 0; i < entry->unanswered->len; i++)
        if (!g_array_index(entry->unanswered, struct unanswered, i).is_settled)
            return TRUE;
    return FALSE;
}

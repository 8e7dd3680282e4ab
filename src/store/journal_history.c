/* SPDX-License-Identifier: MIT */
#include "store/journal_history.h"

#include "base/clock.h"
#include "base/text.h"

void journal_deed_free(gpointer data)
{
    struct journal_deed *deed = data;
    journal_record_unref(deed->record);
    journal_record_unref(deed->proof);
    g_free(deed->id);
    g_free(deed->text);
    g_free(deed);
}

/* What each type tells, where that is always the same. */
static const char *const deeds[RECORD_TYPES] = {
    [RECORD_REMOVED] = "remove",      [RECORD_ADOPTED] = "adopt",         [RECORD_DECIDED] = "decide",
    [RECORD_TOLD] = "tell",           [RECORD_UNTOLD] = "untell",         [RECORD_WAIT] = "wait",
    [RECORD_OVERRIDDEN] = "override", [RECORD_HANDED_OVER] = "take-over",
};

/* TRUE if STATE's history tells of OBJECT already that it was seen. */
static gboolean was_seen(const struct journal_state *state, const char *object)
{
    for (guint i = 0; i < state->history->len; i++) {
        const struct journal_deed *deed = g_ptr_array_index(state->history, i);
        if (deed->record->type == RECORD_SEEN && g_strcmp0(deed->record->object, object) == 0)
            return TRUE;
    }
    return FALSE;
}

/* NULL if RECORD tells no deed. ENTRY is NULL for what is said of no object. */
static const char *deed_of(const struct journal_state *state, const struct object_entry *entry,
                           const struct journal_record *record)
{
    switch (record->type) {
    case RECORD_REPLIED:
        return entry != NULL && entry->action != WRITE_NONE ? write_action_word(entry->action) : NULL;
    case RECORD_REFUSED:
        return record->status > 0 ? "refused" : NULL;
    case RECORD_UNDECIDED:
        /* Nobody said so where what was decided about is gone. */
        return record->by != NULL && record->by[0] != '\0' ? "undecide" : NULL;
    case RECORD_SEEN:
        /* Whom an answer names nobody made. */
        if (record->id != NULL)
            return NULL;
        return was_seen(state, record->object) ? "seen-again" : "seen";
    case RECORD_SKIPPED:
        return record->reason != NULL ? "skip" : "unskip";
    default:
        return deeds[record->type];
    }
}

static char *text_of(const struct journal_record *record)
{
    const char *text = record->code;
    if (record->type == RECORD_DECIDED)
        return decision_words(record->decision);
    if (record->type == RECORD_WAIT)
        return clock_format(record->until);
    if (record->type == RECORD_TOLD)
        text = record->note;
    else if (record->type == RECORD_ADOPTED)
        text = record->about;
    else if (record->type == RECORD_SKIPPED)
        text = record->reason;
    else if (record->type == RECORD_HANDED_OVER)
        text = record->from;
    return g_strdup(text != NULL ? text : "");
}

static struct journal_deed *add_deed(struct journal_state *state, const struct journal_record *record, const char *what)
{
    struct journal_deed *deed = g_new0(struct journal_deed, 1);
    deed->what = what;
    deed->record = journal_record_ref(record);
    text_set(&deed->id, record->id);
    deed->text = text_of(record);
    g_ptr_array_add(state->history, deed);
    return deed;
}

void journal_history_add(struct journal_state *state, struct object_entry *entry, const struct journal_record *record)
{
    const char *what = deed_of(state, entry, record);
    struct journal_deed *deed = what != NULL ? add_deed(state, record, what) : NULL;
    if (entry == NULL)
        return;
    /* What is read back afterwards proves it. */
    if (record->type == RECORD_REPLIED && deed != NULL) {
        entry->last_write = deed;
        if (entry->action == WRITE_REPAIR)
            text_set(&deed->text, entry->intended_about);
    } else if (record->type == RECORD_REMOVED && record->path == NULL)
        entry->last_write = NULL;
    else if (record->type == RECORD_VERIFIED && entry->last_write != NULL) {
        struct journal_deed *proved = entry->last_write;
        journal_record_unref(proved->proof);
        proved->proof = journal_record_ref(record);
        if (proved->id[0] == '\0')
            text_set(&proved->id, record->id);
    }
}

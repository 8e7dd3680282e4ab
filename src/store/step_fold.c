/* SPDX-License-Identifier: MIT */
#include "store/step_fold.h"

#include <string.h>

#include "base/text.h"
#include "base/text_members.h"

/* The texts of an entry, which are never NULL but for what was told about. */
static const gsize step_texts[] = {
    offsetof(struct step_entry, told_by),       offsetof(struct step_entry, told_note),
    offsetof(struct step_entry, skipped_by),    offsetof(struct step_entry, skip_reason),
    offsetof(struct step_entry, overridden_by), offsetof(struct step_entry, proved_as),
    offsetof(struct step_entry, told_from),     offsetof(struct step_entry, skipped_from),
    offsetof(struct step_entry, proved_from),
};

gpointer step_entry_new(void)
{
    struct step_entry *entry = g_new0(struct step_entry, 1);
    text_members_begin(entry, step_texts, G_N_ELEMENTS(step_texts));
    return entry;
}

void step_entry_free(gpointer data)
{
    struct step_entry *entry = data;
    text_members_end(entry, step_texts, G_N_ELEMENTS(step_texts));
    g_free(entry->told_about);
    g_free(entry);
}

static void on_told(struct step_entry *entry, const struct journal_record *record)
{
    text_set(&entry->told_by, record->by);
    text_set(&entry->told_note, record->note);
    text_set(&entry->told_from, record->from);
    g_free(entry->told_about);
    entry->told_about = g_strdup(record->about);
    entry->told_at = journal_record_time(record);
}

static void on_untold(struct step_entry *entry, const struct journal_record *record)
{
    (void)record;
    text_set(&entry->told_by, NULL);
    text_set(&entry->told_note, NULL);
    g_clear_pointer(&entry->told_about, g_free);
    entry->told_at = 0;
}

static void on_skipped(struct step_entry *entry, const struct journal_record *record)
{
    text_set(&entry->skipped_by, record->reason != NULL ? record->by : "");
    text_set(&entry->skip_reason, record->reason);
    text_set(&entry->skipped_from, record->from);
    entry->skipped_at = journal_record_time(record);
}

static void on_wait(struct step_entry *entry, const struct journal_record *record)
{
    entry->wait_started = journal_record_time(record);
    entry->wait_until = record->until;
    entry->wait_overridden = FALSE;
    text_set(&entry->overridden_by, "");
}

static void on_overridden(struct step_entry *entry, const struct journal_record *record)
{
    entry->wait_overridden = TRUE;
    text_set(&entry->overridden_by, record->by);
}

static void on_proved(struct step_entry *entry, const struct journal_record *record)
{
    gboolean again = entry->proved_at != 0 && record->as != NULL && strcmp(entry->proved_as, record->as) == 0;
    entry->proved_last = journal_record_time(record);
    if (!again)
        entry->proved_at = entry->proved_last;
    text_set(&entry->proved_as, record->as);
    text_set(&entry->proved_from, record->from);
}

static const struct {
    void (*take)(struct step_entry *entry, const struct journal_record *record);
} folds[RECORD_TYPES] = {
    [RECORD_TOLD] = {on_told}, [RECORD_UNTOLD] = {on_untold},         [RECORD_SKIPPED] = {on_skipped},
    [RECORD_WAIT] = {on_wait}, [RECORD_OVERRIDDEN] = {on_overridden}, [RECORD_PROVED] = {on_proved},
};

gboolean step_fold_takes(enum record_type type)
{
    return folds[type].take != NULL;
}

void step_fold(struct step_entry *entry, const struct journal_record *record)
{
    folds[record->type].take(entry, record);
}

/* SPDX-License-Identifier: MIT */
/*
 * What was known of an object before a person said that perch made it, so that this word can be taken back whole.
 * Belongs to the fold of the journal (store/journal_state); the thread that folds.
 */
#ifndef PERCH_STORE_BEFORE_OWN_H
#define PERCH_STORE_BEFORE_OWN_H

#include "store/journal_state.h"

struct before_own {
    enum write_phase phase;
    gint64 since;
    gboolean is_written; /* the phase is of a write since, and stays */
    gboolean created, adopted, not_ours, answer_lost, gone_ours;
    gint64 first_seen, last_seen;
    char *id, *gone_id, *chosen, *made_as;
    char *removed_id; /* undo removed it meanwhile; NULL: it did not */
    struct take_back *take_back;
};

/* What ENTRY holds now. Caller frees with before_own_free(). */
struct before_own *before_own_new(const struct object_entry *entry);

void before_own_free(struct before_own *before);

/* Something came of what was said to be perch's own, which no word takes back. */
void before_own_settle(struct object_entry *entry);

/* What perch had made before is removed, at step time AT. */
void before_own_note_removed(struct object_entry *entry, gint64 at);

/* Make ENTRY as if nobody had said that perch made it; nothing where nobody did. */
void before_own_take_back(struct object_entry *entry);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Creations of which no answer says what they made: turned away, given up, or taken for the one that was found.
 * Whatever is taken over or made later under the same key, what is dated then may be perch's own. Belongs to the fold
 * of the journal (store/journal_state); the thread that folds.
 */
#ifndef PERCH_STORE_UNANSWERED_H
#define PERCH_STORE_UNANSWERED_H

#include "store/journal_state.h"

/* Times are step times. */
struct unanswered {
    gint64 from;         /* when the first of these requests was sent, */
    gint64 last;         /* when the last was, or was answered, */
    gint64 until;        /* and when nothing more was waited for */
    gint64 absent_at;    /* when it was read as not there, right before the last one; 0: not noted */
    gboolean was_there;  /* something was there by then */
    gboolean is_past;    /* what was there has gone since: what bears no date, and is there now, was made anew */
    gboolean is_settled; /* a person said which one it made */
};

/* Of ENTRY's creation, of which RECORD tells the end, no answer says what it made. With ALL_SENDS none says so of those
 * before it either. Nothing where none was sent. */
void unanswered_note(struct object_entry *entry, const struct journal_record *record, gboolean all_sends);

/* What was there under ENTRY's key is gone. */
void unanswered_pass(struct object_entry *entry);

/* A person said which one they made, or took that back. */
void unanswered_settle(struct object_entry *entry, gboolean is_settled);

/* TRUE if there are such of which nobody said what they made. */
gboolean unanswered_is_open(const struct object_entry *entry);

#endif

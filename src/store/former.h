/* SPDX-License-Identifier: MIT */
/*
 * What perch made under a key before another took its place: kept until it is removed. Belongs to the fold of the
 * journal (store/journal_state); the thread that folds.
 */
#ifndef PERCH_STORE_FORMER_H
#define PERCH_STORE_FORMER_H

#include "store/journal_state.h"

void former_free(gpointer former);

/* Another one takes the place of what perch made under ENTRY's key, which is still to be removed. Nothing where it is
 * not known how. */
void former_leave(struct object_entry *entry);

/* RECORD is about one that was left behind under ENTRY's key. */
void former_fold(struct object_entry *entry, const struct journal_record *record);

#endif

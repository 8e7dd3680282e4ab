/* SPDX-License-Identifier: MIT */
/*
 * What happened, as a journal tells it: one deed after another, for the report. Worker thread.
 */
#ifndef PERCH_STORE_JOURNAL_HISTORY_H
#define PERCH_STORE_JOURNAL_HISTORY_H

#include "store/journal_state.h"

/* Add to STATE's history what RECORD tells, if it tells a deed; ENTRY is that of the object it is about, NULL: of none.
 * A write is a deed with the service's answer. */
void journal_history_add(struct journal_state *state, struct object_entry *entry, const struct journal_record *record);

/* Of a struct journal_deed. */
void journal_deed_free(gpointer deed);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What the records of a journal that are about a step come to: what was told, left out, waited for and proved. A part
 * of journal_state.h. Worker thread.
 */
#ifndef PERCH_STORE_STEP_FOLD_H
#define PERCH_STORE_STEP_FOLD_H

#include "store/journal_state.h"

/* An empty struct step_entry. Caller frees. */
gpointer step_entry_new(void);
void step_entry_free(gpointer entry);

/* TRUE if records of TYPE are about a step. */
gboolean step_fold_takes(enum record_type type);

/* Take RECORD, of such a type, into account. */
void step_fold(struct step_entry *entry, const struct journal_record *record);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What titles values: the label before one, a heading above several, the key of the block that they stand in. Each word
 * of it must be known to say no more than what the value is: "Event Hub Name (proposal)", "From the archive, 2024:",
 * "outputs_old" say more. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_VALUE_TITLES_H
#define PERCH_INPUT_VALUE_TITLES_H

#include "input/source_text.h"

/* The label from FROM up to TO has a word that is none of a label's, or in brackets one that limits or dates. A name of
 * KNOWN (a set of words in small letters) is none. */
gboolean label_speaks_up(const GArray *text, int from, int to, GHashTable *known);

/* The words from FROM up to TO, beside a value, are not all of those that leave it as it is. */
gboolean remark_speaks_up(const GArray *text, int from, int to, GHashTable *known);

/* The key from FROM up to TO has a word that limits or withdraws: "test_eventhub_name". */
gboolean key_is_limited(const GArray *text, int from, int to);

/* A year stands from FROM up to TO. */
gboolean text_has_year(const GArray *text, int from, int to);

/* The heading from FROM up to TO is one of several by its number or letter: "Tenant 2:", "Version 1:". */
gboolean heading_counts(const GArray *text, int from, int to);

/* The line of a program from FROM up to TO opens a block, or gives something a name, that a word withdraws or dates:
 * "outputs_old = {". */
gboolean key_speaks_up(const GArray *text, int from, int to);

#endif

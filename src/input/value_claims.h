/* SPDX-License-Identifier: MIT */
/*
 * Sentences whose words are all plain, and which still say of the values that they are another's, are to be had
 * elsewhere, or are open: "these are for our tenant", "the values are in the ticket", "is this the name?". Told by
 * where the words stand. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_VALUE_CLAIMS_H
#define PERCH_INPUT_VALUE_CLAIMS_H

#include <glib.h>

/* WORDS (of char *, in small letters) of one sentence do so; it IS_QUESTION if a question mark ends it. */
gboolean words_claim(const GPtrArray *words, gboolean is_question);

#endif

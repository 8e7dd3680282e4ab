/* SPDX-License-Identifier: MIT */
/*
 * What a resource ID that begins at FROM stands in: quotes, a sentence, a link. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_ID_PLACE_H
#define PERCH_INPUT_ID_PLACE_H

#include "input/source_text.h"

/* The quote before it; the marks of a code block are none: it holds lines. 0 if there is none. */
gunichar id_quote_before(const GArray *text, int from);

/* Letters stand before it in its line. */
gboolean id_has_words_before(const GArray *text, int from);

/* It is part of an address. */
gboolean id_is_in_link(const GArray *text, int from);

/* A letter beyond ASCII of a script that words are written in beside IDs, or a mark on one. */
gboolean id_is_letter_of_words(gunichar character);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What a resource ID that begins at FROM stands in: quotes, a sentence, a link. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_ID_PLACE_H
#define PERCH_INPUT_ID_PLACE_H

#include "input/source_text.h"

struct id_place {
    gunichar quote;              /* before it; the marks of a code block are none: it holds lines. 0 if there is none */
    gboolean has_letters_before; /* in its line */
    gboolean is_in_link;         /* it is part of an address */
};

struct id_place id_place_of(const GArray *text, int from);

/* A letter beyond ASCII of a script that words are written in beside IDs, or a mark on one. */
gboolean id_is_letter_of_words(gunichar character);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What the words around an address say of it: that it is not meant, that another one takes its place. Internal to
 * input/; pure.
 */
#ifndef PERCH_INPUT_ADDRESS_WORDS_H
#define PERCH_INPUT_ADDRESS_WORDS_H

#include "input/source_text.h"

/* The words before the address that begins at FROM leave it out: "but not", "except", "questions to". */
gboolean address_is_excluded(const GArray *text, int from);

/* The words behind an address that ends at TO, up to the next one, say that it is not meant: "(not yet)", "has left",
 * an arrow to another one.
 */
gboolean address_is_taken_back(const GArray *text, int to);

/* The words before the address that begins at FROM say that it takes the place of one that was given before: "sorry,",
 * "I meant", a chat's "*". */
gboolean address_corrects(const GArray *text, int from);

/* ONE and OTHER differ as a slip of the pen does: by a character or two, and not in a number. */
gboolean addresses_are_twins(const char *one, const char *other);

#endif

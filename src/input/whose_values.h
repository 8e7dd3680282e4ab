/* SPDX-License-Identifier: MIT */
/*
 * Sentences that say of the values in a text that they are not the reader's, or not for long: another customer's, made
 * up, last year's, to be replaced. Internal to input/; pure. Every look is bounded.
 */
#ifndef PERCH_INPUT_WHOSE_VALUES_H
#define PERCH_INPUT_WHOSE_VALUES_H

#include "input/source_text.h"

/* WORDS, which are as words_between() gives them, say so. */
gboolean words_say_foreign(const char *words);

/* The first sentence at or behind AT that says so; *FROM and *TO become its place. FALSE if there is none. */
gboolean find_foreign_sentence(const GArray *text, int at, int *from, int *to);

#endif

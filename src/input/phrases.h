/* SPDX-License-Identifier: MIT */
/*
 * Phrases of a few words that a text is looked through for, whatever marks and blanks stand between their words.
 * Internal to input/; pure.
 */
#ifndef PERCH_INPUT_PHRASES_H
#define PERCH_INPUT_PHRASES_H

#include "input/source_text.h"

/* The units FROM up to TO as words in small letters, each between single blanks: " don t use ". Caller frees. */
char *words_between(const GArray *text, int from, int to);

/* The same, without those that are built as names are: "twt-lab-feed". Caller frees. */
char *words_without_names(const GArray *text, int from, int to);

/* A table of N lists (each NULL-terminated) of phrases of up to four words; a phrase in list I has bit I. Caller
 * unrefs.
 */
GHashTable *phrase_table(const char *const *const *lists, gsize n);

/* The bits of all phrases of TABLE that stand in WORDS, which are as words_between() gives them. */
guint phrases_in(const char *words, GHashTable *table);

#endif

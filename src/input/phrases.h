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

/* How many words there are, which are as words_between() gives them. */
int words_count(const char *words);

/* One of PHRASES (NULL-terminated) stands in WORDS. */
gboolean words_have(const char *words, const char *const *phrases);

/* N lists (each NULL-terminated) of phrases of up to four words: static, and a table is made of them once. */
struct phrase_lists {
    const char *const *const *lists;
    gsize n;
    GOnce once; /* G_ONCE_INIT */
};

/* Bit I is set if a phrase of list I stands in WORDS, which are as words_between() gives them. */
guint phrases_in(const char *words, struct phrase_lists *lists);

#endif

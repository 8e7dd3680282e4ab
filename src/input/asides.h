/* SPDX-License-Identifier: MIT */
/*
 * Sentences beside values that speak of something else: of people, their calendar, their thanks. Each clause must have
 * a subject of its own ("I", "our engineer", "the workshop") or be a known opening ("looking forward"), and hold no
 * word of assets/asides.json that may point to a value ("these", "name") or that withdraws, changes or assigns one
 * ("wrong", "until"). Internal to input/; pure.
 */
#ifndef PERCH_INPUT_ASIDES_H
#define PERCH_INPUT_ASIDES_H

#include <glib.h>

struct heard_word {
    const char *word;    /* in small letters; borrowed */
    guint languages;     /* in which it is plain, a bit for each in the order of HEARD_LANGUAGES; G_MAXUINT: in all */
    gboolean is_let_off; /* part of a known phrase */
    gboolean is_idiom;   /* the same, and what it seems to point to is no value: "my name is" */
    gboolean is_parted;  /* a comma, a dash or a bracket stands before it */
    gboolean is_capital;
};

/* The WORDS (of struct heard_word) of one sentence are all of something else. What IS_TITLE announces the values: its
 * last clause is of them. */
gboolean words_are_aside(const GArray *words, gboolean is_title);

/* WORD, in small letters, withdraws, changes, doubts or assigns something in one of the languages. */
gboolean word_does_harm(const char *word);

/* WORD may point to a value in one of them. */
gboolean word_refers(const char *word);

#endif

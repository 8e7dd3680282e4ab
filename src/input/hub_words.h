/* SPDX-License-Identifier: MIT */
/*
 * Which words are never an Event Hub's name: those that sentences, titles, states, templates and instructions are made
 * of, in the languages that the portal and its users speak. Tables and pure functions. Internal to input/.
 */
#ifndef PERCH_INPUT_HUB_WORDS_H
#define PERCH_INPUT_HUB_WORDS_H

#include <glib.h>

enum word_kind {
    WORD_NAME,        /* may be a name */
    WORD_SENTENCE,    /* a word that sentences, titles and states are made of */
    WORD_OPEN,        /* says that the name is still to come */
    WORD_PLACEHOLDER, /* stands for a name in a template */
};

/* What WORD (a valid name) is. IN_SENTENCE: words that look like adjectives and participles are told too. */
enum word_kind word_read(const char *word, gboolean in_sentence);

/* It has a digit, or a hyphen, underscore or point inside, and is not put together of a sentence's words. */
gboolean word_has_name_shape(const char *word);

/* WORD says whom to ask or where to look rather than what: "contact-support", "in-vault", "SIR-2231". */
gboolean word_is_instruction(const char *word);

/* A capital, then small letters only, or four capitals and more: a person's name, a title, a sentence's first word. */
gboolean word_is_titled(const char *word);

/* WORD, alone on a line, is too short to be told from the end of a name that the line end has broken, and nothing that
 * ends a mail. */
gboolean word_is_scrap(const char *word);

/* WORDS (UTF-8) say that the name is still to come: "will be sent separately", "(see attached)". */
gboolean words_leave_open(const char *words);

/* TEXT (UTF-8) in small letters and plain forms, a space before each capital that follows a small letter
 * ("eventHubName"). Caller frees. */
char *words_folded(const char *text);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The words and phrases of assets/plain-words.json, and the words of a text as they are looked up there. What they mean
 * for a value is judged in plain_words.h. Internal to input/; read once, then never changed.
 */
#ifndef PERCH_INPUT_VOCABULARY_H
#define PERCH_INPUT_VOCABULARY_H

#include "base/json.h"
#include "input/source_text.h"

#define NAME_MARKS "-_.0123456789"

/* Each a set of words, or of phrases with single blanks, in small letters. */
struct vocabulary {
    GHashTable *words;  /* each with the languages that have it, a bit for each */
    GHashTable *starts; /* the first words of all phrases */
    GHashTable *phrases;
    GHashTable *leaves;
    GHashTable *greetings;
    GHashTable *small_print;
    GHashTable *heads;
    GHashTable *properties;
    GHashTable *remarks;
    GHashTable *pointers;
    GHashTable *pronouns;
    GHashTable *elsewhere;
    GHashTable *agreements;
    GHashTable *qualifiers;
    GHashTable *joined;
    GHashTable *dates;
    GHashTable *of_senders;
    GHashTable *of_programs;
    GHashTable *of_values;
    GHashTable *of_values_first;
    GHashTable *doubts;
    GHashTable *abbreviations;
    GHashTable *idioms;
    GHashTable *withdrawals;
    GHashTable *remark_words;
    GHashTable *guest_words;
    GHashTable *templates;
    GHashTable *of_hub;
    GHashTable *of_name;
    GHashTable *of_all;
    const json *unparted;
};

const struct vocabulary *vocabulary(void);

gboolean is_word_letter(gunichar character);
gboolean is_any_digit(gunichar character);

/* The words of a sentence, without what is no word. Caller frees the array; they are freed with it. A word of KNOWN
 * (may be NULL) is left out. PLACES (may be NULL): where each begins is added. */
GPtrArray *sentence_words(const GArray *text, int from, int to, GHashTable *known, GArray *places);

/* How many WORDS from I on a phrase of SET lets off; 0: none does. */
guint phrase_length(GHashTable *set, const GPtrArray *words, guint i);

/* The languages in which WORD is plain, a bit for each; a sentence is of one language. */
guint word_languages(const char *word);

gboolean has_any_word(GHashTable *set, const GPtrArray *words);

#endif

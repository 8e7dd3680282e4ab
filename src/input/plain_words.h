/* SPDX-License-Identifier: MIT */
/*
 * What is understood of sentences about values: the words and phrases of assets/plain-words.json, which neither change
 * a value nor say whose it is, when and where it holds, or that it does not. What is not among them is not understood.
 * Internal to input/; pure.
 */
#ifndef PERCH_INPUT_PLAIN_WORDS_H
#define PERCH_INPUT_PLAIN_WORDS_H

#include "input/source_text.h"

/* Of a script that does not part words by blanks. */
gboolean is_unparted(gunichar character);

/* The sentence from FROM up to TO is understood, and leaves the values as they are. Names, numbers and addresses in it
 * do not count, nor does a word of KNOWN (a set of words in small letters). */
gboolean sentence_is_plain(const GArray *text, int from, int to, GHashTable *known);

/* How much a sentence that is not understood speaks against values: 2 if a word withdraws or changes something, 3 if
 * another points to them as well, 1 if one does that alone or limits what is said, else 0. */
int sentence_weight(const GArray *text, int from, int to);

/* "out-of-date", "DoNotUse", "100%wrong": built as a name is, but with a word that joins or judges, as few names have.
 */
gboolean word_is_joined(const GArray *text, int from, int to);

/* What looks like a line of a program, from FROM up to TO, says when, or that something is not, other or conditional.
 */
gboolean code_speaks_up(const GArray *text, int from, int to);

/* All that stands from FROM up to TO is "no" or "not". */
gboolean word_denies(const GArray *text, int from, int to);

/* The one word of a line withdraws or limits: "[Revoked]", "~~old~~", "unconfirmed". */
gboolean mark_speaks_up(const GArray *text, int from, int to);

/* A few words beside a time say more than the day: "not before". */
gboolean time_speaks_up(const GArray *text, int from, int to);

/* They hold a word that is of no sender's name or title: "Old Values", "For Fabrikam". Who IS_GREETED may be called as
 * such words are: "Anders". */
gboolean name_speaks_up(const GArray *text, int from, int to, gboolean is_greeted);

/* A sentence among a letter's small print speaks of the values, and more than that they are confidential. */
gboolean small_print_speaks_up(const GArray *text, int from, int to);

/* It speaks of the Event Hub, or if IS_NAME of its name, and of no other value, nor of all. */
gboolean sentence_is_of(const GArray *text, int from, int to, gboolean is_name);

/* Add the words of the name or address from FROM up to TO to KNOWN. */
void words_become_known(GHashTable *known, const GArray *text, int from, int to);

/* What words that are all of a line or of a title may be. */
enum phrase_kind {
    PHRASE_LEAVE,    /* they end a letter: "Kind regards," */
    PHRASE_GREETING, /* "Dear Ms" */
    PHRASE_HEAD,     /* they title a line in a letter's head: "From" */
    PHRASE_PROPERTY, /* a property that says nothing of a value: "Region" */
    PHRASE_REMARK,   /* what is to be said of a value: "Note", "Status" */
};

/* All words from FROM up to TO are one phrase of that KIND. */
gboolean words_are(enum phrase_kind kind, const GArray *text, int from, int to);

/* Among them is a letter's small print: "This e-mail is confidential". */
gboolean words_are_small_print(const GArray *text, int from, int to);

/* The full stop at AT, in a sentence that begins at FROM, ends a word that is cut: "no.", "Dr.". */
gboolean is_abbreviation(const GArray *text, int from, int at);

/* WORD, in small letters, may stand beside guests' addresses and says nothing of them: "analyst". */
gboolean word_is_of_guests(const char *word);

/* WORD, in small letters, may stand behind a value in its line and leaves it as it is: "copy", "active". */
gboolean word_is_of_remarks(const char *word);

/* WORD, in small letters, says when, or that something is not, other or conditional: "march", "not", "until". */
gboolean word_is_qualifier(const char *word);

/* WORD, in small letters, stands before the '@' of a template's address: "first.last". */
gboolean word_is_of_template(const char *word);

#endif

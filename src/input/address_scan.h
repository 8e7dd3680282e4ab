/* SPDX-License-Identifier: MIT */
/*
 * E-mail addresses in a text that may hold several: a To line, a sentence, a chain of names and addresses. Pure.
 */
#ifndef PERCH_INPUT_ADDRESS_SCAN_H
#define PERCH_INPUT_ADDRESS_SCAN_H

#include "input/source_text.h"

/* An address in running text. */
struct found {
    int from;
    int to;
};

/* The next '@' from AT on, up to TO, with what belongs to it. FALSE if there is none. */
gboolean address_find_next(const GArray *text, int at, int to, struct found *found);

gboolean address_is_same(const GArray *text, const struct found *one, const struct found *other);

/* Addresses between FROM and TO, not counting the second half of "a@x<mailto:a@x>". *ARE_DIVIDED: something other than
 * blanks stands between any two. */
int address_count(const GArray *text, int from, int to, gboolean *are_divided);

/* Two to four words that begin with capitals, and nothing else: "Ana Roe" before a bare address. */
gboolean address_is_bare_name(const GArray *text, int from, int to);

/* The name between two addresses: what stands there without the marks round it, if it is no sentence. Caller frees. */
char *address_name_between(const GArray *text, int from, int to);

/* NAME without what lists, mails and replies put round it: numbers, bullets, "To:", dashes, brackets. In place; what is
 * returned lies in it. */
char *address_trim_name(char *name);

/* "ana@home.example <ana@partner.example>": what ends at TO is the name that a mail program shows for another address.
 */
gboolean address_is_display_name(const GArray *text, int to);

/* From FROM up to TO there are whole addresses with blanks between them, and nothing else. */
gboolean address_are_apart(const GArray *text, int from, int to);

/* Where the address begins in "Name <address>" or "Name address"; 0 where nothing stands before it. */
int address_begin(const GArray *cell);

/* There is a space that does not stand at the edge of what is the address, which begins at START, or a second address
 * before it: to take the space out would make an address that nobody wrote. */
gboolean address_is_torn(const GArray *cell, int start);

/* An '@' of another width stands from FROM up to TO. */
gboolean address_has_wide_at(const GArray *text, int from, int to);

/* "mei-" above the line from FROM up to TO, "example" in the one that begins at NEXT: its address goes on in another
 * line. */
gboolean address_is_broken(const GArray *text, int from, int to, int next);

/* "lee. ohara@partner.example": a word in small letters, a full stop and one space stand right before the address AT,
 * in a line that begins at FROM. */
gboolean address_is_torn_off(const GArray *text, int from, int at);

#endif

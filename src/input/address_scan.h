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

/* The name between two addresses: what stands there without the marks round it, if it is no sentence. Caller frees. */
char *address_name_between(const GArray *text, int from, int to);

/* NAME without what lists, mails and replies put round it: numbers, bullets, "To:", dashes, brackets. In place; what is
 * returned lies in it. */
char *address_trim_name(char *name);

/* The words before the address that begins at FROM leave it out: "but not", "except". */
gboolean address_is_excluded(const GArray *text, int from);

#endif

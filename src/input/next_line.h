/* SPDX-License-Identifier: MIT */
/*
 * The word that begins the line below a value which ends at its line's end: the rest of a value that was broken there,
 * or something else. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_NEXT_LINE_H
#define PERCH_INPUT_NEXT_LINE_H

#include "input/source_text.h"

enum next_kind {
    NEXT_NONE,  /* the value does not end its line, or the next one is a label, a key, a row, a title, a sentence */
    NEXT_ALONE, /* the word has its line for itself */
    NEXT_PATH,  /* a slash stands right behind it, or a query: "/eventhubs/", "/overview" */
    NEXT_TORN,  /* "-001 is ours", "1. Thanks" where no list is: what begins with a hyphen or is the end of a number */
    NEXT_PROSE, /* a sentence goes on behind it, which the word itself does not look like a part of */
};

struct next_word {
    enum next_kind kind;
    int from;
    int to;
};

/* The value ends at AT; IS tells of which characters it consists. */
struct next_word next_word_read(const GArray *text, int at, gboolean (*is)(gunichar));

/* The same behind an empty line below AT's. */
struct next_word next_word_behind_gap(const GArray *text, int at, gboolean (*is)(gunichar));

#endif

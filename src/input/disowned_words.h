/* SPDX-License-Identifier: MIT */
/*
 * The words with which a text takes back what it gives, in the languages that senders write. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_DISOWNED_WORDS_H
#define PERCH_INPUT_DISOWNED_WORDS_H

#include <glib.h>

enum disowned_list {
    AGAINST = 1,
    EXAMPLES = 2,
    EXCUSES = 4,
    TAKEN_BACK = 8,
    NOT_SURE = 16,
    ANEW = 32,
    BEFORE = 64,
    CORRECTS = 128,
};

/* Which lists (enum disowned_list) have a phrase that stands in WORDS, as words_between() gives them. */
guint disowned_lists_in(const char *words);

#endif

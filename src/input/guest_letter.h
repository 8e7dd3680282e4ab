/* SPDX-License-Identifier: MIT */
/*
 * What a letter has around a list of people: the header of a forwarded mail, who wrote what is quoted, the closing
 * words. The addresses there are those of the people who wrote to one another. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_GUEST_LETTER_H
#define PERCH_INPUT_GUEST_LETTER_H

#include "input/source_text.h"

enum letter_part {
    LETTER_LIST,      /* everything else */
    LETTER_SENDER,    /* "From:", "On Monday, Ana Roe <ana@partner.example> wrote:" */
    LETTER_RECEIVER,  /* "To:", "Cc:" of a letter that names people elsewhere too; these are meant */
    LETTER_HEADER,    /* "Subject:", "Date:" */
    LETTER_SIGNATURE, /* the closing words, and what follows them */
    LETTER_PARTS = 7,
    LETTER_FOLDED = 8, /* beside another one: a line end within one line of a header */
};

/* For each unit of TEXT and one behind it: an enum letter_part. A list of receivers that names everybody whom the text
 * names is LETTER_LIST: that is what was copied. Caller frees with g_free(). */
guint8 *letter_read(const GArray *text);

#endif

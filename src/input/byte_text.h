/* SPDX-License-Identifier: MIT */
/*
 * Bytes that come one by one, each with its place, put together to code points. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_BYTE_TEXT_H
#define PERCH_INPUT_BYTE_TEXT_H

#include "input/source_text.h"

struct byte_text {
    GArray *out; /* borrowed */
    GIConv converter;
    gboolean has_converter;
    char pending[8];
    int offsets[8];
    int n;
};

/* Bytes in CHARSET, whose code points go to OUT. NULL, UTF-8, ASCII and what nobody knows: UTF-8; a byte that is none
 * is taken for windows-1252, as old mail programs send it. End with byte_text_finish(). */
struct byte_text byte_text_begin(GArray *out, const char *charset);

void byte_text_push(struct byte_text *bytes, guchar byte, int offset);

/* What was begun and not ended is given out, then CHARACTER as it is. */
void byte_text_push_character(struct byte_text *bytes, gunichar character, int offset);

void byte_text_finish(struct byte_text *bytes);

#endif

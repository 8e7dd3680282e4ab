/*
 * Bytes that come one by one, each with its place, put together to code points. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_BYTE_TEXT_H
#define PERCH_INPUT_BYTE_TEXT_H

#include "input/mapped.h"

struct byte_text {
    GArray *out; /* borrowed */
    char pending[4];
    int offsets[4];
    int n;
};

/* Bytes that are no UTF-8 are taken for Latin-1, as old mail programs send it. */
void byte_text_push(struct byte_text *bytes, guchar byte, int offset);

/* What was begun and not ended is taken for Latin-1. */
void byte_text_flush(struct byte_text *bytes);

/* Flush, then append CHARACTER as it is. */
void byte_text_push_character(struct byte_text *bytes, gunichar character, int offset);

#endif

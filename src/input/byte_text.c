#include "input/byte_text.h"

#include <string.h>

/* Give the first pending byte out as Latin-1. */
static void shift(struct byte_text *bytes)
{
    mapped_append(bytes->out, (guchar)bytes->pending[0], bytes->offsets[0]);
    bytes->n--;
    memmove(bytes->pending, bytes->pending + 1, (gsize)bytes->n);
    memmove(bytes->offsets, bytes->offsets + 1, (gsize)bytes->n * sizeof bytes->offsets[0]);
}

/* Give out what is complete; keep what may yet become a code point. */
static void drain(struct byte_text *bytes)
{
    while (bytes->n > 0) {
        gunichar character = bytes->pending[0] == '\0' ? 0 : g_utf8_get_char_validated(bytes->pending, bytes->n);
        if (character == (gunichar)-2)
            return;
        if (character == (gunichar)-1) {
            shift(bytes);
            continue;
        }
        mapped_append(bytes->out, character, bytes->offsets[0]);
        bytes->n = 0;
    }
}

void byte_text_push(struct byte_text *bytes, guchar byte, int offset)
{
    bytes->pending[bytes->n] = (char)byte;
    bytes->offsets[bytes->n++] = offset;
    drain(bytes);
    if (bytes->n == (int)G_N_ELEMENTS(bytes->pending))
        shift(bytes);
}

void byte_text_flush(struct byte_text *bytes)
{
    while (bytes->n > 0)
        shift(bytes);
}

void byte_text_push_character(struct byte_text *bytes, gunichar character, int offset)
{
    byte_text_flush(bytes);
    mapped_append(bytes->out, character, offset);
}

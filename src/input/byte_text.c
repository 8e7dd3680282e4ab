/* SPDX-License-Identifier: MIT */
#include "input/byte_text.h"

#include <errno.h>
#include <string.h>

#include "input/text_encoding.h"

struct byte_text byte_text_begin(GArray *out, const char *charset)
{
    struct byte_text bytes = {.out = out};
    if (charset == NULL || g_ascii_strcasecmp(charset, "utf-8") == 0 || g_ascii_strcasecmp(charset, "us-ascii") == 0)
        return bytes;
    bytes.converter = g_iconv_open("UTF-8", charset);
    bytes.has_converter = bytes.converter != (GIConv)-1;
    return bytes;
}

/* Give the first pending byte out as windows-1252. */
static void shift(struct byte_text *bytes)
{
    source_append(bytes->out, windows_1252_character((guchar)bytes->pending[0]), bytes->offsets[0]);
    bytes->n--;
    memmove(bytes->pending, bytes->pending + 1, (gsize)bytes->n);
    memmove(bytes->offsets, bytes->offsets + 1, (gsize)bytes->n * sizeof bytes->offsets[0]);
}

enum step { STEP_DONE, STEP_WAIT, STEP_BAD };

static enum step step_utf8(struct byte_text *bytes)
{
    gunichar character = bytes->pending[0] == '\0' ? 0 : g_utf8_get_char_validated(bytes->pending, bytes->n);
    if (character == (gunichar)-2)
        return STEP_WAIT;
    if (character == (gunichar)-1)
        return STEP_BAD;
    source_append(bytes->out, character, bytes->offsets[0]);
    bytes->n = 0;
    return STEP_DONE;
}

static enum step step_converter(struct byte_text *bytes)
{
    char utf8[32];
    gchar *in = bytes->pending;
    gsize in_left = (gsize)bytes->n;
    gchar *out = utf8;
    gsize out_left = sizeof utf8;
    errno = 0;
    gsize result = g_iconv(bytes->converter, &in, &in_left, &out, &out_left);
    int reason = errno;
    for (const char *at = utf8; at < out; at = g_utf8_next_char(at))
        source_append(bytes->out, g_utf8_get_char(at), bytes->offsets[0]);
    if (in != bytes->pending) {
        int used = (int)(in - bytes->pending);
        bytes->n -= used;
        memmove(bytes->pending, in, (gsize)bytes->n);
        memmove(bytes->offsets, bytes->offsets + used, (gsize)bytes->n * sizeof bytes->offsets[0]);
        return STEP_DONE;
    }
    return result == (gsize)-1 && reason == EINVAL ? STEP_WAIT : STEP_BAD;
}

void byte_text_push(struct byte_text *bytes, guchar byte, int offset)
{
    bytes->pending[bytes->n] = (char)byte;
    bytes->offsets[bytes->n++] = offset;
    enum step step = STEP_DONE; /* what is complete is given out; what may yet become a code point waits */
    while (bytes->n > 0 && step != STEP_WAIT) {
        step = bytes->has_converter ? step_converter(bytes) : step_utf8(bytes);
        if (step == STEP_BAD)
            shift(bytes);
    }
    if (bytes->n == (int)G_N_ELEMENTS(bytes->pending) || (!bytes->has_converter && bytes->n == 4))
        shift(bytes);
}

static void flush(struct byte_text *bytes)
{
    while (bytes->n > 0)
        shift(bytes);
}

void byte_text_push_character(struct byte_text *bytes, gunichar character, int offset)
{
    flush(bytes);
    source_append(bytes->out, character, offset);
}

void byte_text_finish(struct byte_text *bytes)
{
    flush(bytes);
    if (bytes->has_converter)
        g_iconv_close(bytes->converter);
    bytes->has_converter = FALSE;
}

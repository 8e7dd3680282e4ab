/* SPDX-License-Identifier: MIT */
#include "input/text_encoding.h"

#include <string.h>

gunichar windows_1252_character(guchar byte)
{
    static const gunichar high[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                      0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    return byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80] : byte;
}

/* Two bytes a character without a mark: most of the bytes at one parity are zero. */
static enum text_encoding by_pattern(const char *bytes, gsize length)
{
    enum { LOOK = 4096, LEAST = 8 };
    gsize n = MIN(length, LOOK) & ~(gsize)1;
    gsize zeros[2] = {0, 0};
    for (gsize i = 0; i < n; i++)
        zeros[i & 1] += bytes[i] == '\0' ? 1 : 0;
    if (n < LEAST || zeros[0] + zeros[1] == 0)
        return ENCODING_UTF8;
    if (zeros[1] * 2 > n * 3 / 4 && zeros[0] == 0)
        return ENCODING_UTF16_LE;
    if (zeros[0] * 2 > n * 3 / 4 && zeros[1] == 0)
        return ENCODING_UTF16_BE;
    return zeros[0] + zeros[1] > n / 8 ? ENCODING_BINARY : ENCODING_UTF8;
}

/* Bytes that are no UTF-8, and no characters of several bytes beside them. */
static gboolean is_single_byte_text(const char *bytes, gsize length)
{
    gsize bad = 0;
    gsize several = 0;
    for (gsize i = 0; i < length;) {
        gunichar character = bytes[i] == '\0' ? 0 : g_utf8_get_char_validated(bytes + i, (gssize)(length - i));
        gboolean is_bad = character > 0x10FFFF;
        bad += is_bad ? 1 : 0;
        several += !is_bad && character > 0x7F ? 1 : 0;
        i += is_bad ? 1 : (gsize)g_unichar_to_utf8(character, NULL);
    }
    return bad > 0 && several == 0;
}

enum text_encoding text_encoding_of(const char *bytes, gsize length)
{
    static const struct {
        const char *magic;
        enum text_encoding encoding;
    } beginnings[] = {
        {"\xFF\xFE", ENCODING_UTF16_LE},
        {"\xFE\xFF", ENCODING_UTF16_BE},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", ENCODING_OUTLOOK_MESSAGE},
        {"{\\rtf", ENCODING_RTF},
        {"%PDF-", ENCODING_PDF},
        {"PK\x03\x04", ENCODING_ARCHIVE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(beginnings); i++) {
        gsize n = strlen(beginnings[i].magic);
        if (length >= n && memcmp(bytes, beginnings[i].magic, n) == 0)
            return beginnings[i].encoding;
    }
    enum text_encoding pattern = by_pattern(bytes, length);
    if (pattern != ENCODING_UTF8)
        return pattern;
    return is_single_byte_text(bytes, length) ? ENCODING_WINDOWS_1252 : ENCODING_UTF8;
}

/* A half of a pair that stands alone becomes U+FFFD; a byte too many at the end is left out. */
static char *decode_utf16(const char *bytes, gsize length, gboolean is_big, gsize *size)
{
    GString *out = g_string_sized_new(length);
    gunichar high = 0;
    for (gsize i = 0; i + 1 < length; i += 2) {
        guchar one = (guchar)bytes[i + (is_big ? 0 : 1)];
        guchar other = (guchar)bytes[i + (is_big ? 1 : 0)];
        gunichar unit = (gunichar)one << 8 | other;
        gboolean is_low = unit >= 0xDC00 && unit < 0xE000;
        if (high != 0 && is_low)
            g_string_append_unichar(out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
        else if (high != 0 || is_low)
            g_string_append_unichar(out, 0xFFFD);
        gboolean is_high = unit >= 0xD800 && unit < 0xDC00;
        if (!is_high && !is_low && !(i == 0 && unit == 0xFEFF))
            g_string_append_unichar(out, unit);
        high = is_high ? unit : 0;
    }
    *size = out->len;
    return g_string_free(out, FALSE);
}

char *text_decode(enum text_encoding encoding, const char *bytes, gsize length, gsize *size)
{
    switch (encoding) {
    case ENCODING_UTF8:
        *size = length;
        return g_memdup2(bytes, length);
    case ENCODING_WINDOWS_1252: {
        GString *out = g_string_sized_new(length);
        for (gsize i = 0; i < length; i++)
            g_string_append_unichar(out, windows_1252_character((guchar)bytes[i]));
        *size = out->len;
        return g_string_free(out, FALSE);
    }
    case ENCODING_UTF16_LE:
    case ENCODING_UTF16_BE:
        return decode_utf16(bytes, length, encoding == ENCODING_UTF16_BE, size);
    default:
        *size = 0;
        return NULL;
    }
}

gboolean text_encoding_is_text(enum text_encoding encoding)
{
    return encoding <= ENCODING_UTF16_BE;
}

const char *text_encoding_sentence(enum text_encoding encoding)
{
    static const char *const sentences[] = {
        [ENCODING_WINDOWS_1252] = "This is no UTF-8; it was read as windows-1252.",
        [ENCODING_UTF16_LE] = "This is UTF-16 text, as Windows PowerShell writes it; it was read as that.",
        [ENCODING_UTF16_BE] = "This is UTF-16 text with the high byte first; it was read as that.",
        [ENCODING_OUTLOOK_MESSAGE] =
            "This is an Outlook message (.msg) or an old Office document. Open it, copy the text, and paste that.",
        [ENCODING_RTF] = "This is rich text (RTF), which is no plain text. Open it, copy the text, and paste that.",
        [ENCODING_PDF] = "This is a PDF document, which is no text. Open it, copy the text, and paste that.",
        [ENCODING_ARCHIVE] =
            "This is a Word, Excel or ZIP file, which is no text. Open it, copy the text, and paste that.",
        [ENCODING_BINARY] = "This is no text: it is full of zero bytes. Copy the text out of it, and paste that.",
    };
    return sentences[encoding];
}

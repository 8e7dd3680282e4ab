/* SPDX-License-Identifier: MIT */
#include "input/transfer_text.h"

#include <string.h>

#include "input/byte_text.h"

enum { SOFT_LINE_MIN = 60, SOFT_LINE_MAX = 76 };

/* How many units make a line end at AT: 0, 1 or 2. */
static int line_end_length(const GArray *text, int at)
{
    if (source_at(text, at) == '\n')
        return 1;
    return source_at(text, at) == '\r' && source_at(text, at + 1) == '\n' ? 2 : 0;
}

static gboolean is_escape(const GArray *text, int at, gunichar sign)
{
    return source_at(text, at) == sign && is_hex_digit(source_at(text, at + 1)) &&
           is_hex_digit(source_at(text, at + 2));
}

/* Decode SIGN and two hexadecimal digits in all of TEXT; SIGN at a line's end joins the lines. Returns the offset of
 * the first one; -1 if there is none. */
static int append_unescaped(GArray *out, const GArray *text, gunichar sign)
{
    int first = -1;
    struct byte_text bytes = byte_text_begin(out, NULL);
    for (int i = 0; i < source_length(text);) {
        int offset = source_offset(text, i);
        int line_end = source_at(text, i) == sign ? line_end_length(text, i + 1) : 0;
        if (first < 0 && (line_end > 0 || is_escape(text, i, sign)))
            first = offset;
        if (line_end > 0)
            i += 1 + line_end;
        else if (is_escape(text, i, sign)) {
            int high = g_ascii_xdigit_value((char)source_at(text, i + 1));
            int low = g_ascii_xdigit_value((char)source_at(text, i + 2));
            byte_text_push(&bytes, (guchar)(high * 16 + low), offset);
            i += 3;
        } else
            byte_text_push_character(&bytes, source_at(text, i++), offset);
    }
    byte_text_finish(&bytes);
    return first;
}

GArray *quoted_printable_text(GArray *text, int *first)
{
    /* What can only be quoted-printable, without headers that say so. */
    static const char *const signs[] = {"=3D", "=C2=A0", "=E2=80", "=20\n", "=20\r\n", "=A0", NULL};
    gboolean is_encoded = source_find_any(text, signs) >= 0;
    int width = 0;
    for (int i = 0; i < source_length(text) && !is_encoded; i++) {
        /* A '=' ends a line as long as encoders make them; the base64 of a key may end a shorter one with it. */
        is_encoded = width >= SOFT_LINE_MIN && width <= SOFT_LINE_MAX && source_at(text, i) == '=' &&
                     line_end_length(text, i + 1) > 0;
        width = source_at(text, i) == '\n' ? 0 : width + 1;
    }
    if (!is_encoded)
        return g_array_ref(text);
    GArray *out = source_new();
    *first = append_unescaped(out, text, '=');
    return out;
}

/* The end of the escape at AT, which a string of JSON may have; AT if there is none. *CHARACTER becomes what it means.
 * A quote becomes a typographic one, so that it does not end the string. */
static int escape_end(const GArray *text, int at, gunichar *character)
{
    static const char signs[] = "ntr/\"";
    static const gunichar meanings[] = {'\n', '\t', '\r', '/', 0x201D};
    if (source_at(text, at) != '\\')
        return at;
    for (gsize i = 0; signs[i] != '\0'; i++)
        if (source_at(text, at + 1) == (guchar)signs[i]) {
            *character = meanings[i];
            return at + 2;
        }
    if (source_at(text, at + 1) != 'u')
        return at;
    gunichar value = 0;
    for (int i = at + 2; i < at + 6; i++) {
        if (!is_hex_digit(source_at(text, i)))
            return at;
        value = value * 16 + (gunichar)g_ascii_xdigit_value((char)source_at(text, i));
    }
    *character = value == '"' ? 0x201D : value;
    return g_unichar_validate(value) && value != 0 ? at + 6 : at;
}

/* TEXT with the escapes of JSON taken out, if it is JSON or has an ID with them; else TEXT itself. */
static GArray *unescaped_text(GArray *text)
{
    int first = 0;
    while (is_edge(source_at(text, first)) || is_line_break(source_at(text, first)))
        first++;
    gboolean is_json = is_one_of(source_at(text, first), "{[");
    if (source_find(text, 0, "\\") < 0 || (!is_json && source_find(text, 0, "subscriptions\\/") < 0))
        return g_array_ref(text);
    GArray *out = source_new();
    for (int i = 0; i < source_length(text);) {
        gunichar character = 0;
        int end = escape_end(text, i, &character);
        source_append(out, end > i ? character : source_at(text, i), source_offset(text, i));
        i = MAX(end, i + 1);
    }
    return out;
}

GArray *decoded_text(GArray *text)
{
    GArray *out = unescaped_text(text);
    for (int i = 0; i < 2; i++) {
        if (source_find(out, 0, "%2Fsubscriptions%2F") < 0 && source_find(out, 0, "%252Fsubscriptions%252F") < 0)
            break;
        GArray *decoded = source_new();
        append_unescaped(decoded, out, '%');
        g_array_unref(out);
        out = decoded;
    }
    return out;
}

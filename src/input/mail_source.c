/* Messages in source form: parts, quoted-printable, base64; and percent-encoding, which is the same with another sign.
 */
#include <string.h>

#include "input/byte_text.h"
#include "input/transfer_text.h"

enum { HEADERS_MAX = 4096, SOFT_LINE_MIN = 60, SOFT_LINE_MAX = 76 };

static const char encoding_header[] = "Content-Transfer-Encoding:";

static int line_start_behind(const GArray *text, int from)
{
    int at = from;
    while (mapped_at(text, at) != NO_CHARACTER && mapped_at(text, at) != '\n')
        at++;
    return MIN(at + 1, mapped_length(text));
}

/* How many units make a line end at AT: 0, 1 or 2. */
static int line_end_length(const GArray *text, int at)
{
    if (mapped_at(text, at) == '\n')
        return 1;
    return mapped_at(text, at) == '\r' && mapped_at(text, at + 1) == '\n' ? 2 : 0;
}

static gboolean is_escape(const GArray *text, int at, gunichar sign)
{
    return mapped_at(text, at) == sign && is_hex_digit(mapped_at(text, at + 1)) &&
           is_hex_digit(mapped_at(text, at + 2));
}

static guchar escaped_byte(const GArray *text, int at)
{
    int high = g_ascii_xdigit_value((char)mapped_at(text, at + 1));
    int low = g_ascii_xdigit_value((char)mapped_at(text, at + 2));
    return (guchar)(high * 16 + low);
}

/* Decode SIGN and two hexadecimal digits from FROM up to TO; SIGN at a line's end joins the lines. */
static void append_unescaped(GArray *out, const GArray *text, int from, int to, gunichar sign)
{
    struct byte_text bytes = {.out = out};
    for (int i = from; i < to;) {
        int offset = mapped_offset(text, i);
        int line_end = mapped_at(text, i) == sign ? line_end_length(text, i + 1) : 0;
        if (line_end > 0)
            i += 1 + line_end;
        else if (is_escape(text, i, sign)) {
            byte_text_push(&bytes, escaped_byte(text, i), offset);
            i += 3;
        } else
            byte_text_push_character(&bytes, mapped_at(text, i++), offset);
    }
    byte_text_flush(&bytes);
}

static void append_copy(GArray *out, const GArray *text, int from, int to)
{
    for (int i = from; i < to; i++)
        mapped_append(out, mapped_at(text, i), mapped_offset(text, i));
}

static int base64_value(gunichar character)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return is_one_of(character, digits) ? (int)(strchr(digits, (char)character) - digits) : -1;
}

static void append_base64(GArray *out, const GArray *text, int from, int to)
{
    struct byte_text bytes = {.out = out};
    guint bits = 0;
    int n = 0;
    for (int i = from; i < to; i++) {
        int value = base64_value(mapped_at(text, i));
        if (value < 0)
            continue;
        bits = (bits << 6 | (guint)value) & 0xFFFFFF;
        n += 6;
        if (n >= 8) {
            n -= 8;
            byte_text_push(&bytes, (guchar)(bits >> n & 0xFF), mapped_offset(text, i));
        }
    }
    byte_text_flush(&bytes);
}

/* The blank line behind the header at FROM; what follows is the part's body. */
static int body_start(const GArray *text, int from)
{
    int line = line_start_behind(text, from);
    while (line < mapped_length(text) && line_end_length(text, line) == 0)
        line = line_start_behind(text, line);
    return MIN(line + line_end_length(text, line), mapped_length(text));
}

/* The next line that begins with "--", or the end. */
static int body_end(const GArray *text, int from)
{
    int line = from;
    while (line < mapped_length(text) && !mapped_has(text, line, "--"))
        line = line_start_behind(text, line);
    return line;
}

/* The first line of the block of headers that HEADER is in. */
static int headers_start(const GArray *text, int header)
{
    for (int i = header; i > MAX(header - HEADERS_MAX, 1); i--)
        if (mapped_at(text, i - 1) == '\n' && line_end_length(text, i) > 0)
            return i;
    return MAX(header - HEADERS_MAX, 0);
}

static void append_part(GArray *out, const GArray *text, int header, int start, int end)
{
    int value = header + (int)strlen(encoding_header);
    int value_end = line_start_behind(text, value);
    int headers = headers_start(text, header);
    if (mapped_has_between(text, headers, start, "Content-Type:") && !mapped_has_between(text, headers, start, "text/"))
        return;
    if (mapped_has_between(text, value, value_end, "quoted-printable"))
        append_unescaped(out, text, start, end, '=');
    else if (mapped_has_between(text, value, value_end, "base64"))
        append_base64(out, text, start, end);
    else
        append_copy(out, text, start, end);
    mapped_append(out, '\n', mapped_offset(text, end - 1));
}

/* A '=' at the end of a line as long as encoders make them; the base64 of a key may end a shorter one with it. */
static gboolean has_soft_break(const GArray *text)
{
    int width = 0;
    for (int i = 0; i < mapped_length(text); i++) {
        if (width >= SOFT_LINE_MIN && width <= SOFT_LINE_MAX && mapped_at(text, i) == '=' &&
            line_end_length(text, i + 1) > 0)
            return TRUE;
        width = mapped_at(text, i) == '\n' ? 0 : width + 1;
    }
    return FALSE;
}

/* What can only be quoted-printable, without headers that say so. */
static gboolean looks_quoted_printable(const GArray *text)
{
    static const char *const signs[] = {"=3D", "=C2=A0", "=E2=80", "=20\n", "=20\r\n", "=A0"};
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
        if (mapped_find(text, 0, signs[i]) >= 0)
            return TRUE;
    return has_soft_break(text);
}

GArray *mail_source_text(GArray *text)
{
    int header = mapped_find(text, 0, encoding_header);
    if (header < 0 && !looks_quoted_printable(text))
        return g_array_ref(text);
    GArray *out = mapped_new();
    if (header < 0)
        append_unescaped(out, text, 0, mapped_length(text), '=');
    while (header >= 0) {
        int start = body_start(text, header);
        int end = body_end(text, start);
        append_part(out, text, header, start, end);
        header = mapped_find(text, end, encoding_header);
    }
    return out;
}

GArray *percent_text(GArray *text)
{
    GArray *out = g_array_ref(text);
    for (int i = 0; i < 2; i++) {
        if (mapped_find(out, 0, "%2Fsubscriptions%2F") < 0 && mapped_find(out, 0, "%252Fsubscriptions%252F") < 0)
            break;
        GArray *decoded = mapped_new();
        append_unescaped(decoded, out, 0, mapped_length(out), '%');
        g_array_unref(out);
        out = decoded;
    }
    return out;
}

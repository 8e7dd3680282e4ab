#include "secrets/redact_view.h"

#include <sodium.h>
#include <string.h>

/* What an escape at the start of some bytes stands for. */
struct escape {
    gsize used; /* bytes of input; 0: no escape stands there */
    char text[6];
    gsize length;
};

typedef struct escape (*escape_reader)(const guchar *bytes, gsize left);

static struct view *view_with_capacity(gsize capacity)
{
    struct view *view = g_new0(struct view, 1);
    view->bytes = g_malloc(MAX(capacity, 1));
    view->begin = g_new(gsize, MAX(capacity, 1));
    view->end = g_new(gsize, MAX(capacity, 1));
    view->capacity = capacity;
    return view;
}

static void append(struct view *view, guchar byte, gsize begin, gsize end)
{
    g_assert(view->length < view->capacity);
    view->bytes[view->length] = byte;
    view->begin[view->length] = begin;
    view->end[view->length] = end;
    view->length++;
}

struct view *redact_view_new(const char *text, gsize length)
{
    struct view *view = view_with_capacity(length);
    for (gsize i = 0; i < length; i++)
        append(view, (guchar)text[i], i, i + 1);
    return view;
}

void redact_view_free(struct view *view)
{
    sodium_memzero(view->bytes, view->capacity);
    g_free(view->bytes);
    g_free(view->begin);
    g_free(view->end);
    g_free(view);
}

/* The number that COUNT hexadecimal digits make; -1 if they are none. */
static int hex_number(const guchar *digits, gsize count)
{
    int number = 0;
    for (gsize i = 0; i < count; i++) {
        int digit = g_ascii_xdigit_value((char)digits[i]);
        if (digit < 0)
            return -1;
        number = number * 16 + digit;
    }
    return number;
}

static struct escape escape_of(gunichar character, gsize used)
{
    struct escape escape = {.used = used};
    /* A NUL only spreads a text out (UTF-16 written in escapes), so it is passed over. */
    if (character != 0)
        escape.length = (gsize)g_unichar_to_utf8(character, escape.text);
    return escape;
}

static struct escape read_percent(const guchar *bytes, gsize left)
{
    struct escape escape = {0};
    int number = left >= 3 && bytes[0] == '%' ? hex_number(bytes + 1, 2) : -1;
    if (number < 0)
        return escape;
    escape.used = 3;
    escape.text[0] = (char)number;
    escape.length = 1;
    return escape;
}

static struct escape read_json_unicode(const guchar *bytes, gsize left)
{
    int unit = left >= 6 ? hex_number(bytes + 2, 4) : -1;
    if (unit < 0)
        return (struct escape){0};
    if (unit < 0xD800 || unit > 0xDFFF)
        return escape_of((gunichar)unit, 6);
    gboolean pair = left >= 12 && unit < 0xDC00 && bytes[6] == '\\' && bytes[7] == 'u';
    int low = pair ? hex_number(bytes + 8, 4) : -1;
    if (low < 0xDC00 || low > 0xDFFF)
        return (struct escape){0};
    return escape_of((gunichar)(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)), 12);
}

static struct escape read_json(const guchar *bytes, gsize left)
{
    static const char letters[] = "\"\\/bfnrt'";
    static const char meant[] = "\"\\/\b\f\n\r\t'";
    if (left < 2 || bytes[0] != '\\')
        return (struct escape){0};
    if (bytes[1] == 'u')
        return read_json_unicode(bytes, left);
    const char *letter = bytes[1] == 0 ? NULL : strchr(letters, bytes[1]);
    return letter == NULL ? (struct escape){0} : escape_of((guchar)meant[letter - letters], 2);
}

static struct escape read_html_number(const guchar *bytes, gsize left)
{
    guint base = left > 2 && (bytes[2] == 'x' || bytes[2] == 'X') ? 16 : 10;
    gsize at = base == 16 ? 3 : 2;
    gunichar number = 0;
    gsize first = at;
    for (; at < left && at < first + 7 && bytes[at] != ';'; at++) {
        int digit = g_ascii_xdigit_value((char)bytes[at]);
        if (digit < 0 || digit >= (int)base)
            return (struct escape){0};
        number = number * base + (guint)digit;
    }
    gboolean whole = at > first && at < left && bytes[at] == ';' && g_unichar_validate(number);
    return whole ? escape_of(number, at + 1) : (struct escape){0};
}

static struct escape read_html(const guchar *bytes, gsize left)
{
    static const struct {
        const char *name;
        char meant;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    if (left < 4 || bytes[0] != '&')
        return (struct escape){0};
    if (bytes[1] == '#')
        return read_html_number(bytes, left);
    for (gsize i = 0; i < G_N_ELEMENTS(entities); i++) {
        gsize length = strlen(entities[i].name);
        if (length <= left && memcmp(bytes, entities[i].name, length) == 0)
            return escape_of((guchar)entities[i].meant, length);
    }
    return (struct escape){0};
}

static struct view *decode_escapes(const struct view *in, escape_reader read)
{
    struct view *out = view_with_capacity(in->length);
    gboolean found = FALSE;
    for (gsize at = 0; at < in->length;) {
        struct escape escape = read(in->bytes + at, in->length - at);
        gsize used = MAX(escape.used, 1);
        if (escape.used == 0)
            append(out, in->bytes[at], in->begin[at], in->end[at]);
        for (gsize i = 0; i < escape.length; i++)
            append(out, (guchar)escape.text[i], in->begin[at], in->end[at + used - 1]);
        found = found || escape.used > 0;
        at += used;
    }
    if (!found)
        g_clear_pointer(&out, redact_view_free);
    return out;
}

static int base64_value(guchar byte)
{
    if (g_ascii_isupper(byte))
        return byte - 'A';
    if (g_ascii_islower(byte))
        return byte - 'a' + 26;
    if (g_ascii_isdigit(byte))
        return byte - '0' + 52;
    if (byte == '+' || byte == '-')
        return 62;
    return byte == '/' || byte == '_' ? 63 : -1;
}

static int hex_value(guchar byte)
{
    return g_ascii_xdigit_value((char)byte);
}

/* Digits of BITS bits each, from FIRST up to END, as bytes. */
static void decode_run(const struct view *in, struct view *out, gsize first, gsize end, guint bits)
{
    guint held = 0;
    guint value = 0;
    for (gsize at = first; at < end; at++) {
        guint digit = (guint)(bits == 6 ? base64_value(in->bytes[at]) : hex_value(in->bytes[at]));
        value = (value << bits | digit) & 0xFFFF;
        held += bits;
        if (held < 8)
            continue;
        held -= 8;
        append(out, (guchar)(value >> held), in->begin[at - 1], in->end[at]);
    }
}

static struct view *decode_runs(const struct view *in, guint bits, gsize skip, gsize least)
{
    int (*value_of)(guchar) = bits == 6 ? base64_value : hex_value;
    struct view *out = view_with_capacity(in->length);
    for (gsize at = 0; at < in->length; at++) {
        gsize first = at;
        while (at < in->length && value_of(in->bytes[at]) >= 0)
            at++;
        if (at >= first + skip && (at - first - skip) * bits / 8 >= least)
            decode_run(in, out, first + skip, at, bits);
    }
    if (out->length == 0)
        g_clear_pointer(&out, redact_view_free);
    return out;
}

struct view *view_decode(const struct view *view, enum spelling spelling, gsize least)
{
    static const escape_reader readers[] = {
        [SPELLING_PERCENT] = read_percent, [SPELLING_JSON] = read_json, [SPELLING_HTML] = read_html};
    if (spelling_keeps_text(spelling))
        return decode_escapes(view, readers[spelling]);
    if (spelling >= SPELLING_BASE64_0)
        return decode_runs(view, 6, (gsize)(spelling - SPELLING_BASE64_0), least);
    return decode_runs(view, 4, (gsize)(spelling - SPELLING_HEX_0), least);
}

gboolean spelling_keeps_text(enum spelling spelling)
{
    return spelling <= SPELLING_HTML;
}

/* SPDX-License-Identifier: MIT */
#include "secrets/redact_escape.h"

#include <string.h>

#define LONGEST_TAG 64

int escape_hex_number(const guchar *digits, gsize count)
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

struct escape escape_read_percent(const guchar *bytes, gsize left)
{
    struct escape escape = {0};
    gboolean is_wide = left >= 6 && bytes[0] == '%' && (bytes[1] == 'u' || bytes[1] == 'U');
    int unit = is_wide ? escape_hex_number(bytes + 2, 4) : -1;
    if (unit >= 0 && g_unichar_validate((gunichar)unit))
        return escape_of((gunichar)unit, 6);
    int number = left >= 3 && bytes[0] == '%' ? escape_hex_number(bytes + 1, 2) : -1;
    if (number < 0)
        return escape;
    escape.used = 3;
    escape.text[0] = (char)number;
    escape.length = 1;
    return escape;
}

static struct escape read_json_unicode(const guchar *bytes, gsize left)
{
    int unit = left >= 6 ? escape_hex_number(bytes + 2, 4) : -1;
    if (unit < 0)
        return (struct escape){0};
    if (unit < 0xD800 || unit > 0xDFFF)
        return escape_of((gunichar)unit, 6);
    gboolean pair = left >= 12 && unit < 0xDC00 && bytes[6] == '\\' && bytes[7] == 'u';
    int low = pair ? escape_hex_number(bytes + 8, 4) : -1;
    if (low < 0xDC00 || low > 0xDFFF)
        return (struct escape){0};
    return escape_of((gunichar)(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)), 12);
}

gunichar escape_number(const guchar *digits, gsize left, gsize count, guint base, gsize *used)
{
    gunichar number = 0;
    for (*used = 0; *used < MIN(left, count); ++*used) {
        int digit = g_ascii_xdigit_value((char)digits[*used]);
        if (digit < 0 || digit >= (int)base)
            break;
        number = number * base + (guint)digit;
    }
    return number;
}

struct escape escape_read_backslash(const guchar *bytes, gsize left)
{
    static const char letters[] = "\"\\/bfnrt'ae";
    static const char meant[] = "\"\\/\b\f\n\r\t'\a\033";
    if (left < 2 || bytes[0] != '\\' || bytes[1] == 0)
        return (struct escape){0};
    gsize used = 0;
    /* "\u{41}", as several languages write it. */
    if (bytes[1] == 'u' && left > 3 && bytes[2] == '{') {
        gunichar braced = escape_number(bytes + 3, left - 3, 6, 16, &used);
        gboolean whole = used > 0 && 3 + used < left && bytes[3 + used] == '}' && g_unichar_validate(braced);
        return whole ? escape_of(braced, used + 4) : (struct escape){0};
    }
    if (bytes[1] == 'u')
        return read_json_unicode(bytes, left);
    const char *letter = strchr(letters, bytes[1]);
    if (letter != NULL)
        return escape_of((guchar)meant[letter - letters], 2);
    if (bytes[1] == 'U') {
        gunichar wide = escape_number(bytes + 2, left - 2, 8, 16, &used);
        return used == 8 && g_unichar_validate(wide) ? escape_of(wide, 10) : (struct escape){0};
    }
    gboolean is_hex = bytes[1] == 'x';
    gsize before = is_hex ? 2 : 1;
    gunichar number = escape_number(bytes + before, left - before, is_hex ? 2 : 3, is_hex ? 16 : 8, &used);
    struct escape escape = {.used = used > 0 ? before + used : 0, .text = {(char)number}};
    escape.length = used > 0 && number != 0 ? 1 : 0;
    return escape;
}

struct escape escape_read_quoted(const guchar *bytes, gsize left)
{
    struct escape escape = {0};
    if (left < 2 || bytes[0] != '=')
        return escape;
    /* A line end after it stands for nothing. */
    if (bytes[1] == '\n' || (left >= 3 && bytes[1] == '\r' && bytes[2] == '\n'))
        escape.used = bytes[1] == '\n' ? 2 : 3;
    int number = left >= 3 && escape.used == 0 ? escape_hex_number(bytes + 1, 2) : -1;
    if (number < 0)
        return escape;
    return (struct escape){.used = 3, .text = {(char)number}, .length = number != 0 ? 1 : 0};
}

/* What cuts a text without being seen, or without counting: blanks and controls, what has no width, marks that say how
 * to show what stands beside them. */
static gboolean is_cut(gunichar character)
{
    static const struct {
        gunichar from;
        gunichar to;
    } unseen[] = {{0x00AD, 0x00AD}, {0x115F, 0x1160}, {0x180B, 0x180F}, {0x2028, 0x202E},  {0x205F, 0x206F},
                  {0x2800, 0x2800}, {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xE0000, 0xE0FFF}};
    for (gsize i = 0; i < G_N_ELEMENTS(unseen); i++)
        if (character >= unseen[i].from && character <= unseen[i].to)
            return TRUE;
    return g_unichar_isspace(character) || g_unichar_iscntrl(character) || g_unichar_iszerowidth(character);
}

/* How long a tag is that only says how to show or break what stands around it; 0: none. */
static gsize cutting_tag(const guchar *bytes, gsize left)
{
    static const char *const names[] = {"wbr",  "br",   "b",    "i", "u",   "em", "strong", "span",
                                        "font", "code", "mark", "p", "div", "td", "tr"};
    const guchar *end = memchr(bytes, '>', MIN(left, LONGEST_TAG));
    gsize from = left > 1 && bytes[1] == '/' ? 2 : 1;
    gsize to = from;
    while (end != NULL && bytes + to < end && g_ascii_isalpha(bytes[to]))
        to++;
    gboolean is_named = end != NULL && (bytes[to] == '>' || bytes[to] == '/' || bytes[to] == ' ');
    for (gsize i = 0; is_named && i < G_N_ELEMENTS(names); i++)
        if (strlen(names[i]) == to - from && g_ascii_strncasecmp((const char *)bytes + from, names[i], to - from) == 0)
            return (gsize)(end - bytes) + 1;
    return 0;
}

/* How long a terminal's sequence for colours and the like is; 0: none. */
static gsize terminal_sequence(const guchar *bytes, gsize left)
{
    gsize at = left > 2 && bytes[1] == '[' ? 2 : 0;
    while (at > 0 && at < MIN(left, LONGEST_TAG) && bytes[at] >= ' ' && bytes[at] < '@')
        at++;
    return at > 0 && at < left && bytes[at] >= '@' && bytes[at] <= '~' ? at + 1 : 0;
}

struct escape escape_read_cut(const guchar *bytes, gsize left)
{
    if (bytes[0] == '<')
        return (struct escape){.used = cutting_tag(bytes, left)};
    if (bytes[0] <= ' ')
        return (struct escape){.used = bytes[0] == '\033' ? MAX(terminal_sequence(bytes, left), 1) : 1};
    /* What most texts are of. */
    if (bytes[0] < 0xC2)
        return (struct escape){0};
    gunichar character = g_utf8_get_char_validated((const char *)bytes, (gssize)MIN(left, 4));
    if (character == (gunichar)-1 || character == (gunichar)-2 || !is_cut(character))
        return (struct escape){0};
    return (struct escape){.used = (gsize)g_unichar_to_utf8(character, NULL)};
}

struct escape escape_read_wide(const guchar *bytes, gsize left)
{
    /* U+FF01 to U+FF5E stand for what ASCII has from the exclamation mark to the tilde. */
    gunichar character = g_utf8_get_char_validated((const char *)bytes, (gssize)MIN(left, 3));
    if (character < 0xFF01 || character > 0xFF5E)
        return (struct escape){0};
    return escape_of(character - 0xFF00 + ' ', 3);
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
            break;
        number = number * base + (guint)digit;
    }
    if (at == first || !g_unichar_validate(number))
        return (struct escape){0};
    /* Browsers read one without its end too. */
    return escape_of(number, at < left && bytes[at] == ';' ? at + 1 : at);
}

struct escape escape_read_html(const guchar *bytes, gsize left)
{
    static const struct {
        const char *name;
        gunichar meant;
    } entities[] = {{"&amp;", '&'},       {"&lt;", '<'},
                    {"&gt;", '>'},        {"&quot;", '"'},
                    {"&apos;", '\''},     {"&nbsp;", ' '},
                    {"&shy;", 0x00AD},    {"&ensp;", ' '},
                    {"&emsp;", ' '},      {"&thinsp;", ' '},
                    {"&zwj;", 0x200D},    {"&zwnj;", 0x200C},
                    {"&lowbar;", '_'},    {"&hyphen;", '-'},
                    {"&dash;", '-'},      {"&period;", '.'},
                    {"&plus;", '+'},      {"&sol;", '/'},
                    {"&equals;", '='},    {"&NewLine;", '\n'},
                    {"&Tab;", '\t'},      {"&ZeroWidthSpace;", 0x200B},
                    {"&NoBreak;", 0x2060}};
    if (left < 4 || bytes[0] != '&')
        return (struct escape){0};
    if (bytes[1] == '#')
        return read_html_number(bytes, left);
    for (gsize i = 0; i < G_N_ELEMENTS(entities); i++) {
        gsize length = strlen(entities[i].name);
        if (length <= left && memcmp(bytes, entities[i].name, length) == 0)
            return escape_of(entities[i].meant, length);
    }
    return (struct escape){0};
}

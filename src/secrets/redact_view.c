/* SPDX-License-Identifier: MIT */
#include "secrets/redact_view.h"

#include <sodium.h>
#include <string.h>

#define LONGEST_TAG 64

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

/* The same for a byte that was decoded: a NUL only spreads a text out, as UTF-16 does, so it is passed over. */
static void append_decoded(struct view *view, guchar byte, gsize begin, gsize end)
{
    if (byte != 0)
        append(view, byte, begin, end);
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

/* The digit that BYTE is where one stands for BITS bits; -1 if it is none. */
static int find_digit(guchar byte, guint bits)
{
    if (bits == 4)
        return g_ascii_xdigit_value((char)byte);
    if (byte >= 'A' && byte <= 'Z')
        return byte - 'A';
    if (bits == 5 && byte >= 'a' && byte <= 'z')
        return byte - 'a';
    if (bits == 5)
        return byte >= '2' && byte <= '7' ? byte - '2' + 26 : -1;
    if (byte >= 'a' && byte <= 'z')
        return byte - 'a' + 26;
    if (byte >= '0' && byte <= '9')
        return byte - '0' + 52;
    if (byte == '+' || byte == '-')
        return 62;
    return byte == '/' || byte == '_' ? 63 : -1;
}

/* The same for every byte, found once: a log line of a hundred characters asks ten thousand times. */
static const gint8 *digits_of(guint bits)
{
    static gint8 tables[3][256];
    static gsize ready = 0;
    if (g_once_init_enter(&ready)) {
        for (guint table = 0; table < G_N_ELEMENTS(tables); table++)
            for (guint byte = 0; byte < G_N_ELEMENTS(tables[table]); byte++)
                tables[table][byte] = (gint8)find_digit((guchar)byte, table + 4);
        g_once_init_leave(&ready, 1);
    }
    return tables[bits - 4];
}

/* Classes of bytes. Those of digits come first, for 4, 5 and 6 bits, and from CLASS_ESCAPE on what an escape of each
 * spelling may begin with. */
enum { CLASS_HEX = 1, CLASS_MARK = 1 << 3, CLASS_ESCAPE = 1 << 4 };

static guint find_classes(guchar byte)
{
    static const guchar begins[] = {[SPELLING_PERCENT] = '%',
                                    [SPELLING_BACKSLASH] = '\\',
                                    [SPELLING_HTML] = '&',
                                    [SPELLING_QUOTED] = '=',
                                    [SPELLING_WIDE] = 0xEF};
    guint classes = 0;
    for (guint bits = 4; bits <= 6; bits++)
        classes |= find_digit(byte, bits) >= 0 ? 1U << (bits - 4) : 0;
    for (guint spelling = 0; spelling < G_N_ELEMENTS(begins); spelling++)
        classes |= byte == begins[spelling] ? (guint)CLASS_ESCAPE << spelling : 0;
    /* What a cut begins with, or near enough: most texts are of other bytes. */
    classes |= byte <= ' ' || byte == '<' || byte >= 0xC2 ? (guint)CLASS_ESCAPE << SPELLING_CUT : 0;
    return classes | (g_ascii_isalnum(byte) ? 0 : CLASS_MARK);
}

static const guint *classes_of_bytes(void)
{
    static guint table[256];
    static gsize ready = 0;
    if (g_once_init_enter(&ready)) {
        for (guint byte = 0; byte < G_N_ELEMENTS(table); byte++)
            table[byte] = find_classes((guchar)byte);
        g_once_init_leave(&ready, 1);
    }
    return table;
}

/* Base32 is often written in groups with dashes between, which are none of its digits. */
static gboolean is_between_groups(guint bits, guchar byte)
{
    return bits == 5 && byte == '-';
}

static const struct survey *survey_of(struct view *view)
{
    struct survey *survey = &view->survey;
    const guint *table = classes_of_bytes();
    gsize runs[G_N_ELEMENTS(survey->longest)] = {0};
    for (gsize at = 0; !survey->is_made && at < view->length; at++) {
        guint classes = table[view->bytes[at]];
        survey->classes |= classes;
        survey->hex += (classes & CLASS_HEX) != 0;
        survey->marks += (classes & CLASS_MARK) != 0;
        for (guint i = 0; i < G_N_ELEMENTS(runs); i++) {
            if (is_between_groups(i + 4, view->bytes[at]))
                continue;
            runs[i] = (runs[i] + 1) * (classes >> i & 1);
            survey->longest[i] = MAX(survey->longest[i], runs[i]);
        }
    }
    survey->is_made = TRUE;
    return survey;
}

/* The number that COUNT hexadecimal digits make; -1 if they are none. */
static int hex_number(const guchar *digits, gsize count)
{
    const gint8 *values = digits_of(4);
    int number = 0;
    for (gsize i = 0; i < count; i++) {
        int digit = values[digits[i]];
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
    gboolean is_wide = left >= 6 && bytes[0] == '%' && (bytes[1] == 'u' || bytes[1] == 'U');
    int unit = is_wide ? hex_number(bytes + 2, 4) : -1;
    if (unit >= 0 && g_unichar_validate((gunichar)unit))
        return escape_of((gunichar)unit, 6);
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

/* The number that at most COUNT digits of BASE make, in *USED of them. */
static gunichar number_of(const guchar *digits, gsize left, gsize count, guint base, gsize *used)
{
    const gint8 *values = digits_of(4);
    gunichar number = 0;
    for (*used = 0; *used < MIN(left, count); ++*used) {
        int digit = values[digits[*used]];
        if (digit < 0 || digit >= (int)base)
            break;
        number = number * base + (guint)digit;
    }
    return number;
}

/* "\u{41}", as several languages write it. */
static struct escape read_braced_unicode(const guchar *bytes, gsize left)
{
    gsize used = 0;
    gunichar number = number_of(bytes + 3, left - 3, 6, 16, &used);
    gboolean whole = used > 0 && 3 + used < left && bytes[3 + used] == '}' && g_unichar_validate(number);
    return whole ? escape_of(number, used + 4) : (struct escape){0};
}

static struct escape read_backslash(const guchar *bytes, gsize left)
{
    static const char letters[] = "\"\\/bfnrt'ae";
    static const char meant[] = "\"\\/\b\f\n\r\t'\a\033";
    if (left < 2 || bytes[0] != '\\' || bytes[1] == 0)
        return (struct escape){0};
    if (bytes[1] == 'u' && left > 3 && bytes[2] == '{')
        return read_braced_unicode(bytes, left);
    if (bytes[1] == 'u')
        return read_json_unicode(bytes, left);
    const char *letter = strchr(letters, bytes[1]);
    if (letter != NULL)
        return escape_of((guchar)meant[letter - letters], 2);
    gsize used = 0;
    if (bytes[1] == 'U') {
        gunichar wide = number_of(bytes + 2, left - 2, 8, 16, &used);
        return used == 8 && g_unichar_validate(wide) ? escape_of(wide, 10) : (struct escape){0};
    }
    gboolean is_hex = bytes[1] == 'x';
    gsize before = is_hex ? 2 : 1;
    gunichar number = number_of(bytes + before, left - before, is_hex ? 2 : 3, is_hex ? 16 : 8, &used);
    struct escape escape = {.used = used > 0 ? before + used : 0, .text = {(char)number}};
    escape.length = used > 0 && number != 0 ? 1 : 0;
    return escape;
}

static struct escape read_quoted(const guchar *bytes, gsize left)
{
    struct escape escape = {0};
    if (left < 2 || bytes[0] != '=')
        return escape;
    /* A line end after it stands for nothing. */
    if (bytes[1] == '\n' || (left >= 3 && bytes[1] == '\r' && bytes[2] == '\n'))
        escape.used = bytes[1] == '\n' ? 2 : 3;
    int number = left >= 3 && escape.used == 0 ? hex_number(bytes + 1, 2) : -1;
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

static struct escape read_cut(const guchar *bytes, gsize left)
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

/* U+FF01 to U+FF5E stand for what ASCII has from the exclamation mark to the tilde. */
static struct escape read_wide(const guchar *bytes, gsize left)
{
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

static struct escape read_html(const guchar *bytes, gsize left)
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

/* The first LENGTH bytes of IN, with room for all of it. */
static struct view *view_begin(const struct view *in, gsize length)
{
    struct view *out = view_with_capacity(in->length);
    memcpy(out->bytes, in->bytes, length);
    memcpy(out->begin, in->begin, length * sizeof *in->begin);
    memcpy(out->end, in->end, length * sizeof *in->end);
    out->length = length;
    return out;
}

/* What READ reads, which begins with bytes of CLASS. */
static struct view *decode_escapes(const struct view *in, escape_reader read, guint class)
{
    const guint *classes = classes_of_bytes();
    struct view *out = NULL;
    for (gsize at = 0; at < in->length;) {
        guchar byte = in->bytes[at];
        struct escape escape = {0};
        if ((classes[byte] & class) != 0)
            escape = read(in->bytes + at, in->length - at);
        gsize used = MAX(escape.used, 1);
        if (escape.used > 0 && out == NULL)
            out = view_begin(in, at);
        if (escape.used == 0 && out != NULL)
            append(out, byte, in->begin[at], in->end[at]);
        for (gsize i = 0; i < escape.length; i++)
            append(out, (guchar)escape.text[i], in->begin[at], in->end[at + used - 1]);
        at += used;
    }
    return out;
}

/* The letters and digits of ASCII alone. */
static struct view *decode_bare(const struct view *in)
{
    struct view *out = view_with_capacity(in->length);
    for (gsize at = 0; at < in->length; at++)
        if (g_ascii_isalnum(in->bytes[at]))
            append(out, in->bytes[at], in->begin[at], in->end[at]);
    return out;
}

/* Of digits of BITS bits each, the first SKIP of which are left out. */
struct run {
    guint bits;
    gsize skip;
};

static struct run run_of(enum spelling spelling)
{
    if (spelling >= SPELLING_BASE32_0)
        return (struct run){5, (gsize)(spelling - SPELLING_BASE32_0)};
    if (spelling >= SPELLING_BASE64_0)
        return (struct run){6, (gsize)(spelling - SPELLING_BASE64_0)};
    return (struct run){4, (gsize)(spelling - SPELLING_HEX_0)};
}

/* Each RUN, as bytes. NULL if none gives LEAST of them. */
static struct view *decode_runs(const struct view *in, struct run run, gsize least)
{
    const guint bits = run.bits;
    const gint8 *digits = digits_of(bits);
    struct view *out = NULL;
    for (gsize at = 0; at < in->length; at++) {
        gsize first = at + run.skip;
        guint held = 0;
        guint value = 0;
        while (at < in->length && (digits[in->bytes[at]] >= 0 || is_between_groups(bits, in->bytes[at])))
            at++;
        if (at < first || (at - first) * bits / 8 < least)
            continue;
        if (out == NULL)
            out = view_with_capacity(in->length);
        for (gsize i = first; i < at; i++) {
            if (is_between_groups(bits, in->bytes[i]))
                continue;
            value = (value << bits | (guint8)digits[in->bytes[i]]) & 0xFFFF;
            held += bits;
            if (held < 8)
                continue;
            held -= 8;
            append_decoded(out, (guchar)(value >> held), in->begin[i - 1], in->end[i]);
        }
    }
    if (out != NULL && out->length == 0)
        g_clear_pointer(&out, redact_view_free);
    return out;
}

/* Where the next of a row of numbers begins behind AT, after what stands between them: marks and blanks, no letters or
 * digits, and of what is no ASCII a few characters. */
static gsize pass_between(const struct view *in, gsize at)
{
    gsize end = MIN(at + 8, in->length);
    for (gsize ascii = 0; at < end && in->bytes[at] != 0 && !g_ascii_isalnum(in->bytes[at]); at++)
        if (in->bytes[at] < 0x80 && ++ascii > 4)
            break;
    return at;
}

/* Where the next pair of a run of hexadecimal pairs begins behind AT; or after the h that a pair may end with. */
static gsize next_pair(const struct view *in, gsize at)
{
    gboolean ends_with_h = at < in->length && (in->bytes[at] == 'h' || in->bytes[at] == 'H');
    gsize next = pass_between(in, at + (ends_with_h ? 1 : 0));
    if (next + 1 >= in->length)
        return next;
    /* 0x41 \X41 U+0041 */
    if (in->bytes[next] == '0' && (in->bytes[next + 1] == 'x' || in->bytes[next + 1] == 'X'))
        return next + 2;
    if (next > at && in->bytes[next - 1] == '\\' && strchr("xXuU", in->bytes[next]) != NULL)
        return next + 1;
    return (in->bytes[next] == 'U' || in->bytes[next] == 'u') && in->bytes[next + 1] == '+' ? next + 2 : next;
}

/* How many pairs stand in a row from AT on; OUT (NULL: nowhere) takes them. *NEXT is what stands behind. */
static gsize take_pairs(const struct view *in, gsize at, struct view *out, gsize *next)
{
    gsize count = 0;
    for (*next = at; *next + 1 < in->length && hex_number(in->bytes + *next, 2) >= 0;
         *next = next_pair(in, *next + 2)) {
        if (out != NULL)
            append_decoded(out, (guchar)hex_number(in->bytes + *next, 2), in->begin[*next], in->end[*next + 1]);
        count++;
    }
    return count;
}

static struct view *decode_pairs(const struct view *in, gsize least)
{
    const gint8 *digits = digits_of(4);
    struct view *out = NULL;
    for (gsize at = 0; at + 1 < in->length;) {
        gsize next = at;
        if (digits[in->bytes[at]] < 0 || take_pairs(in, at, NULL, &next) < least) {
            at++;
            continue;
        }
        if (out == NULL)
            out = view_with_capacity(in->length);
        take_pairs(in, at, out, &next);
        at = MAX(next, at + 1);
    }
    return out;
}

/* A byte in digits of BASE at AT, *USED of them; -1 if there is none. */
static int numbered_byte(const struct view *in, gsize at, guint base, gsize *used)
{
    /* 0101 and 0o101 are 101 to whom counts by eight. */
    gsize before = base == 8 && at + 1 < in->length && in->bytes[at] == '0' ? 1 : 0;
    before += before > 0 && in->bytes[at + 1] == 'o' ? 1 : 0;
    gunichar number = number_of(in->bytes + at + before, in->length - at - before, 3, base, used);
    *used += *used > 0 || before == 1 ? before : 0;
    gboolean goes_on = at + *used < in->length && g_ascii_isdigit(in->bytes[at + *used]);
    return *used > 0 && !goes_on && number <= 255 ? (int)number : -1;
}

/* How many numbers of BASE stand in a row from AT on; OUT (NULL: nowhere) takes them. *NEXT is what stands behind. */
static gsize take_numbers(const struct view *in, gsize at, guint base, struct view *out, gsize *next)
{
    gsize count = 0;
    gsize used = 0;
    *next = at;
    for (int byte = numbered_byte(in, at, base, &used); byte >= 0; byte = numbered_byte(in, *next, base, &used)) {
        if (out != NULL)
            append_decoded(out, (guchar)byte, in->begin[*next], in->end[*next + used - 1]);
        count++;
        *next = pass_between(in, *next + used);
    }
    return count;
}

/* Runs of such numbers. NULL if none gives LEAST bytes. */
static struct view *decode_numbers(const struct view *in, guint base, gsize least)
{
    struct view *out = NULL;
    for (gsize at = 0; at < in->length;) {
        gsize next = at;
        if (g_ascii_isdigit(in->bytes[at]) && take_numbers(in, at, base, NULL, &next) >= least) {
            if (out == NULL)
                out = view_with_capacity(in->length);
            take_numbers(in, at, base, out, &next);
        }
        at = MAX(next, at + 1);
    }
    return out;
}

/* TRUE if VIEW is of nothing that SPELLING could be told by, see view_decode(). */
static gboolean says_nothing(struct view *view, enum spelling spelling, gsize least)
{
    const struct survey *survey = survey_of(view);
    if (spelling <= SPELLING_CUT)
        return (survey->classes & (guint)CLASS_ESCAPE << spelling) == 0;
    if (spelling == SPELLING_BARE)
        return survey->marks == 0;
    if (spelling == SPELLING_HEX_APART)
        return survey->hex < 2 * least;
    /* One number ends where something else stands before the next. */
    if (spelling == SPELLING_NUMBERS || spelling == SPELLING_OCTAL)
        return survey->marks + 1 < least;
    struct run run = run_of(spelling);
    gsize longest = survey->longest[run.bits - 4];
    return longest < run.skip || (longest - run.skip) * run.bits / 8 < least;
}

struct view *view_decode(struct view *view, enum spelling spelling, gsize least)
{
    static const escape_reader escapes[] = {
        [SPELLING_PERCENT] = read_percent, [SPELLING_BACKSLASH] = read_backslash, [SPELLING_HTML] = read_html,
        [SPELLING_QUOTED] = read_quoted,   [SPELLING_WIDE] = read_wide,           [SPELLING_CUT] = read_cut,
    };
    if (says_nothing(view, spelling, least))
        return NULL;
    if (spelling <= SPELLING_CUT)
        return decode_escapes(view, escapes[spelling], (guint)CLASS_ESCAPE << spelling);
    if (spelling == SPELLING_BARE)
        return decode_bare(view);
    if (spelling == SPELLING_HEX_APART)
        return decode_pairs(view, least);
    if (spelling == SPELLING_NUMBERS || spelling == SPELLING_OCTAL)
        return decode_numbers(view, spelling == SPELLING_OCTAL ? 8 : 10, least);
    return decode_runs(view, run_of(spelling), least);
}

gboolean spelling_keeps_text(enum spelling spelling)
{
    return spelling <= SPELLING_WIDE;
}

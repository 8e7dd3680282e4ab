/* SPDX-License-Identifier: MIT */
#include "secrets/redact_view.h"

#include <string.h>

#include "secrets/late_sodium.h"
#include "secrets/redact_escape.h"

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
    g_assert(view != NULL && view->length < view->capacity);
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
        if (escape.used > 0 && out == NULL) {
            out = view_with_capacity(in->length);
            memcpy(out->bytes, in->bytes, at);
            memcpy(out->begin, in->begin, at * sizeof *in->begin);
            memcpy(out->end, in->end, at * sizeof *in->end);
            out->length = at;
        }
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
        const gsize first = at;
        gsize to_skip = run.skip;
        guint held = 0;
        guint value = 0;
        while (at < in->length && (digits[in->bytes[at]] >= 0 || is_between_groups(bits, in->bytes[at])))
            at++;
        if (at - first < run.skip || (at - first - run.skip) * bits / 8 < least)
            continue;
        if (out == NULL)
            out = view_with_capacity(in->length);
        for (gsize i = first; i < at; i++) {
            if (is_between_groups(bits, in->bytes[i]))
                continue;
            if (to_skip > 0) {
                to_skip--;
                continue;
            }
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
    for (*next = at; *next + 1 < in->length && escape_hex_number(in->bytes + *next, 2) >= 0;
         *next = next_pair(in, *next + 2)) {
        if (out != NULL)
            append_decoded(out, (guchar)escape_hex_number(in->bytes + *next, 2), in->begin[*next], in->end[*next + 1]);
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
    gunichar number = escape_number(in->bytes + at + before, in->length - at - before, 3, base, used);
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
        [SPELLING_PERCENT] = escape_read_percent, [SPELLING_BACKSLASH] = escape_read_backslash,
        [SPELLING_HTML] = escape_read_html,       [SPELLING_QUOTED] = escape_read_quoted,
        [SPELLING_WIDE] = escape_read_wide,       [SPELLING_CUT] = escape_read_cut,
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

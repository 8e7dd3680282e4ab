/* SPDX-License-Identifier: MIT */
#include "base/json_strict.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"

#define DEPTH_LIMIT 64
#define FEW 16
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

struct reader {
    const char *start;
    const char *at;
    const char *end;
    const char *problem;
    int depth;
};

/* The names of one object so far. Most have few: those are compared, which costs less than to make a table. */
struct names {
    struct {
        const char *start;
        gsize length;
    } few[FEW];
    guint count;
    GHashTable *more; /* of copies; NULL: none */
};

static gboolean read_value(struct reader *reader);

static gboolean fail(struct reader *reader, const char *problem)
{
    if (reader->problem == NULL)
        reader->problem = problem;
    return FALSE;
}

static char peek(const struct reader *reader)
{
    return reader->at < reader->end ? *reader->at : '\0';
}

static gboolean accept(struct reader *reader, char wanted)
{
    if (reader->at >= reader->end || *reader->at != wanted)
        return FALSE;
    reader->at++;
    return TRUE;
}

static gboolean is_space(char next)
{
    return next == ' ' || next == '\t' || next == '\r' || next == '\n';
}

static void skip_space(struct reader *reader)
{
    while (reader->at < reader->end && is_space(*reader->at))
        reader->at++;
}

static gboolean read_hex4(struct reader *reader, guint *code)
{
    *code = 0;
    for (int i = 0; i < 4; i++, reader->at++) {
        if (reader->at >= reader->end || !g_ascii_isxdigit(*reader->at))
            return fail(reader, "a \\u escape without four hex digits");
        *code = *code * 16 + (guint)g_ascii_xdigit_value(*reader->at);
    }
    return TRUE;
}

static gboolean read_escape(struct reader *reader)
{
    char kind = peek(reader);
    guint code = 0;
    guint low = 0;
    if (kind == '\0' || strchr("\"\\/bfnrtu", kind) == NULL)
        return fail(reader, "an unknown escape in a string");
    reader->at++;
    if (kind != 'u')
        return TRUE;
    if (!read_hex4(reader, &code))
        return FALSE;
    if (code == 0)
        return fail(reader, "a NUL character in a string");
    if (code < 0xD800 || code > 0xDFFF)
        return TRUE;
    if (code >= 0xDC00 || !accept(reader, '\\') || !accept(reader, 'u') || !read_hex4(reader, &low) || low < 0xDC00 ||
        low > 0xDFFF)
        return fail(reader, "half of a surrogate pair");
    return TRUE;
}

static gboolean read_string(struct reader *reader)
{
    if (!accept(reader, '"'))
        return fail(reader, "something that is no value");
    while (reader->at < reader->end && *reader->at != '"') {
        if ((guchar)*reader->at < 0x20)
            return fail(reader, "a raw control character in a string");
        if (*reader->at++ == '\\' && !read_escape(reader))
            return FALSE;
    }
    return accept(reader, '"') || fail(reader, "a string without its end");
}

static gboolean read_digits(struct reader *reader)
{
    if (!g_ascii_isdigit(peek(reader)))
        return fail(reader, "a number that is not one");
    while (g_ascii_isdigit(peek(reader)))
        reader->at++;
    return TRUE;
}

static gboolean read_shape_of_number(struct reader *reader)
{
    accept(reader, '-');
    if (accept(reader, '0')) {
        if (g_ascii_isdigit(peek(reader)))
            return fail(reader, "a number that starts with 0");
    } else if (!read_digits(reader)) {
        return FALSE;
    }
    if (accept(reader, '.') && !read_digits(reader))
        return FALSE;
    if (accept(reader, 'e') || accept(reader, 'E')) {
        if (!accept(reader, '+'))
            accept(reader, '-');
        return read_digits(reader);
    }
    return TRUE;
}

/* cJSON would take what is beyond a double for infinity, and write that as null. */
static gboolean read_number(struct reader *reader)
{
    const char *start = reader->at;
    if (!read_shape_of_number(reader))
        return FALSE;
    g_autofree char *digits = g_strndup(start, (gsize)(reader->at - start));
    return !isinf(g_ascii_strtod(digits, NULL)) || fail(reader, "a number that is too large");
}

/* FALSE if the name of LENGTH at START is among NAMES; it is from now on. */
static gboolean is_new_name(struct names *names, const char *start, gsize length)
{
    for (guint i = 0; i < names->count; i++)
        if (names->few[i].length == length && memcmp(names->few[i].start, start, length) == 0)
            return FALSE;
    if (names->count < FEW) {
        names->few[names->count].start = start;
        names->few[names->count++].length = length;
        return TRUE;
    }
    if (names->more == NULL)
        names->more = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return g_hash_table_add(names->more, g_strndup(start, length));
}

static gboolean read_member(struct reader *reader, struct names *names)
{
    skip_space(reader);
    const char *start = reader->at;
    if (!read_string(reader))
        return FALSE;
    if (!is_new_name(names, start, (gsize)(reader->at - start)))
        return fail(reader, "a name that stands twice in one object");
    skip_space(reader);
    if (!accept(reader, ':'))
        return fail(reader, "a name without a colon");
    return read_value(reader);
}

static gboolean read_members(struct reader *reader)
{
    struct names names = {.count = 0};
    gboolean ok = TRUE;
    do {
        ok = read_member(reader, &names);
    } while (ok && accept(reader, ','));
    g_clear_pointer(&names.more, g_hash_table_unref);
    return ok;
}

static gboolean read_elements(struct reader *reader)
{
    gboolean ok = TRUE;
    do {
        ok = read_value(reader);
    } while (ok && accept(reader, ','));
    return ok;
}

/* An array, or an object, which its first character tells. */
static gboolean read_container(struct reader *reader)
{
    gboolean is_object = *reader->at++ == '{';
    char end = is_object ? '}' : ']';
    if (++reader->depth > DEPTH_LIMIT)
        return fail(reader, "more than 64 levels");
    skip_space(reader);
    if (!accept(reader, end)) {
        if (!(is_object ? read_members(reader) : read_elements(reader)))
            return FALSE;
        if (!accept(reader, end))
            return fail(reader, is_object ? "an object without its end" : "an array without its end");
    }
    reader->depth--;
    return TRUE;
}

static gboolean read_word(struct reader *reader)
{
    static const char *const words[] = {"true", "false", "null"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        gsize length = strlen(words[i]);
        if ((gsize)(reader->end - reader->at) >= length && strncmp(reader->at, words[i], length) == 0) {
            reader->at += length;
            return TRUE;
        }
    }
    return fail(reader, reader->at == reader->end ? "nothing where a value should be" : "something that is no value");
}

static gboolean read_value(struct reader *reader)
{
    gboolean ok;
    skip_space(reader);
    char next = peek(reader);
    if (next == '{' || next == '[')
        ok = read_container(reader);
    else if (next == '"')
        ok = read_string(reader);
    else if (next == '-' || g_ascii_isdigit(next))
        ok = read_number(reader);
    else
        ok = read_word(reader);
    skip_space(reader);
    return ok;
}

gboolean json_check_strict(const char *text, gsize length, GError **error)
{
    struct reader reader = {.start = text, .at = text, .end = text + length};
    const char *bad = NULL;
    if (!g_utf8_validate_len(text, length, &bad)) {
        reader.at = bad;
        fail(&reader, "bytes that are not UTF-8");
    } else if (length >= strlen(BYTE_ORDER_MARK) && memcmp(text, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0) {
        fail(&reader, "a byte order mark (save it as UTF-8 without one)");
    } else if (read_value(&reader) && reader.at != reader.end) {
        fail(&reader, "text after the end");
    }
    if (reader.problem == NULL)
        return TRUE;
    int line = 1;
    const char *line_start = text;
    for (const char *at = text; at < reader.at; at++) {
        if (*at == '\n') {
            line++;
            line_start = at + 1;
        }
    }
    long column = g_utf8_strlen(line_start, reader.at - line_start) + 1;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL, "No valid JSON: %s at line %d, column %ld.", reader.problem,
                line, column);
    return FALSE;
}

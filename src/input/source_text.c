/* SPDX-License-Identifier: MIT */
#include "input/source_text.h"

#include <string.h>

#include "base/code_points.h"

#define LONGEST_CHARACTER 4 /* bytes of UTF-8 */

static void wipe_unit(gpointer unit)
{
    explicit_bzero(unit, sizeof(struct unit));
}

static GArray *new_with_room(gsize units)
{
    GArray *text = g_array_sized_new(FALSE, FALSE, sizeof(struct unit), (guint)units);
    g_array_set_clear_func(text, wipe_unit);
    return text;
}

GArray *source_new(void)
{
    return new_with_room(0);
}

void source_append(GArray *text, gunichar character, int offset)
{
    struct unit unit = {.character = character, .offset = offset};
    g_array_append_val(text, unit);
}

GArray *source_from_bytes(const char *bytes, gssize length)
{
    gsize size = length < 0 ? strlen(bytes) : (gsize)length;
    /* All the room at once, here and in source_utf8(): growing would leave copies of a password behind. */
    GArray *text = new_with_room(size);
    for (gsize done = 0; done < size;) {
        const char *at = bytes + done;
        gunichar character = *at == '\0' ? 0 : g_utf8_get_char_validated(at, (gssize)(size - done));
        gboolean is_bad = character > 0x10FFFF;
        source_append(text, is_bad ? BAD_BYTE + (guchar)*at : character, (int)text->len);
        done += is_bad ? 1 : (gsize)g_unichar_to_utf8(character, NULL);
    }
    return text;
}

GArray *source_copy(const GArray *text, int from, int to)
{
    GArray *copy = source_new();
    if (to > from)
        g_array_append_vals(copy, &g_array_index(text, struct unit, from), (guint)(to - from));
    return copy;
}

int source_offset(const GArray *text, int index)
{
    if (text->len == 0)
        return 0;
    if (index < (int)text->len)
        return g_array_index(text, struct unit, MAX(index, 0)).offset;
    return g_array_index(text, struct unit, text->len - 1).offset + 1;
}

char *source_utf8(const GArray *text, int from, int to)
{
    int end = MIN(to, (int)text->len);
    GString *out = g_string_sized_new((gsize)MAX(end - from, 0) * LONGEST_CHARACTER);
    for (int i = MAX(from, 0); i < end; i++)
        if (source_at(text, i) != 0 && source_at(text, i) < BAD_BYTE)
            g_string_append_unichar(out, source_at(text, i));
    return g_string_free(out, FALSE);
}

static gunichar lower(gunichar character)
{
    return character >= 'A' && character <= 'Z' ? character | 0x20 : character;
}

void source_plain_returns(GArray *text)
{
    for (guint i = 0; i < text->len; i++)
        if (g_array_index(text, struct unit, i).character == '\n')
            return;
    for (guint i = 0; i < text->len; i++) {
        struct unit *unit = &g_array_index(text, struct unit, i);
        unit->character = unit->character == '\r' ? '\n' : unit->character;
    }
}

gboolean source_has(const GArray *text, int index, const char *word)
{
    for (int i = 0; word[i] != '\0'; i++)
        if (lower(source_at(text, index + i)) != lower((guchar)word[i]))
            return FALSE;
    return TRUE;
}

int source_find_between(const GArray *text, int from, int to, const char *word)
{
    const struct unit *units = (const struct unit *)(gconstpointer)text->data;
    gunichar first = lower((guchar)*word);
    int end = MIN(to, (int)text->len);
    for (int i = MAX(from, 0); i < end; i++)
        if (lower(units[i].character) == first && source_has(text, i, word))
            return i;
    return -1;
}

int source_find_any(const GArray *text, const char *const *words)
{
    gboolean begins[0x80] = {FALSE};
    for (int k = 0; words[k] != NULL; k++)
        begins[lower((guchar)*words[k])] = TRUE;
    for (int i = 0; i < (int)text->len; i++) {
        gunichar character = lower(source_at(text, i));
        if (character >= G_N_ELEMENTS(begins) || !begins[character])
            continue;
        for (int k = 0; words[k] != NULL; k++)
            if (source_has(text, i, words[k]))
                return i;
    }
    return -1;
}

int source_find(const GArray *text, int from, const char *word)
{
    return source_find_between(text, from, (int)text->len, word);
}

gboolean source_has_between(const GArray *text, int from, int to, const char *word)
{
    return source_find_between(text, from, to, word) >= 0;
}

int source_find_character(const GArray *text, int from, int to, gunichar character)
{
    for (int i = from; i < to; i++)
        if (source_at(text, i) == character)
            return i;
    return -1;
}

gboolean source_has_kind(const GArray *text, int from, int to, gboolean (*is)(gunichar character))
{
    for (int i = from; i < to; i++)
        if (is(source_at(text, i)))
            return TRUE;
    return FALSE;
}

int line_end(const GArray *text, int at)
{
    while (!is_line_end(source_at(text, at)))
        at++;
    return at;
}

int line_start(const GArray *text, int at)
{
    while (at > 0 && !is_line_end(source_at(text, at - 1)))
        at--;
    return at;
}

int line_start_within(const GArray *text, int at, int max)
{
    int start = at;
    while (start > 0 && at - start < max && !is_line_end(source_at(text, start - 1)))
        start--;
    return start;
}

void source_splice(GArray *text, int index, int n, const char *replacement)
{
    int offset = source_offset(text, index);
    if (n > 0)
        g_array_remove_range(text, (guint)index, (guint)n);
    for (const char *at = replacement; *at != '\0'; at = g_utf8_next_char(at), index++) {
        struct unit unit = {.character = g_utf8_get_char(at), .offset = offset};
        g_array_insert_val(text, (guint)index, unit);
    }
}

gboolean is_visible_space(gunichar character)
{
    return is_edge(character) && character != 0x200B && character != 0xFEFF;
}

/* A visible one of ASCII, but for the grave accent, which passes for a quote. */
static inline gboolean is_plain_ascii(gunichar character)
{
    return character > ' ' && character < 0x7F && character != '`';
}

static gboolean is_of_class(gunichar character, unsigned classes)
{
    return character < BAD_BYTE && (code_point_class(character) & classes) != 0;
}

gboolean is_dangerous(gunichar character)
{
    return !is_plain_ascii(character) && is_of_class(character, CODE_POINT_DANGEROUS);
}

gboolean is_edge(gunichar character)
{
    return !is_plain_ascii(character) && is_of_class(character, CODE_POINT_EDGE);
}

gboolean is_lookalike(gunichar character)
{
    return !is_plain_ascii(character) && is_of_class(character, CODE_POINT_LOOKALIKE);
}

gboolean is_unseen(gunichar character)
{
    return is_dangerous(character) && !is_line_break(character) && character != '\t' && character != 0xFFFD;
}

/*
 * Text as an array of code points that each remember where they stood in the input, so that a place found after
 * decoding, cleaning and joining lines can still be named. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_MAPPED_H
#define PERCH_INPUT_MAPPED_H

#include <glib.h>

/* A byte that is no UTF-8 is kept as this plus its value. No Unicode code point is that large. */
#define BAD_BYTE 0x80000000u

/* What stands before the first and behind the last code point. */
#define NO_CHARACTER 0xFFFFFFFFu

struct unit {
    gunichar character;
    int offset; /* in the input */
};

/* A GArray of struct unit. */
typedef GArray MappedText;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MappedText, g_array_unref)

/* Caller unrefs each of the new ones; they wipe themselves. */
GArray *mapped_new(void);
GArray *mapped_from_bytes(const char *bytes, gssize length);
GArray *mapped_copy(const GArray *text, int from, int to);

void mapped_append(GArray *text, gunichar character, int offset);

/* NO_CHARACTER outside of TEXT. */
static inline gunichar mapped_at(const GArray *text, int index)
{
    if (index < 0 || index >= (int)text->len)
        return NO_CHARACTER;
    return g_array_index(text, struct unit, index).character;
}

static inline int mapped_length(const GArray *text)
{
    return (int)text->len;
}

/* Where the unit INDEX stood; for the end of TEXT, what follows the last one. */
int mapped_offset(const GArray *text, int index);

/* The units FROM up to TO as UTF-8, without NULs and bad bytes. Caller frees. */
char *mapped_text(const GArray *text, int from, int to);

/* Whether the ASCII WORD stands at INDEX; case does not matter. */
gboolean mapped_has(const GArray *text, int index, const char *word);

/* The first place of the ASCII WORD at or behind FROM, whatever its case; -1 if there is none. */
int mapped_find(const GArray *text, int from, const char *word);

/* Whether WORD begins somewhere from FROM up to TO. */
gboolean mapped_has_between(const GArray *text, int from, int to, const char *word);

/* Replace N units at INDEX by the ASCII or UTF-8 REPLACEMENT. */
void mapped_splice(GArray *text, int index, int n, const char *replacement);

/* ASCII only. */
gboolean is_ascii_letter(gunichar character);
gboolean is_ascii_digit(gunichar character);
gboolean is_ascii_alnum(gunichar character);
gboolean is_hex_digit(gunichar character);

/* CHARACTER is one of the ASCII characters in SET. */
gboolean is_one_of(gunichar character, const char *set);

gboolean is_line_break(gunichar character);

/* White space that shows as such, not a zero-width one; a line break is some. */
gboolean is_visible_space(gunichar character);

/* Classes D, E and R of the code point table; a bad byte belongs to none. */
gboolean is_dangerous(gunichar character);
gboolean is_edge(gunichar character);
gboolean is_lookalike(gunichar character);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Text as an array of code points that each remember where they stood in the input, so that a place found after
 * decoding, cleaning and joining lines can still be named. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_SOURCE_TEXT_H
#define PERCH_INPUT_SOURCE_TEXT_H

#include <glib.h>

/* A byte that is no UTF-8 is kept as this plus its value. No Unicode code point is that large. */
#define BAD_BYTE 0x80000000u

/* What stands before the first and behind the last code point. */
#define NO_CHARACTER 0xFFFFFFFFu

struct unit {
    gunichar character;
    int offset; /* in the input */
};

/* Units of a text that were changed or left out to make a value plain. */
struct text_change {
    int from;
    int to;
    gunichar plain; /* what was taken instead; 0 if they were left out */
};

/* A GArray of struct unit. */
typedef GArray SourceText;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SourceText, g_array_unref)

/* Caller unrefs each of the new ones; they wipe themselves. */
GArray *source_new(void);
GArray *source_from_bytes(const char *bytes, gssize length);
GArray *source_copy(const GArray *text, int from, int to);

void source_append(GArray *text, gunichar character, int offset);

/* In a TEXT without line feeds, as terminals paste it, each carriage return becomes one. */
void source_plain_returns(GArray *text);

/* NO_CHARACTER outside of TEXT. */
static inline gunichar source_at(const GArray *text, int index)
{
    if (index < 0 || index >= (int)text->len)
        return NO_CHARACTER;
    return g_array_index(text, struct unit, index).character;
}

static inline int source_length(const GArray *text)
{
    return (int)text->len;
}

/* Where the unit INDEX stood; for the end of TEXT, what follows the last one. */
int source_offset(const GArray *text, int index);

/* The units FROM up to TO as UTF-8, without NULs and bad bytes. Caller frees. */
char *source_utf8(const GArray *text, int from, int to);

/* Whether the ASCII WORD stands at INDEX; case does not matter. */
gboolean source_has(const GArray *text, int index, const char *word);

/* The first place of the ASCII WORD at or behind FROM, whatever its case; -1 if there is none. */
int source_find(const GArray *text, int from, const char *word);

/* The first place of the ASCII WORD from FROM up to TO, where it may end further on; -1 if there is none. */
int source_find_between(const GArray *text, int from, int to, const char *word);

/* The first place of any of the ASCII WORDS (NULL-terminated); -1 if there is none. */
int source_find_any(const GArray *text, const char *const *words);

/* Whether WORD begins somewhere from FROM up to TO. */
gboolean source_has_between(const GArray *text, int from, int to, const char *word);

/* The first place of CHARACTER from FROM up to TO; -1 if there is none. */
int source_find_character(const GArray *text, int from, int to, gunichar character);

/* Whether a character from FROM up to TO IS of a kind. */
gboolean source_has_kind(const GArray *text, int from, int to, gboolean (*is)(gunichar character));

/* Replace N units at INDEX by the ASCII or UTF-8 REPLACEMENT. */
void source_splice(GArray *text, int index, int n, const char *replacement);

/* ASCII only. */
static inline gboolean is_ascii_letter(gunichar character)
{
    return character < 0x80 && g_ascii_isalpha((char)character);
}

static inline gboolean is_ascii_digit(gunichar character)
{
    return character >= '0' && character <= '9';
}

static inline gboolean is_ascii_alnum(gunichar character)
{
    return character < 0x80 && g_ascii_isalnum((char)character);
}

static inline gboolean is_hex_digit(gunichar character)
{
    return character < 0x80 && g_ascii_isxdigit((char)character);
}

/* CHARACTER is one of the characters in SET, each of which is a byte of Latin-1. */
static inline gboolean is_one_of(gunichar character, const char *set)
{
    if (character == 0 || character > 0xFF)
        return FALSE;
    for (; *set != '\0'; set++)
        if ((guchar)*set == character)
            return TRUE;
    return FALSE;
}

static inline gboolean is_line_break(gunichar character)
{
    return character == '\n' || character == '\r';
}

static inline gboolean is_line_end(gunichar character)
{
    return is_line_break(character) || character == NO_CHARACTER;
}

/* The end of the line that AT is in, and its start. */
int line_end(const GArray *text, int at);
int line_start(const GArray *text, int at);

/* The start of the line that AT is in, or the place MAX before AT. */
int line_start_within(const GArray *text, int at, int max);

/* What words and names are made of, in ASCII. */
static inline gboolean is_word_character(gunichar character)
{
    return is_ascii_alnum(character) || is_one_of(character, "-_.");
}

/* White space that shows as such, not a zero-width one; a line break is some. */
gboolean is_visible_space(gunichar character);

/* Classes D, E and R of the code point table; a bad byte belongs to none. */
gboolean is_dangerous(gunichar character);
gboolean is_edge(gunichar character);
gboolean is_lookalike(gunichar character);

/* A dangerous one that shows nothing and stands for nothing: no line break, tab or replacement character. */
gboolean is_unseen(gunichar character);

#endif

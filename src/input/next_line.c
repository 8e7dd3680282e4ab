/* SPDX-License-Identifier: MIT */
#include "input/next_line.h"

#include "input/hub_labels.h"
#include "input/hub_value.h"
#include "input/hub_words.h"

static gboolean is_unseen(gunichar character)
{
    return is_dangerous(character) && !is_line_break(character) && character != '\t' && character != 0xFFFD;
}

static int skip_unseen(const GArray *text, int at)
{
    while (is_blank(source_at(text, at)) || is_unseen(source_at(text, at)))
        at++;
    return at;
}

/* Behind the one line end at AT, and what mail programs and lists put before the next line; -1 if there is none.
 * *HAS_BAR: that was a bar, which may begin a table's row. */
static int behind_break(const GArray *text, int at, gboolean *has_bar)
{
    at = skip_unseen(text, at);
    if (!is_line_break(source_at(text, at)))
        return -1;
    at += source_at(text, at) == '\r' && source_at(text, at + 1) == '\n' ? 2 : 1;
    for (; is_blank(source_at(text, at)) || is_unseen(source_at(text, at)) || is_one_of(source_at(text, at), ">|") ||
           source_at(text, at) == 0x2502;
         at++)
        *has_bar |= is_one_of(source_at(text, at), "|") || source_at(text, at) == 0x2502;
    return at;
}

/* From AT, behind a line's first word, a sentence goes on: no label, key or cell ends there, and no list's number. */
static gboolean is_prose(const GArray *text, int from, int at)
{
    enum { NUMBER_MAX = 1 };
    gunichar behind = source_at(text, at);
    gboolean ends_clause = is_one_of(behind, ".,;)");
    if (ends_clause ? at - from <= NUMBER_MAX && !is_ascii_digit(source_at(text, from)) : !is_blank(behind))
        return FALSE;
    if ((ends_clause && !is_blank(source_at(text, at + 1))) || is_one_of(behind, "\t") ||
        (is_blank(behind) && is_blank(source_at(text, at + 1))))
        return FALSE;
    for (int i = at; !is_line_end(source_at(text, i)); i++)
        if (is_one_of(source_at(text, i), ":=|") || source_at(text, i) == 0xFF1A || source_at(text, i) == 0x2502)
            return FALSE;
    return TRUE;
}

/* Nothing follows in the line but what closes. */
static gboolean ends_line(const GArray *text, int at, gboolean has_bar)
{
    while (is_blank(source_at(text, at)) || is_one_of(source_at(text, at), "\"'`,;.)>]") ||
           (!has_bar && is_one_of(source_at(text, at), "|")))
        at++;
    return is_line_end(source_at(text, at));
}

struct next_word next_word_read(const GArray *text, int at, gboolean (*is)(gunichar))
{
    gboolean has_bar = FALSE;
    struct next_word next = {.kind = NEXT_NONE};
    next.from = next.to = behind_break(text, at, &has_bar);
    if (next.from < 0)
        return next;
    while (is(source_at(text, next.to)) || is_unseen(source_at(text, next.to)))
        next.to++;
    gunichar behind = source_at(text, next.to);
    g_autofree char *word = source_utf8(text, next.from, next.to);
    if (word[strspn(word, "-_.")] == '\0' || g_str_has_prefix(word, "--") || word_is_titled(word) ||
        word_is_instruction(word))
        return next;
    gboolean is_sentence =
        !is_one_of((guchar)*word, "-_.") && word_read(word, FALSE) == WORD_SENTENCE && !word_is_scrap(word);
    if (ends_line(text, next.to, has_bar))
        next.kind = is_sentence || label_read(word).kind != LABEL_OTHER ? NEXT_NONE : NEXT_ALONE;
    else if (behind == '/' && !is_blank(source_at(text, next.to + 1)))
        next.kind = NEXT_PATH;
    else if (is_prose(text, next.from, next.to) && !g_ascii_isupper(*word) &&
             ((word_read(word, FALSE) == WORD_NAME && label_read(word).kind == LABEL_OTHER) ||
              (*word == '-' && !is_blank(behind))))
        next.kind = NEXT_PROSE;
    return next;
}

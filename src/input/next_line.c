/* SPDX-License-Identifier: MIT */
#include "input/next_line.h"

#include <string.h>

#include "input/hub_labels.h"
#include "input/hub_value.h"
#include "input/hub_words.h"

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

/* The number, or the letter, that a list's mark from FROM up to TO is; -1 if it is none. */
static int mark_number(const GArray *text, int from, int to)
{
    enum { DIGITS_MAX = 3 };
    if (to - from == 1 && is_ascii_letter(source_at(text, from)))
        return g_ascii_tolower((char)source_at(text, from));
    int number = to > from && to - from <= DIGITS_MAX ? 0 : -1;
    for (int i = from; i < to && number >= 0; i++)
        number = is_ascii_digit(source_at(text, i)) ? number * 10 + (int)source_at(text, i) - '0' : -1;
    return number;
}

/* "2. " from FROM on, of which the number ends at TO, is a list's: another line begins with the one before or behind.
 */
static gboolean is_in_list(const GArray *text, int from, int to)
{
    enum { LOOK = 8000 }; /* each side */
    int end = 0;
    for (int at = line_start(text, MAX(from - LOOK, 0)); at < from + LOOK && at < source_length(text); at = end + 1) {
        end = line_end(text, at);
        while (at < end && (is_blank(source_at(text, at)) || is_one_of(source_at(text, at), ">|*#")))
            at++;
        int mark = at;
        while (mark < end && is_ascii_alnum(source_at(text, mark)))
            mark++;
        int number = mark_number(text, at, mark);
        if (number >= 0 && source_at(text, mark) == source_at(text, to) &&
            ABS(number - mark_number(text, from, to)) == 1)
            return TRUE;
    }
    return FALSE;
}

/* From AT, behind a line's first word, a sentence goes on: no label, key or cell ends there, and no list's number. */
static gboolean is_prose(const GArray *text, int from, int at)
{
    gunichar behind = source_at(text, at);
    gboolean ends_clause = is_one_of(behind, ".,;)");
    gboolean is_mark = is_one_of(behind, ".)") && mark_number(text, from, at) >= 0;
    if ((!ends_clause && !is_blank(behind)) || (is_mark && is_in_list(text, from, at)))
        return FALSE;
    if ((ends_clause && !is_blank(source_at(text, at + 1))) || is_one_of(behind, "\t") ||
        (is_blank(behind) && is_blank(source_at(text, at + 1))))
        return FALSE;
    gunichar after = source_at(text, skip_blanks(text, at, source_length(text)));
    if (is_ascii_digit(source_at(text, from)) && after < BAD_BYTE && g_unichar_islower(after))
        return TRUE; /* "01 for that. Event Hub name: contoso" */
    for (int i = at; !is_line_end(source_at(text, i)) && !is_one_of(behind, ",;"); i++) {
        if (source_at(text, i) == '.' && is_blank(source_at(text, i + 1)) && i > at)
            return TRUE; /* the sentence ends */
        if (is_one_of(source_at(text, i), ":=|>") || source_at(text, i) == 0xFF1A || source_at(text, i) == 0x2502 ||
            source_at(text, i) == 0x2192)
            return FALSE;
    }
    return TRUE;
}

/* Nothing follows in the line but what closes, be it the row or the element that the value stands in. */
static gboolean ends_line(const GArray *text, int at)
{
    while (is_blank(source_at(text, at)) || is_one_of(source_at(text, at), "\"'`,;.)>]}|") ||
           source_at(text, at) == 0x2502)
        at++;
    return is_line_end(source_at(text, at)) || source_has(text, at, "</") || is_one_of(source_at(text, at), "<");
}

/* What closes stands right behind a word that nothing opened before: it is the end of something. */
static gboolean is_closed(const GArray *text, int at)
{
    return is_one_of(source_at(text, at), "\"'`<") || source_at(text, at) == 0x201D || source_at(text, at) == 0x3002 ||
           source_at(text, at) == 0xFF0C || source_at(text, at) == 0x300D;
}

/* What follows parts the word from the rest of its line: a string or a cell ends, a question does, or a remark begins.
 */
static gboolean ends_cell(const GArray *text, int at)
{
    gunichar behind = source_at(text, at);
    gunichar next = source_at(text, at + 1);
    gunichar mark = source_at(text, skip_unseen(text, at));
    gboolean is_remark = is_blank(behind) && (is_one_of(mark, "<(#/|\\>[{;,") || mark == 0x2192 || mark == 0x2190 ||
                                              mark == 0x2502 || mark == 0x2013 || mark == 0x2014 || mark == '-');
    gboolean is_small_number = behind < BAD_BYTE && g_unichar_type(behind) == G_UNICODE_OTHER_NUMBER; /* a footnote's */
    return is_one_of(behind, "\"'\t<|&$*{}\\)][") || is_small_number || (is_one_of(behind, ";,") && !is_blank(next)) ||
           is_remark || (behind > 0x7F && behind < BAD_BYTE && !is_blank(behind) && !g_unichar_isalnum(behind)) ||
           (behind == '?' && (is_blank(next) || is_line_break(next)));
}

/* "d2 status=ok": what stands before the next of a log's pairs is the rest of the one before. */
static gboolean is_before_pair(const GArray *text, int from, int to, const char *word)
{
    static const char *const commands[] = {"set",   "export", "env",     "let",   "var",
                                           "const", "setx",   "declare", "local", NULL};
    int key = skip_unseen(text, to);
    int end = key;
    while (is_ascii_alnum(source_at(text, end)) || is_one_of(source_at(text, end), "_."))
        end++;
    return key > to && end > key && source_at(text, end) == '=' && !is_blank(source_at(text, end + 1)) &&
           source_at(text, end + 1) != '=' && is_ascii_alnum(source_at(text, from)) && !g_ascii_isupper(*word) &&
           !g_strv_contains(commands, word) && label_read(word).kind == LABEL_OTHER &&
           (word_is_scrap(word) || word_read(word, TRUE) == WORD_NAME);
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
    while (next.to > next.from && source_at(text, next.to - 1) == '.') /* a sentence's end */
        next.to--;
    gunichar behind = source_at(text, next.to);
    g_autofree char *word = source_utf8(text, next.from, next.to);
    gboolean is_instruction = /* prepositions begin names too: "in-ehns" */
        word_is_instruction(word) && (strcspn(word, "-_.") > 3 || g_ascii_isupper(*word));
    if (word[strspn(word, "-_.")] == '\0' || g_str_has_prefix(word, "--") || word_is_titled(word) || is_instruction)
        return next;
    gboolean is_sentence = !is_one_of((guchar)*word, "-_.") && strpbrk(word, "0123456789") == NULL &&
                           word_read(word, FALSE) == WORD_SENTENCE && !word_is_scrap(word);
    if (ends_line(text, next.to) || (ends_cell(text, next.to) && !g_ascii_isupper(*word) &&
                                     (mark_number(text, next.from, next.to) < 0 || !is_one_of(behind, ".)]|:- \t") ||
                                      (is_ascii_letter(source_at(text, next.from)) && is_one_of(behind, " \t|") &&
                                       !is_in_list(text, next.from, next.to)))))
        next.kind = is_sentence || (label_read(word).kind != LABEL_OTHER && !is_closed(text, next.to) && *word != '-')
                        ? NEXT_NONE
                        : NEXT_ALONE;
    else if (behind == ':' && strpbrk(word, "-_") != NULL && strpbrk(word, "0123456789") != NULL &&
             g_ascii_islower(*word) && label_read(word).kind == LABEL_OTHER)
        next.kind = NEXT_TORN;
    else if (is_one_of(behind, "/?") && !is_blank(source_at(text, next.to + 1)))
        next.kind = NEXT_PATH;
    else if ((*word == '-' && g_ascii_isalnum(word[1])) || is_before_pair(text, next.from, next.to, word))
        next.kind = NEXT_TORN;
    else if (mark_number(text, next.from, next.to) >= 0 && !g_ascii_isupper(*word) &&
             (g_ascii_isdigit(*word) || !is_blank(behind)) && is_prose(text, next.from, next.to))
        next.kind = is_blank(behind) ? NEXT_PROSE : NEXT_TORN;
    else if (!g_ascii_isupper(*word) &&
             ((is_prose(text, next.from, next.to) &&
               ((word_read(word, FALSE) == WORD_NAME && label_read(word).kind == LABEL_OTHER) ||
                (*word == '-' && !is_blank(behind)))) ||
              (is_blank(behind) && strpbrk(word, "-_") != NULL && word_has_name_shape(word) &&
               label_read(word).kind == LABEL_OTHER && !is_one_of(source_at(text, skip_unseen(text, next.to)), ":="))))
        next.kind = NEXT_PROSE;
    return next;
}

struct next_word next_word_behind_gap(const GArray *text, int at, gboolean (*is)(gunichar))
{
    gboolean has_bar = FALSE;
    int empty = behind_break(text, at, &has_bar);
    return empty >= 0 && !has_bar && is_line_break(source_at(text, empty)) ? next_word_read(text, empty, is)
                                                                           : (struct next_word){.kind = NEXT_NONE};
}

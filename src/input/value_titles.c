/* SPDX-License-Identifier: MIT */
#include "input/value_titles.h"

#include <string.h>

#include "input/asides.h"
#include "input/hub_labels.h"
#include "input/hub_value.h"
#include "input/hub_words.h"
#include "input/plain_words.h"
#include "input/vocabulary.h"

/* What labels say of the value that is to be used. */
static gboolean is_affirmed(const char *word)
{
    static const char *const words[] = {"new",     "current",  "correct", "right",   "final",  "now", "neu",
                                        "neue",    "neuer",    "nouveau", "nuevo",   "actual", "use", "your",
                                        "richtig", "required", "full",    "updated", NULL};
    return g_strv_contains(words, word);
}

/* What WORD, which may stand IN_BRACKETS, does to a label. */
enum label_word { OF_LABEL, UNKNOWN, SPEAKS_UP };

static enum label_word read_word(const char *word, gboolean in_brackets)
{
    static const char *const limits[] = {"only",   "not", "no",    "never", "for",  "france", "germany",
                                         "uk",     "us",  "eu",    "phase", "used", "test",   "staging",
                                         "europe", "nur", "nicht", "old",   "was",  "before", NULL};
    if (in_brackets && g_strv_contains(limits, word))
        return SPEAKS_UP;
    if (is_affirmed(word) || (in_brackets && word_is_of_remarks(word)))
        return OF_LABEL;
    if (word_is_qualifier(word) || (in_brackets && word_does_harm(word)))
        return SPEAKS_UP;
    gboolean is_known = word_languages(word) != 0 || label_has_word(word) || word_is_of_remarks(word);
    return is_known ? OF_LABEL : in_brackets ? SPEAKS_UP : UNKNOWN;
}

static gboolean closes_bracket(gunichar character)
{
    return is_one_of(character, ")]}") || character == 0xFF09;
}

static gboolean opens_bracket(const GArray *text, int at, int to)
{
    enum { BRACKET_MAX = 200 };
    to = MIN(to, at + BRACKET_MAX);
    if (!is_one_of(source_at(text, at), "([{") && source_at(text, at) != 0xFF08)
        return FALSE;
    while (at < to && !closes_bracket(source_at(text, at)))
        at++;
    return at < to;
}

/* Words are looked up as they would be if a person typed them: full-width letters are none. A label in a language that
 * is not known has no word but its "ID". */
gboolean label_speaks_up(const GArray *text, int from, int to, GHashTable *known)
{
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GPtrArray) words = sentence_words(text, from, to, known, places);
    int at = from;
    for (int i = from; i < to; i++)
        if (source_at(text, i) == '?' && closes_bracket(source_at(text, i + 1)))
            return TRUE;
    gboolean in_brackets = FALSE;
    gboolean is_understood = FALSE;
    gboolean has_unknown = FALSE;
    for (guint i = 0; i < words->len;) {
        for (; at < g_array_index(places, int, i); at++)
            in_brackets = opens_bracket(text, at, to) || (in_brackets && !closes_bracket(source_at(text, at)));
        guint n = phrase_length(vocabulary()->phrases, words, i);
        g_autofree char *word = g_utf8_normalize(words->pdata[i], -1, G_NORMALIZE_NFKC);
        enum label_word read = n > 0 || word == NULL ? OF_LABEL : read_word(word, in_brackets);
        if (read == SPEAKS_UP)
            return TRUE;
        has_unknown |= read == UNKNOWN;
        is_understood |= word != NULL && word_languages(word) != 0 && word_languages(word) != G_MAXUINT;
        i += MAX(n, 1);
    }
    return has_unknown && is_understood;
}

gboolean remark_speaks_up(const GArray *text, int from, int to, GHashTable *known)
{
    g_autoptr(GPtrArray) words = sentence_words(text, from, to, known, NULL);
    for (guint i = 0; i < words->len;) {
        guint n = phrase_length(vocabulary()->phrases, words, i);
        const char *word = words->pdata[i];
        gboolean is_fine = is_affirmed(word) || word_is_of_remarks(word) || label_has_word(word);
        if (n == 0 && (!is_fine || read_word(word, TRUE) != OF_LABEL))
            return TRUE;
        i += MAX(n, 1);
    }
    return text_has_year(text, from, to);
}

gboolean text_has_year(const GArray *text, int from, int to)
{
    enum { DIGITS = 4 };
    for (int at = from; at < to; at++) {
        int n = 0;
        while (n <= DIGITS && is_ascii_digit(source_at(text, at + n)))
            n++;
        gunichar before = source_at(text, at - 1);
        if (n == DIGITS && !is_ascii_digit(before) && !is_one_of(before, "-_") && !is_ascii_letter(before) &&
            (source_has(text, at, "20") || source_has(text, at, "199")))
            return TRUE;
    }
    return FALSE;
}

/* "Tenant 2:", "Customer A:", "v0.9:" count what others there are; "Step 2:", "Field 1:" do not, nor does "2 values:".
 */
gboolean heading_counts(const GArray *text, int from, int to)
{
    static const char *const counted[] = {"step",  "field",  "value", "box",   "part",   "row",     "line",  "page",
                                          "no",    "point",  "item",  "note",  "task",   "schritt", "feld",  "wert",
                                          "punkt", "nr",     "étape", "champ", "valeur", "paso",    "campo", "valor",
                                          "passo", "valore", "stap",  "veld",  NULL};
    enum { WORDS_MAX = 4 };
    g_autofree char *typed = source_utf8(text, from, to);
    g_autofree char *lower = g_utf8_strdown(typed, -1);
    g_auto(GStrv) words = g_strsplit_set(typed, " \t", -1);
    g_auto(GStrv) plain = g_strsplit_set(lower, " \t", -1);
    guint n = g_strv_length(words);
    for (guint i = 0; i < n && n <= WORDS_MAX; i++) {
        gboolean is_letter = words[i][0] >= 'A' && words[i][0] <= 'Z' && (words[i][1] == '\0' || words[i][1] == ':');
        gboolean is_version = i == 0 && g_ascii_isalpha(words[i][0]) && g_ascii_isdigit(words[i][1]);
        if ((i > 0 && (is_letter || g_ascii_isdigit(words[i][0])) && !g_strv_contains(counted, plain[i - 1])) ||
            is_version)
            return TRUE;
    }
    return FALSE;
}

gboolean key_is_limited(const GArray *text, int from, int to)
{
    g_autofree char *typed = source_utf8(text, from, to);
    g_autofree char *folded = words_folded(typed);
    g_auto(GStrv) parts = g_strsplit_set(folded, " _-.", -1);
    for (int i = 0; parts[i] != NULL; i++)
        if (!is_affirmed(parts[i]) && (word_is_qualifier(parts[i]) || word_does_harm(parts[i])))
            return TRUE;
    return FALSE;
}

gboolean key_speaks_up(const GArray *text, int from, int to)
{
    enum { KEY_MAX = 80 };
    int end = from;
    while (end < MIN(to, from + KEY_MAX) && !is_one_of(source_at(text, end), "=:{(["))
        end++;
    for (int at = from; at < end;) {
        int stop = at;
        while (stop < end && is_word_letter(source_at(text, stop)) &&
               !(stop > at && g_unichar_isupper(source_at(text, stop)) && g_unichar_islower(source_at(text, stop - 1))))
            stop++;
        g_autofree char *typed = source_utf8(text, at, stop);
        g_autofree char *word = g_utf8_strdown(typed, -1);
        if (label_is_old_word(word))
            return TRUE;
        at = MAX(stop, at + 1);
    }
    return FALSE;
}

/* SPDX-License-Identifier: MIT */
#include "input/plain_words.h"

#include <string.h>

#include "input/asides.h"
#include "input/hub_value.h"
#include "input/hub_words.h"
#include "input/value_claims.h"
#include "input/vocabulary.h"

enum { WORD_MAX = 8 };

static GPtrArray *words_of(const GArray *text, int from, int to, GHashTable *known)
{
    return sentence_words(text, from, to, known, NULL);
}

/* Words of it together withdraw something: "made up", "on ice". */
static gboolean has_withdrawal(const GPtrArray *words)
{
    for (guint i = 0; i < words->len; i++)
        if (phrase_length(vocabulary()->withdrawals, words, i) > 0)
            return TRUE;
    return FALSE;
}

/* Word I may point to a value. In a sentence that IS_ELSEWHERE "it" does not, nor does what joins clauses: "Our phone
 * number has changed, note it". */
static gboolean may_point(const GPtrArray *words, guint i, gboolean is_elsewhere)
{
    static const char *const prepositions[] = {"for", "of", "to", "with", "on", NULL};
    if (g_hash_table_contains(vocabulary()->pointers, words->pdata[i]))
        return TRUE;
    if (!g_hash_table_contains(vocabulary()->pronouns, words->pdata[i]))
        return FALSE;
    gboolean is_object = i + 1 == words->len || (i > 0 && g_strv_contains(prepositions, words->pdata[i - 1]));
    return !is_elsewhere || (is_object && strcmp(words->pdata[i], "it") != 0);
}

/* It has nothing that could be a value: its first words name something else, "our phone number has changed, note it",
 * or it says nothing of time, place, condition or comparison, and not no, and most of its words are known. */
static gboolean is_off_topic(const GPtrArray *words)
{
    enum { SENTENCE_WORDS = 7, FIRST_WORDS = 3 };
    const struct vocabulary *known = vocabulary();
    gboolean is_elsewhere = FALSE;
    gboolean is_qualified = FALSE;
    gboolean does_harm = FALSE;
    gboolean is_agreement = FALSE; /* "our contract ended": and so did what it gave */
    guint plain = 0;
    for (guint i = 0; i < words->len;) {
        guint n = phrase_length(known->phrases, words, i);
        for (guint k = i; k < MIN(i + MAX(n, 1), FIRST_WORDS); k++)
            is_elsewhere |= g_hash_table_contains(known->elsewhere, words->pdata[k]);
        if (n == 0 && may_point(words, i, is_elsewhere))
            return FALSE;
        is_qualified |= n == 0 && (g_hash_table_contains(known->qualifiers, words->pdata[i]) ||
                                   word_does_harm(words->pdata[i]) || word_refers(words->pdata[i]));
        does_harm |= n == 0 && word_does_harm(words->pdata[i]);
        is_agreement |= g_hash_table_contains(known->agreements, words->pdata[i]);
        plain += n > 0 || g_hash_table_contains(known->words, words->pdata[i]) ? MAX(n, 1) : 0;
        i += MAX(n, 1);
    }
    return (is_elsewhere && !(is_agreement && does_harm)) ||
           (!is_qualified && words->len >= SENTENCE_WORDS && 4 * plain >= 3 * words->len);
}

/* A mark between FROM and TO parts two clauses. */
static gboolean is_parted(const GArray *text, int from, int to)
{
    for (int i = from; i < to; i++)
        if (is_one_of(source_at(text, i), ",;:()") || (source_at(text, i) >= 0x2012 && source_at(text, i) <= 0x2015) ||
            (source_at(text, i) == '-' && is_blank(source_at(text, i - 1)) && is_blank(source_at(text, i + 1))))
            return TRUE;
    return FALSE;
}

static gboolean is_heading(const GArray *text, int to)
{
    return source_at(text, to) == ':' || source_at(text, to - 1) == ':';
}

/* The sentence speaks of something else. Whom the text names is a word here: it may be the subject. */
static gboolean is_aside(const GArray *text, int from, int to)
{
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GPtrArray) words = sentence_words(text, from, to, NULL, places);
    g_autoptr(GArray) heard = g_array_new(FALSE, TRUE, sizeof(struct heard_word));
    for (guint i = 0, let_off = 0, idiom = 0; i < words->len; i++) {
        idiom = MAX(idiom, i + phrase_length(vocabulary()->idioms, words, i));
        let_off = MAX(MAX(let_off, idiom), i + phrase_length(vocabulary()->phrases, words, i));
        int place = g_array_index(places, int, i);
        struct heard_word word = {
            .word = words->pdata[i],
            .languages = word_languages(words->pdata[i]),
            .is_let_off = i < let_off,
            .is_idiom = i<idiom, .is_parted = i> 0 && is_parted(text, g_array_index(places, int, i - 1), place),
            .is_capital = source_at(text, place) < BAD_BYTE && g_unichar_isupper(source_at(text, place)),
        };
        g_array_append_val(heard, word);
    }
    return words_are_aside(heard, is_heading(text, to));
}

gboolean sentence_is_plain(const GArray *text, int from, int to, GHashTable *known)
{
    g_autoptr(GPtrArray) words = words_of(text, from, to, known);
    guint languages = G_MAXUINT;
    for (guint i = 0; i < words->len; i++) {
        guint n = phrase_length(vocabulary()->doubts, words, i);
        if (n > 0 && i + n == words->len)
            return FALSE;
    }
    /* "no, contoso-raw" gives what is right. */
    if (words->len == 1 && strcmp(words->pdata[0], "no") == 0 && source_find_character(text, from, to, ',') > from)
        return TRUE;
    for (guint i = 0; i < words->len && languages != 0;) {
        guint n = phrase_length(vocabulary()->phrases, words, i);
        languages &= n == 0 ? word_languages(words->pdata[i]) : G_MAXUINT;
        i += MAX(n, 1);
    }
    gboolean is_claim = words_claim(words, source_at(text, to - 1) == '?');
    return !has_withdrawal(words) && !is_claim && (languages != 0 || is_off_topic(words) || is_aside(text, from, to));
}

/* A word says when, or that something is not, other or conditional, or which is meant, or withdraws it; those of
 * LET_OFF do not. Without WITH_HARM the last is not looked at. */
static gboolean speaks_up(const GPtrArray *words, GHashTable *let_off, gboolean with_harm)
{
    const struct vocabulary *known = vocabulary();
    for (guint i = 0; i < words->len; i++)
        if (!g_hash_table_contains(let_off, words->pdata[i]) &&
            (g_hash_table_contains(known->qualifiers, words->pdata[i]) ||
             g_hash_table_contains(known->pronouns, words->pdata[i]) || (with_harm && word_does_harm(words->pdata[i]))))
            return TRUE;
    return FALSE;
}

int sentence_weight(const GArray *text, int from, int to)
{
    enum { OF_DOUBT = 1, OF_HARM = 2 };
    g_autoptr(GPtrArray) words = words_of(text, from, to, NULL);
    gboolean does_harm = has_withdrawal(words);
    gboolean is_doubtful = FALSE;
    gboolean is_pointing = FALSE;
    for (guint i = 0; i < words->len;) {
        guint n = phrase_length(vocabulary()->phrases, words, i);
        if (n == 0) {
            does_harm |= word_does_harm(words->pdata[i]);
            is_doubtful |= g_hash_table_contains(vocabulary()->qualifiers, words->pdata[i]);
            is_pointing |=
                g_hash_table_contains(vocabulary()->pointers, words->pdata[i]) || word_refers(words->pdata[i]);
        }
        i += MAX(n, 1);
    }
    return does_harm ? OF_HARM + is_pointing : is_doubtful || is_pointing ? OF_DOUBT : 0;
}

gboolean code_speaks_up(const GArray *text, int from, int to)
{
    g_autoptr(GPtrArray) words = words_of(text, from, to, NULL);
    return words->len > 1 &&
           (speaks_up(words, vocabulary()->of_programs, TRUE) || has_any_word(vocabulary()->of_values_first, words));
}

gboolean word_denies(const GArray *text, int from, int to)
{
    static const char *const words[] = {"no",  "not", "nope", "nein", "nicht", "non",
                                        "pas", "nee", "niet", "nej",  "inte",  NULL};
    g_autofree char *typed = source_utf8(text, from, to);
    g_autofree char *word = g_utf8_strdown(g_strstrip(typed), -1);
    return g_strv_contains(words, word);
}

gboolean mark_speaks_up(const GArray *text, int from, int to)
{
    enum { MARKS = 4 };
    int start = from;
    int end = to;
    while (start < end && !is_word_letter(source_at(text, start)))
        start++;
    while (end > start && !is_word_letter(source_at(text, end - 1)))
        end--;
    for (int i = from; i < to; i++)
        if (i >= start && i < end ? !is_word_letter(source_at(text, i)) : is_any_digit(source_at(text, i)))
            return FALSE;
    if (start - from > MARKS || to - end > MARKS)
        return FALSE;
    g_autofree char *typed = source_utf8(text, start, end);
    g_autofree char *word = g_utf8_strdown(typed, -1);
    gboolean is_bare = start == from && end == to;
    return word_languages(word) == 0 && (word_does_harm(word) || (!is_bare && word_is_qualifier(word)));
}

gboolean time_speaks_up(const GArray *text, int from, int to)
{
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GPtrArray) words = sentence_words(text, from, to, NULL, places);
    for (guint i = 0; i < words->len; i++) { /* names and days: "Ana Ruiz 10:02" */
        gunichar first = source_at(text, g_array_index(places, int, i));
        gboolean is_of_time = g_hash_table_contains(vocabulary()->dates, words->pdata[i]);
        gboolean is_plain = word_languages(words->pdata[i]) != 0 && strcmp(words->pdata[i], "s") != 0 &&
                            !g_hash_table_contains(vocabulary()->pointers, words->pdata[i]);
        if (!is_of_time && !is_plain && !(g_unichar_isupper(first) && strcmp(words->pdata[i], "s") != 0))
            return TRUE;
    }
    return speaks_up(words, vocabulary()->dates, TRUE) || has_any_word(vocabulary()->of_values_first, words);
}

gboolean name_speaks_up(const GArray *text, int from, int to, gboolean is_greeted)
{
    const struct vocabulary *known = vocabulary();
    g_autoptr(GPtrArray) words = words_of(text, from, to, NULL);
    gboolean is_pointing = words->len > 0 && g_hash_table_contains(known->joined, words->pdata[0]);
    for (guint i = 0; i < words->len; i++)
        is_pointing |= g_hash_table_contains(known->pointers, words->pdata[i]) &&
                       !g_hash_table_contains(known->of_senders, words->pdata[i]);
    gboolean is_owner = words->len > 1 && strcmp(words->pdata[words->len - 1], "s") == 0; /* "Fabrikam's" */
    return is_pointing || is_owner || speaks_up(words, known->of_senders, !is_greeted);
}

gboolean small_print_speaks_up(const GArray *text, int from, int to)
{
    enum { FEW_WORDS = 2 };
    const struct vocabulary *known = vocabulary();
    g_autoptr(GPtrArray) words = words_of(text, from, to, NULL);
    gboolean is_of_values = has_any_word(known->of_values, words) ||
                            (words->len > 0 && g_hash_table_contains(known->of_values_first, words->pdata[0]));
    gboolean is_of_hub = has_any_word(known->of_hub, words) || has_any_word(known->of_name, words);
    gboolean is_small_print = FALSE;
    gboolean is_qualified = FALSE;
    for (guint i = 0; i < words->len;) {
        guint n = phrase_length(known->small_print, words, i);
        is_small_print |= n > 0;
        is_qualified |= n == 0 && g_hash_table_contains(known->qualifiers, words->pdata[i]);
        i += MAX(n, 1);
    }
    if (is_small_print)
        return is_qualified && (is_of_values || is_of_hub);
    return is_of_values || (is_qualified && (is_of_hub || words->len <= FEW_WORDS)); /* "Not yours." */
}

gboolean sentence_is_of(const GArray *text, int from, int to, gboolean is_name)
{
    const struct vocabulary *known = vocabulary();
    g_autoptr(GPtrArray) words = words_of(text, from, to, NULL);
    return has_any_word(is_name ? known->of_name : known->of_hub, words) && !has_any_word(known->of_all, words);
}

void words_become_known(GHashTable *known, const GArray *text, int from, int to)
{
    for (int at = from, end = from; at < to; at = MAX(end, at + 1)) {
        for (end = at; end < to && is_word_letter(source_at(text, end));)
            end++;
        g_autofree char *typed = source_utf8(text, at, end);
        if (end > at + 2)
            g_hash_table_add(known, g_utf8_strdown(typed, -1));
    }
    for (int at = from, end = from; at < to; at = MAX(end, at + 1)) {
        for (end = at; end < to && source_at(text, end) != '/';)
            end++;
        g_autofree char *typed = source_utf8(text, at, end);
        if (strpbrk(typed, NAME_MARKS) != NULL)
            g_hash_table_add(known, g_utf8_strdown(typed, -1));
    }
}

gboolean words_are(enum phrase_kind kind, const GArray *text, int from, int to)
{
    const struct vocabulary *known = vocabulary();
    GHashTable *const sets[] = {
        [PHRASE_LEAVE] = known->leaves,        [PHRASE_GREETING] = known->greetings, [PHRASE_HEAD] = known->heads,
        [PHRASE_PROPERTY] = known->properties, [PHRASE_REMARK] = known->remarks,
    };
    g_autoptr(GPtrArray) words = words_of(text, from, to, NULL);
    return words->len > 0 && phrase_length(sets[kind], words, 0) == words->len;
}

gboolean words_are_small_print(const GArray *text, int from, int to)
{
    g_autoptr(GPtrArray) words = words_of(text, from, to, NULL);
    for (guint i = 0; i < words->len; i++)
        if (phrase_length(vocabulary()->small_print, words, i) > 0)
            return TRUE;
    return FALSE;
}

gboolean is_abbreviation(const GArray *text, int from, int at)
{
    int start = at;
    while (start > from && at - start < WORD_MAX &&
           (is_word_letter(source_at(text, start - 1)) || source_at(text, start - 1) == '.'))
        start--;
    g_autofree char *typed = source_utf8(text, start, at);
    g_autofree char *word = g_utf8_strdown(typed, -1);
    gboolean is_of_number = strcmp(word, "no") == 0 || strcmp(word, "nr") == 0;
    return g_hash_table_contains(vocabulary()->abbreviations, word) &&
           (!is_of_number || is_any_digit(source_at(text, at + 2)));
}

gboolean word_is_of_guests(const char *word)
{
    return g_hash_table_contains(vocabulary()->guest_words, word);
}

gboolean word_is_qualifier(const char *word)
{
    return g_hash_table_contains(vocabulary()->qualifiers, word);
}

gboolean word_is_of_remarks(const char *word)
{
    return g_hash_table_contains(vocabulary()->remark_words, word);
}

gboolean word_is_of_template(const char *word)
{
    return g_hash_table_contains(vocabulary()->templates, word);
}

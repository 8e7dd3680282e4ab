/* SPDX-License-Identifier: MIT */
#include "input/plain_words.h"

#include <string.h>

#include "base/assets.h"
#include "base/json.h"
#include "input/asides.h"
#include "input/hub_value.h"
#include "input/hub_words.h"

#define WORDS_ASSET "plain-words.json"

#define NAME_MARKS "-_.0123456789"

enum { PHRASE_WORDS = 8, CAMEL_MIN = 5, WORD_MAX = 8 };

/* Each a set of words, or of phrases with single blanks, in small letters. */
struct vocabulary {
    GHashTable *words;  /* each with the languages that have it, a bit for each */
    GHashTable *starts; /* the first words of all phrases */
    GHashTable *phrases;
    GHashTable *leaves;
    GHashTable *greetings;
    GHashTable *small_print;
    GHashTable *heads;
    GHashTable *properties;
    GHashTable *remarks;
    GHashTable *pointers;
    GHashTable *pronouns;
    GHashTable *elsewhere;
    GHashTable *qualifiers;
    GHashTable *joined;
    GHashTable *dates;
    GHashTable *of_senders;
    GHashTable *of_programs;
    GHashTable *of_values;
    GHashTable *of_values_first;
    GHashTable *doubts;
    GHashTable *abbreviations;
    GHashTable *idioms;
    GHashTable *withdrawals;
    GHashTable *remark_words;
    GHashTable *guest_words;
    GHashTable *templates;
    GHashTable *of_hub;
    GHashTable *of_name;
    GHashTable *of_all;
    const json *unparted;
};

/* A list of phrases, or an object whose members are lists of words with blanks between them. The first word of each
 * phrase is added to STARTS. */
static GHashTable *read_set(GHashTable *starts, const char *name)
{
    GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    json_for_each (row, json_get(asset_table(WORDS_ASSET), name)) {
        if (json_is_string(row)) {
            g_hash_table_add(set, g_strdup(json_string(row)));
            g_hash_table_add(starts, g_strndup(json_string(row), strcspn(json_string(row), " ")));
        }
        json_for_each (line, row) {
            g_auto(GStrv) words = g_strsplit(json_string(line), " ", -1);
            for (int i = 0; words[i] != NULL; i++)
                g_hash_table_add(set, g_strdup(words[i]));
        }
    }
    return set;
}

/* Words of the member "everywhere" are of all languages. */
static GHashTable *read_words(void)
{
    GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint bit = 1;
    json_for_each (language, json_get(asset_table(WORDS_ASSET), "words")) {
        guint bits = strcmp(json_name(language), "everywhere") == 0 ? G_MAXUINT : bit;
        json_for_each (line, language) {
            g_auto(GStrv) each = g_strsplit(json_string(line), " ", -1);
            for (int i = 0; each[i] != NULL; i++)
                g_hash_table_insert(words, g_strdup(each[i]),
                                    GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(words, each[i])) | bits));
        }
        bit <<= 1;
    }
    return words;
}

static gpointer read_vocabulary(gpointer unused)
{
    (void)unused;
    struct vocabulary *read = g_new0(struct vocabulary, 1);
    read->words = read_words();
    read->starts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    read->phrases = read_set(read->starts, "phrases");
    read->leaves = read_set(read->starts, "leaves");
    read->greetings = read_set(read->starts, "greetings");
    read->small_print = read_set(read->starts, "smallPrint");
    read->heads = read_set(read->starts, "heads");
    read->properties = read_set(read->starts, "properties");
    read->remarks = read_set(read->starts, "remarks");
    read->pointers = read_set(read->starts, "pointers");
    read->elsewhere = read_set(read->starts, "elsewhere");
    read->qualifiers = read_set(read->starts, "qualifiers");
    read->pronouns = read_set(read->starts, "pronouns");
    read->joined = read_set(read->starts, "joined");
    read->dates = read_set(read->starts, "dates");
    read->of_senders = read_set(read->starts, "ofSenders");
    read->of_programs = read_set(read->starts, "ofPrograms");
    read->of_values = read_set(read->starts, "ofValues");
    read->of_values_first = read_set(read->starts, "ofValuesFirst");
    read->doubts = read_set(read->starts, "doubts");
    read->withdrawals = read_set(read->starts, "withdrawals");
    read->idioms = read_set(read->starts, "idioms");
    read->abbreviations = read_set(read->starts, "abbreviations");
    read->remark_words = read_set(read->starts, "remarkWords");
    read->templates = read_set(read->starts, "templateAddresses");
    read->guest_words = read_set(read->starts, "guestWords");
    read->of_hub = read_set(read->starts, "ofHub");
    read->of_name = read_set(read->starts, "ofName");
    read->of_all = read_set(read->starts, "ofAll");
    read->unparted = json_get(asset_table(WORDS_ASSET), "unparted");
    return read;
}

static const struct vocabulary *vocabulary(void)
{
    static GOnce once = G_ONCE_INIT;
    return g_once(&once, read_vocabulary, NULL);
}

static gboolean is_letter(gunichar character)
{
    return character < BAD_BYTE && (g_unichar_isalpha(character) || g_unichar_ismark(character));
}

static gboolean is_digit(gunichar character)
{
    return character < BAD_BYTE && g_unichar_isdigit(character);
}

/* What a word, a name, a number or an address consists of. */
static gboolean is_inner(gunichar character)
{
    return is_letter(character) || is_digit(character) || is_one_of(character, "-_.@/\\:%+&=~#$");
}

gboolean is_unparted(gunichar character)
{
    if (character < 0x0E00 || character >= BAD_BYTE)
        return FALSE;
    GUnicodeScript script = g_unichar_get_script(character);
    return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA ||
           script == G_UNICODE_SCRIPT_KATAKANA || script == G_UNICODE_SCRIPT_THAI || script == G_UNICODE_SCRIPT_HANGUL;
}

static gboolean is_quote(gunichar character)
{
    return is_one_of(character, "\"'`") || character == 0xAB || character == 0xBB ||
           (character >= 0x2018 && character <= 0x201F);
}

/* The token from FROM up to TO is a name, a number, an address: nothing that a sentence is understood by. "2nd" is a
 * word. */
static gboolean is_no_word(const GArray *text, int from, int to)
{
    int joints = 0;
    gboolean has_letter = FALSE;
    gboolean has_digit = FALSE;
    gboolean is_quoted = is_quote(source_at(text, from - 1)) && is_quote(source_at(text, to));
    for (int i = from; i < to; i++) {
        gunichar character = source_at(text, i);
        gunichar before = i > from ? source_at(text, i - 1) : ' ';
        has_letter |= is_letter(character);
        has_digit |= is_digit(character);
        joints += is_one_of(character, "-_.") ? 1 + is_quoted : 0;
        if (is_one_of(character, "@\\_=%~$") || (character == '.' && is_ascii_letter(before)) ||
            (to - from > CAMEL_MIN && character >= 'A' && character <= 'Z' && before >= 'a' && before <= 'z') ||
            (character == '/' && i == from) || (character == ':' && source_at(text, i + 1) == '/'))
            return TRUE;
    }
    static const char *const ordinals[] = {"st", "nd", "rd", "th", "er", "re", "e", "ème", "º", "ª", NULL};
    int digits = from;
    while (digits < to && is_digit(source_at(text, digits)))
        digits++;
    g_autofree char *rest = source_utf8(text, digits, to);
    return !has_letter || (has_digit && !(digits > from && g_strv_contains(ordinals, rest))) || joints > 1;
}

/* The end of the part of a joined word that begins at FROM: at a joint, or if AT_CAPITALS before an inner capital. */
static int part_end(const GArray *text, int from, int to, gboolean at_capitals)
{
    int end = from;
    while (end < to && (is_letter(source_at(text, end)) || is_digit(source_at(text, end))) &&
           !(at_capitals && end > from &&
             (is_digit(source_at(text, end - 1)) != is_digit(source_at(text, end)) ||
              (g_unichar_isupper(source_at(text, end)) && g_unichar_islower(source_at(text, end - 1))))))
        end++;
    return end;
}

gboolean word_is_joined(const GArray *text, int from, int to)
{
    gboolean is_said = FALSE;
    for (int start = from, end = from; start < to; start = MAX(end, start + 1)) {
        if (is_one_of(source_at(text, start), "@\\=~$/:."))
            return FALSE;
        end = part_end(text, start, to, TRUE);
        g_autofree char *typed = source_utf8(text, start, end);
        g_autofree char *part = g_utf8_strdown(typed, -1);
        is_said |= g_hash_table_contains(vocabulary()->joined, part);
    }
    return is_said;
}

/* The words of a sentence, without what is no word. Caller frees the array; they are freed with it. PLACES (may be
 * NULL): where each begins is added. */
static GPtrArray *words_at(const GArray *text, int from, int to, GHashTable *known, GArray *places)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
    for (int at = from, end = from; at < to; at = MAX(end, at + 1)) {
        for (end = at; end < to && is_inner(source_at(text, end));)
            end++;
        int last = end;
        while (last > at && !is_letter(source_at(text, last - 1)) && !is_digit(source_at(text, last - 1)))
            last--;
        while (at < last && is_one_of(source_at(text, at), "-.:+&#"))
            at++;
        g_autofree char *token = source_utf8(text, at, MAX(last, at));
        g_autofree char *name = g_utf8_strdown(token, -1);
        gboolean is_reference = at > from && source_at(text, at - 1) == '&'; /* "&nbsp" */
        gboolean is_split = is_no_word(text, at, last) && word_is_joined(text, at, last);
        if (at >= last || is_reference || (is_no_word(text, at, last) && !is_split) ||
            (known != NULL && strpbrk(name, NAME_MARKS) != NULL && g_hash_table_contains(known, name)))
            continue;
        for (int start = at; start < last;) {
            int stop = part_end(text, start, last, is_split);
            g_autofree char *typed = source_utf8(text, start, stop);
            char *word = g_utf8_strdown(typed, -1);
            gboolean is_name = known != NULL && strcmp(typed, word) != 0 && g_hash_table_contains(known, word);
            if (stop > start && !is_name && !(is_split && is_digit(source_at(text, start)))) {
                g_ptr_array_add(words, g_steal_pointer(&word));
                if (places != NULL)
                    g_array_append_val(places, start);
            }
            g_free(word);
            start = MAX(stop, start + 1);
        }
    }
    return words;
}

static GPtrArray *words_of(const GArray *text, int from, int to, GHashTable *known)
{
    return words_at(text, from, to, known, NULL);
}

/* How many WORDS from I on a phrase of SET lets off; 0: none does. */
static guint phrase_length(GHashTable *set, const GPtrArray *words, guint i)
{
    if (i >= words->len || !g_hash_table_contains(vocabulary()->starts, words->pdata[i]))
        return 0;
    g_autoptr(GString) phrase = g_string_new(NULL);
    guint longest = 0;
    for (guint n = 0; n < PHRASE_WORDS && i + n < words->len; n++) {
        if (n > 0)
            g_string_append_c(phrase, ' ');
        g_string_append(phrase, words->pdata[i + n]);
        longest = g_hash_table_contains(set, phrase->str) ? n + 1 : longest;
    }
    return longest;
}

/* The languages in which WORD is plain, a bit for each; a sentence is of one language. */
static guint languages_of(const char *word)
{
    gboolean has_unparted = *g_utf8_next_char(word) == '\0';
    for (const char *at = word; *at != '\0'; at = g_utf8_next_char(at))
        has_unparted |= is_unparted(g_utf8_get_char(at));
    if (!has_unparted)
        return GPOINTER_TO_UINT(g_hash_table_lookup(vocabulary()->words, word));
    /* In a script without blanks nothing of that script is left once known phrases are taken out. */
    g_autoptr(GString) left = g_string_new(word);
    json_for_each (phrase, vocabulary()->unparted)
        g_string_replace(left, json_string(phrase), " ", 0);
    for (const char *at = left->str; *at != '\0' && *g_utf8_next_char(word) != '\0'; at = g_utf8_next_char(at))
        if (is_unparted(g_utf8_get_char(at)))
            return 0;
    return G_MAXUINT;
}

static gboolean has_word_of(GHashTable *set, const GPtrArray *words)
{
    for (guint i = 0; i < words->len; i++)
        if (g_hash_table_contains(set, words->pdata[i]))
            return TRUE;
    return FALSE;
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
    guint plain = 0;
    for (guint i = 0; i < words->len;) {
        guint n = phrase_length(known->phrases, words, i);
        for (guint k = i; k < MIN(i + MAX(n, 1), FIRST_WORDS); k++)
            is_elsewhere |= g_hash_table_contains(known->elsewhere, words->pdata[k]);
        if (n == 0 && may_point(words, i, is_elsewhere))
            return FALSE;
        is_qualified |= n == 0 && (g_hash_table_contains(known->qualifiers, words->pdata[i]) ||
                                   word_does_harm(words->pdata[i]) || word_refers(words->pdata[i]));
        plain += n > 0 || g_hash_table_contains(known->words, words->pdata[i]) ? MAX(n, 1) : 0;
        i += MAX(n, 1);
    }
    return is_elsewhere || (!is_qualified && words->len >= SENTENCE_WORDS && 4 * plain >= 3 * words->len);
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
    g_autoptr(GPtrArray) words = words_at(text, from, to, NULL, places);
    g_autoptr(GArray) heard = g_array_new(FALSE, TRUE, sizeof(struct heard_word));
    for (guint i = 0, let_off = 0, idiom = 0; i < words->len; i++) {
        idiom = MAX(idiom, i + phrase_length(vocabulary()->idioms, words, i));
        let_off = MAX(MAX(let_off, idiom), i + phrase_length(vocabulary()->phrases, words, i));
        int place = g_array_index(places, int, i);
        struct heard_word word = {
            .word = words->pdata[i],
            .languages = languages_of(words->pdata[i]),
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
        languages &= n == 0 ? languages_of(words->pdata[i]) : G_MAXUINT;
        i += MAX(n, 1);
    }
    return !has_withdrawal(words) && (languages != 0 || is_off_topic(words) || is_aside(text, from, to));
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
           (speaks_up(words, vocabulary()->of_programs, TRUE) || has_word_of(vocabulary()->of_values_first, words));
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
    while (start < end && !is_letter(source_at(text, start)))
        start++;
    while (end > start && !is_letter(source_at(text, end - 1)))
        end--;
    for (int i = from; i < to; i++)
        if (i >= start && i < end ? !is_letter(source_at(text, i)) : is_digit(source_at(text, i)))
            return FALSE;
    if (start - from > MARKS || to - end > MARKS)
        return FALSE;
    g_autofree char *typed = source_utf8(text, start, end);
    g_autofree char *word = g_utf8_strdown(typed, -1);
    gboolean is_bare = start == from && end == to;
    return languages_of(word) == 0 && (word_does_harm(word) || (!is_bare && word_is_qualifier(word)));
}

gboolean time_speaks_up(const GArray *text, int from, int to)
{
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GPtrArray) words = words_at(text, from, to, NULL, places);
    for (guint i = 0; i < words->len; i++) { /* names and days: "Ana Ruiz 10:02" */
        gunichar first = source_at(text, g_array_index(places, int, i));
        gboolean is_of_time = g_hash_table_contains(vocabulary()->dates, words->pdata[i]);
        gboolean is_plain = languages_of(words->pdata[i]) != 0 && strcmp(words->pdata[i], "s") != 0 &&
                            !g_hash_table_contains(vocabulary()->pointers, words->pdata[i]);
        if (!is_of_time && !is_plain && !(g_unichar_isupper(first) && strcmp(words->pdata[i], "s") != 0))
            return TRUE;
    }
    return speaks_up(words, vocabulary()->dates, TRUE) || has_word_of(vocabulary()->of_values_first, words);
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
    gboolean is_of_values = has_word_of(known->of_values, words) ||
                            (words->len > 0 && g_hash_table_contains(known->of_values_first, words->pdata[0]));
    gboolean is_of_hub = has_word_of(known->of_hub, words) || has_word_of(known->of_name, words);
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
    return has_word_of(is_name ? known->of_name : known->of_hub, words) && !has_word_of(known->of_all, words);
}

void words_become_known(GHashTable *known, const GArray *text, int from, int to)
{
    for (int at = from, end = from; at < to; at = MAX(end, at + 1)) {
        for (end = at; end < to && is_letter(source_at(text, end));)
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
           (is_letter(source_at(text, start - 1)) || source_at(text, start - 1) == '.'))
        start--;
    g_autofree char *typed = source_utf8(text, start, at);
    g_autofree char *word = g_utf8_strdown(typed, -1);
    gboolean is_of_number = strcmp(word, "no") == 0 || strcmp(word, "nr") == 0;
    return g_hash_table_contains(vocabulary()->abbreviations, word) &&
           (!is_of_number || is_digit(source_at(text, at + 2)));
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

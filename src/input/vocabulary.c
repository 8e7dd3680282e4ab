/* SPDX-License-Identifier: MIT */
#include "input/vocabulary.h"

#include <string.h>

#include "base/assets.h"
#include "input/plain_words.h"

#define WORDS_ASSET "plain-words.json"

enum { PHRASE_WORDS = 8, CAMEL_MIN = 5 };

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
    read->agreements = read_set(read->starts, "agreements");
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

const struct vocabulary *vocabulary(void)
{
    static GOnce once = G_ONCE_INIT;
    return g_once(&once, read_vocabulary, NULL);
}

gboolean is_word_letter(gunichar character)
{
    return character < BAD_BYTE && (g_unichar_isalpha(character) || g_unichar_ismark(character));
}

gboolean is_any_digit(gunichar character)
{
    return character < BAD_BYTE && g_unichar_isdigit(character);
}

/* What a word, a name, a number or an address consists of. */
static gboolean is_inner(gunichar character)
{
    return is_word_letter(character) || is_any_digit(character) || is_one_of(character, "-_.@/\\:%+&=~#$");
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
        has_letter |= is_word_letter(character);
        has_digit |= is_any_digit(character);
        joints += is_one_of(character, "-_.") ? 1 + is_quoted : 0;
        if (is_one_of(character, "@\\_=%~$") || (character == '.' && is_ascii_letter(before)) ||
            (to - from > CAMEL_MIN && character >= 'A' && character <= 'Z' && before >= 'a' && before <= 'z') ||
            (character == '/' && i == from) || (character == ':' && source_at(text, i + 1) == '/'))
            return TRUE;
    }
    static const char *const ordinals[] = {"st", "nd", "rd", "th", "er", "re", "e", "ème", "º", "ª", NULL};
    int digits = from;
    while (digits < to && is_any_digit(source_at(text, digits)))
        digits++;
    g_autofree char *rest = source_utf8(text, digits, to);
    return !has_letter || (has_digit && !(digits > from && g_strv_contains(ordinals, rest))) || joints > 1;
}

/* The end of the part of a joined word that begins at FROM: at a joint, or if AT_CAPITALS before an inner capital. */
static int part_end(const GArray *text, int from, int to, gboolean at_capitals)
{
    int end = from;
    while (end < to && (is_word_letter(source_at(text, end)) || is_any_digit(source_at(text, end))) &&
           !(at_capitals && end > from &&
             (is_any_digit(source_at(text, end - 1)) != is_any_digit(source_at(text, end)) ||
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

GPtrArray *sentence_words(const GArray *text, int from, int to, GHashTable *known, GArray *places)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
    for (int at = from, end = from; at < to; at = MAX(end, at + 1)) {
        for (end = at; end < to && is_inner(source_at(text, end));)
            end++;
        int last = end;
        while (last > at && !is_word_letter(source_at(text, last - 1)) && !is_any_digit(source_at(text, last - 1)))
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
            if (stop > start && !is_name && !(is_split && is_any_digit(source_at(text, start)))) {
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

guint phrase_length(GHashTable *set, const GPtrArray *words, guint i)
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

guint word_languages(const char *word)
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

gboolean has_any_word(GHashTable *set, const GPtrArray *words)
{
    for (guint i = 0; i < words->len; i++)
        if (g_hash_table_contains(set, words->pdata[i]))
            return TRUE;
    return FALSE;
}

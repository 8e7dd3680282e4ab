/* SPDX-License-Identifier: MIT */
#include "input/asides.h"

#include <string.h>

#include "base/assets.h"
#include "base/json.h"

#define ASIDES_ASSET "asides.json"

/* What a word may do in a sentence. */
enum trait {
    HARM = 1 << 0,           /* it withdraws, changes, doubts, assigns: "wrong", "replaced" */
    REFERENCE = 1 << 1,      /* it may point to the values, or is part of one: "these", "name", "digit" */
    WEAK_REFERENCE = 1 << 2, /* it points to anything: "it", "that" */
    STOP = 1 << 3,           /* it limits what is said: "until", "only" */
    NEGATION = 1 << 4,
    READY = 1 << 5, /* with a negation it says that something is still to come: "signed" */
    MILD = 1 << 6,  /* it says when, or on which condition */
    PERSON = 1 << 7,
    POSSESSIVE = 1 << 8,
    YOU = 1 << 9,
    LEAD = 1 << 10,      /* it stands before the subject: "also" */
    OPENER = 1 << 11,    /* it begins a sentence without a subject: "thanks" */
    ADJECTIVE = 1 << 12, /* the same before what it is said of: "great news" */
    AUXILIARY = 1 << 13, /* what stands before it is a name: "Robin has" */
    ASK = 1 << 14,       /* it begins a question */
    TOPIC = 1 << 15,     /* of people and their work */
    JOINER = 1 << 16,    /* a clause may begin behind it: "so" */
    OTHERNESS = 1 << 17, /* it limits, unless it is said of something else: "another" */
    DEED = 1 << 18,      /* what people do, or what is done to no value: "talked" */
    PREPOSITION = 1 << 19,
    DETERMINER = 1 << 20, /* it may stand between the start and the subject: "the" */
    JUDGEMENT = 1 << 21,  /* it does no harm where it is said of a thing: "the wrong train" */
    THING = 1 << 22,
};

static const struct {
    const char *name;
    enum trait trait;
} lists[] = {
    {"harm", HARM},
    {"reference", REFERENCE},
    {"weakReference", WEAK_REFERENCE},
    {"stop", STOP},
    {"negation", NEGATION},
    {"ready", READY},
    {"mild", MILD},
    {"person", PERSON},
    {"possessive", POSSESSIVE},
    {"you", YOU},
    {"lead", LEAD},
    {"opener", OPENER},
    {"adjective", ADJECTIVE},
    {"auxiliary", AUXILIARY},
    {"ask", ASK},
    {"topic", TOPIC},
    {"otherness", OTHERNESS},
    {"judgement", JUDGEMENT},
    {"thing", THING},
    {"determiner", DETERMINER},
    {"deed", DEED},
    {"preposition", PREPOSITION},
    {"joiner", JOINER},
};

/* Those whose lists are rich enough; in the order of "words" in plain-words.json. */
static const char *const languages[] = {"english", "german", "french", "spanish", "italian", "dutch"};

enum { ENGLISH, GERMAN, LANGUAGES = G_N_ELEMENTS(languages) };

/* What a word may do in each language. */
struct traits {
    guint in[LANGUAGES];
};

static void read_list(GHashTable *words, const json *lines, int language, enum trait trait)
{
    json_for_each (line, lines) {
        g_auto(GStrv) each = g_strsplit(json_string(line), " ", -1);
        for (int i = 0; each[i] != NULL; i++) {
            struct traits *known = g_hash_table_lookup(words, each[i]);
            if (known == NULL) {
                known = g_new0(struct traits, 1);
                g_hash_table_insert(words, g_strdup(each[i]), known);
            }
            known->in[language] |= trait;
        }
    }
}

/* Each word with its struct traits; a word that ends with '-' stands for all that begin with it. */
static gpointer read_lists(gpointer unused)
{
    (void)unused;
    GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (int i = 0; i < LANGUAGES; i++)
        for (gsize k = 0; k < G_N_ELEMENTS(lists); k++)
            read_list(words, json_get(json_get(asset_table(ASIDES_ASSET), lists[k].name), languages[i]), i,
                      lists[k].trait);
    return words;
}

static void add_traits(GHashTable *words, const char *key, struct traits *found)
{
    const struct traits *known = g_hash_table_lookup(words, key);
    for (int i = 0; known != NULL && i < LANGUAGES; i++)
        found->in[i] |= known->in[i];
}

static struct traits traits_of(const char *word)
{
    enum { STEM_MIN = 3, STEM_MAX = 16 };
    static GOnce once = G_ONCE_INIT;
    GHashTable *words = g_once(&once, read_lists, NULL);
    struct traits found = {{0}};
    char stem[STEM_MAX + 2] = "";
    add_traits(words, word, &found);
    for (gsize n = 0; word[n] != '\0' && n < STEM_MAX; n++) {
        stem[n] = word[n];
        stem[n + 1] = '-';
        stem[n + 2] = '\0';
        if (n + 1 >= STEM_MIN)
            add_traits(words, stem, &found);
    }
    return found;
}

static guint traits_in(int language, const char *word)
{
    return traits_of(word).in[language];
}

struct clauses {
    const struct heard_word *words;
    guint n;
    int language;
    guint *traits; /* of each word; of what is let off only those that speak for it, and references */
    gboolean has_reference;
};

/* The language that most of the words are of; -1 if that is not even half of them. */
static int language_of(const struct heard_word *words, guint n)
{
    guint counts[LANGUAGES] = {0};
    for (guint k = 0; k < n; k++) {
        struct traits found = traits_of(words[k].word);
        for (int i = 0; i < LANGUAGES; i++)
            counts[i] += words[k].is_let_off || (words[k].languages & (1U << i)) != 0 || found.in[i] != 0;
    }
    int language = ENGLISH;
    for (int i = 0; i < LANGUAGES; i++)
        language = counts[i] > counts[language] ? i : language;
    return 2 * counts[language] >= n ? language : -1;
}

/* Word I is of people and their work, and no more. */
static gboolean is_of_topic(const struct clauses *sentence, guint i)
{
    guint found = i < sentence->n ? traits_in(sentence->language, sentence->words[i].word) : 0;
    return (found & (sentence->language == ENGLISH ? THING : TOPIC)) != 0 && (found & (HARM | REFERENCE)) == 0;
}

static gboolean is_time(const struct clauses *sentence, guint i)
{
    return i < sentence->n && (traits_in(sentence->language, sentence->words[i].word) & MILD) != 0;
}

/* "that" before a subject joins two clauses, and "this morning" points to no value. */
static gboolean points_elsewhere(const struct clauses *sentence, guint i)
{
    enum { BEFORE_THAT = PERSON | POSSESSIVE | YOU };
    const char *word = sentence->words[i].word;
    if (i + 1 >= sentence->n || sentence->words[i + 1].is_parted || strcmp(word, "it") == 0)
        return FALSE;
    const char *next = sentence->words[i + 1].word;
    guint behind = traits_in(sentence->language, next);
    gboolean is_that = strcmp(word, "that") == 0;
    if ((behind & (HARM | REFERENCE)) != 0)
        return FALSE;
    return is_that ? (behind & (BEFORE_THAT | TOPIC)) != 0 || strcmp(next, "the") == 0 : (behind & (TOPIC | MILD)) != 0;
}

static void hear(struct clauses *sentence)
{
    enum { LET_OFF = HARM | WEAK_REFERENCE | STOP | NEGATION | READY | MILD | OTHERNESS };
    enum { IN_ANY_LANGUAGE = HARM | REFERENCE | WEAK_REFERENCE | NEGATION | TOPIC | DEED };
    for (guint i = 0; i < sentence->n; i++) {
        const struct heard_word *word = &sentence->words[i];
        sentence->traits[i] = traits_in(sentence->language, word->word) & ~(guint)(word->is_let_off ? LET_OFF : 0) &
                              ~(guint)(word->is_idiom ? REFERENCE : 0);
        sentence->traits[i] |= word->is_idiom ? TOPIC : 0;
        if (sentence->language != ENGLISH && sentence->traits[i] == 0)
            sentence->traits[i] = traits_in(ENGLISH, word->word) & IN_ANY_LANGUAGE;
        if (word->is_capital && i > 0 && sentence->language == GERMAN && strcmp(word->word, "sie") == 0)
            sentence->traits[i] = PERSON; /* the polite you */
        if ((sentence->traits[i] & WEAK_REFERENCE) != 0 && points_elsewhere(sentence, i))
            sentence->traits[i] &= ~(guint)WEAK_REFERENCE;
        if ((sentence->traits[i] & JUDGEMENT) != 0 && i + 1 < sentence->n &&
            (traits_in(sentence->language, sentence->words[i + 1].word) & THING) != 0)
            sentence->traits[i] = DETERMINER;
        if ((sentence->traits[i] & OTHERNESS) != 0)
            sentence->traits[i] = is_of_topic(sentence, i + 1) ? DETERMINER : is_time(sentence, i + 1) ? MILD : STOP;
        sentence->has_reference |= (sentence->traits[i] & (REFERENCE | WEAK_REFERENCE)) != 0;
    }
}

static gboolean is_plain(const struct clauses *sentence, guint from, guint to)
{
    for (guint i = from; i < to; i++)
        if (!sentence->words[i].is_let_off && (sentence->words[i].languages & (1U << sentence->language)) == 0)
            return FALSE;
    return TRUE;
}

static guint all_traits(const struct clauses *sentence, guint from, guint to)
{
    guint all = 0;
    for (guint i = from; i < to; i++)
        all |= sentence->traits[i];
    return all;
}

/* What its first words show that an English clause is about; 0: not known. */
static guint subject_of(const struct clauses *sentence, guint from, guint to)
{
    enum { TOPIC_WORDS = 4, ASKED_WORDS = 3 };
    guint at = from;
    while (at + 1 < to && (sentence->words[at].is_let_off || (sentence->traits[at] & LEAD) != 0) &&
           (sentence->traits[at] & (PERSON | POSSESSIVE | YOU | OPENER)) == 0)
        at++;
    guint first = sentence->traits[at];
    if (at > from && sentence->words[at - 1].is_let_off)
        return OPENER;
    if ((first & (PREPOSITION | WEAK_REFERENCE)) != 0)
        return 0;
    guint near = all_traits(sentence, at + 1, MIN(at + 1 + ASKED_WORDS, to));
    if ((first & (PERSON | POSSESSIVE | YOU | OPENER)) != 0)
        return first & (PERSON | POSSESSIVE | YOU | OPENER);
    if ((first & ADJECTIVE) != 0)
        return at + 1 == to || (near & TOPIC) != 0 ? OPENER : 0;
    if ((first & (ASK | MILD)) != 0 && (near & (PERSON | POSSESSIVE | YOU)) != 0)
        return YOU;
    guint noun = at;
    while (noun + 1 < to && noun < at + TOPIC_WORDS && (sentence->traits[noun] & TOPIC) == 0 &&
           (sentence->traits[noun] & (DETERMINER | ADJECTIVE | MILD)) != 0)
        noun++;
    if ((sentence->traits[noun] & TOPIC) != 0 && (noun > at || (near & (AUXILIARY | TOPIC)) != 0)) /* no "leave it" */
        return TOPIC;
    gboolean is_name = sentence->words[at].is_capital && first == 0 && at + 1 < to;
    at += is_name && at + 2 < to && sentence->words[at + 1].is_capital && sentence->traits[at + 1] == 0;
    return is_name && (sentence->traits[at + 1] & (AUXILIARY | DEED)) != 0 ? AUXILIARY : 0;
}

/* At least half of the words from FROM up to TO are of the sentence's language: the rest are names. */
static gboolean is_of_language(const struct clauses *sentence, guint from, guint to)
{
    guint count = 0;
    for (guint i = from; i < to; i++)
        count += sentence->words[i].is_let_off || (sentence->words[i].languages & (1U << sentence->language)) != 0 ||
                 sentence->traits[i] != 0;
    return 2 * count >= to - from;
}

/* The words from FROM up to TO have a subject of their own, and say nothing that could be of a value. */
static gboolean is_of_else(const struct clauses *sentence, guint from, guint to)
{
    guint all = all_traits(sentence, from, to);
    gboolean is_owner = to - from > 2 && strcmp(sentence->words[to - 1].word, "s") == 0; /* "a colleague's" */
    gboolean is_limited = (all & (STOP | NEGATION)) != 0 || (sentence->traits[from] & (MILD | STOP)) != 0;
    if (is_owner || (all & (HARM | REFERENCE)) != 0 || ((all & NEGATION) != 0 && (all & READY) != 0) ||
        (all & WEAK_REFERENCE) != 0 || (sentence->has_reference && is_limited))
        return FALSE;
    if (!is_of_language(sentence, from, to))
        return FALSE;
    if (sentence->language != ENGLISH)
        return (all & (PERSON | TOPIC)) != 0 && (sentence->traits[from] & WEAK_REFERENCE) == 0 &&
               ((all & STOP) == 0 || (sentence->traits[from] & PERSON) != 0);
    guint subject = subject_of(sentence, from, to);
    if ((subject & OPENER) == 0 && (all & (TOPIC | THING)) == 0)
        return FALSE;
    return (subject & PERSON) != 0 || ((subject & (POSSESSIVE | TOPIC)) != 0 && (all & STOP) == 0) ||
           (subject != 0 && (all & (STOP | NEGATION)) == 0);
}

/* "Regarding your question": a title of that may be of something else. */
static gboolean is_of_question(const struct clauses *sentence, guint from, guint to)
{
    return sentence->language == ENGLISH && (sentence->traits[from] & OPENER) != 0 &&
           (all_traits(sentence, from, to) & MILD) == 0;
}

/* "With reference to your order, we ...": from FROM up to TO it says no more than why or where. */
static gboolean is_led_by(const struct clauses *sentence, guint from, guint to)
{
    enum { SUBJECT = PERSON | POSSESSIVE | YOU };
    guint all = all_traits(sentence, from, to);
    return from == 0 && to < sentence->n && !sentence->has_reference && (sentence->traits[from] & PREPOSITION) != 0 &&
           (sentence->traits[to] & SUBJECT) != 0 && (all & (HARM | STOP | NEGATION | MILD)) == 0;
}

/* A clause begins at word I. */
static gboolean begins_clause(const struct clauses *sentence, guint i)
{
    return sentence->words[i].is_parted || (i > 0 && (sentence->traits[i - 1] & JOINER) != 0 &&
                                            (sentence->traits[i] & (PERSON | POSSESSIVE | YOU)) != 0);
}

static guint traits_anywhere(const char *word)
{
    struct traits found = traits_of(word);
    guint all = 0;
    for (int i = 0; i < LANGUAGES; i++)
        all |= found.in[i];
    return all;
}

gboolean word_does_harm(const char *word)
{
    return (traits_anywhere(word) & HARM) != 0;
}

gboolean word_refers(const char *word)
{
    return (traits_anywhere(word) & REFERENCE) != 0;
}

gboolean words_are_aside(const GArray *words, gboolean is_title)
{
    struct clauses sentence = {.words = (const struct heard_word *)words->data, .n = words->len};
    sentence.language = language_of(sentence.words, sentence.n);
    if (sentence.language < 0)
        return FALSE;
    g_autofree guint *heard = g_new0(guint, sentence.n);
    sentence.traits = heard;
    hear(&sentence);
    gboolean is_aside = TRUE;
    for (guint from = 0, to = 0; from < sentence.n && is_aside; from = to) {
        for (to = from + 1; to < sentence.n && !begins_clause(&sentence, to);)
            to++;
        gboolean is_of_values = is_title && to == sentence.n && !is_of_question(&sentence, from, to);
        is_aside = is_plain(&sentence, from, to) || (!is_of_values && is_of_else(&sentence, from, to)) ||
                   is_led_by(&sentence, from, to);
    }
    return is_aside;
}

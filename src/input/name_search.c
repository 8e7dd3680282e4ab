/* SPDX-License-Identifier: MIT */
#include "input/name_search.h"

#include <string.h>

#include "input/finding.h"
#include "input/value_remarks.h"

static void free_candidate(gpointer data)
{
    struct name_candidate *candidate = data;
    g_free(candidate->name);
    g_ptr_array_unref(candidate->reasons);
    g_array_unref(candidate->changes);
    g_free(candidate);
}

struct name_search name_search_new(const GArray *text)
{
    struct name_search search = {.text = text};
    search.candidates = g_ptr_array_new_with_free_func(free_candidate);
    search.notes = g_array_new(FALSE, FALSE, sizeof(struct name_note));
    search.namespaces = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    search.groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    search.is_taken = g_new0(guint8, text->len + 1);
    search.passages = read_passages(text);
    return search;
}

void name_search_clear(struct name_search *search)
{
    g_ptr_array_unref(search->candidates);
    g_array_unref(search->notes);
    g_hash_table_unref(search->namespaces);
    g_hash_table_unref(search->groups);
    g_free(search->is_taken);
    g_free(search->passages);
}

void name_search_add(struct name_search *search, const char *name, enum weight weight, int from, int to,
                     const char *reason, const GArray *changes)
{
    enum { CANDIDATES_MAX = 200 };
    if (search->candidates->len >= CANDIDATES_MAX)
        return;
    struct name_candidate *candidate = g_new0(struct name_candidate, 1);
    candidate->name = g_strdup(name);
    candidate->weight = weight;
    candidate->from = from;
    candidate->to = to;
    candidate->reasons = g_ptr_array_new();
    g_ptr_array_add(candidate->reasons, (gpointer)reason);
    candidate->changes = g_array_new(FALSE, FALSE, sizeof(struct text_change));
    if (changes != NULL && changes->len > 0)
        g_array_append_vals(candidate->changes, changes->data, changes->len);
    g_ptr_array_add(search->candidates, candidate);
}

struct label label_between(const GArray *text, int from, int to)
{
    if (to - from > LABEL_MAX)
        from = to - LABEL_MAX;
    g_autofree char *label = source_utf8(text, from, to);
    return label_read(label);
}

static struct name_candidate *last_candidate(const struct name_search *search)
{
    return search->candidates->len > 0 ? search->candidates->pdata[search->candidates->len - 1] : NULL;
}

static const char *form_reason(enum value_form form)
{
    static const char *const reasons[] = {
        [FORM_LINE] = "It stands behind its own label.",
        [FORM_CELL] = "It stands in the cell of its label.",
        [FORM_BELOW] = "It stands alone below its label.",
        [FORM_TITLE] = "It stands alone below its label.",
        [FORM_KEY] = "It is the value of a key.",
        [FORM_DASH] = "It stands behind a label and a dash.",
        [FORM_SENTENCE] = "A sentence says that it is the name.",
        [FORM_CALLED] = "A sentence calls an Event Hub so.",
        [FORM_ALONE] = "It stands alone beside the resource ID.",
        [FORM_BESIDE] = "It stands right behind the words that announce it.",
        [FORM_ID] = "It is part of a resource ID.",
    };
    return reasons[form];
}

/* What a sentence says is weighed by quotes and shape. */
static int sentence_weight(const struct hub_value *value, enum label_kind kind, enum value_form form, gboolean is_word)
{
    gboolean has_shape = word_has_name_shape(value->name);
    if (value->is_quoted)
        return kind == LABEL_HUB_NAME || form == FORM_CALLED ? WEIGHT_CLEAR : WEIGHT_LIKELY;
    if (is_word)
        return -1;
    if (kind != LABEL_HUB_NAME && form != FORM_CALLED)
        return has_shape ? WEIGHT_OFFERED : -1;
    if (has_shape)
        return form == FORM_BESIDE && value->tail == TAIL_WORDS ? WEIGHT_OFFERED : WEIGHT_LIKELY;
    return value->tail == TAIL_END ? (form == FORM_CALLED ? WEIGHT_OFFERED : WEIGHT_LIKELY) : -1;
}

/* WORD may be taken for a name without any label: it is no person's name, no ticket's number, and no end of something
 * longer that a line end has torn off. */
static gboolean word_tells_alone(const char *word)
{
    enum { TORN_MAX = 5 };
    gsize capitals = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    gsize rest = strspn(word + capitals, "abcdefghijklmnopqrstuvwxyz");
    const char *number = word + capitals + strspn(word + capitals, "-_");
    gboolean is_person = capitals == 1 && rest > 0 && word[capitals + rest] == '\0';
    gboolean is_number = capitals > 0 && *number != '\0' && number[strspn(number, "0123456789")] == '\0';
    gboolean is_torn = strlen(word) <= TORN_MAX || is_one_of((guchar)word[1], "-_.");
    return !is_person && !is_number && !is_torn;
}

enum { NAME_SHORT = 3 }; /* a shorter one may be a version or a tier */

/* How much a good value counts; -1: not at all. */
static int value_weight(const struct hub_value *value, struct label label, enum value_form form)
{
    gboolean has_shape = word_has_name_shape(value->name);
    gboolean is_word = !value->is_quoted && word_read(value->name, TRUE) != WORD_NAME;
    gboolean goes_on = value->tail == TAIL_WORDS;
    gboolean is_scrap = strlen(value->name) < NAME_SHORT && !value->is_quoted && form != FORM_KEY && form != FORM_ID;
    if (is_scrap || value->is_listed || (!value->is_quoted && form != FORM_KEY && word_is_instruction(value->name)))
        return WEIGHT_OFFERED;
    if (form == FORM_SENTENCE || form == FORM_CALLED || form == FORM_BESIDE)
        return sentence_weight(value, label.kind, form, is_word);
    if ((form == FORM_TITLE && label.kind == LABEL_HUB) || label.is_misread)
        return word_read(value->name, FALSE) == WORD_SENTENCE || (!has_shape && g_ascii_isupper(*value->name))
                   ? -1
                   : WEIGHT_OFFERED;
    if (form == FORM_ALONE)
        return is_word || !word_tells_alone(value->name) ? WEIGHT_OFFERED : WEIGHT_LIKELY;
    if (label.kind == LABEL_HUB_LOOSE)
        return (has_shape && !is_word) || value->is_quoted ? WEIGHT_OFFERED : -1;
    if (value->is_quoted && form != FORM_DASH)
        return WEIGHT_CLEAR;
    if (form == FORM_DASH && label.kind == LABEL_HUB)
        return has_shape && !is_word ? WEIGHT_OFFERED : -1;
    gboolean is_vague =
        label.kind != LABEL_HUB_NAME && form != FORM_KEY && (is_word || strlen(value->name) < NAME_SHORT);
    if (has_shape)
        return value->tail == TAIL_SLASH || (goes_on && is_word) || is_vague ? WEIGHT_OFFERED : WEIGHT_CLEAR;
    if (goes_on || value->tail == TAIL_SLASH)
        return label.kind == LABEL_HUB_NAME && !is_word ? WEIGHT_OFFERED : -1;
    if (form == FORM_TITLE && g_ascii_isupper(*value->name) && label.kind == LABEL_HUB_NAME)
        return WEIGHT_OFFERED; /* "Essentials", "Status": a page's next title */
    if (is_word && form != FORM_KEY)
        return label.kind == LABEL_HUB_NAME || word_read(value->name, FALSE) != WORD_SENTENCE ? WEIGHT_OFFERED : -1;
    return label.kind == LABEL_HUB_NAME && form != FORM_DASH ? WEIGHT_CLEAR : WEIGHT_LIKELY;
}

/* "namespace / hub": the second part, if the first is the namespace. */
static gboolean take_pair(struct name_search *search, const struct hub_value *value, struct label label, int end)
{
    g_autofree char *first = g_ascii_strdown(value->name, -1);
    if (value->tail != TAIL_SLASH && !is_one_of(source_at(search->text, value->next), "/>\\"))
        return FALSE;
    int at = value->next;
    while (at < end && (is_blank(source_at(search->text, at)) || is_one_of(source_at(search->text, at), "/>\\")))
        at++;
    struct hub_value second = hub_value_read(search->text, at, end);
    gboolean is_good = second.state == VALUE_GOOD && (second.tail == TAIL_END || second.tail == TAIL_MARK) &&
                       source_at(search->text, second.next) != '/' && !label.is_old;
    if (is_good) {
        gboolean is_namespace = g_hash_table_contains(search->namespaces, first);
        name_search_add(search, second.name, is_namespace ? WEIGHT_CLEAR : WEIGHT_OFFERED, second.from, second.to,
                        "It stands behind the namespace and a slash.", second.changes);
        last_candidate(search)->is_second = is_namespace;
        if (!is_namespace)
            name_search_add(search, value->name, WEIGHT_OFFERED, value->from, value->to,
                            "It stands before a slash and another word.", value->changes);
    }
    hub_value_clear(&second);
    return is_good;
}

static void note(struct name_search *search, const struct hub_value *value, int from)
{
    struct name_note note = {.state = value->state, .from = from, .to = MAX(value->to, from + 1), .why = value->why};
    g_array_append_val(search->notes, note);
}

static void take_doubtful(struct name_search *search, const struct hub_value *value, int from, gboolean is_old)
{
    note(search, value, from);
    name_search_add(search, value->name, WEIGHT_OFFERED, value->from, value->to,
                    "It stands behind its label, but it may be only a part of the name.", value->changes);
    last_candidate(search)->is_torn = TRUE;
    last_candidate(search)->is_disowned = is_old;
    if (value->other == NULL)
        return;
    name_search_add(search, value->other, WEIGHT_OFFERED, value->from, value->to,
                    value->is_encoded ? "It is what stands behind the label, read as base64."
                                      : "It is what stands behind the label, joined with what follows.",
                    NULL);
    last_candidate(search)->is_joined = TRUE;
}

/* What stands from FROM up to END is no name, although its label announces one. On the line below the label only a word
 * that no sentence has is taken for an answer. */
static void refuse(struct name_search *search, enum value_form form, int from, int end)
{
    int start = skip_blanks(search->text, from, end);
    while (start < end && is_one_of(source_at(search->text, start), "\"'`<([{"))
        start++;
    while (end > start &&
           (is_blank(source_at(search->text, end - 1)) || is_line_end(source_at(search->text, end - 1)) ||
            is_one_of(source_at(search->text, end - 1), "\"'`>)]},;.:!?")))
        end--;
    gboolean is_answer = form != FORM_BELOW || (source_has_between(search->text, start, end, "/") &&
                                                !source_has_kind(search->text, start, end, is_blank));
    if (end == start || !is_answer)
        return;
    search->refused_from = start;
    search->refused_to = end;
}

void name_search_take(struct name_search *search, struct label label, enum value_form form, int from, int end)
{
    if (search->looks++ >= LOOKS_MAX)
        return;
    struct hub_value value = hub_value_read(search->text, from, end);
    gboolean is_sentence = form == FORM_SENTENCE || form == FORM_CALLED || form == FORM_BESIDE;
    if (search->is_taken[MIN(value.from, source_length(search->text))] == READ_AS_ID && value.state != VALUE_NONE) {
        hub_value_clear(&value);
        return; /* the rest of an ID that was broken */
    }
    gboolean has_own_label = label.kind == LABEL_HUB_NAME && !is_sentence && form != FORM_BELOW && form != FORM_TITLE;
    label.is_old |= search->passages[MIN(value.from, source_length(search->text))].disowned != 0 ||
                    is_disowned_behind(search->text, value.next) ||
                    (is_sentence && is_disowned_in_sentence(search->text, value.from));
    if (value.state == VALUE_GOOD && take_pair(search, &value, label, end)) {
        hub_value_clear(&value);
        return;
    }
    gboolean is_in_line = form == FORM_LINE || form == FORM_CELL || form == FORM_BELOW || form == FORM_DASH;
    if (value.state == VALUE_GOOD && is_in_line && !label.is_old && !value.is_listed &&
        remark_may_change(search->text, value.next, end, value.name)) {
        value.state = VALUE_DOUBTFUL;
        value.why = "words stand behind it that may change it or speak of another one";
    }
    if (value.state == VALUE_GOOD) {
        int weight = label.kind == LABEL_PAIR ? WEIGHT_OFFERED : value_weight(&value, label, form);
        if (label.is_old)
            weight = MIN(weight, (int)WEIGHT_OFFERED);
        if (weight >= 0)
            name_search_add(search, value.name, (enum weight)weight, value.from, value.to,
                            label.is_old ? "The text does not say that it is the one to use." : form_reason(form),
                            value.changes);
        if (weight >= 0)
            last_candidate(search)->is_disowned = label.is_old;
        if (weight >= 0) {
            last_candidate(search)->is_labelled = has_own_label && value.tail != TAIL_WORDS &&
                                                  value.tail != TAIL_SLASH &&
                                                  word_read(value.name, FALSE) != WORD_SENTENCE;
            last_candidate(search)->is_unlabelled = form == FORM_ALONE;
            last_candidate(search)->is_hub = label.kind == LABEL_HUB;
            last_candidate(search)->is_other_hub = label.kind == LABEL_HUB_LOOSE && word_has_name_shape(value.name);
        }
        if (weight == WEIGHT_OFFERED && value.tail == TAIL_WORDS)
            g_ptr_array_add(last_candidate(search)->reasons, (gpointer) "The sentence goes on behind it.");
        if (value.is_listed)
            g_ptr_array_add(last_candidate(search)->reasons, (gpointer) "Another name stands right behind it.");
    } else if (value.state == VALUE_DOUBTFUL && (label.kind == LABEL_HUB_NAME || word_has_name_shape(value.name))) {
        if (!is_sentence || word_read(value.name, TRUE) == WORD_NAME)
            take_doubtful(search, &value, from, label.is_old);
    } else if (value.state != VALUE_NONE && value.state != VALUE_DOUBTFUL &&
               (has_own_label || value.state == VALUE_CUT))
        note(search, &value, from);
    else if (value.state == VALUE_NONE && search->refused_to == 0 && !is_sentence && form != FORM_TITLE &&
             (label.kind == LABEL_HUB_NAME || label.kind == LABEL_HUB))
        refuse(search, form, from, end);
    hub_value_clear(&value);
}

void name_search_weigh(struct name_search *search)
{
    for (guint i = 0; i < search->candidates->len; i++) {
        struct name_candidate *candidate = search->candidates->pdata[i];
        g_autofree char *lower = g_ascii_strdown(candidate->name, -1);
        gboolean is_namespace = g_hash_table_contains(search->namespaces, lower);
        if ((!is_namespace && !g_hash_table_contains(search->groups, lower)) ||
            strcmp(candidate->reasons->pdata[0], form_reason(FORM_ID)) == 0)
            continue;
        candidate->weight = WEIGHT_OFFERED;
        g_ptr_array_add(candidate->reasons, is_namespace ? (gpointer) "It is the namespace's name."
                                                         : (gpointer) "It is the resource group's name.");
    }
}

const struct name_candidate *name_search_winner(const struct name_search *search)
{
    const struct name_candidate *winner = NULL;
    for (int weight = WEIGHT_CLEAR; weight >= WEIGHT_LIKELY && winner == NULL; weight--)
        for (guint i = 0; i < search->candidates->len; i++) {
            const struct name_candidate *candidate = search->candidates->pdata[i];
            if ((int)candidate->weight != weight)
                continue;
            if (winner != NULL && g_ascii_strcasecmp(winner->name, candidate->name) != 0)
                return NULL;
            if (winner == NULL)
                winner = candidate;
        }
    return winner;
}

gboolean name_search_is_outdated(const struct name_search *search, const struct name_candidate *winner)
{
    int age = G_MAXINT;
    for (guint i = 0; i < search->candidates->len; i++) {
        const struct name_candidate *same = search->candidates->pdata[i];
        if (!same->is_disowned && g_ascii_strcasecmp(same->name, winner->name) == 0)
            age = MIN(age, search->passages[same->from].age);
    }
    for (guint i = 0; i < search->candidates->len; i++) {
        const struct name_candidate *other = search->candidates->pdata[i];
        if (search->passages[other->from].age < age && !other->is_joined &&
            (other->is_disowned || other->weight > WEIGHT_OFFERED || word_has_name_shape(other->name)))
            return TRUE;
    }
    for (guint i = 0; i < search->notes->len; i++)
        if (search->passages[g_array_index(search->notes, struct name_note, i).from].age < age)
            return TRUE;
    return FALSE;
}

int name_search_contradiction(const struct name_search *search, const struct name_candidate *winner)
{
    for (guint i = 0; i < search->candidates->len; i++) {
        const struct name_candidate *torn = search->candidates->pdata[i];
        const struct name_candidate *next = i + 1 < search->candidates->len ? search->candidates->pdata[i + 1] : torn;
        gsize known = strlen(next->is_joined ? winner->name : torn->name); /* as far as it is certain */
        gboolean may_be = g_ascii_strcasecmp(winner->name, next->is_joined ? next->name : torn->name) == 0 ||
                          g_ascii_strncasecmp(winner->name, torn->name, known) == 0;
        g_autofree char *lower = g_ascii_strdown(torn->name, -1);
        gboolean is_other_name = /* the namespace's, or the resource group's */
            g_hash_table_contains(search->namespaces, lower) || g_hash_table_contains(search->groups, lower);
        if (torn->is_torn && !torn->is_disowned && !may_be)
            return torn->from;
        if (torn->is_labelled && !torn->is_disowned && !is_other_name &&
            g_ascii_strcasecmp(winner->name, torn->name) != 0)
            return torn->from;
        if (winner->is_hub && torn->is_other_hub && !torn->is_disowned &&
            g_ascii_strcasecmp(winner->name, torn->name) != 0)
            return torn->from;
    }
    for (guint i = 0; i < search->notes->len; i++) {
        const struct name_note *cut = &g_array_index(search->notes, struct name_note, i);
        g_autofree char *shown = source_utf8(search->text, cut->from, cut->to);
        if (cut->state == VALUE_CUT && search->passages[cut->from].disowned == 0 &&
            g_ascii_strncasecmp(winner->name, shown, strlen(shown)) != 0)
            return cut->from;
    }
    return -1;
}

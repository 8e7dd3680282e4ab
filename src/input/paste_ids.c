/* SPDX-License-Identifier: MIT */
#include "input/paste_ids.h"

#include <string.h>

#include "input/disowned.h"
#include "input/next_line.h"

enum { WORD_SHORT = 5 };

gboolean id_is_marked_old(const struct search *search, const struct id_match *match)
{
    enum { LOOK = 60 };
    guint8 disowned = search->names.passages[match->from].disowned;
    if (disowned == DISOWNED_BY_REPLY && name_search_winner(&search->names) != NULL)
        disowned = 0; /* it is the name that the reply corrects */
    if (disowned != 0 || is_disowned_behind(search->text, match->to))
        return TRUE;
    int start = MAX(line_start(search->text, match->from), match->from - LOOK);
    for (int i = start; i < match->from; i++)
        if (is_one_of(source_at(search->text, i), ".;,") && is_blank(source_at(search->text, i + 1)))
            start = i + 1;
    int end = match->from;
    while (end > start && !is_blank(source_at(search->text, end - 1)))
        end--; /* an address that the ID is part of says nothing */
    g_autofree char *before = source_utf8(search->text, start, end);
    gunichar last = source_at(search->text, match->from - 1);
    return label_read(before).is_old || (last == '~' && source_at(search->text, match->to) == '~');
}

/* Nothing stands above the line that AT is in. */
static gboolean is_first_line(const GArray *text, int at)
{
    int first = 0;
    while (is_blank(source_at(text, first)) || is_line_break(source_at(text, first)))
        first++;
    return line_start(text, at) <= first;
}

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* The word alone below the ID of MATCH may be its rest: it is neither the name nor a sentence's. */
static gboolean has_rest_below(const struct search *search, const struct id_match *match)
{
    const char *word = match->lone_word;
    const struct name_candidate *labelled = name_search_winner(&search->names);
    if (word == NULL || strchr(word, '.') != NULL || word_is_titled(word) || word_is_instruction(word))
        return FALSE;
    gboolean is_name = labelled != NULL && g_ascii_strcasecmp(labelled->name, word) == 0;
    gboolean has_letter = strpbrk(word, letters) != NULL;
    return !is_name && (!has_letter || word_read(word, FALSE) != WORD_SENTENCE || word_is_scrap(word));
}

gboolean id_may_go_on(const struct search *search, const struct id_match *match)
{
    const char *word = match->lone_word;
    const struct name_candidate *labelled = name_search_winner(&search->names);
    if (!has_rest_below(search, match))
        return FALSE;
    gboolean has_letter = strpbrk(word, letters) != NULL;
    gboolean has_digit = strpbrk(word, "0123456789") != NULL;
    gboolean is_short = strlen(word) <= WORD_SHORT && (has_digit || is_first_line(search->text, match->from));
    gboolean is_torn = *word == '-' || is_one_of((guchar)word[1], "-_");
    return !has_letter || is_short || is_torn || labelled != NULL || match->fills_line || match->is_broken ||
           match->is_column;
}

/* Why the ID of MATCH is not taken; NULL if nothing speaks against it. */
static const char *against_id(const struct search *search, const struct id_match *match)
{
    if (match->doubt != NULL)
        return match->doubt;
    if (match->is_template)
        return "it is a template's";
    if (id_is_marked_old(search, match))
        return "the text says that it is not to be used";
    struct next_word word = next_word_read(search->text, match->to, is_word_character);
    gboolean has_two =
        word.kind == NEXT_ALONE && next_word_read(search->text, word.to, is_word_character).kind == NEXT_ALONE;
    gboolean is_unnamed = name_search_winner(&search->names) == NULL && match->lone_word != NULL &&
                          word_has_name_shape(match->lone_word) &&
                          (has_two || !is_first_line(search->text, match->from));
    return id_may_go_on(search, match) || (is_unnamed && has_rest_below(search, match))
               ? "the next line is one word alone, which may belong to it"
               : NULL;
}

static void tell_against_id(struct search *search, const struct id_match *match, const char *against)
{
    if (match->is_template && match->doubt == NULL) {
        g_autofree char *place = search_place_in_input(search, match->from);
        search_add_finding(search, PROBLEM_PLACEHOLDER, match->from, match->to, FALSE,
                           g_strdup_printf("The resource ID at %s is a template's, not a real one.", place));
    } else
        search_tell_doubt(search, "the resource ID", against, match->name != NULL ? match->name_from : match->to);
}

/* The ID was taken as it stands, though a word below it could be its rest. */
static void tell_rest_below(struct search *search, const struct id_match *match)
{
    struct next_word word = next_word_read(search->text, match->to, is_word_character);
    if (!has_rest_below(search, match) || word.kind != NEXT_ALONE)
        return;
    g_autofree char *place = search_place_in_input(search, word.from);
    struct finding *finding =
        search_add_finding(search, PROBLEM_AMBIGUOUS, word.from, word.to, TRUE,
                           g_strdup_printf("The word at %s stands alone below the resource ID and was not taken for a "
                                           "part of it: compare the ID with its source.",
                                           place));
    if (finding != NULL)
        finding->is_warning = TRUE;
}

/* What is made canonical in an ID without a change of its own characters. */
static void tell_form(struct search *search, const struct id_match *match)
{
    static const char *const words[] = {"subscriptions", "resourceGroups", "providers", "Microsoft.EventHub",
                                        "namespaces"};
    g_autofree char *typed = source_utf8(search->text, match->from, match->to);
    g_autofree char *place = search_place_in_input(search, match->from);
    gboolean is_usual = TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        is_usual &= strstr(typed, words[i]) != NULL;
    if (*typed == 's' || *typed == 'S')
        search_add_finding(
            search, PROBLEM_FORM, match->from, match->from, TRUE,
            g_strdup_printf("The '/' at the start of the resource ID is missing at %s; it was added.", place));
    if (!is_usual && match->changes->len == 0)
        search_add_finding(
            search, PROBLEM_CASE, match->from, match->to, TRUE,
            g_strdup_printf("The resource ID at %s has its fixed words in another case, which does not matter; "
                            "the usual one was taken.",
                            place));
}

/* None is clear: each is told and offered. */
static void offer_ids(struct search *search)
{
    for (guint i = 0; i < search->ids->len; i++) {
        const struct id_match *match = search->ids->pdata[i];
        g_autofree char *id = search_accepted(EVENT_HUB_ID_FIELD, match->id);
        g_autofree char *other = search_accepted(EVENT_HUB_ID_FIELD, match->other);
        const char *against = id != NULL ? against_id(search, match) : NULL;
        if (against != NULL)
            tell_against_id(search, match, against);
        if (id != NULL && !match->is_template)
            search_add_candidate(search, EVENT_HUB_ID_FIELD, id, match->from, match->to,
                                 "It is a resource ID of the right kind.", against != NULL ? against : NULL);
        if (other != NULL && against != NULL && !match->is_template)
            search_add_candidate(search, EVENT_HUB_ID_FIELD, other, match->from, match->to,
                                 "It is the resource ID, joined with what follows.", NULL);
    }
}

/* It begins like an ID of Event Hubs, and is none that could be taken: broken off, or wrong in a part. */
static gboolean is_malformed(const struct search *search, const struct id_match *match)
{
    int end = match->to;
    while (source_at(search->text, end) != NO_CHARACTER && !is_blank(source_at(search->text, end)) &&
           !is_line_break(source_at(search->text, end)))
        end++;
    return !match->is_template && (match->id != NULL || source_has_between(search->text, match->from, end, "EventHub"));
}

/* ID stands in older messages only, and a newer one has another. */
static gboolean is_outdated(const struct search *search, const char *id)
{
    int newest = G_MAXINT;
    int same = G_MAXINT;
    for (guint i = 0; i < search->ids->len; i++) {
        const struct id_match *match = search->ids->pdata[i];
        int age = search->names.passages[match->from].age;
        g_autofree char *value = search_accepted(EVENT_HUB_ID_FIELD, match->id);
        if (value != NULL && g_ascii_strcasecmp(value, id) == 0)
            same = MIN(same, age);
        else if (value != NULL || is_malformed(search, match))
            newest = MIN(newest, age);
    }
    return newest < same;
}

void search_take_ids(struct search *search)
{
    const struct id_match *taken = NULL;
    g_autofree char *value = NULL;
    gboolean is_clear = TRUE;
    for (guint i = 0; i < search->ids->len; i++) {
        const struct id_match *match = search->ids->pdata[i];
        g_autofree char *id = search_accepted(EVENT_HUB_ID_FIELD, match->id);
        const char *against = id != NULL ? against_id(search, match) : NULL;
        if (id == NULL || against != NULL)
            continue;
        if (taken == NULL) {
            taken = match;
            value = g_steal_pointer(&id);
        } else if (g_ascii_strcasecmp(value, id) != 0) {
            is_clear = FALSE;
            search_tell_several(search, match->from, match->to, "resource ID");
        }
    }
    gboolean is_old = taken != NULL && is_clear && is_outdated(search, value);
    if (is_old)
        search_tell_outdated(search, taken->from, taken->to, "resource ID");
    if (taken != NULL && is_clear && !is_old) {
        search->values->event_hub_id = g_steal_pointer(&value);
        search_tell_changes(search, taken->changes);
        tell_form(search, taken);
        tell_rest_below(search, taken);
        search_tell_round(search, taken->from, taken->to);
        for (guint i = 0; i < search->ids->len; i++) {
            const struct id_match *match = search->ids->pdata[i];
            g_autofree char *id = search_accepted(EVENT_HUB_ID_FIELD, match->id);
            if (id != NULL && g_ascii_strcasecmp(search->values->event_hub_id, id) != 0 &&
                id_is_marked_old(search, match))
                search_tell_passed_over(search, match->from, match->to, "resource ID");
        }
        return;
    }
    offer_ids(search);
}

void search_tell_broken_ids(struct search *search)
{
    for (guint i = 0; i < search->ids->len; i++) {
        const struct id_match *match = search->ids->pdata[i];
        gboolean is_cut = id_match_is_broken_hub_id(search->text, match) && id_match_is_cut(search->text, match);
        g_autofree char *id = search_accepted(EVENT_HUB_ID_FIELD, match->id);
        if (search->values->event_hub_id != NULL && is_cut)
            search_tell_passed_over(search, match->from, match->to, "resource ID, of which only a part is shown,");
        else if (search->values->event_hub_id != NULL && id == NULL && is_malformed(search, match))
            search_tell_place(search, PROBLEM_FORM, match->from, match->to, TRUE, "There is another resource ID at ",
                              ", which is not well formed; it was left out. Compare both with the source.");
        if (search->values->event_hub_id != NULL)
            continue;
        if (id != NULL ||
            (match->id == NULL && !id_match_is_broken_hub_id(search->text, match) && search->ids->len > 1))
            continue;
        if (match->id != NULL && match->doubt != NULL) {
            tell_against_id(search, match, match->doubt);
            continue;
        }
        g_autofree char *start = search_place_in_input(search, match->from);
        g_autofree char *end = search_place_in_input(search, match->to);
        gunichar character = source_at(search->text, match->to);
        g_autofree char *words = character == NO_CHARACTER ? g_strdup("the text ends") : character_words(character);
        search_add_finding(search, match->is_template ? PROBLEM_PLACEHOLDER : PROBLEM_FORM, match->from, match->to,
                           FALSE,
                           g_strdup_printf("The resource ID that begins at %s cannot be read beyond %s: there %s%s.",
                                           start, end, character == NO_CHARACTER ? "" : "is ", words));
        if (match->is_template)
            search_add_finding(search, PROBLEM_FORM, match->from, match->to, FALSE,
                               g_strdup_printf("The resource ID at %s is a template's, not a real one.", start));
    }
}

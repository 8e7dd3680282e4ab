/* SPDX-License-Identifier: MIT */
#include "input/paste_ids.h"

#include <string.h>

#include "input/disowned.h"
#include "input/id_rivals.h"
#include "input/value_fault.h"

gboolean id_is_marked_old(const struct search *search, const struct id_match *match)
{
    enum { LOOK = 60 };
    guint8 disowned = search->names.passages[match->from].disowned;
    if (disowned == DISOWNED_BY_REPLY && name_search_winner(&search->names) != NULL)
        disowned = 0; /* it is the name that the reply corrects */
    if (disowned != 0 || is_disowned_behind(search->text, match->to))
        return TRUE;
    int start = line_start_within(search->text, match->from, LOOK);
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

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* WORD is no rest of the ID that it stands below: it begins as the namespace does, or as hubs are called, or with a
 * letter where the namespace ends in a digit. */
static gboolean begins_anew(const char *word, const char *id)
{
    enum { WORD_MIN = 6 };
    static const char *const starts[] = {"defender",     "mde",      "xdr",       "telemetry", "insights",
                                         "securitylogs", "advanced", "streaming", "m365",      NULL};
    const char *namespace = strrchr(id, '/') + 1;
    g_autofree char *first = g_ascii_strdown(word, (gssize)strcspn(word, "-_."));
    gboolean is_same = first[0] != '\0' && first[1] != '\0' && word[strlen(first)] != '\0' &&
                       g_ascii_strncasecmp(namespace, first, strlen(first)) == 0;
    gboolean is_after_digit = g_ascii_isalpha(*word) && g_ascii_isdigit(id[strlen(id) - 1]);
    return strlen(word) >= WORD_MIN && (is_same || is_after_digit || g_strv_contains(starts, first));
}

/* The word alone below the ID of MATCH may be its rest: it is neither the name nor a sentence's. */
gboolean id_may_go_on(const struct search *search, const struct id_match *match)
{
    enum { LABEL_MIN = 6 }; /* a shorter one may be the end of a namespace */
    const char *word = match->lone_word;
    const struct name_candidate *labelled = name_search_winner(&search->names);
    if (word == NULL || strchr(word, '.') != NULL || word_is_titled(word) ||
        (word_is_instruction(word) && (strcspn(word, "-_.") > 3 || g_ascii_isupper(*word))))
        return FALSE;
    enum label_kind kind = label_read(word).kind;
    gboolean is_label = strchr(word, '-') == NULL ? kind != LABEL_OTHER : kind == LABEL_HUB_NAME || kind == LABEL_ID;
    if ((is_label && strlen(word) >= LABEL_MIN) || match->id == NULL || begins_anew(word, match->id))
        return FALSE;
    gboolean is_name = labelled != NULL && g_ascii_strcasecmp(labelled->name, word) == 0;
    gboolean has_letter = strpbrk(word, letters) != NULL;
    return !is_name && (!has_letter || word_read(word, FALSE) != WORD_SENTENCE || word_is_scrap(word));
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
    return id_may_go_on(search, match) ? "the next line is one word alone, which may belong to it" : NULL;
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
    gunichar behind = source_at(search->text, match->to + 1);
    if (source_at(search->text, match->to) == '/' && (is_blank(behind) || is_line_end(behind)))
        search_tell_place(search, PROBLEM_EXTRA_TEXT, match->to, match->to + 1, TRUE,
                          "A slash stands behind the resource ID at ", "; it was left out.");
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
            search_add_candidate(search, EVENT_HUB_ID_FIELD, other, match->from, match->to, JOINED_ID, NULL);
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
        else if (value != NULL || is_malformed(search, match) || id_match_is_cut(search->text, match))
            newest = MIN(newest, age);
    }
    return newest < same;
}

/* An ID of Event Hubs that a blank, a break or a strange letter has made unreadable before its namespace. */
static gboolean is_unreadable(const struct search *search, const struct id_match *match)
{
    enum { LOOK = 200 };
    static const char word[] = "EventHub/namespaces/";
    int place = source_find_between(search->text, match->to, match->to + LOOK, word);
    return match->id == NULL && !match->is_template && !id_match_is_cut(search->text, match) && place >= 0 &&
           place < match->to + LOOK && !source_has_between(search->text, match->to, place, "/subscriptions/") &&
           (source_has_between(search->text, match->to, place, "providers") ||
            !source_has_between(search->text, match->to, match->to + LOOK, "/subscriptions/"));
}

/* Something in the text speaks against ID, which is clear by itself: it is told. */
static gboolean tell_id_rival(struct search *search, const char *id)
{
    struct id_rival rival = find_id_rival(&search->names, id);
    if (rival.to == 0)
        return FALSE;
    g_autofree char *place = search_place_in_input(search, skip_blanks(search->text, rival.from, rival.to));
    search_add_finding(
        search, PROBLEM_AMBIGUOUS, rival.from, rival.to, FALSE,
        g_strdup_printf("At %s %s, so it is not clear whether the resource ID is right.", place, rival.reason));
    return TRUE;
}

void search_take_ids(struct search *search)
{
    const struct id_match *taken = NULL;
    g_autofree char *value = NULL;
    gboolean is_clear = TRUE;
    const struct id_match *torn = NULL; /* of which it is doubtful where it ends */
    for (guint i = 0; i < search->ids->len; i++) {
        const struct id_match *match = search->ids->pdata[i];
        g_autofree char *id = search_accepted(EVENT_HUB_ID_FIELD, match->id);
        const char *against = id != NULL ? against_id(search, match) : NULL;
        gboolean is_open = id != NULL && (match->doubt != NULL || (!match->is_template && id_may_go_on(search, match)));
        if ((id != NULL ? is_open : is_unreadable(search, match)) && !id_is_marked_old(search, match))
            torn = match;
        if (id == NULL || against != NULL)
            continue;
        if (taken == NULL) {
            taken = match;
            value = g_steal_pointer(&id);
        } else if (g_ascii_strcasecmp(value, id) != 0) {
            is_clear = FALSE;
            search_tell_other(search, TOLD_SEVERAL, match->from, match->to, "resource ID");
        }
    }
    gboolean may_be = taken == NULL || torn == NULL || g_strcmp0(value, torn->id) == 0 ||
                      (torn->id == NULL      ? FALSE
                       : torn->other != NULL ? g_ascii_strcasecmp(value, torn->other) == 0
                                             : g_ascii_strncasecmp(value, torn->id, strlen(torn->id)) == 0);
    if (!may_be && is_clear) {
        is_clear = FALSE;
        search_tell_other(search, TOLD_SEVERAL, torn->from, torn->to, "resource ID");
    }
    gboolean is_old = taken != NULL && is_clear && is_outdated(search, value);
    if (is_old)
        search_tell_other(search, TOLD_OUTDATED, taken->from, taken->to, "resource ID");
    gboolean is_refuted = taken != NULL && is_clear && !is_old && tell_id_rival(search, value);
    if (taken != NULL && is_clear && !is_old && !is_refuted) {
        search->values->event_hub_id = g_steal_pointer(&value);
        search_tell_changes(search, taken->changes);
        tell_form(search, taken);
        search_tell_round(search, taken->from, taken->to);
        for (guint i = 0; i < search->ids->len; i++) {
            const struct id_match *match = search->ids->pdata[i];
            g_autofree char *id = search_accepted(EVENT_HUB_ID_FIELD, match->id);
            if (id != NULL && g_ascii_strcasecmp(search->values->event_hub_id, id) != 0 &&
                id_is_marked_old(search, match))
                search_tell_other(search, TOLD_PASSED_OVER, match->from, match->to, "resource ID");
        }
        return;
    }
    offer_ids(search);
}

/* What follows where reading the ID of MATCH ended may be the rest of it. */
static gboolean may_follow(const struct search *search, const struct id_match *match)
{
    g_autofree char *joined = search_accepted(EVENT_HUB_ID_FIELD, match->other);
    return joined != NULL || is_unreadable(search, match) || id_match_is_cut(search->text, match);
}

/* What the rules of a typed ID find in that of MATCH. FALSE: nothing, or only what may follow in the text. */
static gboolean tell_fault(struct search *search, const struct id_match *match)
{
    struct value_fault fault = value_fault_of_id(search->text, search->read.input, match);
    g_autofree char *message = fault.message;
    if (message == NULL || (fault.is_at_end && may_follow(search, match)))
        return FALSE;
    int offset = source_offset(search->text, match->from);
    g_autofree char *start = search_offset_words(search, offset);
    g_autofree char *place = search_offset_words(search, fault.offset);
    gboolean is_in_line = line_start(search->read.input, offset) == line_start(search->read.input, fault.offset);
    search_add_at(search, fault.problem, fault.offset, fault.length, FALSE,
                  g_strdup_printf("The resource ID that begins at %s cannot be taken%s%s. %s", start,
                                  is_in_line ? "" : " for what stands at ", is_in_line ? "" : place, message));
    return TRUE;
}

/* Where the ID of MATCH breaks off. */
static void tell_stop(struct search *search, const struct id_match *match)
{
    int stop = value_fault_stop(search->text, match);
    g_autofree char *start = search_place_in_input(search, match->from);
    g_autofree char *end = search_place_in_input(search, stop);
    gunichar character = source_at(search->text, stop);
    g_autofree char *words = character == NO_CHARACTER ? g_strdup("the text ends") : character_words(character);
    search_add_finding(search, match->is_template ? PROBLEM_PLACEHOLDER : PROBLEM_FORM, match->from, match->to, FALSE,
                       g_strdup_printf("The resource ID that begins at %s cannot be read beyond %s: there %s%s.", start,
                                       end, character == NO_CHARACTER ? "" : "is ", words));
}

void search_tell_broken_ids(struct search *search)
{
    for (guint i = 0; i < search->ids->len && !search_is_full(search); i++) {
        const struct id_match *match = search->ids->pdata[i];
        gboolean is_cut = id_match_is_broken_hub_id(search->text, match) && id_match_is_cut(search->text, match);
        g_autofree char *id = search_accepted(EVENT_HUB_ID_FIELD, match->id);
        if (search->values->event_hub_id != NULL && is_cut)
            search_tell_other(search, TOLD_PASSED_OVER, match->from, match->to,
                              "resource ID, of which only a part is shown,");
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
        if (!match->is_template && tell_fault(search, match))
            continue;
        tell_stop(search, match);
        if (match->is_template) {
            g_autofree char *start = search_place_in_input(search, match->from);
            search_add_finding(search, PROBLEM_FORM, match->from, match->to, FALSE,
                               g_strdup_printf("The resource ID at %s is a template's, not a real one.", start));
        }
    }
}

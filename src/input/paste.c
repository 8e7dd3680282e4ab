/* SPDX-License-Identifier: MIT */
#include "input/paste.h"

#include <string.h>

#include "input/consent_address.h"
#include "input/event_hub.h"
#include "input/fields_event_hub.h"
#include "input/finding.h"
#include "input/held_back.h"
#include "input/id_match.h"
#include "input/name_search.h"
#include "input/paste_findings.h"
#include "input/paste_ids.h"
#include "input/paste_reading.h"
#include "input/paste_text.h"
#include "input/recognition.h"
#include "input/rivals.h"
#include "input/value_fault.h"

enum { FINDINGS_MAX = 24, WORD_MAX = 80, KEY_MAX = 300 };

static void add_name_of_id(struct search *search, const struct id_match *match)
{
    g_autoptr(Verdict) verdict = match->name != NULL ? validate_by_rules(&event_hub_name_rules, match->name, -1) : NULL;
    if (verdict == NULL || verdict->value == NULL)
        return;
    gboolean is_clear = verdict->valid && match->name_doubt == NULL && !match->is_template &&
                        !id_is_marked_old(search, match) && word_read(verdict->value, FALSE) != WORD_PLACEHOLDER;
    name_search_add(&search->names, verdict->value, is_clear ? WEIGHT_CLEAR : WEIGHT_OFFERED, match->name_from,
                    match->name_to, "It is part of a resource ID.", NULL);
    if (match->name_doubt == NULL)
        return;
    struct name_candidate *torn = search->names.candidates->pdata[search->names.candidates->len - 1];
    torn->is_torn = TRUE;
    search_tell_doubt(search, "the Event Hub's name", match->name_doubt, match->name_to);
    if (match->other_name != NULL)
        name_search_add(&search->names, match->other_name, WEIGHT_OFFERED, match->name_from, match->name_to,
                        "It is the last part of the resource ID, joined with what follows.", NULL);
    if (match->other_name != NULL)
        ((struct name_candidate *)search->names.candidates->pdata[search->names.candidates->len - 1])->is_joined = TRUE;
}

static void add_known_names(struct search *search, const char *id)
{
    g_autoptr(EventHubParts) parts = id != NULL ? event_hub_parts_new(id) : NULL;
    if (parts == NULL)
        return;
    g_hash_table_add(search->names.namespaces, g_ascii_strdown(parts->namespace_name, -1));
    g_hash_table_add(search->names.groups, g_ascii_strdown(parts->resource_group, -1));
}

/* The end of the name that begins at FROM in a path or a connection string, with what passes for its characters. */
static int path_end(const GArray *text, int from)
{
    int end = from;
    while (end < from + WORD_MAX && !is_line_end(source_at(text, end)) && !is_visible_space(source_at(text, end)) &&
           !is_one_of(source_at(text, end), ";,/?&#\"'`<>()[]{}|%"))
        end++;
    return end;
}

/* The end of what may belong to the name that ends at AT: its line may have broken it, or a blank torn it. */
static int torn_end(const GArray *text, int at)
{
    int end = at;
    while (end < at + WORD_MAX && !is_line_end(source_at(text, end)) &&
           (is_word_character(source_at(text, end)) || is_blank(source_at(text, end))))
        end++;
    return is_line_end(source_at(text, end)) || is_one_of(source_at(text, end), "\"'") ? end : at;
}

/* "EntityPath=hub" of a connection string, and the namespace in a host name. */
static void read_connection_parts(struct search *search)
{
    static const char key[] = "EntityPath=";
    static const char host[] = ".servicebus.";
    for (int at = source_find(search->text, 0, key); at >= 0; at = source_find(search->text, at + 1, key)) {
        int from = at + (int)strlen(key);
        int end = torn_end(search->text, path_end(search->text, from));
        int start = line_start_within(search->text, at, KEY_MAX);
        gboolean is_iot_hub = source_has_between(search->text, start, at, "SharedAccessKeyName=iothubowner") ||
                              source_has_between(search->text, start, at, "-compatible endpoint");
        if (!is_iot_hub)
            name_search_take(&search->names, (struct label){.kind = LABEL_HUB_NAME}, FORM_KEY, from, end);
        search->names.is_taken[at] = READ_AS_FORM;
    }
    for (int at = source_find(search->text, 0, host); at >= 0; at = source_find(search->text, at + 1, host)) {
        int from = at;
        while (is_ascii_alnum(source_at(search->text, from - 1)) || source_at(search->text, from - 1) == '-')
            from--;
        g_autofree char *name = source_utf8(search->text, from, at);
        g_hash_table_add(search->names.namespaces, g_ascii_strdown(name, -1));
        /* "sb://namespace.servicebus.windows.net/hub" */
        int slash = at;
        while (is_ascii_alnum(source_at(search->text, slash)) || is_one_of(source_at(search->text, slash), "-.:"))
            slash++;
        int end = torn_end(search->text, path_end(search->text, slash + 1));
        guint known = search->names.candidates->len;
        if (source_at(search->text, slash) == '/' && end > slash + 1)
            name_search_take(&search->names, (struct label){.kind = LABEL_HUB_NAME}, FORM_KEY, slash + 1, end);
        for (guint i = known; i < search->names.candidates->len; i++)
            ((struct name_candidate *)search->names.candidates->pdata[i])->is_second = TRUE;
    }
}

static const char outer_marks[] = "\"'`<([{*,;:=|>.)]}/";

static gboolean is_outer(gunichar character)
{
    return is_edge(character) || is_line_break(character) || is_one_of(character, outer_marks) ||
           (is_lookalike(character) && !is_ascii_alnum(character));
}

/* The one word between FROM and TO, if there is nothing else. */
static gboolean take_lone_word(struct search *search, int from, int to)
{
    while (from < to && is_outer(source_at(search->text, from)))
        from++;
    while (to > from && is_outer(source_at(search->text, to - 1)))
        to--;
    for (int i = from; i < to; i++)
        if (is_edge(source_at(search->text, i)) && !is_dangerous(source_at(search->text, i)))
            return FALSE;
    for (int i = from; i < to; i++)
        if (source_at(search->text, i) <= 0x7F && !is_ascii_alnum(source_at(search->text, i)) &&
            !is_one_of(source_at(search->text, i), "-_."))
            return FALSE;
    if (from < to)
        name_search_take(&search->names, (struct label){.kind = LABEL_HUB_NAME}, FORM_ALONE, from, to);
    return from < to;
}

/* Beside one resource ID there is one word and nothing else. */
static void take_bare_name(struct search *search)
{
    if (search->ids->len != 1 || search->names.candidates->len > 0 || search->values->has_secret)
        return;
    const struct id_match *id = search->ids->pdata[0];
    int length = source_length(search->text);
    g_autofree char *before = source_utf8(search->text, 0, id->from);
    g_autofree char *behind = source_utf8(search->text, id->to, length);
    gboolean has_before = strpbrk(before, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != NULL;
    gboolean has_behind = strpbrk(behind, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != NULL;
    if (id->id == NULL || id->doubt != NULL || has_before == has_behind)
        return;
    if (has_before && strpbrk(before, ":={[") == NULL && strstr(before, "\xEF\xBC\x9A") == NULL &&
        label_read(before).kind == LABEL_OTHER) /* else that is the ID's label */
        take_lone_word(search, 0, id->from);
    else if (has_behind && !id_may_go_on(search, id))
        take_lone_word(search, id->to, length);
}

/* "namespaces/contoso-mdr", be it in an ID that cannot be read. */
static void add_named_namespaces(struct search *search)
{
    static const char word[] = "namespaces/";
    for (int at = source_find(search->text, 0, word); at >= 0; at = source_find(search->text, at + 1, word)) {
        int from = at + (int)strlen(word);
        int to = from;
        while (is_ascii_alnum(source_at(search->text, to)) || source_at(search->text, to) == '-')
            to++;
        g_autofree char *name = source_utf8(search->text, from, to);
        if (to > from && !source_has(search->text, from, "eventhubs"))
            g_hash_table_add(search->names.namespaces, g_ascii_strdown(name, -1));
    }
}

/* "/eventhubs/contoso" behind a namespace that cannot be read: another name than the one that is taken. */
static void add_named_hubs(struct search *search)
{
    enum { LOOK = 160 };
    static const char word[] = "/eventhubs/";
    for (int at = source_find(search->text, 0, word); at >= 0; at = source_find(search->text, at + 1, word)) {
        int from = at + (int)strlen(word);
        int to = from;
        while (is_word_character(source_at(search->text, to)))
            to++;
        g_autofree char *name = source_utf8(search->text, from, to);
        if (search->names.is_taken[at] != NOT_READ || !word_has_name_shape(name) ||
            (!source_has_between(search->text, MAX(at - LOOK, 0), at, "Microsoft.EventHub/namespaces/") &&
             source_at(search->text, at - 1) != 0x2026 && source_at(search->text, at - 1) != '.'))
            continue;
        guint known = search->names.candidates->len;
        name_search_add(&search->names, name, WEIGHT_OFFERED, from, to,
                        "It stands behind a namespace and “/eventhubs/”.", NULL);
        for (guint i = known; i < search->names.candidates->len; i++)
            ((struct name_candidate *)search->names.candidates->pdata[i])->is_torn = TRUE;
    }
}

static void find_names(struct search *search)
{
    add_named_namespaces(search);
    struct name_search *names = &search->names;
    for (guint i = 0; i < search->ids->len; i++) {
        const struct id_match *match = search->ids->pdata[i];
        add_known_names(search, match->id);
        add_known_names(search, match->other);
        for (int k = match->from; k < match->to; k++)
            names->is_taken[k] = READ_AS_ID;
    }
    read_connection_parts(search);
    for (guint i = 0; i < search->ids->len; i++)
        add_name_of_id(search, search->ids->pdata[i]);
    add_named_hubs(search);
    read_objects(names);
    read_elements(names);
    read_tables(names);
    read_lines_between(names, 0, source_length(search->text));
    take_bare_name(search);
    if (search->ids->len > 0 && names->candidates->len == 0 && names->notes->len == 0)
        offer_shaped_words(names);
    if (search->ids->len > 0 && names->candidates->len == 0 && names->notes->len == 0)
        offer_words(names);
    name_search_weigh(names);
}

static void tell_note(struct search *search, const struct name_note *note)
{
    static const char *const sentences[] = {
        [VALUE_OPEN] = "At %s the text announces the Event Hub's name, but does not give it.",
        [VALUE_PLACEHOLDER] = "At %s a placeholder stands for the Event Hub's name.",
        [VALUE_REFERENCE] = "At %s a variable stands for the Event Hub's name.",
        [VALUE_CUT] = "At %s the text shows only a part of the Event Hub's name.",
    };
    static const enum problem problems[] = {
        [VALUE_OPEN] = PROBLEM_NOT_GIVEN,
        [VALUE_PLACEHOLDER] = PROBLEM_PLACEHOLDER,
        [VALUE_REFERENCE] = PROBLEM_PLACEHOLDER,
        [VALUE_CUT] = PROBLEM_CUT,
    };
    if (note->state == VALUE_DOUBTFUL) {
        search_tell_doubt(search, "the Event Hub's name", note->why, note->to);
        return;
    }
    g_autofree char *place = search_place_in_input(search, note->from);
    const char *blank = strstr(sentences[note->state], "%s");
    char *message =
        g_strdup_printf("%.*s%s%s", (int)(blank - sentences[note->state]), sentences[note->state], place, blank + 2);
    search_add_finding(search, problems[note->state], note->from, note->to, FALSE, message);
}

static void tell_names(struct search *search)
{
    const GPtrArray *candidates = search->names.candidates;
    const struct name_candidate *first = NULL;
    for (guint i = 0; i < candidates->len; i++) {
        const struct name_candidate *candidate = candidates->pdata[i];
        const char *reason = candidate->reasons->len > 1 ? candidate->reasons->pdata[1] : NULL;
        search_add_candidate(search, EVENT_HUB_NAME_FIELD, candidate->name, candidate->from, candidate->to,
                             candidate->reasons->pdata[0], reason);
        if (candidate->weight == WEIGHT_OFFERED)
            continue;
        if (first != NULL && g_ascii_strcasecmp(first->name, candidate->name) != 0)
            search_tell_other(search, TOLD_SEVERAL, candidate->from, candidate->to, "Event Hub name");
        first = first != NULL ? first : candidate;
    }
    for (guint i = 0; i < candidates->len && first == NULL; i++) {
        const struct name_candidate *candidate = candidates->pdata[i];
        if (candidate->is_joined || search->names.notes->len > 0)
            continue;
        g_autofree char *place = search_place_in_input(search, candidate->from);
        const char *reason = candidate->reasons->pdata[candidate->reasons->len - 1];
        search_add_finding(
            search, PROBLEM_AMBIGUOUS, candidate->from, candidate->to, FALSE,
            g_strdup_printf("The word at %s may be the Event Hub's name, but it is not clear. %s", place, reason));
    }
}

/* Another word may be meant: it is told, and offered beside WINNER. */
static gboolean has_rival(struct search *search, const struct name_candidate *winner)
{
    struct rival rival = find_rival(&search->names, winner);
    if (rival.to == 0)
        return FALSE;
    g_autofree char *word = source_utf8(search->text, rival.from, rival.to);
    name_search_add(&search->names, word, WEIGHT_OFFERED, rival.from, rival.to, rival.reason, NULL);
    search_tell_other(search, TOLD_SEVERAL, rival.from, rival.to, "word that may be the Event Hub's name");
    return TRUE;
}

/* Several tenants' or stages' values: the name belongs to one of the resource IDs, and it is not clear to which. */
static gboolean has_several_ids(const struct search *search)
{
    const char *first = NULL;
    for (guint i = 0; i < search->values->candidates->len; i++) {
        const struct paste_candidate *candidate = search->values->candidates->pdata[i];
        if (strcmp(candidate->field, EVENT_HUB_ID_FIELD) != 0 || g_strcmp0(candidate->reasons[0], JOINED_ID) == 0)
            continue;
        if (first != NULL && g_ascii_strcasecmp(first, candidate->value) != 0)
            return TRUE;
        first = candidate->value;
    }
    return FALSE;
}

/* NAME begins as a namespace does that the text does not show for certain: it may be that one. */
static gboolean may_be_namespace(const struct search *search, const char *name)
{
    enum { SHOWN_MIN = 4 };
    for (guint i = 0; i < search->ids->len; i++) {
        const struct id_match *match = search->ids->pdata[i];
        const char *shown = match->id != NULL && match->doubt != NULL ? strrchr(match->id, '/') + 1 : "";
        if (strlen(shown) >= SHOWN_MIN && g_ascii_strncasecmp(name, shown, strlen(shown)) == 0 && match->name == NULL &&
            (name[strlen(shown)] != '-' || strchr(shown, '-') != NULL)) /* else it is the company's name */
            return TRUE;
    }
    return FALSE;
}

static gboolean has_other_name(const struct search *search, const struct name_candidate *winner)
{
    for (guint i = 0; i < search->names.candidates->len; i++) {
        const struct name_candidate *other = search->names.candidates->pdata[i];
        if (!other->is_joined && g_ascii_strcasecmp(other->name, winner->name) != 0)
            return TRUE;
    }
    return FALSE;
}

/* The text takes something back, and has another name: which one it takes back cannot be told. */
static gboolean is_corrected(const struct search *search, const struct name_candidate *winner)
{
    static const char *const signs[] = {"typo",       "correction", "corrected",  "erratum",      "scratch that",
                                        "disregard",  "mistake",    "wrong name", "oops",         "please ignore",
                                        "Tippfehler", "Korrektur",  "korrigiert", "Berichtigung", "rectif",
                                        "corrig",     NULL};
    return winner != NULL && has_other_name(search, winner) && source_find_any(search->text, signs) >= 0;
}

static void take_names(struct search *search)
{
    const struct name_candidate *winner = name_search_winner(&search->names);
    gboolean is_outdated = winner != NULL && name_search_is_outdated(&search->names, winner);
    if (is_outdated)
        search_tell_other(search, TOLD_OUTDATED, winner->from, winner->to, "Event Hub name");
    gboolean is_contradicted = winner != NULL && name_search_contradiction(&search->names, winner) >= 0;
    if (winner != NULL && has_several_ids(search) && has_other_name(search, winner))
        winner = NULL;
    gboolean may_be_either = winner != NULL && winner->is_hub && g_hash_table_size(search->names.namespaces) == 0;
    if (winner != NULL && (may_be_either || may_be_namespace(search, winner->name)))
        winner = NULL;
    if (is_corrected(search, winner) || is_outdated || is_contradicted || (winner != NULL && has_rival(search, winner)))
        winner = NULL;
    search->values->event_hub_name = search_accepted(EVENT_HUB_NAME_FIELD, winner != NULL ? winner->name : NULL);
    if (winner != NULL && search->values->event_hub_name != NULL) {
        search_tell_changes(search, winner->changes);
        search_tell_round(search, winner->from, winner->to);
        if (winner->is_second)
            search_tell_place(search, PROBLEM_EXTRA_TEXT, winner->from, winner->to, TRUE,
                              "The namespace's name and a slash stand before the Event Hub's name at ",
                              "; they were left out.");
        if (winner->is_unlabelled)
            search_tell_place(
                search, PROBLEM_UNUSUAL, winner->from, winner->to, TRUE, "The word at ",
                " stands alone beside the resource ID and has no label; it was taken for the Event Hub's name.");
        for (guint i = 0; i < search->names.candidates->len; i++) {
            const struct name_candidate *other = search->names.candidates->pdata[i];
            if (other->is_disowned && g_ascii_strcasecmp(other->name, winner->name) != 0)
                search_tell_other(search, TOLD_PASSED_OVER, other->from, other->to, "Event Hub name");
        }
        return;
    }
    for (guint i = 0; i < search->names.notes->len && i < 4; i++)
        tell_note(search, &g_array_index(search->names.notes, struct name_note, i));
    tell_names(search);
}

static void tell_secret(struct search *search)
{
    /* What only a credential has. */
    static const char *const signs[] = {"Endpoint=sb://", "SharedAccessKey=", "SharedAccessSignature",
                                        "AccountKey=", NULL};
    int at = source_find_any(search->text, signs);
    if (at < 0)
        return;
    int end = at;
    while (source_at(search->text, end) != NO_CHARACTER && !is_edge(source_at(search->text, end)))
        end++;
    g_autofree char *place = search_place_in_input(search, at);
    search->values->has_secret = TRUE;
    search_add_finding(
        search, PROBLEM_CONNECTION_STRING, at, end, FALSE,
        g_strdup_printf("At %s there is a connection string. It is a secret that is not needed here; it was not kept.",
                        place));
}

/* It is the portal's or a program's view of the namespace. */
static gboolean describes_namespace(const GArray *text)
{
    static const char type[] = "microsoft.eventhub/namespaces";
    for (int i = 0; i < source_length(text); i++)
        if (source_has(text, i, "servicebusendpoint") ||
            (source_has(text, i, type) && is_one_of(source_at(text, i + (int)strlen(type)), "\"'")))
            return TRUE;
    return FALSE;
}

/* The text speaks of an Event Hub outside of resource IDs. */
static int find_mention(const struct search *search)
{
    const GArray *text = search->text;
    for (int i = 0; i < source_length(text); i++) {
        int behind = i + (source_at(text, i + 3) == 's' ? 4 : 3);
        gboolean is_hub_word =
            source_has(text, i, "hub") && is_blank(source_at(text, i - 1)) && !is_ascii_alnum(source_at(text, behind));
        if (search->names.is_taken[i] != READ_AS_ID &&
            (is_hub_word || source_has(text, i, "event hub") || source_has(text, i, "eventhub") ||
             source_has(text, i, "event-hub") || source_has(text, i, "event_hub")) &&
            !source_has(text, i - 1, ".eventhub"))
            return i;
    }
    return -1;
}

/* The text speaks of an Event Hub and has no name of one: what its label has instead, or where it does. */
static void tell_mention(struct search *search)
{
    int from = search->names.refused_from;
    int to = search->names.refused_to;
    int mention = to > 0 ? from : find_mention(search);
    if (mention < 0)
        return;
    struct value_fault fault = {.message = NULL};
    if (to > 0)
        fault = value_fault_of_name(search->text, search->read.input, from, to);
    g_autofree char *why = fault.message;
    g_autofree char *place = search_place_in_input(search, mention);
    if (why != NULL)
        search_add_finding(
            search, fault.problem, from, to, FALSE,
            g_strdup_printf("At %s the text gives the Event Hub's name, but what stands there is none. %s", place,
                            why));
    else
        search_add_finding(
            search, PROBLEM_NOT_GIVEN, mention, mention + 1, FALSE,
            g_strdup_printf("The text speaks of an Event Hub at %s, but what stands beside it is no name. Is it the "
                            "namespace alone?",
                            place));
}

static void tell_missing(struct search *search)
{
    const struct paste_values *values = search->values;
    /* What only a resource ID has. */
    static const char *const parts[] = {
        "resourceGroups/", "resourceGroups\\", "resourceGroups|", "/subscr", "\\subscr", "|subscr", NULL};
    int end = source_length(search->text);
    int part = source_find_any(search->text, parts);
    gboolean is_text = text_encoding_is_text(search->read.encoding);
    if (values->event_hub_id == NULL && is_text && source_find(search->text, 0, ".servicebus.") >= 0)
        search_add_finding(search, PROBLEM_HOST_NAME, end, end, FALSE,
                           g_strdup("There is the namespace's host name, but not its resource ID, which begins with "
                                    "'/subscriptions/'."));
    else if (values->event_hub_id == NULL && search->ids->len == 0 && is_text && part >= 0) {
        g_autofree char *place = search_place_in_input(search, part);
        search_add_finding(search, PROBLEM_FORM, part, part + 1, FALSE,
                           g_strdup_printf("There is a part of a resource ID at %s, but no whole one: it begins with "
                                           "'/subscriptions/', spelt like that. Compare it with the source.",
                                           place));
    } else if (values->event_hub_id == NULL && search->ids->len == 0 && is_text)
        search_add_finding(search, PROBLEM_EMPTY, end, end, FALSE,
                           g_strdup("There is no resource ID; it begins with '/subscriptions/'."));
    if (values->event_hub_name != NULL || !is_text)
        return;
    gboolean is_offered = FALSE;
    for (guint i = 0; i < values->candidates->len; i++)
        is_offered |= strcmp(((const struct paste_candidate *)g_ptr_array_index(values->candidates, i))->field,
                             EVENT_HUB_NAME_FIELD) == 0;
    gboolean is_missing = !is_offered && values->findings->len < FINDINGS_MAX;
    if (is_missing && describes_namespace(search->text))
        search_add_finding(search, PROBLEM_NOT_GIVEN, end, end, FALSE,
                           g_strdup("No Event Hub name was found: this describes the namespace. Its Event Hubs are "
                                    "listed on a page of their own, each with its name."));
    else if (is_missing)
        search_add_finding(search, PROBLEM_EMPTY, end, end, FALSE, g_strdup("No Event Hub name was found."));
    if (search->names.candidates->len == 0 && search->names.notes->len == 0)
        tell_mention(search);
}

static void free_paste_candidate(gpointer data)
{
    struct paste_candidate *candidate = data;
    g_free(candidate->value);
    g_strfreev(candidate->reasons);
    g_free(candidate);
}

struct paste_values *paste_find(const char *text, gssize length)
{
    gsize size = length < 0 ? strlen(text) : (gsize)length;
    struct search search = {.values = g_new0(struct paste_values, 1)};
    search.values->findings = findings_new();
    search.values->candidates = g_ptr_array_new_with_free_func(free_paste_candidate);
    if (size > PASTE_LIMIT) {
        char *message =
            g_strdup_printf("The text is longer than %d KiB. Nothing was looked at: paste the part with the "
                            "two values only.",
                            PASTE_LIMIT / 1024);
        g_ptr_array_add(search.values->findings, finding_new(PROBLEM_LENGTH, 0, 0, message, NULL, NULL));
        return search.values;
    }
    search.read = paste_text_read(text, size, FALSE);
    search.ids = match_ids(search.read.shown);
    if (search.ids->len == 0) { /* link targets are looked at only if there is no ID without them */
        g_ptr_array_unref(search.ids);
        paste_text_clear(&search.read);
        search.read = paste_text_read(text, size, TRUE);
        search.ids = match_ids(search.read.shown);
    }
    search.text = search.read.shown;
    search.names = name_search_new(search.text);
    search.statements = unclear_statements(search.text, search.ids);
    search_tell_reading(&search, size);
    tell_secret(&search);
    find_names(&search);
    search_take_ids(&search);
    search_tell_broken_ids(&search);
    take_names(&search);
    search.values->application_id = consent_address_application(search.text);
    hold_back_values(&search);
    tell_missing(&search);
    name_search_clear(&search.names);
    g_array_unref(search.statements);
    g_ptr_array_unref(search.ids);
    paste_text_clear(&search.read);
    return search.values;
}

void paste_values_free(struct paste_values *values)
{
    g_free(values->event_hub_id);
    g_free(values->event_hub_name);
    g_free(values->application_id);
    g_ptr_array_unref(values->candidates);
    g_ptr_array_unref(values->findings);
    g_free(values);
}

const char *paste_value(const struct paste_values *values, const char *field)
{
    if (strcmp(field, EVENT_HUB_ID_FIELD) == 0)
        return values->event_hub_id;
    if (strcmp(field, "guid") == 0)
        return values->application_id;
    return strcmp(field, EVENT_HUB_NAME_FIELD) == 0 ? values->event_hub_name : NULL;
}

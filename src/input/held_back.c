/* SPDX-License-Identifier: MIT */
#include "input/held_back.h"

#include <string.h>

#include "base/text.h"
#include "input/disowned.h"
#include "input/id_match.h"

/* STATEMENT is a heading that says "old", and speaks of values that stand below it. */
static gboolean is_of_old_values(const struct search *search, const struct statement *statement)
{
    const struct passage *passages = search->names.passages;
    gboolean has_below = FALSE;
    if ((passages[statement->from].disowned & DISOWNED_BY_HEADING) == 0)
        return FALSE;
    for (guint i = 0; i < search->ids->len && !has_below; i++) {
        int from = ((const struct id_match *)search->ids->pdata[i])->from;
        has_below = from > statement->from && (passages[from].disowned & DISOWNED_BY_HEADING) != 0;
    }
    for (guint i = 0; i < search->names.candidates->len && !has_below; i++) {
        int from = ((const struct name_candidate *)search->names.candidates->pdata[i])->from;
        has_below = from > statement->from && (passages[from].disowned & DISOWNED_BY_HEADING) != 0;
    }
    return has_below;
}

/* Of the statements that may speak of a value in a message of this AGE the first of those with most weight; NULL if
 * there is none. */
static const struct statement *find_statement(const struct search *search, int age, gboolean is_name)
{
    const struct statement *found = NULL;
    for (guint i = 0; i < search->statements->len; i++) {
        const struct statement *statement = &g_array_index(search->statements, struct statement, i);
        gboolean is_of_it = is_name || statement->subject == SUBJECT_ALL ||
                            (statement->subject == SUBJECT_HUB && search->values->event_hub_name != NULL);
        if (is_of_it && search->names.passages[statement->from].age <= age && !is_of_old_values(search, statement) &&
            (found == NULL || statement->weight > found->weight))
            found = statement;
    }
    return found;
}

/* The words themselves, unless there is a secret in the text. The first of several says what it is about. */
static void tell_statement(struct search *search, const struct statement *statement, gboolean is_first)
{
    enum { SHOWN = 240, SHOWN_COLUMNS = 200 };
    g_autofree char *place = search_place_in_input(search, statement->from);
    g_autofree char *start = source_utf8(search->text, statement->from, MIN(statement->to, statement->from + SHOWN));
    g_autofree char *line = text_safe(g_strstrip(start), -1);
    g_autofree char *shown = text_ellipsize(line, SHOWN_COLUMNS);
    gboolean is_shown = !search->values->has_secret;
    const char *end = is_first ? "," : "";
    g_autofree char *quoted = is_shown ? g_strdup_printf(", “%s”%s", shown, end) : g_strdup("");
    search_add_finding(search, PROBLEM_AMBIGUOUS, statement->from, statement->to, FALSE,
                       is_first ? g_strdup_printf("The sentence at %s%s may say that the values are not yours, not "
                                                  "right, or not for long: it is for you to choose.",
                                                  place, quoted)
                                : g_strdup_printf("So may the one at %s%s.", place, quoted));
}

static const char reason[] = "A sentence may speak against it.";

static const struct statement *hold_back_id(struct search *search)
{
    const struct id_match *newest = NULL;
    for (guint i = 0; i < search->ids->len; i++) {
        const struct id_match *match = search->ids->pdata[i];
        g_autofree char *id = search_accepted(EVENT_HUB_ID_FIELD, match->id);
        if (g_strcmp0(id, search->values->event_hub_id) == 0 &&
            (newest == NULL || search->names.passages[match->from].age < search->names.passages[newest->from].age))
            newest = match;
    }
    const struct statement *statement =
        newest != NULL ? find_statement(search, search->names.passages[newest->from].age, FALSE) : NULL;
    if (statement != NULL) {
        search_add_candidate(search, EVENT_HUB_ID_FIELD, search->values->event_hub_id, newest->from, newest->to,
                             "It is a resource ID of the right kind.", reason);
        g_clear_pointer(&search->values->event_hub_id, g_free);
    }
    return statement;
}

static const struct statement *hold_back_name(struct search *search)
{
    const struct name_candidate *newest = NULL;
    for (guint i = 0; i < search->names.candidates->len; i++) {
        const struct name_candidate *candidate = search->names.candidates->pdata[i];
        if (strcmp(candidate->name, search->values->event_hub_name) == 0 &&
            (newest == NULL || search->names.passages[candidate->from].age < search->names.passages[newest->from].age))
            newest = candidate;
    }
    const struct statement *statement =
        newest != NULL ? find_statement(search, search->names.passages[newest->from].age, TRUE) : NULL;
    if (statement != NULL) {
        search_add_candidate(search, EVENT_HUB_NAME_FIELD, newest->name, newest->from, newest->to,
                             newest->reasons->pdata[0], reason);
        g_clear_pointer(&search->values->event_hub_name, g_free);
    }
    return statement;
}

/* All others beside CHOSEN that may speak against the values, those with most weight first: what decides may be any of
 * them. */
static void tell_others(struct search *search, const struct statement *chosen, const struct statement *second)
{
    enum { MOST_WEIGHT = 3, OTHERS_MAX = 7 };
    const struct passage *passages = search->names.passages;
    int told = 0;
    const struct statement *last = chosen;
    for (int weight = MOST_WEIGHT; weight >= 0; weight--)
        for (guint i = 0; i < search->statements->len; i++) {
            const struct statement *statement = &g_array_index(search->statements, struct statement, i);
            if (statement == chosen || statement == second || statement->weight != weight ||
                passages[statement->from].age > passages[chosen->from].age || is_of_old_values(search, statement))
                continue;
            if (told++ < OTHERS_MAX)
                tell_statement(search, statement, FALSE);
            last = statement;
        }
    if (told > OTHERS_MAX)
        search_add_finding(
            search, PROBLEM_AMBIGUOUS, last->from, last->to, FALSE,
            g_strdup_printf("So may %d more of its sentences: read the text itself.", told - OTHERS_MAX));
}

/* An application is offered all the same, since only a person takes it, but with what may speak against it. */
static void tell_of_application(struct search *search)
{
    const struct statement *found = NULL;
    for (guint i = 0; i < search->statements->len; i++) {
        const struct statement *statement = &g_array_index(search->statements, struct statement, i);
        found = found == NULL || statement->weight > found->weight ? statement : found;
    }
    if (found == NULL)
        return;
    tell_statement(search, found, TRUE);
    tell_others(search, found, NULL);
}

void hold_back_values(struct search *search)
{
    const struct statement *of_id = search->values->event_hub_id != NULL ? hold_back_id(search) : NULL;
    const struct statement *of_name = search->values->event_hub_name != NULL ? hold_back_name(search) : NULL;
    if (of_id != NULL)
        tell_statement(search, of_id, TRUE);
    if (of_name != NULL && of_name != of_id)
        tell_statement(search, of_name, of_id == NULL);
    if (of_id != NULL || of_name != NULL)
        tell_others(search, of_id != NULL ? of_id : of_name, of_name);
    else if (search->values->application_id != NULL)
        tell_of_application(search);
}

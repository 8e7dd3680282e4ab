/* SPDX-License-Identifier: MIT */
/* An Event Hub namespace's resource ID, and an Event Hub's name. Rules: Microsoft's resource name rules; lengths of a
 * hub: ARM template reference (older pages stop at 50). */
#include "input/fields_event_hub.h"

#include <string.h>

#include "input/fields_names.h"
#include "input/fields_tokens.h"
#include "input/hub_words.h"
#include "input/id_template.h"

enum {
    NAMESPACE_MIN = 6,
    NAMESPACE_MAX = 50,
    HUB_MAX = 256,
    HUB_USUAL_MAX = 50,
};

/* A part of the ID: a fixed word, or what stands in its place and how it is checked. */
struct id_part {
    const char *word;
    const char *shown;
    int (*check)(struct validator *validator, int from, int to);
};

static int check_subscription(struct validator *validator, int from, int to)
{
    return check_guid_part(validator, from, to, "The subscription");
}

/* Letters, digits, and what else is in ALLOWED. */
static void check_characters(struct validator *validator, int from, int to, const char *allowed, const char *what)
{
    for (int i = from; i < to && !validator_is_full(validator); i++)
        if (!is_ascii_alnum(source_at(validator->clean, i)) && !is_one_of(source_at(validator->clean, i), allowed))
            validator_character(validator, i, allowed, what);
}

/* Takes punctuation away where a letter or digit has to stand. */
static int trim_punctuation(struct validator *validator, int from, int to, const char *allowed, const char *what)
{
    for (int end = 0; end < 2; end++) {
        while (to > from + 1 && !validator_is_full(validator)) {
            int index = end == 0 ? from : to - 1;
            if (!is_one_of(source_at(validator->clean, index), allowed))
                break;
            char *message =
                g_strdup_printf("%s cannot %s with '%c' (column %d).", what, end == 0 ? "begin" : "end",
                                (char)source_at(validator->clean, index), source_offset(validator->clean, index) + 1);
            validator_mend(validator, PROBLEM_FORM, index, 1, "", message, "Remove it");
            to--;
        }
    }
    return to;
}

static int check_namespace(struct validator *validator, int from, int to)
{
    check_characters(validator, from, to, "-", "An Event Hub namespace");
    to = trim_punctuation(validator, from, to, "-", "An Event Hub namespace");
    if (is_ascii_digit(source_at(validator->clean, from)))
        validator_report(validator, PROBLEM_FORM, from, 1,
                         g_strdup_printf("An Event Hub namespace begins with a letter; there is a digit at column %d.",
                                         source_offset(validator->clean, from) + 1),
                         NULL, NULL);
    validator_check_length(validator, from, to, NAMESPACE_MIN, NAMESPACE_MAX, "The Event Hub namespace");
    return to;
}

static const struct id_part id_parts[] = {
    {"subscriptions", "/subscriptions/", NULL},   {NULL, "the subscription's id", check_subscription},
    {"resourceGroups", "/resourceGroups/", NULL}, {NULL, "the resource group", check_resource_group_part},
    {"providers", "/providers/", NULL},           {"Microsoft.EventHub", "Microsoft.EventHub", NULL},
    {"namespaces", "/namespaces/", NULL},         {NULL, "the namespace's name", check_namespace},
};

/* The '/' at AT: one is added where it is missing at the start, doubled ones are taken away. Returns what is behind. */
static int check_slash(struct validator *validator, int at)
{
    if (source_at(validator->clean, at) != '/') {
        validator_mend(validator, PROBLEM_FORM, at, 0, "/", g_strdup("The '/' at the start of the ID is missing."),
                       "Add it");
        return at + 1;
    }
    int end = at + 1;
    while (source_at(validator->clean, end) == '/')
        end++;
    if (end > at + 1) {
        char *message =
            g_strdup_printf("There is a '/' too many at column %d.", source_offset(validator->clean, at + 1) + 1);
        validator_mend(validator, PROBLEM_FORM, at + 1, end - at - 1, "", message, "Remove it");
    }
    return at + 1;
}

/* Characters that no fixed part of an ID has. */
static void check_foreign_characters(struct validator *validator, int from, int to)
{
    for (int i = from; i < to && !validator_is_full(validator); i++)
        if (source_at(validator->clean, i) > 0x7F)
            validator_character(validator, i, "/", "This part of a resource ID");
}

/* A fixed word. FALSE if another one stands there. */
static gboolean check_word(struct validator *validator, int from, int to, const char *word)
{
    check_foreign_characters(validator, from, to);
    if (to - from != (int)strlen(word) || !source_has(validator->clean, from, word)) {
        if (strcmp(word, "Microsoft.EventHub") == 0 && source_has(validator->clean, from, "Microsoft.")) {
            char *message =
                g_strdup_printf("This is the ID of another kind of resource: at column %d 'Microsoft.EventHub' is "
                                "expected.",
                                source_offset(validator->clean, from) + 1);
            validator_report(validator, PROBLEM_FORM, from, to - from, message, NULL, NULL);
        } else
            validator_report(
                validator, PROBLEM_FORM, from, to - from,
                g_strdup_printf("At column %d '%s' is expected.", source_offset(validator->clean, from) + 1, word),
                NULL, NULL);
        return FALSE;
    }
    g_autofree char *typed = source_utf8(validator->clean, from, to);
    if (strcmp(typed, word) != 0) {
        validator_remark(validator, PROBLEM_CASE, from, to - from,
                         g_strdup_printf("'%s' is usually written like this (column %d); case does not matter here.",
                                         word, source_offset(validator->clean, from) + 1));
        source_splice(validator->clean, from, to - from, word);
    }
    return TRUE;
}

static void report_missing(struct validator *validator, const struct id_part *part)
{
    char *message = g_strdup_printf("The ID is not complete: %s%s%s is missing at the end.", part->word ? "'" : "",
                                    part->shown, part->word ? "'" : "");
    validator_report(validator, PROBLEM_FORM, source_length(validator->clean), 0, message, NULL, NULL);
}

/* Everything behind the namespace. */
static void check_rest(struct validator *validator, int from)
{
    int rest = source_length(validator->clean) - from;
    int column = source_offset(validator->clean, from) + 1;
    if (rest == 0)
        return;
    if (rest == 1 && source_at(validator->clean, from) == '/')
        validator_mend(validator, PROBLEM_FORM, from, 1, "",
                       g_strdup_printf("There is a '/' at the end, column %d.", column), "Remove it");
    else if (source_has(validator->clean, from, "/eventhubs"))
        validator_mend(
            validator, PROBLEM_HUB_ID, from, rest, "",
            g_strdup_printf("This is the ID of an Event Hub. The namespace's ID ends before column %d; what follows "
                            "is the hub's name.",
                            column),
            "Use the namespace's ID");
    else
        validator_mend(
            validator, PROBLEM_EXTRA_TEXT, from, rest, "",
            g_strdup_printf("The namespace's ID ends before column %d; what follows does not belong to it.", column),
            "Cut it there");
}

/* Judge the part at AT. Returns its end; -1 if it makes no sense to go on. */
static int check_part(struct validator *validator, int at, const struct id_part *part, gboolean is_last)
{
    const char *stops = is_last ? "/?#" : "/";
    int end = at;
    while (source_at(validator->clean, end) != NO_CHARACTER && !is_one_of(source_at(validator->clean, end), stops))
        end++;
    if (end == at) {
        report_missing(validator, part);
        return -1;
    }
    if (part->check != NULL)
        return part->check(validator, at, end);
    return check_word(validator, at, end, part->word) ? end : -1;
}

static void check_event_hub_id(struct validator *validator)
{
    int at = 0;
    check_foreign_characters(validator, 0, 1);
    if (source_at(validator->clean, 0) > 0x7F)
        return;
    if (source_at(validator->clean, 0) != '/' && !source_has(validator->clean, 0, id_parts[0].word)) {
        validator_report(validator, PROBLEM_FORM, 0, source_length(validator->clean),
                         g_strdup("This is no resource ID: one begins with '/subscriptions/'."), NULL, NULL);
        return;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(id_parts); i++) {
        if (i > 0 && source_at(validator->clean, at) == NO_CHARACTER) {
            report_missing(validator, &id_parts[i]);
            return;
        }
        at = check_slash(validator, at);
        at = check_part(validator, at, &id_parts[i], i + 1 == G_N_ELEMENTS(id_parts));
        if (at < 0)
            return;
    }
    check_rest(validator, at);
    g_autofree char *id = source_utf8(validator->clean, 0, source_length(validator->clean));
    if (id_is_template(id))
        validator_remark(validator, PROBLEM_PLACEHOLDER, 0, source_length(validator->clean),
                         g_strdup("This is an ID as templates and examples have it: compare it with its source."));
}

static void check_event_hub_name(struct validator *validator)
{
    int length = source_length(validator->clean);
    check_characters(validator, 0, length, ".-_", "An Event Hub's name");
    length = trim_punctuation(validator, 0, length, ".-_", "An Event Hub's name");
    validator_check_length(validator, 0, length, 1, HUB_MAX, "An Event Hub's name");
    if (length == 1 && is_one_of(source_at(validator->clean, 0), ".-_"))
        validator_report(validator, PROBLEM_FORM, 0, 1,
                         g_strdup("An Event Hub's name begins with a letter or a digit."), NULL, NULL);
    if (length > HUB_USUAL_MAX && length <= HUB_MAX)
        validator_remark(validator, PROBLEM_UNUSUAL, 0, length,
                         g_strdup_printf("This name is %d characters long; most Event Hubs have no more than %d.",
                                         length, HUB_USUAL_MAX));
    g_autofree char *name = source_utf8(validator->clean, 0, length);
    enum word_kind kind = word_read(name, FALSE);
    if (kind == WORD_OPEN || kind == WORD_PLACEHOLDER)
        validator_remark(validator, PROBLEM_PLACEHOLDER, 0, length,
                         g_strdup("This reads like a word that stands for a name, not like a name: compare it with its "
                                  "source."));
    else if (kind == WORD_SENTENCE)
        validator_remark(
            validator, PROBLEM_UNUSUAL, 0, length,
            g_strdup("This reads like a word of a sentence or of a status column, not like a name: compare "
                     "it with its source."));
}

const struct field_rules event_hub_id_rules = {.punctuation = "/-._()", .check = check_event_hub_id};
const struct field_rules event_hub_name_rules = {.punctuation = ".-_", .check = check_event_hub_name};

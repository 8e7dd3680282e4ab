/* An Event Hub namespace's resource ID, and an Event Hub's name. Rules: Microsoft's resource name rules; lengths of a
 * hub: ARM template reference (older pages stop at 50). */
#include <string.h>

#include "input/grammar.h"

enum {
    NAMESPACE_MIN = 6,
    NAMESPACE_MAX = 50,
    HUB_MAX = 256,
    HUB_USUAL_MAX = 50,
};

/* A part of the ID: a fixed word, or what stands in its place and how it is judged. */
struct id_part {
    const char *word;
    const char *shown;
    int (*judge)(struct judge *judge, int from, int to);
};

static int judge_subscription(struct judge *judge, int from, int to)
{
    return judge_guid_part(judge, from, to, "The subscription");
}

/* Letters, digits, and what else is in ALLOWED. */
static void judge_characters(struct judge *judge, int from, int to, const char *allowed, const char *what)
{
    for (int i = from; i < to && !judge_is_full(judge); i++)
        if (!is_ascii_alnum(mapped_at(judge->clean, i)) && !is_one_of(mapped_at(judge->clean, i), allowed))
            judge_character(judge, i, allowed, what);
}

/* Takes punctuation away where a letter or digit has to stand. */
static int trim_punctuation(struct judge *judge, int from, int to, const char *allowed, const char *what)
{
    for (int end = 0; end < 2; end++) {
        while (to > from + 1 && !judge_is_full(judge)) {
            int index = end == 0 ? from : to - 1;
            if (!is_one_of(mapped_at(judge->clean, index), allowed))
                break;
            char *message =
                g_strdup_printf("%s cannot %s with '%c' (column %d).", what, end == 0 ? "begin" : "end",
                                (char)mapped_at(judge->clean, index), mapped_offset(judge->clean, index) + 1);
            judge_mend(judge, PROBLEM_FORM, index, 1, "", message, "Remove it");
            to--;
        }
    }
    return to;
}

static int judge_namespace(struct judge *judge, int from, int to)
{
    judge_characters(judge, from, to, "-", "An Event Hub namespace");
    to = trim_punctuation(judge, from, to, "-", "An Event Hub namespace");
    if (is_ascii_digit(mapped_at(judge->clean, from)))
        judge_report(judge, PROBLEM_FORM, from, 1,
                     g_strdup_printf("An Event Hub namespace begins with a letter; there is a digit at column %d.",
                                     mapped_offset(judge->clean, from) + 1),
                     NULL, NULL);
    judge_length(judge, from, to, NAMESPACE_MIN, NAMESPACE_MAX, "The Event Hub namespace");
    return to;
}

static const struct id_part id_parts[] = {
    {"subscriptions", "/subscriptions/", NULL},   {NULL, "the subscription's id", judge_subscription},
    {"resourceGroups", "/resourceGroups/", NULL}, {NULL, "the resource group", judge_resource_group_part},
    {"providers", "/providers/", NULL},           {"Microsoft.EventHub", "Microsoft.EventHub", NULL},
    {"namespaces", "/namespaces/", NULL},         {NULL, "the namespace's name", judge_namespace},
};

static int segment_end(const GArray *text, int from, const char *stops)
{
    int end = from;
    while (mapped_at(text, end) != NO_CHARACTER && !is_one_of(mapped_at(text, end), stops))
        end++;
    return end;
}

/* The '/' at AT: one is added where it is missing at the start, doubled ones are taken away. Returns what is behind. */
static int judge_slash(struct judge *judge, int at)
{
    if (mapped_at(judge->clean, at) != '/') {
        judge_mend(judge, PROBLEM_FORM, at, 0, "/", g_strdup("The '/' at the start of the ID is missing."), "Add it");
        return at + 1;
    }
    int end = at + 1;
    while (mapped_at(judge->clean, end) == '/')
        end++;
    if (end > at + 1) {
        char *message =
            g_strdup_printf("There is a '/' too many at column %d.", mapped_offset(judge->clean, at + 1) + 1);
        judge_mend(judge, PROBLEM_FORM, at + 1, end - at - 1, "", message, "Remove it");
    }
    return at + 1;
}

static void report_other_resource(struct judge *judge, int from, int to)
{
    char *message = g_strdup_printf("This is the ID of another kind of resource: at column %d 'Microsoft.EventHub' is "
                                    "expected.",
                                    mapped_offset(judge->clean, from) + 1);
    judge_report(judge, PROBLEM_FORM, from, to - from, message, NULL, NULL);
}

/* Characters that no fixed part of an ID has. */
static void judge_foreign_characters(struct judge *judge, int from, int to)
{
    for (int i = from; i < to && !judge_is_full(judge); i++)
        if (mapped_at(judge->clean, i) > 0x7F)
            judge_character(judge, i, "/", "This part of a resource ID");
}

/* A fixed word. FALSE if another one stands there. */
static gboolean judge_word(struct judge *judge, int from, int to, const char *word)
{
    judge_foreign_characters(judge, from, to);
    if (to - from != (int)strlen(word) || !mapped_has(judge->clean, from, word)) {
        if (strcmp(word, "Microsoft.EventHub") == 0 && mapped_has(judge->clean, from, "Microsoft."))
            report_other_resource(judge, from, to);
        else
            judge_report(judge, PROBLEM_FORM, from, to - from,
                         g_strdup_printf("At column %d '%s' is expected.", mapped_offset(judge->clean, from) + 1, word),
                         NULL, NULL);
        return FALSE;
    }
    g_autofree char *typed = mapped_text(judge->clean, from, to);
    if (strcmp(typed, word) != 0) {
        judge_remark(judge, PROBLEM_CASE, from, to - from,
                     g_strdup_printf("'%s' is usually written like this (column %d); case does not matter here.", word,
                                     mapped_offset(judge->clean, from) + 1));
        mapped_splice(judge->clean, from, to - from, word);
    }
    return TRUE;
}

static void report_missing(struct judge *judge, const struct id_part *part)
{
    char *message = g_strdup_printf("The ID is not complete: %s%s%s is missing at the end.", part->word ? "'" : "",
                                    part->shown, part->word ? "'" : "");
    judge_report(judge, PROBLEM_FORM, mapped_length(judge->clean), 0, message, NULL, NULL);
}

/* Everything behind the namespace. */
static void judge_rest(struct judge *judge, int from)
{
    int rest = mapped_length(judge->clean) - from;
    int column = mapped_offset(judge->clean, from) + 1;
    if (rest == 0)
        return;
    if (rest == 1 && mapped_at(judge->clean, from) == '/')
        judge_mend(judge, PROBLEM_FORM, from, 1, "", g_strdup_printf("There is a '/' at the end, column %d.", column),
                   "Remove it");
    else if (mapped_has(judge->clean, from, "/eventhubs"))
        judge_mend(
            judge, PROBLEM_HUB_ID, from, rest, "",
            g_strdup_printf("This is the ID of an Event Hub. The namespace's ID ends before column %d; what follows "
                            "is the hub's name.",
                            column),
            "Use the namespace's ID");
    else
        judge_mend(
            judge, PROBLEM_EXTRA_TEXT, from, rest, "",
            g_strdup_printf("The namespace's ID ends before column %d; what follows does not belong to it.", column),
            "Cut it there");
}

/* Judge the part at AT. Returns its end; -1 if it makes no sense to go on. */
static int judge_part(struct judge *judge, int at, const struct id_part *part, gboolean is_last)
{
    int end = segment_end(judge->clean, at, is_last ? "/?#" : "/");
    if (end == at) {
        report_missing(judge, part);
        return -1;
    }
    if (part->judge != NULL)
        return part->judge(judge, at, end);
    return judge_word(judge, at, end, part->word) ? end : -1;
}

void judge_event_hub_id(struct judge *judge)
{
    int at = 0;
    judge_foreign_characters(judge, 0, 1);
    if (mapped_at(judge->clean, 0) > 0x7F)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(id_parts); i++) {
        if (i > 0 && mapped_at(judge->clean, at) == NO_CHARACTER) {
            report_missing(judge, &id_parts[i]);
            return;
        }
        at = judge_slash(judge, at);
        at = judge_part(judge, at, &id_parts[i], i + 1 == G_N_ELEMENTS(id_parts));
        if (at < 0)
            return;
    }
    judge_rest(judge, at);
}

void judge_event_hub_name(struct judge *judge)
{
    int length = mapped_length(judge->clean);
    judge_characters(judge, 0, length, ".-_", "An Event Hub's name");
    length = trim_punctuation(judge, 0, length, ".-_", "An Event Hub's name");
    judge_length(judge, 0, length, 1, HUB_MAX, "An Event Hub's name");
    if (length == 1 && is_one_of(mapped_at(judge->clean, 0), ".-_"))
        judge_report(judge, PROBLEM_FORM, 0, 1, g_strdup("An Event Hub's name begins with a letter or a digit."), NULL,
                     NULL);
    if (length > HUB_USUAL_MAX && length <= HUB_MAX)
        judge_remark(judge, PROBLEM_UNUSUAL, 0, length,
                     g_strdup_printf("This name is %d characters long; most Event Hubs have no more than %d.", length,
                                     HUB_USUAL_MAX));
}

/* SPDX-License-Identifier: MIT */
#include "input/id_rivals.h"

#include <string.h>

#include "input/event_hub.h"
#include "input/fields_tokens.h"
#include "input/phrases.h"
#include "input/validator.h"

enum { ROW_MAX = 200, SENTENCE_MAX = 300 };

enum part { PART_NONE, PART_NAMESPACE, PART_GROUP, PART_SUBSCRIPTION };

/* What announces a part of a resource ID; in small letters. */
static const char *const group_labels[] = {"resource group",
                                           "resource group name",
                                           "resource group (move)",
                                           "resourcegroup",
                                           "resourcegroupname",
                                           "resource_group",
                                           "resource_group_name",
                                           "ressourcengruppe",
                                           "groupe de ressources",
                                           "grupo de recursos",
                                           "gruppo di risorse",
                                           "resourcegroep",
                                           NULL};
static const char *const subscription_labels[] = {
    "subscription id", "subscriptionid",     "subscription_id",   "abonnement-id",
    "id d'abonnement", "id. de suscripción", "id sottoscrizione", NULL};
static const char *const namespace_labels[] = {"namespace",
                                               "namespace name",
                                               "event hub namespace",
                                               "event hubs namespace",
                                               "event hub namespace name",
                                               "eventhub namespace",
                                               "event-hub namespace",
                                               "namespacename",
                                               "namespace_name",
                                               "eventhub_namespace",
                                               "eventhub_namespace_name",
                                               "event hubs-namespace",
                                               "name des namespace",
                                               "namensraum",
                                               "espace de noms",
                                               "espacio de nombres",
                                               "spazio dei nomi",
                                               "naamruimte",
                                               "host name",
                                               "hostname",
                                               "host",
                                               "fqdn",
                                               NULL};

/* Which part of a resource ID LABEL announces. */
static enum part part_of_label(const char *label)
{
    g_autofree char *lower = g_utf8_strdown(label, -1);
    g_strstrip(lower);
    return g_strv_contains(namespace_labels, lower)      ? PART_NAMESPACE
           : g_strv_contains(group_labels, lower)        ? PART_GROUP
           : g_strv_contains(subscription_labels, lower) ? PART_SUBSCRIPTION
                                                         : PART_NONE;
}

/* The one word from FROM up to TO, without quotes and the host's rest; NULL if it is none. Caller frees. */
static char *word_of(const GArray *text, int from, int to)
{
    static const char marks[] = " \t\"'`*,;<>()";
    while (from < to && is_one_of(source_at(text, from), marks))
        from++;
    while (to > from && is_one_of(source_at(text, to - 1), marks))
        to--;
    g_autofree char *word = source_utf8(text, from, to);
    char *rest = strstr(word, ".servicebus.");
    if (rest != NULL)
        *rest = '\0';
    const char *name = g_str_has_prefix(word, "sb://") ? word + strlen("sb://") : word;
    gboolean is_word = *name != '\0';
    for (const char *at = name; *at != '\0'; at++)
        is_word &= g_ascii_isalnum(*at) || strchr("-_.", *at) != NULL;
    return is_word ? g_strdup(name) : NULL;
}

/* A line "Namespace: contoso-2" whose value is not that of ID. */
static gboolean is_other_part(const struct name_search *search, int from, int to, const struct event_hub_parts *parts)
{
    const GArray *text = search->text;
    int divider = from;
    while (divider < to && !is_one_of(source_at(text, divider), ":=\t|"))
        divider++;
    if (divider == to || search->passages[from].disowned != 0 || is_disowned_behind(text, to))
        return FALSE;
    int start = from;
    while (start < divider && is_one_of(source_at(text, start), " \t\"'*->#|"))
        start++;
    int end = divider;
    while (end > start && is_one_of(source_at(text, end - 1), " \"'*|"))
        end--;
    g_autofree char *label = source_utf8(text, start, end);
    enum part part = part_of_label(label);
    while (divider < to && is_one_of(source_at(text, divider), ":=\t |"))
        divider++;
    g_autofree char *other = part != PART_NONE ? word_of(text, divider, to) : NULL;
    const char *known = part == PART_NAMESPACE ? parts->namespace_name
                        : part == PART_GROUP   ? parts->resource_group
                                               : parts->subscription;
    if (other == NULL || g_ascii_strcasecmp(other, known) == 0)
        return FALSE;
    /* It has the form that such a part has, so that it is no remark. */
    g_autoptr(Verdict) guid = validate_by_rules(&guid_rules, other, -1);
    return part == PART_SUBSCRIPTION ? guid->valid : word_has_name_shape(other);
}

/* NAME, outside of resource IDs, is taken back there: "not contoso-2". */
static int taken_back(const struct name_search *search, const char *name)
{
    const GArray *text = search->text;
    int length = (int)strlen(name);
    for (int at = source_find(text, 0, name); at >= 0; at = source_find(text, at + 1, name)) {
        int behind = at + length + (source_at(text, at + length) == '.' ? 1 : 0);
        gboolean is_whole = !is_word_character(source_at(text, at - 1)) && source_at(text, at - 1) != '/' &&
                            !is_word_character(source_at(text, behind));
        if (!is_whole || search->is_taken[at] == READ_AS_ID)
            continue;
        int start = line_start_within(text, at, ROW_MAX);
        int end = at;
        while (end < at + ROW_MAX && !is_line_end(source_at(text, end)))
            end++;
        gboolean is_of_hub =
            source_has_between(text, start, at, "hub name") || !source_has_between(text, start, end, "namespace");
        if (!is_of_hub && (is_disowned_before(text, at) || is_disowned_behind(text, at + length)))
            return at;
    }
    return -1;
}

/* "Please replace the subscription in the ID with ..." */
static gboolean says_replace(const char *words)
{
    static const char *const verbs[] = {" replace ",   " swap ",      " substitute ", " ersetzen ",
                                        " ersetze ",   " tauschen ",  " remplacer ",  " remplacez ",
                                        " sustituya ", " sustituir ", " reemplace ",  " sostituire ",
                                        " vervang ",   " adjust ",    " anpassen ",   NULL};
    static const char *const parts[] = {
        " guid ",          " subscription ", " resource group ",  " resource id ", " namespace ",
        " the id ",        " segment ",      " placeholder ",     " abonnement ",  " ressourcengruppe ",
        " ressourcen id ", " namensraum ",   " id de ressource ", " suscripción ", NULL};
    static const char *const excuses[] = {
        " with these ", " with the values below ", " old ", " durch diese ", " existing ", " current ", NULL};
    gboolean has_verb = FALSE;
    gboolean has_part = FALSE;
    for (int i = 0; verbs[i] != NULL; i++)
        has_verb |= strstr(words, verbs[i]) != NULL;
    for (int i = 0; parts[i] != NULL; i++)
        has_part |= strstr(words, parts[i]) != NULL;
    for (int i = 0; excuses[i] != NULL; i++)
        has_part &= strstr(words, excuses[i]) == NULL;
    return has_verb && has_part;
}

struct id_rival find_id_rival(const struct name_search *search, const char *id)
{
    const GArray *text = search->text;
    g_autoptr(EventHubParts) parts = event_hub_parts_new(id);
    if (parts == NULL)
        return (struct id_rival){0};
    int at = taken_back(search, parts->namespace_name);
    if (at >= 0)
        return (struct id_rival){at, at + (int)strlen(parts->namespace_name), "the text takes its namespace back"};
    for (int from = 0, to = 0; from < source_length(text); from = to + 1) {
        to = line_end(text, from);
        if (to - from > ROW_MAX)
            continue;
        if (is_other_part(search, from, to, parts))
            return (struct id_rival){from, to, "the text names another namespace, group or subscription"};
    }
    for (int from = 0, to = 0; from < source_length(text); from = to + 1) {
        to = from;
        while (!is_line_end(source_at(text, to)) &&
               !(is_one_of(source_at(text, to), ".!?") && is_blank(source_at(text, to + 1))))
            to++;
        g_autofree char *words = to - from <= SENTENCE_MAX ? words_between(text, from, to) : NULL;
        if (words != NULL && says_replace(words))
            return (struct id_rival){from, to, "a sentence says to replace a part of it"};
    }
    return (struct id_rival){0};
}

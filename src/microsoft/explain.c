/* SPDX-License-Identifier: MIT */
#include "microsoft/explain.h"

#include <string.h>

#include "base/assets.h"
#include "base/json.h"

#define EXPLANATIONS_ASSET "explanations.json"
#define STATUS "status"
#define GENERAL "general" /* of a row: its code stands for many things, so that a text says more */

/* An empty code stands for an answer that names none: where there is one that the table does not know, a guess from
 * less helps nobody. */
static gboolean fits(const json *wanted, const struct symptom *symptom)
{
    const char *name = json_name(wanted);
    const char *value = json_string(wanted);
    if (value == NULL)
        return FALSE;
    if (strcmp(name, "service") == 0)
        return g_strcmp0(symptom->service, value) == 0;
    if (strcmp(name, "code") == 0)
        return symptom->code != NULL && g_ascii_strcasecmp(symptom->code, value) == 0;
    if (strcmp(name, "oauth") == 0)
        return g_strcmp0(symptom->oauth, value) == 0;
    if (strcmp(name, "asked") == 0)
        return symptom->asked != NULL && g_str_has_suffix(symptom->asked, value);
    return strcmp(name, "text") == 0 && symptom->text != NULL && strcasestr(symptom->text, value) != NULL;
}

/* How much ROW says about SYMPTOM; 0 if it does not fit. */
static int weight(const json *row, const struct symptom *symptom)
{
    const json *match = json_get(row, "match");
    if (json_get(match, STATUS) != NULL && json_get_int(match, STATUS, 0) != symptom->status)
        return 0;
    json_for_each (wanted, match) {
        if (strcmp(json_name(wanted), STATUS) != 0 && !fits(wanted, symptom))
            return 0;
    }
    /* A code says more than what was asked for, that more than a text, that more than a general code, and that more
     * than a service and a status together. */
    if (json_get(match, "code") != NULL)
        return json_length(match) + (json_get_bool(row, GENERAL, FALSE) ? 5 : 20);
    if (json_get(match, "asked") != NULL)
        return json_length(match) + 15;
    return json_length(match) + (json_get(match, "text") != NULL ? 10 : 0);
}

char *explain(const struct symptom *symptom)
{
    const json *best = NULL;
    int best_weight = 0;
    json_for_each (row, asset_table(EXPLANATIONS_ASSET)) {
        int row_weight = weight(row, symptom);
        if (row_weight > best_weight) {
            best = row;
            best_weight = row_weight;
        }
    }
    if (best == NULL)
        return NULL;
    return g_strdup_printf("%s %s", json_get_string(best, "cause"), json_get_string(best, "next"));
}

/* TRUE if WORD stands in TEXT and is not a part of a longer one. */
static gboolean has_word(const char *text, const char *word)
{
    gsize length = strlen(word);
    for (const char *at = strcasestr(text, word); at != NULL; at = strcasestr(at + 1, word)) {
        gboolean begins = at == text || !(g_ascii_isalnum(at[-1]) || at[-1] == '_');
        if (begins && !g_ascii_isalnum(at[length]) && at[length] != '_')
            return TRUE;
    }
    return FALSE;
}

/* How much ROW says about TEXT; 0 where a part of it speaks against it. */
static int weight_in_text(const json *row, const char *text)
{
    const json *match = json_get(row, "match");
    int weight = 0;
    json_for_each (wanted, match) {
        const char *name = json_name(wanted);
        const char *value = json_string(wanted);
        if (value == NULL || *value == '\0' || strcmp(name, "service") == 0)
            continue;
        gboolean is_code = strcmp(name, "code") == 0 || strcmp(name, "oauth") == 0;
        /* Plain words, as “timeout”, stand in many texts. */
        gboolean is_plain = is_code && strspn(value, "abcdefghijklmnopqrstuvwxyz-") == strlen(value);
        gboolean is_said = is_plain  ? g_ascii_strcasecmp(text, value) == 0
                           : is_code ? has_word(text, value)
                                     : strcasestr(text, value) != NULL;
        if (!is_said)
            return 0;
        weight += is_code ? (json_get_bool(row, GENERAL, FALSE) ? 5 : 20) : strcmp(name, "text") == 0 ? 10 : 15;
    }
    if (json_get(match, STATUS) == NULL)
        return weight;
    /* A status says something only if nothing else does and it was all that was given. */
    g_autofree char *status = g_strdup_printf("%d", (int)json_get_int(match, STATUS, 0));
    return weight > 0 ? weight + (has_word(text, status) ? 1 : 0) : strcmp(text, status) == 0 ? 1 : 0;
}

/* What a row is known by in a list. */
static const char *row_code(const json *match)
{
    static const char *const names[] = {"code", "oauth", "text", "asked"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (json_get_string(match, names[i]) != NULL && *json_get_string(match, names[i]) != '\0')
            return json_get_string(match, names[i]);
    return "";
}

static gint by_weight(gconstpointer a, gconstpointer b)
{
    return (*(struct explanation *const *)b)->weight - (*(struct explanation *const *)a)->weight;
}

#define MOST_EXPLANATIONS 5

GPtrArray *explain_text(const char *text)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *bare = g_strstrip(g_strdup(text));
    json_for_each (row, asset_table(EXPLANATIONS_ASSET)) {
        const json *match = json_get(row, "match");
        const char *service = json_get_string(match, "service");
        const char *code = row_code(match);
        struct explanation made = {code[0] != '\0' ? code : "HTTP status", service != NULL ? service : "",
                                   json_get_string(row, "cause"), json_get_string(row, "next"),
                                   weight_in_text(row, bare)};
        if (made.weight > 0)
            g_ptr_array_add(found, g_memdup2(&made, sizeof made));
    }
    g_ptr_array_sort(found, by_weight);
    for (guint i = 0; i < found->len; i++)
        for (guint k = found->len - 1; k > i; k--)
            if (strcmp(((struct explanation *)found->pdata[i])->code, ((struct explanation *)found->pdata[k])->code) ==
                0)
                g_ptr_array_remove_index(found, k);
    if (found->len > MOST_EXPLANATIONS)
        g_ptr_array_set_size(found, MOST_EXPLANATIONS);
    return found;
}

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

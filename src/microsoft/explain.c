#include "microsoft/explain.h"

#include <string.h>

#include "base/assets.h"
#include "base/json.h"

#define EXPLANATIONS_ASSET "explanations.json"
#define STATUS "status"

static const json *explanations(void)
{
    static gsize table = 0;
    if (g_once_init_enter(&table))
        g_once_init_leave(&table, GPOINTER_TO_SIZE(asset_json(EXPLANATIONS_ASSET)));
    return GSIZE_TO_POINTER(table);
}

static gboolean contains(const char *text, const char *part)
{
    return text != NULL && strcasestr(text, part) != NULL;
}

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
    return strcmp(name, "text") == 0 && contains(symptom->text, value);
}

/* A code says more than what was asked for, that more than a text, and that more than a service and a status together.
 */
static int precision(const json *match)
{
    if (json_get(match, "code") != NULL)
        return 20;
    if (json_get(match, "asked") != NULL)
        return 15;
    return json_get(match, "text") != NULL ? 10 : 0;
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
    return json_length(match) + precision(match);
}

char *explain(const struct symptom *symptom)
{
    const json *best = NULL;
    int best_weight = 0;
    json_for_each (row, explanations()) {
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

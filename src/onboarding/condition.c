/* SPDX-License-Identifier: MIT */
#include "onboarding/condition.h"

#include "base/json.h"
#include "onboarding/answers.h"

gboolean condition_is_known(const struct condition *condition, GHashTable *values)
{
    return condition == NULL || answer_path(condition->value) != NULL ||
           g_hash_table_contains(values, condition->value);
}

gboolean condition_holds(const struct condition *condition, const json *answers, GHashTable *values)
{
    if (condition == NULL)
        return TRUE;
    const char *path = answer_path(condition->value);
    const json *answer = path != NULL ? json_get_path(answers, path) : NULL;
    const char *value = path == NULL ? g_hash_table_lookup(values, condition->value) : json_string(answer);
    if (json_is_bool(answer))
        value = json_is_true(answer) ? "true" : "false";
    else if (path != NULL && value == NULL)
        value = "";
    if (condition->is[0] == NULL)
        return value == NULL || value[0] != '\0';
    return value == NULL || g_strv_contains(condition->is, value);
}

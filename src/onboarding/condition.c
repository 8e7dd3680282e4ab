#include "onboarding/condition.h"

#include <string.h>

#define ANSWERS_PREFIX "answers."

gboolean condition_is_about_answers(const json *condition)
{
    const char *name = json_get_string(condition, "value");
    return name != NULL && g_str_has_prefix(name, ANSWERS_PREFIX);
}

static const char *answer_word(const json *answer)
{
    if (json_is_bool(answer))
        return json_is_true(answer) ? "true" : "false";
    return json_string(answer) != NULL ? json_string(answer) : "";
}

gboolean condition_holds(const json *condition, const json *answers, GHashTable *values)
{
    if (condition == NULL)
        return TRUE;
    const char *name = json_get_string(condition, "value");
    const char *value = condition_is_about_answers(condition)
                            ? answer_word(json_get_path(answers, name + strlen(ANSWERS_PREFIX)))
                            : g_hash_table_lookup(values, name);
    if (value == NULL)
        return TRUE;
    json_for_each (word, json_get(condition, "is")) {
        if (g_strcmp0(json_string(word), value) == 0)
            return TRUE;
    }
    return FALSE;
}

/* SPDX-License-Identifier: MIT */
#include "engine/step_fields.h"

#include <string.h>

#include "base/json.h"

static gboolean is_missing(const struct onboarding *onboarding, const struct field *field)
{
    const json *answer = json_get_path(onboarding->answers, field->path);
    gboolean empty = answer == NULL || (json_is_array(answer) && json_length(answer) == 0);
    return empty && field->required;
}

const char *step_missing_to_tell(const struct onboarding *onboarding, const struct step *step)
{
    for (guint i = 0; i < step->definition->fields->len; i++) {
        const struct field *field = g_ptr_array_index(step->definition->fields, i);
        if (is_missing(onboarding, field) && !field->told_without)
            return field->label;
    }
    return NULL;
}

/* An object of STEP that is not there yet is made with the answer of FIELD. */
static gboolean is_for_something_absent(const struct step *step, const struct field *field)
{
    g_autofree char *reference = g_strconcat("{answers.", field->path, NULL);
    for (guint i = 0; i < step->objects->len; i++) {
        const struct object *object = g_ptr_array_index(step->objects, i);
        const json *with = object->definition->with;
        g_autofree char *text = with != NULL ? json_text(with) : g_strdup("");
        if (object->observation->state == OBJECT_ABSENT && strstr(text, reference) != NULL)
            return TRUE;
    }
    return FALSE;
}

char *step_past_day(const struct onboarding *onboarding, const struct field *field, const char *day)
{
    const char *today = g_hash_table_lookup(onboarding->values, "today");
    if (!field->not_past || day == NULL || day[0] == '\0' || today == NULL || strcmp(day, today) >= 0)
        return NULL;
    return g_strdup_printf("%s: %s has gone by; today is %s.", field->label, day, today);
}

char *step_field_problem(const struct onboarding *onboarding, const struct step *step)
{
    for (guint i = 0; i < step->definition->fields->len; i++) {
        const struct field *field = g_ptr_array_index(step->definition->fields, i);
        if (is_missing(onboarding, field))
            return g_strdup_printf("Still missing: %s.", field->label);
        const char *day = json_string(json_get_path(onboarding->answers, field->path));
        g_autofree char *past = step_past_day(onboarding, field, day);
        if (past != NULL && is_for_something_absent(step, field))
            return g_steal_pointer(&past);
    }
    return NULL;
}

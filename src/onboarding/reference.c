/* SPDX-License-Identifier: MIT */
#include "onboarding/reference.h"

#include <string.h>

#include "base/suggest.h"

/* NAMES is ended here. */
static char *unknown(const char *what, const char *name, GPtrArray *names)
{
    g_ptr_array_add(names, NULL);
    g_autofree char *question = suggest_question(name, (const char *const *)names->pdata);
    return g_strdup_printf("there is no such %s.%s", what, question);
}

char *reference_step_problem(const struct profile *profile, const char *id)
{
    if (profile_step(profile, id) != NULL)
        return NULL;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < profile->steps->len; i++)
        g_ptr_array_add(names, (gpointer)((const struct step_definition *)g_ptr_array_index(profile->steps, i))->id);
    return unknown("step", id, names);
}

char *reference_told_problem(const struct profile *profile, const char *id)
{
    const struct step_definition *step = profile_step(profile, id);
    if (step == NULL)
        return reference_step_problem(profile, id);
    gboolean can_be_told = step->report;
    for (guint i = 0; i < step->guides->len; i++)
        can_be_told |= ((const struct guide *)g_ptr_array_index(step->guides, i))->tell;
    return can_be_told ? NULL : g_strdup("this step cannot be told: it is proved or it is not done.");
}

char *reference_skipped_problem(const struct profile *profile, const char *id)
{
    if (profile_step(profile, id) == g_ptr_array_index(profile->steps, 0))
        return g_strdup("this step cannot be left out: everything else rests on it.");
    return reference_step_problem(profile, id);
}

gboolean reference_is_key_of(const struct object_definition *object, const char *key)
{
    gsize length = strlen(object->key);
    if (object->for_each == NULL)
        return strcmp(object->key, key) == 0;
    return strncmp(object->key, key, length) == 0 && key[length] == '-' &&
           (strchr(key + length, '@') != NULL ||
            g_ascii_string_to_unsigned(key + length + 1, 10, 1, G_MAXINT, NULL, NULL));
}

char *reference_object_problem(const struct profile *profile, const char *key, gboolean kinds)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < profile->steps->len; i++) {
        const struct step_definition *step = g_ptr_array_index(profile->steps, i);
        for (guint j = 0; j < step->objects->len; j++) {
            const struct object_definition *object = g_ptr_array_index(step->objects, j);
            if (reference_is_key_of(object, key) || (kinds && strcmp(object->kind_name, key) == 0))
                return NULL;
            g_ptr_array_add(names, (gpointer)object->key);
        }
    }
    return unknown("object", key, names);
}

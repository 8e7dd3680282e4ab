/* SPDX-License-Identifier: MIT */
#include "onboarding/answer_key.h"

#include <string.h>

#include "base/json.h"

char *answer_key(const struct object *object)
{
    g_autofree char *item = object->item != NULL ? g_ascii_strdown(object->item, -1) : NULL;
    return item != NULL ? g_strconcat(object->definition->key, "-", item, NULL) : g_strdup(object->key);
}

gboolean answer_key_is(const struct object *object, const char *name)
{
    g_autofree char *key = answer_key(object);
    return object->item != NULL ? g_ascii_strcasecmp(key, name) == 0 : strcmp(key, name) == 0;
}

const char *answer_about(const json *decided, const struct object *object)
{
    if (object->item == NULL)
        return json_get_string(decided, object->key);
    json_for_each (member, decided)
        if (answer_key_is(object, json_name(member)))
            return json_string(member);
    return NULL;
}

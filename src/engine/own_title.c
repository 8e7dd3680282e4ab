/* SPDX-License-Identifier: MIT */
#include "engine/own_title.h"

#include <string.h>

#include "onboarding/fill.h"

gboolean own_title_is_another(const struct object *object)
{
    const char *there = object->observation->id;
    return object->created && (object->kind->answer_chooses || object->kind->id_is_name) &&
           object->known_id[0] != '\0' && there[0] != '\0' && g_ascii_strcasecmp(object->known_id, there) != 0 &&
           object_state_is_there(object->observation->state);
}

const char *own_title_name(const struct situation *situation, const struct object *object)
{
    static const char *const members[] = {"displayName", "userName", "roleName", "domainName", "appId"};
    if (object->observation->name[0] != '\0')
        return object->observation->name;
    if (object->kind->id_is_name && object->observation->id[0] != '\0')
        return object->observation->id;
    g_autofree char *learnt = g_strconcat(object->key, ".name", NULL);
    const char *name = g_hash_table_lookup(situation->onboarding->values, learnt);
    for (gsize i = 0; name == NULL && i < G_N_ELEMENTS(members); i++) {
        const char *text = object_text(object, members[i]);
        g_autofree char *unknown = fill_first_left(text);
        name = text[0] != '\0' && unknown == NULL ? text : NULL;
    }
    return name != NULL ? name : "";
}

/* The title of OBJECT with NAME in place of the one that is wanted. Caller frees. */
static char *title_with(const struct object *object, const char *name)
{
    g_autoptr(GString) title = g_string_new(object->title);
    g_autofree char *shown = fill_ellipsis(object_text(object, "displayName"));
    if (object->kind->id_is_name && name[0] != '\0' && shown[0] != '\0')
        g_string_replace(title, shown, name, 1);
    return g_string_free(g_steal_pointer(&title), FALSE);
}

char *own_title_there(const struct object *object)
{
    return title_with(object, object->observation->id);
}

char *own_title_of_undo(const struct situation *situation, const struct object *object)
{
    const struct take_back *take_back = situation_object(situation, object)->take_back;
    if (!own_title_is_another(object))
        return own_title_there(object);
    if (object->kind->id_is_name)
        return title_with(object, object->known_id);
    /* What is called the same whoever it is of is told apart by its id. */
    if (take_back == NULL || take_back->title == NULL || strcmp(take_back->title, object->title) == 0)
        return g_strdup_printf("%s (%s)", object->title, object->known_id);
    return g_strdup(take_back->title);
}

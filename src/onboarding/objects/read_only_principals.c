/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include "onboarding/directory_role.h"

/*
 * Who sees Defender's data through a directory role that only reads. Once classic roles are turned on in Defender,
 * which cannot be undone, these lose their access until they get a role there: they are shown before anybody touches
 * it.
 */

#define MOST_NAMES 20

static void look_up(const struct object *object, GPtrArray *requests)
{
    static const char *const lists[] = {"readers", "administrators"};
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        json_for_each (role, json_get(object->with, lists[i]))
            g_ptr_array_add(requests, directory_role_assignments("principal", "roleDefinitionId eq '%s'",
                                                                 json_get_string(role, "id")));
}

/* What it is stands in its type alone: also an application has no user name. */
static char *name_of(const json *assignment)
{
    static const struct {
        const char *type, *word;
    } words[] = {
        {"#microsoft.graph.user", "account"},
        {"#microsoft.graph.group", "group"},
        {"#microsoft.graph.servicePrincipal", "application"},
        {NULL, "principal"},
    };
    const json *principal = json_get(assignment, "principal");
    const char *name = json_get_string(principal, "displayName");
    const char *user_name = json_get_string(principal, "userPrincipalName");
    gsize kind = 0;
    if (user_name != NULL)
        return g_strdup(user_name);
    while (words[kind].type != NULL && g_strcmp0(words[kind].type, json_get_string(principal, "@odata.type")) != 0)
        kind++;
    return g_strdup_printf("%s “%s”", words[kind].word,
                           name != NULL ? name : json_get_shown(assignment, "principalId"));
}

static GPtrArray *only_readers(const struct object *object, GPtrArray *replies)
{
    guint readers = (guint)json_length(json_get(object->with, "readers"));
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = readers; i < replies->len; i++)
        json_for_each (assignment, json_get(((const struct reply *)g_ptr_array_index(replies, i))->body, "value"))
            if (json_get_string(assignment, "principalId") != NULL)
                g_hash_table_add(seen, (gpointer)json_get_string(assignment, "principalId"));
    for (guint i = 0; i < readers; i++) {
        const struct reply *reply = g_ptr_array_index(replies, i);
        json_for_each (assignment, json_get(reply->body, "value")) {
            const char *id = json_get_string(assignment, "principalId");
            const char *name = json_get_string(json_get(assignment, "principal"), "displayName");
            /* The partner's own group is not among those to worry about: it gets a role in Defender by this step. */
            if (id != NULL && g_strcmp0(name, object_text(object, "exceptGroup")) != 0 &&
                g_hash_table_add(seen, (gpointer)id))
                g_ptr_array_add(names, name_of(assignment));
        }
    }
    return names;
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) names = only_readers(object, replies);
    guint shown = MIN(names->len, MOST_NAMES);
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < shown; i++)
        g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", (const char *)g_ptr_array_index(names, i));
    if (names->len == 0) {
        observation_set(
            observation, OBJECT_MATCHES,
            "Nobody here has a reading role alone, so nobody would lose access if classic roles were turned on.");
        return;
    }
    if (names->len > shown)
        g_string_append_printf(list, " and %u more", names->len - shown);
    observation_set(observation, OBJECT_MATCHES, "%u would lose access if classic roles were turned on.", names->len);
    observation_note(observation,
                     "These only have a role that reads, and lose access to Defender if “Turn on roles” is switched "
                     "on (it cannot be undone) until they have a role there: %s.",
                     list->str);
}

static const struct json_schema role_members[] = {
    {.name = "id", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "name", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};
static const struct json_schema role_entry = {
    .is = JSON_OBJECT, .inner = role_members, .problem = directory_role_misnamed};

static const struct json_schema with[] = {
    {.name = "exceptGroup", .is = WITH_TEXT},
    {.name = "readers", .is = JSON_LIST | JSON_REQUIRED, .inner = &role_entry},
    {.name = "administrators", .is = JSON_LIST | JSON_REQUIRED, .inner = &role_entry},
    {.name = NULL},
};

const struct object_kind read_only_principals_kind = {
    .name = "read-only-principals",
    .with = with,
    .look_up = look_up,
    .compare = compare,
};

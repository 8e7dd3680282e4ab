#include "onboarding/kinds.h"

#include "onboarding/directory_role.h"

/*
 * Who sees Defender's data through a directory role that only reads. Once classic roles are turned on in Defender,
 * which cannot be undone, these lose their access until they get a role there: they are shown before anybody touches
 * it.
 */

#define MOST_NAMES 20

static void add_holders(GPtrArray *requests, const json *roles)
{
    json_for_each (role, roles) {
        g_ptr_array_add(
            requests, directory_role_assignments("principal", "roleDefinitionId eq '%s'", json_get_string(role, "id")));
    }
}

static void look_up(const struct object *object, GPtrArray *requests)
{
    add_holders(requests, json_get(object->with, "readers"));
    add_holders(requests, json_get(object->with, "administrators"));
}

static char *name_of(const json *assignment)
{
    const json *principal = json_get(assignment, "principal");
    const char *name = json_get_string(principal, "displayName");
    const char *user_name = json_get_string(principal, "userPrincipalName");
    if (user_name != NULL)
        return g_strdup(user_name);
    return g_strdup_printf("group “%s”", name != NULL ? name : json_get_string(assignment, "principalId"));
}

/* The ids of those who hold a role of the replies from FIRST on. */
static GHashTable *holders(GPtrArray *replies, guint first)
{
    GHashTable *ids = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = first; i < replies->len; i++) {
        const struct reply *reply = g_ptr_array_index(replies, i);
        json_for_each (assignment, json_get(reply->body, "value")) {
            const char *id = json_get_string(assignment, "principalId");
            if (id != NULL)
                g_hash_table_add(ids, (gpointer)id);
        }
    }
    return ids;
}

/* The partner's own group is not among those to worry about: it gets a role in Defender by this step. */
static gboolean is_own_group(const struct object *object, const json *assignment)
{
    return g_strcmp0(json_get_string(json_get(assignment, "principal"), "displayName"),
                     object_text(object, "exceptGroup")) == 0;
}

static GPtrArray *only_readers(const struct object *object, GPtrArray *replies)
{
    guint readers = (guint)json_length(json_get(object->with, "readers"));
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) seen = holders(replies, readers);
    for (guint i = 0; i < readers; i++) {
        const struct reply *reply = g_ptr_array_index(replies, i);
        json_for_each (assignment, json_get(reply->body, "value")) {
            const char *id = json_get_string(assignment, "principalId");
            if (id != NULL && !is_own_group(object, assignment) && g_hash_table_add(seen, (gpointer)id))
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
        observation_set(observation, OBJECT_MATCHES, "Nobody would be locked out by roles in Defender.");
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

const struct object_kind read_only_principals_kind = {
    .name = "read-only-principals",
    .look_up = look_up,
    .compare = compare,
};

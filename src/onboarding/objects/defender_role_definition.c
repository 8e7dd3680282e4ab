#include "onboarding/kinds.h"

#include <string.h>

#include "base/text.h"
#include "onboarding/collection.h"

/*
 * A role of Defender's unified model (Graph beta). The actions that it is to allow are only asked for if the tenant's
 * own catalogue lists them. The service drops what a wildcard covers, so sets of actions are compared by what they
 * allow, and a new role may take minutes until it is listed.
 */

#define CATALOGUE "/beta/roleManagement/defender/resourceNamespaces"
#define LISTED_WITHIN_SECONDS 1800

static const struct compared_field fields[] = {
    {"displayName", FIELD_CLASS_REPAIRABLE},
    {"description", FIELD_CLASS_REPAIRABLE},
    {"rolePermissions", FIELD_CLASS_REPAIRABLE},
};

/* The first of FIELDS, which are compared word by word. */
#define TEXT_COUNT 2

static const struct collection definitions = {
    .path = "/beta/roleManagement/defender/roleDefinitions",
    .read_scope = "RoleManagement.Read.Defender",
    .write_scope = "RoleManagement.ReadWrite.Defender",
    .fields = fields,
    .field_count = G_N_ELEMENTS(fields),
};

static void look_up(const struct object *object, GPtrArray *requests)
{
    collection_look_up(&definitions, object, requests);
    struct request *catalogue = request_get(SERVICE_GRAPH, CATALOGUE);
    request_query(catalogue, "$expand", "resourceActions");
    catalogue->scope = definitions.read_scope;
    catalogue->all_pages = TRUE;
    g_ptr_array_add(requests, catalogue);
}

static gboolean is_listed(const struct reply *catalogue, const char *action)
{
    json_for_each (space, json_get(catalogue->body, "value")) {
        json_for_each (listed, json_get(space, "resourceActions")) {
            if (g_strcmp0(json_get_string(listed, "name"), action) == 0)
                return TRUE;
        }
    }
    return FALSE;
}

/* TRUE if ALLOWED, which may hold a wildcard for one or more parts, allows ACTION. */
static gboolean covers(const char *allowed, const char *action)
{
    return g_ascii_strcasecmp(allowed, action) == 0 ||
           (strchr(allowed, '*') != NULL && g_pattern_match_simple(allowed, action));
}

/* Every action that DEFINITION allows, as it stands there. */
static GPtrArray *allowed_actions(const json *definition)
{
    GPtrArray *actions = g_ptr_array_new();
    json_for_each (permission, json_get(definition, "rolePermissions")) {
        json_for_each (action, json_get(permission, "allowedResourceActions")) {
            if (json_string(action) != NULL)
                g_ptr_array_add(actions, (gpointer)json_string(action));
        }
    }
    return actions;
}

static gboolean any_covers(GPtrArray *allowed, const char *action)
{
    for (guint i = 0; i < allowed->len; i++)
        if (covers(g_ptr_array_index(allowed, i), action))
            return TRUE;
    return FALSE;
}

/* Neither less nor more than what is wanted. */
static gboolean allows_the_same(GPtrArray *wanted, GPtrArray *found)
{
    for (guint i = 0; i < wanted->len; i++)
        if (!any_covers(found, g_ptr_array_index(wanted, i)))
            return FALSE;
    for (guint i = 0; i < found->len; i++)
        if (!any_covers(wanted, g_ptr_array_index(found, i)))
            return FALSE;
    return TRUE;
}

static json *wanted_body(const struct object *object)
{
    g_autoptr(json) actions = json_new_array();
    json_for_each (action, json_get(object->with, "actions")) {
        json_append_string(actions, json_get_string(action, "name"));
    }
    return json_from("{'displayName':%s,'description':%s,'rolePermissions':[{'allowedResourceActions':%j}]}",
                     object_text(object, "displayName"), object_text(object, "description"), actions);
}

static char *describe(const json *definition)
{
    return g_strdup_printf("%s (%s)", json_get_string(definition, "displayName"), json_get_string(definition, "id"));
}

static char *list_actions(const GPtrArray *actions)
{
    return actions->len > 0 ? text_join(actions, ", ") : g_strdup("nothing");
}

static void compare_actions(const json *want, const json *definition, struct observation *observation)
{
    g_autoptr(GPtrArray) wanted = allowed_actions(want);
    g_autoptr(GPtrArray) found = allowed_actions(definition);
    if (allows_the_same(wanted, found))
        return;
    g_autofree char *wanted_text = list_actions(wanted);
    g_autofree char *found_text = list_actions(found);
    observation_difference(observation, "rolePermissions", wanted_text, found_text, FALSE);
    observation->state = OBJECT_DIFFERS;
}

static gboolean is_in_catalogue(const struct object *object, const struct reply *catalogue,
                                struct observation *observation)
{
    json_for_each (action, json_get(object->with, "actions")) {
        if (is_listed(catalogue, json_get_string(action, "name")))
            continue;
        observation_learn(observation, "unlisted", json_get_string(action, "name"));
        observation_set(observation, OBJECT_ABSENT,
                        "This tenant's catalogue of rights does not list %s (“%s”), so perch does not ask for it.",
                        json_get_string(action, "name"), json_get_string(action, "title"));
        return FALSE;
    }
    return TRUE;
}

static gboolean is_readable(const struct reply *list, const struct reply *catalogue, struct observation *observation)
{
    const struct reply *bad = reply_is_success(list) ? catalogue : list;
    if (reply_is_success(bad))
        return TRUE;
    observation->told_counts = TRUE;
    observation_set(observation, OBJECT_UNKNOWN, "Graph does not show Defender's unified roles here (%d).",
                    bad->status);
    return FALSE;
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    guint first = collection_reads_by_id(object);
    const struct reply *catalogue = g_ptr_array_index(replies, first + 1);
    if (!is_readable(g_ptr_array_index(replies, first), catalogue, observation))
        return;
    g_autoptr(GPtrArray) lists = g_ptr_array_new();
    for (guint i = 0; i <= first; i++)
        g_ptr_array_add(lists, g_ptr_array_index(replies, i));
    g_autoptr(GPtrArray) hits = compare_hits(lists, first);
    const json *definition = compare_choose(object, hits, observation, describe);
    if (definition == NULL) {
        if (observation->state == OBJECT_ABSENT)
            is_in_catalogue(object, catalogue, observation);
        return;
    }
    g_autoptr(json) want = wanted_body(object);
    compare_take(observation, definition);
    compare_fields(observation, want, definition, fields, TEXT_COUNT);
    compare_actions(want, definition, observation);
    compare_offer_repair(observation, "role");
}

static struct request *create(const struct object *object)
{
    if (g_hash_table_contains(object->observation->learnt, "unlisted"))
        return NULL;
    return collection_write(&definitions, "POST", NULL, wanted_body(object));
}

static struct request *repair(const struct object *object)
{
    return collection_repair(&definitions, object, wanted_body(object));
}

static struct request *restore_old(const struct object *object, const json *old)
{
    (void)object;
    return collection_restore_old(&definitions, old);
}

static struct request *remove_definition(const struct object *object)
{
    return collection_remove(&definitions, object);
}

const struct object_kind defender_role_definition_kind = {
    .name = "defender-role-definition",
    .verb = "create",
    .action = "created",
    .visible_within = LISTED_WITHIN_SECONDS,
    .optional_reads = 3,
    .portal_will_do = TRUE,
    .redirect_is_yes = TRUE,
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .repair = repair,
    .restore_old = restore_old,
    .remove = remove_definition,
};

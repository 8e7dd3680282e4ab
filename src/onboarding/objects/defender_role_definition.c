/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "base/text.h"
#include "onboarding/collection.h"
#include "onboarding/surplus.h"

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
    collection_look_up(object, requests);
    struct request *catalogue = request_get(SERVICE_GRAPH, CATALOGUE);
    request_query(catalogue, "$expand", "resourceActions");
    catalogue->scope = definitions.read_scope;
    catalogue->all_pages = TRUE;
    g_ptr_array_add(requests, catalogue);
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

/* TRUE if each of ACTIONS is allowed by one of ALLOWED. */
static gboolean all_covered(GPtrArray *actions, GPtrArray *allowed)
{
    for (guint i = 0; i < actions->len; i++) {
        guint by = 0;
        while (by < allowed->len && !covers(g_ptr_array_index(allowed, by), g_ptr_array_index(actions, i)))
            by++;
        if (by == allowed->len)
            return FALSE;
    }
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

static char *list_actions(const GPtrArray *actions)
{
    return actions->len > 0 ? text_join(actions, ", ") : g_strdup("nothing");
}

/* The first action that the tenant's catalogue does not list: it is not asked for. */
static void note_unlisted(const struct object *object, const struct reply *catalogue, struct observation *observation)
{
    json_for_each (action, json_get(object->with, "actions")) {
        const char *name = json_get_string(action, "name");
        gboolean listed = FALSE;
        json_for_each (space, json_get(catalogue->body, "value")) {
            listed = listed || json_find(json_get(space, "resourceActions"), "name", name) != NULL;
        }
        if (listed)
            continue;
        observation_learn(observation, "unlisted", name);
        observation_set(observation, OBJECT_ABSENT,
                        "This tenant's catalogue of rights does not list %s (“%s”), so perch does not ask for it.",
                        name, json_get_shown(action, "title"));
        return;
    }
}

/* Actions that do more than read are beyond what a partner is given: a person types the role's name first, whether the
 * role is to be made, to be changed or only to be used as it is. TRUE if nothing is beyond it, or somebody typed it. */
static gboolean is_within_the_fence(const struct object *object, struct observation *observation)
{
    const char *name = object_text(object, "displayName");
    gboolean is_allowed = object->decision.kind == DECISION_ALLOW && strcmp(object->decision.text, name) == 0;
    json_for_each (action, json_get(object->with, "actions")) {
        const char *what = json_get_string(action, "name");
        if (what == NULL || (g_str_has_suffix(what, "/read") && strchr(what, '*') == NULL))
            continue;
        observation_note(observation, "%s does more than read: it is beyond what a partner is given.", what);
        if (is_allowed)
            continue;
        if (observation->found != NULL)
            observation_difference(observation, "fence", "reading only", what, TRUE);
        observation_set(observation, observation->found != NULL ? OBJECT_DIFFERS : OBJECT_ABSENT,
                        "The profile asks for %s, which does more than read: beyond what a partner is given.", what);
        observation_candidate(observation, DECISION_ALLOW, "", "Give it all the same: type the role's name");
        return FALSE;
    }
    return TRUE;
}

static void fence(const struct object *object, struct observation *observation)
{
    is_within_the_fence(object, observation);
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

/* As wanted, it says what that is: a reader of the report has nothing else to know it by. */
static void say_what_it_allows(const struct object *object, struct observation *observation)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    json_for_each (action, json_get(object->with, "actions")) {
        g_ptr_array_add(titles, (gpointer)json_get_shown(action, "title"));
    }
    g_autofree char *text = text_join(titles, ", ");
    if (observation->state == OBJECT_MATCHES && observation->differences->len == 0)
        observation_set(observation, OBJECT_MATCHES, "It allows: %s.", text);
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
    const json *definition = compare_choose(object, hits, observation, NULL);
    if (definition == NULL) {
        if (observation->state == OBJECT_ABSENT)
            note_unlisted(object, catalogue, observation);
        if (observation->state == OBJECT_ABSENT && !g_hash_table_contains(observation->learnt, "unlisted"))
            is_within_the_fence(object, observation);
        return;
    }
    g_autoptr(json) want = wanted_body(object);
    compare_take(observation, definition);
    if (!is_within_the_fence(object, observation))
        return;
    compare_fields(observation, want, definition, fields, TEXT_COUNT);
    g_autoptr(GPtrArray) wanted = allowed_actions(want);
    g_autoptr(GPtrArray) found = allowed_actions(definition);
    if (!all_covered(wanted, found) || !all_covered(found, wanted)) {
        g_autofree char *wanted_text = list_actions(wanted);
        g_autofree char *found_text = list_actions(found);
        observation_difference(observation, "rolePermissions", wanted_text, found_text, FALSE);
        observation->state = OBJECT_DIFFERS;
    }
    compare_offer_repair(observation, "role");
    say_what_it_allows(object, observation);
    /* Who typed the name had the differences before their eyes. */
    observation->repair_unasked = observation->state == OBJECT_DIFFERS && object->decision.kind == DECISION_ALLOW
                                      ? TRUE
                                      : observation->repair_unasked;
}

static struct request *create(const struct object *object)
{
    if (g_hash_table_contains(object->observation->learnt, "unlisted"))
        return NULL;
    return collection_create(object);
}

static char *show(const struct object *object, const json *value, const char *field)
{
    (void)object;
    if (strcmp(field, "rolePermissions") != 0)
        return compare_show(json_get(value, field));
    g_autoptr(GPtrArray) actions = allowed_actions(value);
    return list_actions(actions);
}

/* What is beyond the fence is not compared any further: nothing tells what stands. */
static struct request *restore_old(const struct object *object, const json *olds, GPtrArray *left)
{
    return observation_is_fixed(object->observation) ? NULL : collection_put_back(object, olds, show, left);
}

static const struct json_schema action_members[] = {
    {.name = "name", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "title", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};
static const struct json_schema action_entry = {.is = JSON_OBJECT, .inner = action_members};

static void look_up_holders(const struct object *object, GPtrArray *requests)
{
    (void)object;
    struct request *request = request_get(SERVICE_GRAPH, "/beta/roleManagement/defender/roleAssignments");
    request->scope = definitions.read_scope;
    request->all_pages = TRUE;
    g_ptr_array_add(requests, request);
}

/* Microsoft may refuse it then, and nothing says that it always will. */
static char *surplus(const struct object *object, GPtrArray *replies, GHashTable *own)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    json_for_each (assignment, reply_rows(g_ptr_array_index(replies, 0))) {
        const char *name = json_get_string(assignment, "displayName");
        if (g_strcmp0(json_get_string(assignment, "roleDefinitionId"), object->known_id) == 0 &&
            surplus_is_foreign(assignment, own))
            surplus_add(found, "the assignment",
                        name != NULL && name[0] != '\0' ? name : json_get_shown(assignment, "id"));
    }
    return surplus_say(found, "Others hold this role by what perch did not make",
                       "Take that away if nobody needs it (Defender > Permissions > Microsoft Defender XDR > Roles).");
}

static const struct json_schema with[] = {
    {.name = "displayName", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "description", .is = WITH_TEXT},
    {.name = "actions", .is = JSON_LIST | JSON_FILLED | JSON_REQUIRED, .inner = &action_entry},
    {.name = NULL},
};

static const char *const learns[] = {"unlisted", NULL};

const struct object_kind defender_role_definition_kind = {
    .name = "defender-role-definition",
    .with = with,
    .learns = learns,
    .verb = "create",
    .action = "created",
    .visible_within = LISTED_WITHIN_SECONDS,
    .optional_reads = 3,
    .portal_will_do = TRUE,
    .redirect_is_yes = TRUE,
    .collection = &definitions,
    .wanted = wanted_body,
    .look_up = look_up,
    .fence = fence,
    .compare = compare,
    .create = create,
    .repair = collection_repair,
    .restore_old = restore_old,
    .remove = collection_remove,
    .look_up_holders = look_up_holders,
    .surplus = surplus,
};

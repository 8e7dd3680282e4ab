/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "onboarding/collection.h"
#include "onboarding/compare.h"
#include "onboarding/door.h"
#include "onboarding/surplus.h"

/*
 * A role of Defender's unified model given to a group, for all of the tenant's data (Graph beta). The body must not say
 * its "@odata.type": the service then answers that the roleAssignment field is required.
 */

#define PATH "/beta/roleManagement/defender/roleAssignments"
#define WRITE_SCOPE "RoleManagement.ReadWrite.Defender"
#define LISTED_WITHIN_SECONDS 1800
#define EVERYWHERE "/"

static void look_up(const struct object *object, GPtrArray *requests)
{
    (void)object;
    struct request *request = request_get(SERVICE_GRAPH, PATH);
    request->scope = "RoleManagement.Read.Defender";
    request->all_pages = TRUE;
    g_ptr_array_add(requests, request);
}

/* An older answer may lack a scope list; what is listed has to be everything. */
static void compare_scope(const json *assignment, const char *name, struct observation *observation)
{
    const json *scope = json_get(assignment, name);
    if (json_length(scope) == 0 || json_has_text(scope, EVERYWHERE))
        return;
    g_autofree char *found = compare_show(scope);
    observation_difference(observation, name, "all (" EVERYWHERE ")", found, TRUE);
    observation_set(observation, OBJECT_DIFFERS,
                    "The role is assigned to the group for a part of the data only; change it in the portal.");
}

static char *describe(const json *assignment)
{
    const char *name = json_get_string(assignment, "displayName");
    return g_strdup(name != NULL && name[0] != '\0' ? name : json_get_string(assignment, "id"));
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    if (!reply_is_success(reply)) {
        observation->told_counts = TRUE;
        observation_set(observation, OBJECT_UNKNOWN, "Graph does not show Defender's role assignments here (%d).",
                        reply->status);
        return;
    }
    g_autoptr(GPtrArray) hits = compare_hits(replies, 0);
    for (guint i = hits->len; i > 0; i--) {
        const json *assignment = g_ptr_array_index(hits, i - 1);
        if (g_strcmp0(json_get_string(assignment, "roleDefinitionId"), object_text(object, "role")) != 0 ||
            !json_has_text(json_get(assignment, "principalIds"), object_text(object, "group")))
            g_ptr_array_remove_index(hits, i - 1);
    }
    /* Graph makes a second one of the same role and group without a word. */
    const json *assignment = compare_choose(object, hits, observation, describe);
    if (assignment == NULL)
        return;
    observation->state = OBJECT_MATCHES;
    compare_take(observation, assignment);
    compare_scope(assignment, "directoryScopeIds", observation);
    compare_scope(assignment, "appScopeIds", observation);
    observation_note(observation, "That the role is assigned does not prove that the unified model is activated for "
                                  "endpoints: only Defender's portal shows that.");
}

static struct request *create(const struct object *object)
{
    json *body =
        json_from("{'displayName':%s,'roleDefinitionId':%s,'principalIds':[%s],'directoryScopeIds':['/'],"
                  "'appScopeIds':['/']}",
                  object_text(object, "displayName"), object_text(object, "role"), object_text(object, "group"));
    struct request *request = request_write("POST", SERVICE_GRAPH, body, PATH);
    request->scope = WRITE_SCOPE;
    return request;
}

/* Names come from a second reading (defender_role_holders.c). */
static void look_up_holders(const struct object *object, GPtrArray *requests)
{
    look_up(object, requests);
    look_up(object, requests);
    struct request *named = g_ptr_array_index(requests, 1);
    request_query(named, "$filter", "roleDefinitionId eq '%s'", object_text(object, "role"));
    request_query(named, "$expand", "principals");
}

/* An assignment goes for all whom it names. */
static char *surplus(const struct object *object, GPtrArray *replies, GHashTable *own)
{
    const json *assignment = json_find(reply_rows(g_ptr_array_index(replies, 0)), "id", object->known_id);
    const json *named = json_find(reply_rows(g_ptr_array_index(replies, 1)), "id", object->known_id);
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    json_for_each (principal, json_get(assignment, "principalIds")) {
        const char *id = json_string(principal);
        const json *object_of = json_find(json_get(named, "principals"), "id", id);
        if (id != NULL && strcmp(id, object_text(object, "group")) != 0 && !g_hash_table_contains(own, id))
            surplus_add(found, "the principal", object_of != NULL ? door_name_of(object_of) : id);
    }
    return surplus_say(found, "This assignment gives the role to others than the partner's group, too",
                       "Take them off it if nobody needs that (Defender > Permissions > Microsoft Defender XDR > "
                       "Roles).");
}

static const struct collection elements = {.path = PATH, .write_scope = WRITE_SCOPE};

static const struct json_schema with[] = {
    {.name = "displayName", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "role", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "group", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};

const struct object_kind defender_role_assignment_kind = {
    .name = "defender-role-assignment",
    .with = with,
    .collection = &elements,
    .risk = "everyone who becomes a member can read Defender's data",
    .verb = "assign",
    .action = "assigned",
    .visible_within = LISTED_WITHIN_SECONDS,
    .optional_reads = 1,
    .portal_will_do = TRUE,
    .redirect_is_yes = TRUE,
    .outlives = TRUE,
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .remove = collection_remove,
    .look_up_holders = look_up_holders,
    .surplus = surplus,
};

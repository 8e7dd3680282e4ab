#include "onboarding/kinds.h"

#include <string.h>

#include "onboarding/compare.h"

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

static gboolean holds(const json *list, const char *text)
{
    json_for_each (item, list) {
        if (g_strcmp0(json_string(item), text) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean is_ours(const struct object *object, const json *assignment)
{
    return g_strcmp0(json_get_string(assignment, "roleDefinitionId"), object_text(object, "role")) == 0 &&
           holds(json_get(assignment, "principalIds"), object_text(object, "group"));
}

/* An older answer may lack a scope list; what is listed has to be everything. */
static void compare_scope(const json *assignment, const char *name, struct observation *observation)
{
    const json *scope = json_get(assignment, name);
    if (json_length(scope) == 0 || holds(scope, EVERYWHERE))
        return;
    g_autofree char *found = compare_show(scope);
    observation_difference(observation, name, "all (" EVERYWHERE ")", found, TRUE);
    observation_set(observation, OBJECT_DIFFERS,
                    "The role is assigned to the group for a part of the data only; change it in the portal.");
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
    observation->state = OBJECT_ABSENT;
    json_for_each (assignment, json_get(reply->body, "value")) {
        if (!is_ours(object, assignment))
            continue;
        observation->state = OBJECT_MATCHES;
        compare_take(observation, assignment);
        compare_scope(assignment, "directoryScopeIds", observation);
        compare_scope(assignment, "appScopeIds", observation);
        observation_note(observation, "That the role is assigned does not prove that the unified model is activated "
                                      "for endpoints: only Defender's portal shows that.");
        return;
    }
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

static struct request *remove_assignment(const struct object *object)
{
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, PATH "/%s", object->known_id);
    request->scope = WRITE_SCOPE;
    return request;
}

const struct object_kind defender_role_assignment_kind = {
    .name = "defender-role-assignment",
    .verb = "assign",
    .action = "assigned",
    .visible_within = LISTED_WITHIN_SECONDS,
    .optional_reads = 1,
    .portal_will_do = TRUE,
    .redirect_is_yes = TRUE,
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .remove = remove_assignment,
};

#include "onboarding/kinds.h"

#include <string.h>

#define WRITE_SCOPE "RoleManagement.ReadWrite.Directory"

static void look_up(const struct object *object, GPtrArray *requests)
{
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/roleManagement/directory/roleAssignments");
    request_query(request, "$filter", "principalId eq '%s'", object_text(object, "principal"));
    request->scope = "RoleManagement.Read.Directory";
    request->all_pages = TRUE;
    g_ptr_array_add(requests, request);
}

static gboolean is_wanted(const struct object *object, const json *assignment)
{
    return g_strcmp0(json_get_string(assignment, "roleDefinitionId"), object_text(object, "roleDefinitionId")) == 0 &&
           g_strcmp0(json_get_string(assignment, "directoryScopeId"), "/") == 0;
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    int others = 0;
    observation->state = OBJECT_ABSENT;
    json_for_each (assignment, json_get(reply->body, "value")) {
        if (!is_wanted(object, assignment)) {
            others++;
            continue;
        }
        observation->state = OBJECT_MATCHES;
        observation_learn(observation, "id", json_get_string(assignment, "id"));
        json_free(observation->found);
        observation->found = json_copy(assignment);
    }
    if (others > 0)
        observation_note(observation, "The group holds %d other directory role assignment%s.", others,
                         others > 1 ? "s" : "");
}

static struct request *create(const struct object *object)
{
    json *body = json_from("{'roleDefinitionId':%s,'principalId':%s,'directoryScopeId':'/'}",
                           object_text(object, "roleDefinitionId"), object_text(object, "principal"));
    struct request *request =
        request_write("POST", SERVICE_GRAPH, body, "/v1.0/roleManagement/directory/roleAssignments");
    request->scope = WRITE_SCOPE;
    return request;
}

static struct request *remove_assignment(const struct object *object)
{
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL,
                                            "/v1.0/roleManagement/directory/roleAssignments/%s", object->known_id);
    request->scope = WRITE_SCOPE;
    return request;
}

const struct object_kind role_assignment_kind = {
    .name = "role-assignment",
    .verb = "assign",
    .action = "assigned",
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .remove = remove_assignment,
};

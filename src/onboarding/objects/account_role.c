#include "onboarding/kinds.h"

#include <string.h>

/*
 * That the account holds a directory role which lets it save the streaming settings, itself or through a group. To a
 * new account it is assigned; an existing one's roles are for its owners to change.
 */

#define MODE_CREATE "create"
#define WRITE_SCOPE "RoleManagement.ReadWrite.Directory"

static gboolean is_to_be_made(const struct object *object)
{
    return strcmp(object_text(object, "mode"), MODE_CREATE) == 0;
}

static void look_up(const struct object *object, GPtrArray *requests)
{
    const char *account = object_text(object, "account");
    struct request *roles =
        request_get(SERVICE_GRAPH, "/v1.0/users/%s/transitiveMemberOf/microsoft.graph.directoryRole", account);
    request_query(roles, "$select", "id,displayName,roleTemplateId");
    roles->scope = "RoleManagement.Read.Directory";
    roles->all_pages = TRUE;
    g_ptr_array_add(requests, roles);
    struct request *assignments = request_get(SERVICE_GRAPH, "/v1.0/roleManagement/directory/roleAssignments");
    request_query(assignments, "$filter", "principalId eq '%s'", account);
    assignments->scope = "RoleManagement.Read.Directory";
    assignments->all_pages = TRUE;
    g_ptr_array_add(requests, assignments);
}

/* The role that was asked for, or the profile's first. */
static const json *asked_role(const struct object *object)
{
    json_for_each (role, json_get(object->with, "roles")) {
        if (g_strcmp0(json_get_string(role, "answer"), object_text(object, "role")) == 0)
            return role;
    }
    return json_at(json_get(object->with, "roles"), 0);
}

static gboolean is_enough(const struct object *object, const char *id)
{
    gboolean asked = object_text(object, "role")[0] != '\0' || is_to_be_made(object);
    if (asked)
        return g_strcmp0(json_get_string(asked_role(object), "id"), id) == 0;
    json_for_each (role, json_get(object->with, "roles")) {
        if (g_strcmp0(json_get_string(role, "id"), id) == 0)
            return TRUE;
    }
    return FALSE;
}

static const json *find_assignment(const struct object *object, const struct reply *reply)
{
    json_for_each (assignment, json_get(reply->body, "value")) {
        if (is_enough(object, json_get_string(assignment, "roleDefinitionId")) &&
            g_strcmp0(json_get_string(assignment, "directoryScopeId"), "/") == 0)
            return assignment;
    }
    return NULL;
}

static const json *find_role(const struct object *object, const struct reply *reply)
{
    json_for_each (role, json_get(reply->body, "value")) {
        if (is_enough(object, json_get_string(role, "roleTemplateId")))
            return role;
    }
    return NULL;
}

static char *held_roles(const struct reply *reply)
{
    GString *names = g_string_new(NULL);
    json_for_each (role, json_get(reply->body, "value")) {
        const char *name = json_get_string(role, "displayName");
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "",
                               name != NULL ? name : json_get_string(role, "roleTemplateId"));
    }
    if (names->len == 0)
        g_string_append(names, "none");
    return g_string_free(names, FALSE);
}

/* An assignment takes a moment to take effect: only an effective role counts. */
static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const json *role = find_role(object, g_ptr_array_index(replies, 0));
    const json *assignment = find_assignment(object, g_ptr_array_index(replies, 1));
    g_autofree char *held = held_roles(g_ptr_array_index(replies, 0));
    if (assignment != NULL)
        observation_learn(observation, "id", json_get_string(assignment, "id"));
    if (role != NULL) {
        observation_learn(observation, "role", json_get_string(role, "roleTemplateId"));
        observation_set(observation, OBJECT_MATCHES, "Active roles of the account: %s.", held);
    } else if (assignment != NULL) {
        observation_set(observation, OBJECT_UNKNOWN, "The role is assigned and not in effect yet.");
    } else if (is_to_be_made(object)) {
        observation->state = OBJECT_ABSENT;
    } else {
        const char *wanted = json_get_string(asked_role(object), "name");
        observation_difference(observation, "active roles", wanted, held, TRUE);
        observation_set(observation, OBJECT_DIFFERS,
                        "%s is not active for the account (active: %s). If it is eligible in Privileged Identity "
                        "Management, activate it there, then check again.",
                        wanted, held);
    }
}

static struct request *create(const struct object *object)
{
    if (!is_to_be_made(object))
        return NULL;
    json *body = json_from("{'roleDefinitionId':%s,'principalId':%s,'directoryScopeId':'/'}",
                           json_get_string(asked_role(object), "id"), object_text(object, "account"));
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

const struct object_kind account_role_kind = {
    .name = "account-role",
    .verb = "assign",
    .action = "assigned",
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .remove = remove_assignment,
};

/*
 * Defender's unified roles (Graph beta), with the oddities that clients report: an "@odata.type" in an assignment is
 * not understood, a write may be answered by a redirect to a host of the service's own, a new definition is not listed
 * for a while, and actions that a wildcard covers are dropped.
 */
#include <string.h>

#include "practice/graph.h"
#include "practice/tenant.h"

#define DEFENDER "/beta/roleManagement/defender"
#define READ_SCOPE "RoleManagement.Read.Defender"
#define WRITE_SCOPE "RoleManagement.ReadWrite.Defender"
#define READERS "Security Administrator|Security Reader|Global Reader"
#define WRITERS "Security Administrator"
#define NAMESPACE "microsoft.xdr"

static const char *const definition_filters[] = {"displayName eq ?", NULL};
static const char *const assignment_filters[] = {"displayName eq ?", "roleDefinitionId eq ?",
                                                 "principalIds/any(p:p eq ?)", NULL};
static const struct odata_rules definition_list = {.filters = definition_filters, .paged = TRUE};
static const struct odata_rules assignment_list = {
    .filters = assignment_filters, .expands = "roleDefinition", .paged = TRUE};
static const struct odata_rules assignment_object = {.expands = "roleDefinition"};
static const struct odata_rules namespace_list = {.expands = "resourceActions", .paged = TRUE};

/* Unified roles need Entra ID P1 or P2; where Defender has classic roles they are out of reach. */
static gboolean is_reachable(struct call *call)
{
    gboolean classic = same_text(json_get_string(call->practice->company, "defenderModel"), "classic");
    gboolean licensed =
        tenant_has_plan(call->practice, PLAN_ENTRA_P1) || tenant_has_plan(call->practice, PLAN_ENTRA_P2);
    return (licensed && !classic) ||
           graph_error(call, 403, "UnknownError", "The tenant or the user is not allowed to use this resource.");
}

static void handle_list_if_reachable(struct call *call)
{
    if (is_reachable(call))
        handle_list(call);
}

static void handle_get_if_reachable(struct call *call)
{
    if (is_reachable(call))
        handle_get(call);
}

/* A star stands for one or more parts, whatever their depth. */
static gboolean covers(const char *wildcard, const char *action)
{
    return strchr(wildcard, '*') != NULL && strcmp(wildcard, action) != 0 && g_pattern_match_simple(wildcard, action);
}

static gboolean is_known_action(const struct practice *practice, const char *action)
{
    if (graph_list_has(tenant_behaviour(practice, "refusedActions"), action, NULL))
        return FALSE;
    json_for_each (known, json_get(practice->company, "defenderActions")) {
        if (strcmp(json_string(known), action) == 0 || covers(action, json_string(known)))
            return TRUE;
    }
    return FALSE;
}

static gboolean check_actions(struct call *call)
{
    json_for_each (permission, json_get(call->body, "rolePermissions")) {
        json_for_each (action, json_get(permission, "allowedResourceActions")) {
            if (!is_known_action(call->practice, json_string(action)))
                return graph_bad_request(call, "%s is not a valid permission for storage", json_string(action));
        }
    }
    return TRUE;
}

static gboolean is_covered(const json *actions, const char *action)
{
    json_for_each (other, actions) {
        if (covers(json_string(other), action))
            return TRUE;
    }
    return FALSE;
}

/* The body's permissions without what a wildcard covers. Caller frees. */
static json *stored_permissions(const struct call *call)
{
    json *stored = json_new_array();
    json_for_each (permission, json_get(call->body, "rolePermissions")) {
        const json *actions = json_get(permission, "allowedResourceActions");
        json *kept = json_new_array();
        json_for_each (action, actions) {
            if (!is_covered(actions, json_string(action)))
                json_append_string(kept, json_string(action));
        }
        json *copy = json_from("{'condition':null}");
        json_set(copy, "allowedResourceActions", kept);
        json_append(stored, copy);
    }
    return stored;
}

/* The object was made; the answer says so, or leads elsewhere. */
static void answer_made(struct call *call, const json *made)
{
    if (json_is_true(tenant_behaviour(call->practice, "redirectDefenderWrites")))
        answer_redirect(call,
                        g_strdup_printf("http://rbac.internal.invalid%s/%s", call->path, json_get_string(made, "id")));
    else
        odata_answer_object(call, 201, made);
}

static void handle_create_definition(struct call *call)
{
    if (!is_reachable(call) || !check_actions(call))
        return;
    json *definition =
        json_from("{'displayName':%s,'description':%s,'isBuiltIn':false,'isEnabled':true}",
                  json_get_string(call->body, "displayName"), json_get_string(call->body, "description"));
    json_set(definition, "rolePermissions", stored_permissions(call));
    tenant_add(call->practice, "defenderRoles", definition);
    gint64 lag = tenant_behaviour_int(call->practice, "lag.definition", 0) * G_TIME_SPAN_MILLISECOND;
    json_set_int(definition, "_listed", practice_now(call->practice) + lag);
    answer_made(call, definition);
}

static void handle_update_definition(struct call *call)
{
    json *definition = is_reachable(call) ? tenant_read(call->practice, "defenderRoles", call->parameters[0]) : NULL;
    if (definition == NULL) {
        if (call->answer == NULL)
            graph_not_found(call, call->parameters[0]);
        return;
    }
    if (!check_actions(call))
        return;
    graph_update(call, definition);
    if (json_get(call->body, "rolePermissions") != NULL)
        json_set(definition, "rolePermissions", stored_permissions(call));
    answer_nothing(call, 204);
}

static void handle_delete(struct call *call)
{
    const char *collection = call->route->collection;
    if (!is_reachable(call))
        return;
    if (tenant_read(call->practice, collection, call->parameters[0]) == NULL) {
        graph_not_found(call, call->parameters[0]);
        return;
    }
    if (strcmp(collection, "defenderRoles") == 0 &&
        tenant_find_by(call->practice, "defenderAssignments", "roleDefinitionId", call->parameters[0]) != NULL) {
        graph_bad_request(call, "The role definition has assignments.");
        return;
    }
    tenant_remove(call->practice, collection, call->parameters[0]);
    answer_nothing(call, 204);
}

static gboolean check_assignment(struct call *call)
{
    const char *role = json_get_string(call->body, "roleDefinitionId");
    if (json_get(call->body, "@odata.type") != NULL)
        return graph_bad_request(call, "The roleAssignment field is required");
    if (role != NULL && tenant_find(call->practice, "defenderRoles", role) == NULL)
        return graph_bad_request(call, "The role definition '%s' was not found.", role);
    json_for_each (principal, json_get(call->body, "principalIds")) {
        g_autoptr(json) object = graph_directory_object(call, json_string(principal));
        if (object == NULL)
            return graph_bad_request(call, "The principal '%s' was not found.", json_string(principal));
    }
    return TRUE;
}

static json *list_or_root(const json *list)
{
    return list != NULL ? json_copy(list) : json_from("['/']");
}

static void handle_create_assignment(struct call *call)
{
    if (!is_reachable(call) || !check_assignment(call))
        return;
    const char *role = json_get_string(call->body, "roleDefinitionId");
    json *assignment = json_from("{'displayName':%s,'description':%s,'roleDefinitionId':%s,'principalIds':%j,"
                                 "'condition':null,'+roleDefinition':{'_ref':'defenderRoles','id':%s}}",
                                 json_get_string(call->body, "displayName"), json_get_string(call->body, "description"),
                                 role, json_get(call->body, "principalIds"), role);
    json_set(assignment, "directoryScopeIds", list_or_root(json_get(call->body, "directoryScopeIds")));
    json_set(assignment, "appScopeIds", list_or_root(json_get(call->body, "appScopeIds")));
    answer_made(call, tenant_add(call->practice, "defenderAssignments", assignment));
}

static void handle_update_assignment(struct call *call)
{
    json *assignment =
        is_reachable(call) ? tenant_read(call->practice, "defenderAssignments", call->parameters[0]) : NULL;
    if (assignment == NULL) {
        if (call->answer == NULL)
            graph_not_found(call, call->parameters[0]);
        return;
    }
    if (!check_assignment(call))
        return;
    graph_update(call, assignment);
    answer_nothing(call, 204);
}

static json *action_of(const char *name)
{
    const char *verb = strrchr(name, '/') + 1;
    g_autofree char *id = g_strdup(name);
    g_strdelimit(id, "/.", '-');
    return json_from("{'id':%s,'name':%s,'actionVerb':%s,'description':null,'isPrivileged':false}", id, name,
                     strcmp(verb, "read") == 0 ? "GET" : "POST");
}

static json *all_actions(const struct practice *practice)
{
    json *actions = json_new_array();
    json_for_each (name, json_get(practice->company, "defenderActions")) {
        json_append(actions, action_of(json_string(name)));
    }
    return actions;
}

static void handle_namespaces(struct call *call)
{
    if (!is_reachable(call))
        return;
    json *namespace = json_from("{'id':'" NAMESPACE "','name':'" NAMESPACE "'}");
    json_set(namespace, "+resourceActions", all_actions(call->practice));
    json *list = json_new_array();
    json_append(list, namespace);
    graph_answer_objects(call, list);
}

static void handle_actions(struct call *call)
{
    if (!is_reachable(call))
        return;
    if (strcmp(call->parameters[0], NAMESPACE) != 0)
        graph_not_found(call, call->parameters[0]);
    else
        graph_answer_objects(call, all_actions(call->practice));
}

static void handle_v1(struct call *call)
{
    graph_error(call, 400, "BadRequest", "Resource not found for the segment 'defender'.");
}

static const struct route routes[] = {
    {.method = "GET",
     .path = DEFENDER "/roleDefinitions",
     .scopes = READ_SCOPE,
     .roles = READERS,
     .collection = "defenderRoles",
     .odata = &definition_list,
     .handle = handle_list_if_reachable},
    {.method = "POST",
     .path = DEFENDER "/roleDefinitions",
     .scopes = WRITE_SCOPE,
     .roles = WRITERS,
     .body = "createDefenderRole",
     .handle = handle_create_definition},
    {.method = "GET",
     .path = DEFENDER "/roleDefinitions/{}",
     .scopes = READ_SCOPE,
     .roles = READERS,
     .collection = "defenderRoles",
     .odata = &plain_object,
     .handle = handle_get_if_reachable},
    {.method = "PATCH",
     .path = DEFENDER "/roleDefinitions/{}",
     .scopes = WRITE_SCOPE,
     .roles = WRITERS,
     .body = "updateDefenderRole",
     .handle = handle_update_definition},
    {.method = "DELETE",
     .path = DEFENDER "/roleDefinitions/{}",
     .scopes = WRITE_SCOPE,
     .roles = WRITERS,
     .collection = "defenderRoles",
     .handle = handle_delete},
    {.method = "GET",
     .path = DEFENDER "/roleAssignments",
     .scopes = READ_SCOPE,
     .roles = READERS,
     .collection = "defenderAssignments",
     .odata = &assignment_list,
     .handle = handle_list_if_reachable},
    {.method = "POST",
     .path = DEFENDER "/roleAssignments",
     .scopes = WRITE_SCOPE,
     .roles = WRITERS,
     .body = "createDefenderAssignment",
     .handle = handle_create_assignment},
    {.method = "GET",
     .path = DEFENDER "/roleAssignments/{}",
     .scopes = READ_SCOPE,
     .roles = READERS,
     .collection = "defenderAssignments",
     .odata = &assignment_object,
     .handle = handle_get_if_reachable},
    {.method = "PATCH",
     .path = DEFENDER "/roleAssignments/{}",
     .scopes = WRITE_SCOPE,
     .roles = WRITERS,
     .body = "updateDefenderAssignment",
     .handle = handle_update_assignment},
    {.method = "DELETE",
     .path = DEFENDER "/roleAssignments/{}",
     .scopes = WRITE_SCOPE,
     .roles = WRITERS,
     .collection = "defenderAssignments",
     .handle = handle_delete},
    {.method = "GET",
     .path = DEFENDER "/customAppScopes",
     .scopes = READ_SCOPE,
     .roles = READERS,
     .collection = "customAppScopes",
     .odata = &plain_list,
     .handle = handle_list_if_reachable},
    {.method = "GET",
     .path = DEFENDER "/resourceNamespaces",
     .scopes = READ_SCOPE,
     .roles = READERS,
     .odata = &namespace_list,
     .handle = handle_namespaces},
    {.method = "GET",
     .path = DEFENDER "/resourceNamespaces/{}/resourceActions",
     .scopes = READ_SCOPE,
     .roles = READERS,
     .odata = &plain_list,
     .handle = handle_actions},
    {.method = "GET", .path = "/v1.0/roleManagement/defender/{}", .scopes = READ_SCOPE, .handle = handle_v1},
};
const struct route_table defender_role_routes = ROUTE_TABLE(SERVICE_GRAPH, routes);

/* SPDX-License-Identifier: MIT */
/*
 * Defender's unified roles (Graph beta), with the oddities that clients report: an "@odata.type" in an assignment is
 * not understood, a write may be answered by a redirect to a host of the service's own, a new definition is not listed
 * for a while, and actions that a wildcard covers are dropped.
 */
#include <string.h>

#include "practice/graph.h"
#include "practice/odata.h"
#include "practice/tenant.h"

#define NAMESPACE "microsoft.xdr"

/* Unified roles need Entra ID P1 or P2; where Defender has classic roles they are out of reach. */
static gboolean is_reachable(struct call *call, const json *object)
{
    (void)object;
    gboolean classic = same_text(json_get_string(call->practice->company, "defenderModel"), "classic");
    gboolean licensed =
        tenant_has_plan(call->practice, PLAN_ENTRA_P1) || tenant_has_plan(call->practice, PLAN_ENTRA_P2);
    return (licensed && !classic) ||
           graph_error(call, 403, "UnknownError", "The tenant or the user is not allowed to use this resource.");
}

/* A star stands for one or more parts, whatever their depth. */
static gboolean covers(const char *wildcard, const char *action)
{
    return strchr(wildcard, '*') != NULL && strcmp(wildcard, action) != 0 && g_pattern_match_simple(wildcard, action);
}

/* The object was made; the answer says so, or points to it. */
static void answer_made(struct call *call)
{
    if (json_is_true(tenant_behaviour(call->practice, "redirectDefenderWrites")))
        answer_redirect(call, g_strdup_printf("%s%s/%s", call->practice->origins[SERVICE_GRAPH], call->path,
                                              json_get_string(call->made, "id")));
    else
        odata_answer_object(call, 201, call->made);
}

static gboolean check_definition(struct call *call, const json *object)
{
    (void)object;
    json_for_each (permission, json_get(call->body, "rolePermissions")) {
        json_for_each (item, json_get(permission, "allowedResourceActions")) {
            const char *action = json_string(item);
            gboolean is_known = FALSE;
            json_for_each (known, json_get(call->practice->company, "defenderActions")) {
                is_known = is_known || strcmp(json_string(known), action) == 0 || covers(action, json_string(known));
            }
            if (!is_known || graph_list_has(tenant_behaviour(call->practice, "refusedActions"), action, NULL))
                return graph_bad_request(call, "%s is not a valid permission for storage", action);
        }
    }
    return TRUE;
}

/* The body's permissions are kept without what a wildcard covers. */
static void finish_definition(struct call *call, json *definition)
{
    if (json_get(call->body, "rolePermissions") == NULL)
        return;
    json *stored = json_new_array();
    json_for_each (permission, json_get(call->body, "rolePermissions")) {
        const json *actions = json_get(permission, "allowedResourceActions");
        json *kept = json_new_array();
        json_for_each (action, actions) {
            gboolean covered = FALSE;
            json_for_each (other, actions) {
                covered = covered || covers(json_string(other), json_string(action));
            }
            if (!covered)
                json_append_string(kept, json_string(action));
        }
        json *copy = json_from("{'condition':null}");
        json_set(copy, "allowedResourceActions", kept);
        json_append(stored, copy);
    }
    json_set(definition, "rolePermissions", stored);
}

/* "/" is everything; any other scope has to be one of the tenant's own, or a data source of Defender's. */
static gboolean check_scopes(struct call *call, const char *member)
{
    static const char *const sources[] = {"Mde", "Mdo", "Mdi", "Mdc", "Mda", NULL};
    gboolean of_sources = strcmp(member, "appScopeIds") == 0;
    json_for_each (scope, json_get(call->body, member)) {
        const char *id = json_string(scope);
        if (g_strcmp0(id, "/") != 0 && !(of_sources && id != NULL && g_strv_contains(sources, id)) &&
            tenant_find(call->practice, "customAppScopes", id) == NULL)
            return graph_bad_request(call, "The scope '%s' of %s was not found.", id, member);
    }
    return TRUE;
}

/* How many scopes of MEMBER there are when OBJECT (NULL: a new one) is as the body says. */
static int scopes_after(const struct call *call, const json *object, const char *member)
{
    const json *sent = json_get(call->body, member);
    return json_length(sent != NULL ? sent : json_get(object, member));
}

/* Microsoft: an assignment must have either directoryScopeIds or appScopeIds. */
static gboolean check_assignment(struct call *call, const json *object)
{
    const char *role = json_get_string(call->body, "roleDefinitionId");
    if (json_get(call->body, "@odata.type") != NULL)
        return graph_bad_request(call, "The roleAssignment field is required");
    if (role != NULL && tenant_find(call->practice, "defenderRoles", role) == NULL)
        return graph_bad_request(call, "The role definition '%s' was not found.", role);
    json_for_each (principal, json_get(call->body, "principalIds")) {
        if (graph_collection_of(call->practice, json_string(principal)) == NULL)
            return graph_bad_request(call, "The principal '%s' was not found.", json_string(principal));
    }
    if (scopes_after(call, object, "directoryScopeIds") + scopes_after(call, object, "appScopeIds") == 0)
        return graph_bad_request(call, "The assignment must have either directoryScopeIds or appScopeIds.");
    return check_scopes(call, "directoryScopeIds") && check_scopes(call, "appScopeIds");
}

static void finish_assignment(struct call *call, json *assignment)
{
    json_set(assignment, "+roleDefinition",
             json_from("{'_ref':'defenderRoles','id':%s}", json_get_string(assignment, "roleDefinitionId")));
    json_set(assignment, "+principals", json_new_array());
    json_for_each (principal, json_get(assignment, "principalIds")) {
        const char *id = json_string(principal);
        json_append(json_get(assignment, "+principals"),
                    json_from("{'_ref':%s,'id':%s}", graph_collection_of(call->practice, id), id));
    }
}

static json *all_actions(const struct practice *practice)
{
    json *actions = json_new_array();
    json_for_each (name, json_get(practice->company, "defenderActions")) {
        const char *verb = strrchr(json_string(name), '/') + 1;
        g_autofree char *id = g_strdelimit(g_strdup(json_string(name)), "/.", '-');
        json_append(actions, json_from("{'id':%s,'name':%s,'actionVerb':%s,'description':null,'isPrivileged':false}",
                                       id, json_string(name), strcmp(verb, "read") == 0 ? "GET" : "POST"));
    }
    return actions;
}

static void handle_namespaces(struct call *call)
{
    json *namespace = json_from("{'id':'" NAMESPACE "','name':'" NAMESPACE "'}");
    json_set(namespace, "+resourceActions", all_actions(call->practice));
    json *list = json_new_array();
    json_append(list, namespace);
    graph_answer_objects(call, list);
}

static void handle_actions(struct call *call)
{
    if (strcmp(call->parameters[0], NAMESPACE) != 0)
        graph_not_found(call, call->parameters[0]);
    else
        graph_answer_objects(call, all_actions(call->practice));
}

static void handle_v1(struct call *call)
{
    graph_error(call, 400, "BadRequest", "Resource not found for the segment 'defender'.");
}

static const struct hook hooks[] = {
    {.name = "defender-reach", .check = is_reachable},
    {.name = "defender-role", .check = check_definition, .finish = finish_definition},
    {.name = "defender-assignment", .check = check_assignment, .finish = finish_assignment},
    {.name = "defender-answer", .handle = answer_made},
    {.name = "defender-namespaces", .handle = handle_namespaces},
    {.name = "defender-actions", .handle = handle_actions},
    {.name = "defender-v1", .handle = handle_v1},
};
const struct hook_table defender_role_hooks = HOOK_TABLE(hooks);

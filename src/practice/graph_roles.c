/* SPDX-License-Identifier: MIT */
/* Directory roles: assignments, and the older directoryRoles. What PIM knows of them stands in graph_activation.c. */
#include <string.h>

#include <sodium.h>

#include "practice/graph.h"
#include "practice/odata.h"
#include "practice/tenant.h"

#define ASSIGNMENT_ID_BYTES 24
#define UNIT_PREFIX "/administrativeUnits/"

gboolean graph_check_holder(struct call *call, const char *principal, const char *role)
{
    const struct practice *practice = call->practice;
    const char *collection = graph_collection_of(practice, principal);
    if (tenant_find(practice, "roleDefinitions", role) == NULL)
        return graph_not_found(call, role);
    if (collection == NULL)
        return graph_not_found(call, principal);
    if (strcmp(collection, "groups") == 0 &&
        !json_get_bool(tenant_find(practice, "groups", principal), "isAssignableToRole", FALSE))
        return graph_bad_request(call,
                                 "The group is not assignable to a role: isAssignableToRole has to be set when it "
                                 "is created.");
    return TRUE;
}

static gboolean check_assignment(struct call *call, const char *principal, const char *role)
{
    if (!graph_check_holder(call, principal, role))
        return FALSE;
    /* New ones are for the whole directory; the same role for an administrative unit is another assignment. */
    json_for_each (assignment, tenant_collection(call->practice, "roleAssignments")) {
        const char *where = json_get_string(assignment, "directoryScopeId");
        if (same_text(json_get_string(assignment, "principalId"), principal) &&
            same_text(json_get_string(assignment, "roleDefinitionId"), role) &&
            !g_str_has_prefix(where != NULL ? where : "/", UNIT_PREFIX) && tenant_is_active(call->practice, assignment))
            return graph_bad_request(call, "A conflicting object with one or more of the specified property values is "
                                           "present in the directory.");
    }
    return TRUE;
}

gboolean graph_check_scope(struct call *call)
{
    const char *directory = json_get_string(call->body, "directoryScopeId");
    const char *scope = directory != NULL ? directory : json_get_string(call->body, "appScopeId");
    if (scope == NULL || strcmp(scope, "/") == 0)
        return TRUE;
    if (g_str_has_prefix(scope, UNIT_PREFIX))
        return graph_not_found(call, scope + strlen(UNIT_PREFIX));
    return graph_bad_request(call, "The scope '%s' is not known.", scope);
}

static gboolean check_new_assignment(struct call *call, const json *object)
{
    (void)object;
    return graph_check_scope(call) && check_assignment(call, json_get_string(call->body, "principalId"),
                                                       json_get_string(call->body, "roleDefinitionId"));
}

static void finish_assignment(struct call *call, json *assignment)
{
    const char *principal = json_get_string(assignment, "principalId");
    const char *collection = graph_collection_of(call->practice, principal);
    /* Assignments have ids of their own kind. */
    g_autofree char *guid = tenant_new_id(call->practice);
    guchar digest[ASSIGNMENT_ID_BYTES];
    char text[2 * ASSIGNMENT_ID_BYTES];
    crypto_generichash(digest, sizeof digest, (const guchar *)guid, strlen(guid), NULL, 0);
    sodium_bin2base64(text, sizeof text, digest, sizeof digest, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    g_autofree char *id = g_strconcat(text, "-1", NULL);
    json_set_string(assignment, "id", id);
    json_set(assignment, "+principal", json_from("{'_ref':%s,'id':%s}", collection, principal));
    json_set(assignment, "+roleDefinition",
             json_from("{'_ref':'roleDefinitions','id':%s}", json_get_string(assignment, "roleDefinitionId")));
}

static void handle_templates(struct call *call)
{
    json *templates = json_new_array();
    json_for_each (definition, tenant_collection(call->practice, "roleDefinitions")) {
        json_append(templates, json_from("{'id':%s,'deletedDateTime':null,'description':%s,'displayName':%s}",
                                         json_get_string(definition, "id"), json_get_string(definition, "description"),
                                         json_get_string(definition, "displayName")));
    }
    graph_answer_all_or_one(call, templates);
}

static gboolean is_activated(const struct practice *practice, const char *role)
{
    return graph_list_has(tenant_collection(practice, "activatedRoles"), role, NULL) ||
           tenant_find_by(practice, "roleAssignments", "roleDefinitionId", role) != NULL;
}

static void handle_directory_roles(struct call *call)
{
    json *roles = json_new_array();
    json_for_each (definition, tenant_collection(call->practice, "roleDefinitions")) {
        if (is_activated(call->practice, json_get_string(definition, "id")))
            json_append(roles, graph_directory_role(call->practice, definition));
    }
    graph_answer_objects(call, roles);
}

static void handle_activate(struct call *call)
{
    const char *template = json_get_string(call->body, "roleTemplateId");
    const json *definition = tenant_find(call->practice, "roleDefinitions", template);
    if (definition == NULL) {
        graph_not_found(call, template);
    } else if (is_activated(call->practice, template)) {
        graph_bad_request(call, "A conflicting object with one or more of the specified property values is present in "
                                "the directory.");
    } else {
        json_append_string(tenant_collection(call->practice, "activatedRoles"), template);
        tenant_changed(call->practice);
        g_autoptr(json) role = graph_directory_role(call->practice, definition);
        odata_answer_object(call, 201, role);
    }
}

/* The definition whose template id, or whose directoryRole's id, the path names. */
static const json *named_definition(struct call *call)
{
    json_for_each (definition, tenant_collection(call->practice, "roleDefinitions")) {
        g_autoptr(json) role = graph_directory_role(call->practice, definition);
        if (is_activated(call->practice, json_get_string(definition, "id")) &&
            (same_text(json_get_string(role, "id"), call->parameters[0]) ||
             same_text(json_get_string(definition, "id"), call->parameters[0])))
            return definition;
    }
    graph_not_found(call, call->parameters[0]);
    return NULL;
}

static void handle_directory_role(struct call *call)
{
    const json *definition = named_definition(call);
    g_autoptr(json) role = definition != NULL ? graph_directory_role(call->practice, definition) : NULL;
    if (role != NULL)
        odata_answer_object(call, 200, role);
}

static void handle_role_members(struct call *call)
{
    const json *definition = named_definition(call);
    if (definition == NULL)
        return;
    g_autoptr(json) ids = json_new_array();
    json_for_each (assignment, tenant_collection(call->practice, "roleAssignments")) {
        if (same_text(json_get_string(assignment, "roleDefinitionId"), json_get_string(definition, "id")))
            json_append_string(ids, json_get_string(assignment, "principalId"));
    }
    graph_answer_directory_objects(call, ids);
}

static void handle_add_role_member(struct call *call)
{
    const json *definition = named_definition(call);
    g_autofree char *principal = definition != NULL ? graph_reference(call) : NULL;
    const char *role = json_get_string(definition, "id");
    if (principal == NULL || !check_assignment(call, principal, role))
        return;
    json *assignment = json_from("{'principalId':%s,'directoryScopeId':'/','roleDefinitionId':%s}", principal, role);
    finish_assignment(call, assignment);
    tenant_add(call->practice, "roleAssignments", assignment);
    answer_nothing(call, 204);
}

static const struct hook hooks[] = {
    {.name = "role-assignment-new", .check = check_new_assignment, .finish = finish_assignment},
    {.name = "role-templates", .handle = handle_templates},
    {.name = "directory-role", .handle = handle_directory_role},
    {.name = "directory-roles", .handle = handle_directory_roles},
    {.name = "directory-role-activate", .handle = handle_activate},
    {.name = "directory-role-members", .handle = handle_role_members},
    {.name = "directory-role-add", .handle = handle_add_role_member},
};
const struct hook_table role_hooks = HOOK_TABLE(hooks);

/* Directory roles: definitions, assignments, eligibility, and the older directoryRoles. */
#include <string.h>

#include <sodium.h>

#include "practice/graph.h"
#include "practice/tenant.h"

#define READ_SCOPE "RoleManagement.Read.Directory"
#define WRITE_SCOPE "RoleManagement.ReadWrite.Directory"
#define ADMINISTRATOR "Privileged Role Administrator"
#define ASSIGNMENT_ID_BYTES 24

static const char *const assignment_filters[] = {"principalId eq ?", "roleDefinitionId eq ?", NULL};
static const char *const definition_filters[] = {"displayName eq ?", NULL};
static const char *const template_filters[] = {"roleTemplateId eq ?", NULL};
static const struct odata_rules assignment_list = {
    .filters = assignment_filters, .expands = "principal roleDefinition", .paged = TRUE};
static const struct odata_rules assignment_object = {.expands = "principal roleDefinition"};
static const struct odata_rules definition_list = {.filters = definition_filters, .paged = TRUE};
static const struct odata_rules directory_role_list = {.filters = template_filters};

/* Assignments have ids of their own kind. */
static char *assignment_id(struct practice *practice)
{
    g_autofree char *guid = tenant_new_id(practice);
    guchar digest[ASSIGNMENT_ID_BYTES];
    char text[2 * ASSIGNMENT_ID_BYTES];
    crypto_generichash(digest, sizeof digest, (const guchar *)guid, strlen(guid), NULL, 0);
    sodium_bin2base64(text, sizeof text, digest, sizeof digest, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return g_strconcat(text, "-1", NULL);
}

/* The kind of directory object that PRINCIPAL is, NULL if it cannot be read (yet). */
static const char *collection_of(const struct practice *practice, const char *principal)
{
    static const char *const collections[] = {"users", "groups", "servicePrincipals"};
    for (gsize i = 0; i < G_N_ELEMENTS(collections); i++)
        if (tenant_read(practice, collections[i], principal) != NULL)
            return collections[i];
    return NULL;
}

static gboolean is_duplicate(const struct practice *practice, const char *principal, const char *role)
{
    json_for_each (assignment, tenant_collection(practice, "roleAssignments")) {
        if (same_text(json_get_string(assignment, "principalId"), principal) &&
            same_text(json_get_string(assignment, "roleDefinitionId"), role))
            return TRUE;
    }
    return FALSE;
}

static gboolean check_assignment(struct call *call, const char *principal, const char *role)
{
    const struct practice *practice = call->practice;
    const char *collection = collection_of(practice, principal);
    if (tenant_find(practice, "roleDefinitions", role) == NULL)
        return graph_not_found(call, role);
    if (collection == NULL)
        return graph_not_found(call, principal);
    if (strcmp(collection, "groups") == 0 &&
        !json_get_bool(tenant_find(practice, "groups", principal), "isAssignableToRole", FALSE))
        return graph_bad_request(call,
                                 "The group is not assignable to a role: isAssignableToRole has to be set when it "
                                 "is created.");
    if (is_duplicate(practice, principal, role))
        return graph_bad_request(call, "A conflicting object with one or more of the specified property values is "
                                       "present in the directory.");
    return TRUE;
}

static json *add_assignment(struct practice *practice, const char *principal, const char *role)
{
    g_autofree char *id = assignment_id(practice);
    json *assignment =
        json_from("{'id':%s,'principalId':%s,'directoryScopeId':'/','roleDefinitionId':%s,"
                  "'+principal':{'_ref':%s,'id':%s},'+roleDefinition':{'_ref':'roleDefinitions','id':%s}}",
                  id, principal, role, collection_of(practice, principal), principal, role);
    return tenant_add(practice, "roleAssignments", assignment);
}

static void handle_assign(struct call *call)
{
    const char *principal = json_get_string(call->body, "principalId");
    const char *role = json_get_string(call->body, "roleDefinitionId");
    if (strcmp(json_get_string(call->body, "directoryScopeId"), "/") != 0)
        graph_bad_request(call, "The directory scope is not known.");
    else if (check_assignment(call, principal, role))
        odata_answer_object(call, 201, add_assignment(call->practice, principal, role));
}

static void handle_unassign(struct call *call)
{
    if (tenant_read(call->practice, "roleAssignments", call->parameters[0]) == NULL) {
        graph_not_found(call, call->parameters[0]);
        return;
    }
    tenant_remove(call->practice, "roleAssignments", call->parameters[0]);
    answer_nothing(call, 204);
}

static void handle_templates(struct call *call)
{
    json *templates = json_new_array();
    json_for_each (definition, tenant_collection(call->practice, "roleDefinitions")) {
        json_append(templates, json_from("{'id':%s,'deletedDateTime':null,'description':%s,'displayName':%s}",
                                         json_get_string(definition, "id"), json_get_string(definition, "description"),
                                         json_get_string(definition, "displayName")));
    }
    graph_answer_objects(call, templates);
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
        return;
    }
    if (is_activated(call->practice, template)) {
        graph_bad_request(call, "A conflicting object with one or more of the specified property values is present in "
                                "the directory.");
        return;
    }
    json_append_string(tenant_collection(call->practice, "activatedRoles"), template);
    tenant_changed(call->practice);
    g_autoptr(json) role = graph_directory_role(call->practice, definition);
    odata_answer_object(call, 201, role);
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
    if (principal == NULL || !check_assignment(call, principal, json_get_string(definition, "id")))
        return;
    add_assignment(call->practice, principal, json_get_string(definition, "id"));
    answer_nothing(call, 204);
}

static const struct route routes[] = {
    {.method = "GET",
     .path = "/v1.0/roleManagement/directory/roleAssignments",
     .scopes = READ_SCOPE,
     .collection = "roleAssignments",
     .odata = &assignment_list,
     .handle = handle_list},
    {.method = "POST",
     .path = "/v1.0/roleManagement/directory/roleAssignments",
     .scopes = WRITE_SCOPE,
     .roles = ADMINISTRATOR,
     .body = "createRoleAssignment",
     .handle = handle_assign},
    {.method = "GET",
     .path = "/v1.0/roleManagement/directory/roleAssignments/{}",
     .scopes = READ_SCOPE,
     .collection = "roleAssignments",
     .odata = &assignment_object,
     .handle = handle_get},
    {.method = "DELETE",
     .path = "/v1.0/roleManagement/directory/roleAssignments/{}",
     .scopes = WRITE_SCOPE,
     .roles = ADMINISTRATOR,
     .handle = handle_unassign},
    {.method = "GET",
     .path = "/v1.0/roleManagement/directory/roleDefinitions",
     .scopes = READ_SCOPE,
     .collection = "roleDefinitions",
     .odata = &definition_list,
     .handle = handle_list},
    {.method = "GET",
     .path = "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances",
     .scopes = "RoleEligibilitySchedule.Read.Directory",
     .collection = "roleEligibilityScheduleInstances",
     .odata = &assignment_list,
     .handle = handle_list},
    {.method = "GET",
     .path = "/v1.0/directoryRoleTemplates",
     .scopes = READ_SCOPE,
     .odata = &plain_list,
     .handle = handle_templates},
    {.method = "GET",
     .path = "/v1.0/directoryRoles",
     .scopes = READ_SCOPE,
     .odata = &directory_role_list,
     .handle = handle_directory_roles},
    {.method = "POST",
     .path = "/v1.0/directoryRoles",
     .scopes = WRITE_SCOPE,
     .roles = ADMINISTRATOR,
     .body = "activateDirectoryRole",
     .handle = handle_activate},
    {.method = "GET",
     .path = "/v1.0/directoryRoles(roleTemplateId='{}')/members",
     .scopes = READ_SCOPE,
     .odata = &plain_list,
     .handle = handle_role_members},
    {.method = "POST",
     .path = "/v1.0/directoryRoles(roleTemplateId='{}')/members/$ref",
     .scopes = WRITE_SCOPE,
     .roles = ADMINISTRATOR,
     .body = "reference",
     .handle = handle_add_role_member},
    {.method = "GET",
     .path = "/v1.0/directoryRoles/{}/members",
     .scopes = READ_SCOPE,
     .odata = &plain_list,
     .handle = handle_role_members},
    {.method = "POST",
     .path = "/v1.0/directoryRoles/{}/members/$ref",
     .scopes = WRITE_SCOPE,
     .roles = ADMINISTRATOR,
     .body = "reference",
     .handle = handle_add_role_member},
};
const struct route_table role_routes = ROUTE_TABLE(SERVICE_GRAPH, routes);

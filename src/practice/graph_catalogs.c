/* SPDX-License-Identifier: MIT */
/* Catalogs, their resources, and the requests that bring resources in and out. */
#include <string.h>

#include "practice/entitlement.h"
#include "practice/odata.h"
#include "practice/tenant.h"

/* A catalog that belongs to the service itself stays. */
static gboolean check_delete(struct call *call, const json *catalog)
{
    return g_strcmp0(json_get_string(catalog, "catalogType"), "userManaged") == 0 ||
           entitlement_invalid(call, "The catalog cannot be deleted: it belongs to the service.");
}

static void handle_resources(struct call *call)
{
    const json *catalog = entitlement_read(call, "catalogs", call->parameters[0]);
    if (catalog == NULL)
        return;
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    json_for_each (resource, tenant_collection(call->practice, "catalogResources")) {
        if (same_text(json_get_string(resource, "_catalog"), json_get_string(catalog, "id")) &&
            tenant_is_listed(call->practice, resource))
            g_ptr_array_add(found, resource);
    }
    odata_answer_list(call, found);
}

static void handle_resource_roles(struct call *call)
{
    const json *catalog = entitlement_read(call, "catalogs", call->parameters[0]);
    if (catalog == NULL)
        return;
    json *roles = json_new_array();
    json_for_each (resource, tenant_collection(call->practice, "catalogResources")) {
        if (!same_text(json_get_string(resource, "_catalog"), json_get_string(catalog, "id")) ||
            !tenant_is_listed(call->practice, resource))
            continue;
        json_for_each (role, json_get(resource, "+roles")) {
            json *copy = json_copy(role);
            json_set(copy, "+resource", entitlement_ref("catalogResources", json_get_string(resource, "id")));
            json_append(roles, copy);
        }
    }
    graph_answer_objects(call, roles);
}

static json *add_resource(struct practice *practice, const char *catalog_id, const json *group)
{
    const char *group_id = json_get_string(group, "id");
    g_autofree char *scope_id = tenant_new_id(practice);
    g_autofree char *now = practice_time(practice);
    json *resource = json_from("{'description':%s,'displayName':%s,'originId':%s,'originSystem':'AadGroup',"
                               "'attributes':[],'_catalog':%s,'+roles':[],'+scopes':[{'id':%s,'displayName':'Root',"
                               "'description':'Root Scope','originId':%s,'originSystem':'AadGroup',"
                               "'isRootScope':true}]}",
                               json_get_string(group, "description"), json_get_string(group, "displayName"), group_id,
                               catalog_id, scope_id, group_id);
    json_set_string(resource, "createdDateTime", now);
    json_set_string(resource, "modifiedDateTime", now);
    tenant_add(practice, "catalogResources", resource);
    json_set_int(resource, "_readable", entitlement_after(practice, "lag.deliver"));
    json_set_int(resource, "_listed", entitlement_after(practice, "lag.deliver"));
    json_set_int(resource, "_rolesAt", entitlement_after(practice, "lag.roles"));
    return resource;
}

static void answer_request(struct call *call, const char *catalog_id, const json *resource)
{
    g_autofree char *now = practice_time(call->practice);
    json *request = json_from("{'requestType':%s,'state':'delivering','createdDateTime':%s}",
                              json_get_string(call->body, "requestType"), now);
    json_set(request, "+catalog", entitlement_ref("catalogs", catalog_id));
    if (resource != NULL)
        json_set(request, "+resource", entitlement_ref("catalogResources", json_get_string(resource, "id")));
    tenant_add(call->practice, "resourceRequests", request);
    json_set_int(request, "_due", entitlement_after(call->practice, "lag.deliver"));
    odata_answer_object(call, 201, request);
}

static void handle_add(struct call *call, const char *catalog_id, const char *origin_id)
{
    const json *group = entitlement_read(call, "groups", origin_id);
    if (group == NULL)
        return;
    /* Identity Governance Administrator alone may not bring in a security group that it does not own. */
    gboolean owned = !json_get_bool(group, "isAssignableToRole", FALSE) &&
                     graph_list_has(json_get(group, "_owners"), json_get_string(call->user, "id"), NULL);
    gboolean is_there = FALSE;
    json_for_each (resource, tenant_collection(call->practice, "catalogResources")) {
        is_there = is_there || (same_text(json_get_string(resource, "_catalog"), catalog_id) &&
                                same_text(json_get_string(resource, "originId"), origin_id));
    }
    if (!owned && !call_has_role(call, "Global Administrator"))
        graph_error(call, 403, "UnAuthorized", "User is not authorized to perform the operation.");
    else if (is_there)
        graph_error(call, 400, "ResourceAlreadyOnboarded", "The resource is already in the catalog.");
    else
        answer_request(call, catalog_id, add_resource(call->practice, catalog_id, group));
}

static void handle_remove(struct call *call, const char *catalog_id, const char *resource_id)
{
    const json *resource = entitlement_resource(call->practice, catalog_id, resource_id);
    if (resource == NULL) {
        entitlement_not_found(call);
        return;
    }
    if (entitlement_is_used(call->practice, resource_id)) {
        graph_error(call, 400, "InvalidDeleteResourceHasEntitlements",
                    "The resource: %s can not be deleted because there are active entitlements.",
                    json_get_string(resource, "displayName"));
        return;
    }
    tenant_remove(call->practice, "catalogResources", resource_id);
    answer_request(call, catalog_id, NULL);
}

/* What comes in is named by where it comes from, what goes by its own id. */
static void handle_request(struct call *call)
{
    const char *type = json_get_string(call->body, "requestType");
    const json *wanted = json_get(call->body, "resource");
    const char *id = json_get_string(wanted, "id");
    const char *origin_id = json_get_string(wanted, "originId");
    gboolean adds = strcmp(type, "adminAdd") == 0;
    const json *catalog = entitlement_read(call, "catalogs", json_get_string(json_get(call->body, "catalog"), "id"));
    if (catalog == NULL)
        return;
    if (!adds && strcmp(type, "adminRemove") != 0)
        entitlement_invalid(call, "The request type '%s' is not supported for catalog resources.", type);
    else if ((adds ? origin_id : id) == NULL)
        entitlement_invalid(call, "Invalid Model: the resource has no %s.", adds ? "originId" : "id");
    else if (!adds)
        handle_remove(call, json_get_string(catalog, "id"), id);
    else if (g_strcmp0(json_get_string(wanted, "originSystem"), "AadGroup") != 0)
        entitlement_invalid(call, "The practice tenant knows resources of the system AadGroup only.");
    else
        handle_add(call, json_get_string(catalog, "id"), origin_id);
}

static const struct hook hooks[] = {
    {.name = "catalog-delete", .check = check_delete},
    {.name = "catalog-resources", .handle = handle_resources},
    {.name = "catalog-roles", .handle = handle_resource_roles},
    {.name = "resource-request", .handle = handle_request},
};
const struct hook_table catalog_hooks = HOOK_TABLE(hooks);

/* Catalogs, their resources, and the requests that bring resources in and out. */
#include <string.h>

#include "practice/entitlement.h"
#include "practice/tenant.h"

#define CATALOGS ENTITLEMENT "/catalogs"
#define REQUESTS ENTITLEMENT "/resourceRequests"

static const char *const name_filters[] = {"displayName eq ?", NULL};
static const char *const resource_filters[] = {"originId eq ?", "displayName eq ?", NULL};
static const char *const role_filters[] = {"originSystem eq ? and resource/id eq ?", NULL};
static const struct odata_rules catalog_list = {.filters = name_filters, .paged = TRUE};
static const struct odata_rules resource_list = {.filters = resource_filters, .expands = "roles scopes", .paged = TRUE};
static const struct odata_rules role_list = {.filters = role_filters, .expands = "resource", .paged = TRUE};
static const struct odata_rules request_list = {.expands = "resource catalog", .paged = TRUE};
static const struct odata_rules request_object = {.expands = "resource catalog"};

static void handle_create_catalog(struct call *call)
{
    static const char *const copied[] = {"displayName", "description", NULL};
    const char *state = json_get_string(call->body, "state");
    json *catalog =
        json_from("{'catalogType':'userManaged','state':%s,'isExternallyVisible':%b}",
                  state != NULL ? state : "published", json_get_bool(call->body, "isExternallyVisible", FALSE));
    graph_copy_members(catalog, call->body, copied);
    entitlement_stamp_new(call->practice, catalog);
    odata_answer_object(call, 201, tenant_add(call->practice, "catalogs", catalog));
}

static void handle_update_catalog(struct call *call)
{
    json *catalog = entitlement_read(call, "catalogs", call->parameters[0]);
    if (catalog == NULL)
        return;
    graph_update(call, catalog);
    entitlement_stamp(call->practice, catalog);
    answer_nothing(call, 204);
}

static void handle_delete_catalog(struct call *call)
{
    const json *catalog = entitlement_read(call, "catalogs", call->parameters[0]);
    if (catalog == NULL)
        return;
    if (tenant_find_by(call->practice, "accessPackages", "_catalog", call->parameters[0]) != NULL ||
        g_strcmp0(json_get_string(catalog, "catalogType"), "userManaged") != 0) {
        entitlement_invalid(call, "The catalog cannot be deleted: it has access packages or belongs to the service.");
        return;
    }
    tenant_remove_by(call->practice, "catalogResources", "_catalog", call->parameters[0]);
    tenant_remove(call->practice, "catalogs", call->parameters[0]);
    answer_nothing(call, 204);
}

static void handle_resources(struct call *call)
{
    entitlement_settle(call->practice);
    const json *catalog = entitlement_read(call, "catalogs", call->parameters[0]);
    if (catalog == NULL)
        return;
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    json_for_each (resource, tenant_collection(call->practice, "catalogResources")) {
        if (same_text(json_get_string(resource, "_catalog"), json_get_string(catalog, "id")) &&
            tenant_is_listed(call->practice, resource) && odata_matches(call, resource))
            g_ptr_array_add(found, resource);
    }
    odata_answer_list(call, found);
}

static void append_roles(const struct practice *practice, json *roles, const json *resource)
{
    if (!tenant_is_listed(practice, resource))
        return;
    json_for_each (role, json_get(resource, "+roles")) {
        json *copy = json_copy(role);
        json_set(copy, "+resource", entitlement_ref("catalogResources", json_get_string(resource, "id")));
        json_append(roles, copy);
    }
}

static void handle_resource_roles(struct call *call)
{
    entitlement_settle(call->practice);
    const json *catalog = entitlement_read(call, "catalogs", call->parameters[0]);
    if (catalog == NULL)
        return;
    g_autoptr(json) roles = json_new_array();
    json_for_each (resource, tenant_collection(call->practice, "catalogResources")) {
        if (same_text(json_get_string(resource, "_catalog"), json_get_string(catalog, "id")))
            append_roles(call->practice, roles, resource);
    }
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    json_for_each (role, roles) {
        if (odata_matches(call, role))
            g_ptr_array_add(found, role);
    }
    odata_answer_list(call, found);
}

static json *find_resource(const struct practice *practice, const char *catalog_id, const char *origin_id)
{
    json_for_each (resource, tenant_collection(practice, "catalogResources")) {
        if (same_text(json_get_string(resource, "_catalog"), catalog_id) &&
            same_text(json_get_string(resource, "originId"), origin_id))
            return resource;
    }
    return NULL;
}

static gint64 after(const struct practice *practice, const char *behaviour)
{
    return practice_now(practice) + tenant_behaviour_int(practice, behaviour, 0) * G_TIME_SPAN_MILLISECOND;
}

static json *add_resource(struct practice *practice, const char *catalog_id, const json *group)
{
    const char *group_id = json_get_string(group, "id");
    g_autofree char *scope_id = tenant_new_id(practice);
    json *resource = json_from("{'description':%s,'displayName':%s,'originId':%s,'originSystem':'AadGroup',"
                               "'attributes':[],'_catalog':%s,'+roles':[],'+scopes':[{'id':%s,'displayName':'Root',"
                               "'description':'Root Scope','originId':%s,'originSystem':'AadGroup',"
                               "'isRootScope':true}]}",
                               json_get_string(group, "description"), json_get_string(group, "displayName"), group_id,
                               catalog_id, scope_id, group_id);
    entitlement_stamp_new(practice, resource);
    tenant_add(practice, "catalogResources", resource);
    json_set_int(resource, "_readable", after(practice, "lag.deliver"));
    json_set_int(resource, "_listed", after(practice, "lag.deliver"));
    json_set_int(resource, "_rolesAt", after(practice, "lag.roles"));
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
    json_set_int(request, "_deliveredAt", after(call->practice, "lag.deliver"));
    entitlement_settle(call->practice);
    odata_answer_object(call, 201, request);
}

/* Identity Governance Administrator alone may not bring in a security group that it does not own. */
static gboolean may_add(struct call *call, const json *group)
{
    return call_has_role(call, "Global Administrator") ||
           (!json_get_bool(group, "isAssignableToRole", FALSE) &&
            graph_list_has(json_get(group, "_owners"), json_get_string(call->user, "id"), NULL)) ||
           graph_error(call, 403, "UnAuthorized", "User is not authorized to perform the operation.");
}

static void handle_add(struct call *call, const char *catalog_id, const char *origin_id)
{
    const json *group = entitlement_read(call, "groups", origin_id);
    if (group == NULL || !may_add(call, group))
        return;
    if (find_resource(call->practice, catalog_id, origin_id) != NULL)
        graph_error(call, 400, "ResourceAlreadyOnboarded", "The resource is already in the catalog.");
    else
        answer_request(call, catalog_id, add_resource(call->practice, catalog_id, group));
}

static void handle_remove(struct call *call, const char *catalog_id, const char *origin_id)
{
    const json *resource = find_resource(call->practice, catalog_id, origin_id);
    if (resource == NULL) {
        entitlement_not_found(call);
        return;
    }
    if (entitlement_is_used(call->practice, json_get_string(resource, "id"))) {
        entitlement_invalid(call, "The resource is in use by an access package of the catalog.");
        return;
    }
    g_autofree char *id = g_strdup(json_get_string(resource, "id"));
    tenant_remove(call->practice, "catalogResources", id);
    answer_request(call, catalog_id, NULL);
}

static void handle_request(struct call *call)
{
    const char *type = json_get_string(call->body, "requestType");
    const json *wanted = json_get(call->body, "resource");
    const char *origin_id = json_get_string(wanted, "originId");
    const json *catalog = entitlement_read(call, "catalogs", json_get_string(json_get(call->body, "catalog"), "id"));
    if (catalog == NULL)
        return;
    if (strcmp(json_get_string(wanted, "originSystem"), "AadGroup") != 0)
        entitlement_invalid(call, "The practice tenant knows resources of the system AadGroup only.");
    else if (strcmp(type, "adminAdd") == 0)
        handle_add(call, json_get_string(catalog, "id"), origin_id);
    else if (strcmp(type, "adminRemove") == 0)
        handle_remove(call, json_get_string(catalog, "id"), origin_id);
    else
        entitlement_invalid(call, "The request type '%s' is not supported for catalog resources.", type);
}

static void handle_request_list(struct call *call)
{
    entitlement_settle(call->practice);
    handle_list(call);
}

static void handle_request_object(struct call *call)
{
    entitlement_settle(call->practice);
    handle_get(call);
}

static const struct route routes[] = {
    {.method = "GET",
     .path = CATALOGS,
     .scopes = ENTITLEMENT_READ,
     .collection = "catalogs",
     .odata = &catalog_list,
     .handle = handle_list},
    {.method = "POST",
     .path = CATALOGS,
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .body = "createCatalog",
     .handle = handle_create_catalog},
    {.method = "GET",
     .path = CATALOGS "/{}",
     .scopes = ENTITLEMENT_READ,
     .collection = "catalogs",
     .odata = &plain_object,
     .handle = handle_get},
    {.method = "PATCH",
     .path = CATALOGS "/{}",
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .body = "updateCatalog",
     .handle = handle_update_catalog},
    {.method = "DELETE",
     .path = CATALOGS "/{}",
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .handle = handle_delete_catalog},
    {.method = "GET",
     .path = CATALOGS "/{}/resources",
     .scopes = ENTITLEMENT_READ,
     .odata = &resource_list,
     .handle = handle_resources},
    {.method = "GET",
     .path = CATALOGS "/{}/resourceRoles",
     .scopes = ENTITLEMENT_READ,
     .odata = &role_list,
     .handle = handle_resource_roles},
    {.method = "GET",
     .path = REQUESTS,
     .scopes = ENTITLEMENT_READ,
     .collection = "resourceRequests",
     .odata = &request_list,
     .handle = handle_request_list},
    {.method = "POST",
     .path = REQUESTS,
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .body = "createResourceRequest",
     .handle = handle_request},
    {.method = "GET",
     .path = REQUESTS "/{}",
     .scopes = ENTITLEMENT_READ,
     .collection = "resourceRequests",
     .odata = &request_object,
     .handle = handle_request_object},
};
const struct route_table catalog_routes = ROUTE_TABLE(SERVICE_GRAPH, routes);

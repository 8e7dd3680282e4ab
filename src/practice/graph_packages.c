/* Access packages, the resource roles in them, and assignments. */
#include <string.h>

#include "practice/entitlement.h"
#include "practice/tenant.h"

#define PACKAGES ENTITLEMENT "/accessPackages"
#define PACKAGE_EXPANDS                                                                                                \
    "catalog resourceRoleScopes resourceRoleScopes.role resourceRoleScopes.scope resourceRoleScopes.role.resource"

static const char *const name_filters[] = {"displayName eq ?", "displayName eq ? and catalog/id eq ?",
                                           "catalog/id eq ?", NULL};
static const char *const assignment_filters[] = {"accessPackage/id eq ?", NULL};
static const struct odata_rules package_list = {.filters = name_filters, .expands = PACKAGE_EXPANDS, .paged = TRUE};
static const struct odata_rules package_object = {.expands = PACKAGE_EXPANDS};
static const struct odata_rules scope_list = {.expands = "role scope role.resource", .paged = TRUE};
static const struct odata_rules assignment_list = {
    .filters = assignment_filters, .expands = "target accessPackage assignmentPolicy", .paged = TRUE};
static const struct odata_rules assignment_request_list = {
    .filters = assignment_filters, .expands = "requestor accessPackage", .paged = TRUE};

static gboolean is_taken(const struct practice *practice, const char *catalog_id, const char *name, const char *but)
{
    json_for_each (package, tenant_collection(practice, "accessPackages")) {
        if (same_text(json_get_string(package, "_catalog"), catalog_id) &&
            same_text(json_get_string(package, "displayName"), name) && !same_text(json_get_string(package, "id"), but))
            return TRUE;
    }
    return FALSE;
}

static gboolean refuse_duplicate(struct call *call)
{
    return graph_error(call, 409, "DuplicateAccessPackage",
                       "An access package of this name already exists in the catalog.");
}

static void handle_create(struct call *call)
{
    static const char *const copied[] = {"displayName", "description", NULL};
    const json *catalog = entitlement_read(call, "catalogs", json_get_string(json_get(call->body, "catalog"), "id"));
    if (catalog == NULL)
        return;
    const char *catalog_id = json_get_string(catalog, "id");
    if (is_taken(call->practice, catalog_id, json_get_string(call->body, "displayName"), NULL)) {
        refuse_duplicate(call);
        return;
    }
    json *package = json_from("{'isHidden':%b,'_catalog':%s,'+catalog':{'_ref':'catalogs','id':%s},"
                              "'+resourceRoleScopes':[]}",
                              json_get_bool(call->body, "isHidden", FALSE), catalog_id, catalog_id);
    graph_copy_members(package, call->body, copied);
    entitlement_stamp_new(call->practice, package);
    odata_answer_object(call, 201, tenant_add(call->practice, "accessPackages", package));
}

static void handle_update(struct call *call)
{
    json *package = entitlement_read(call, "accessPackages", call->parameters[0]);
    if (package == NULL)
        return;
    const char *name = json_get_string(call->body, "displayName");
    if (name != NULL &&
        is_taken(call->practice, json_get_string(package, "_catalog"), name, json_get_string(package, "id"))) {
        refuse_duplicate(call);
        return;
    }
    graph_update(call, package);
    entitlement_stamp(call->practice, package);
    answer_nothing(call, 204);
}

static void handle_delete(struct call *call)
{
    if (entitlement_read(call, "accessPackages", call->parameters[0]) == NULL)
        return;
    if (entitlement_is_assigned(call->practice, "_package", call->parameters[0])) {
        entitlement_invalid(call, "The access package cannot be deleted: it has assignments.");
        return;
    }
    tenant_remove_by(call->practice, "assignmentPolicies", "_package", call->parameters[0]);
    tenant_remove(call->practice, "accessPackages", call->parameters[0]);
    answer_nothing(call, 204);
}

static void handle_role_scopes(struct call *call)
{
    const json *package = entitlement_read(call, "accessPackages", call->parameters[0]);
    if (package == NULL)
        return;
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    json_for_each (scope, json_get(package, "+resourceRoleScopes")) {
        if (tenant_is_listed(call->practice, scope))
            g_ptr_array_add(found, scope);
    }
    odata_answer_list(call, found);
}

/* The element of LIST with WANTED's origin, and its id if WANTED gives one. */
static const json *find_by_origin(const json *list, const json *wanted)
{
    const char *id = json_get_string(wanted, "id");
    json_for_each (item, list) {
        if (same_text(json_get_string(item, "originId"), json_get_string(wanted, "originId")) &&
            same_text(json_get_string(item, "originSystem"), json_get_string(wanted, "originSystem")) &&
            (id == NULL || same_text(id, json_get_string(item, "id"))))
            return item;
    }
    return NULL;
}

static void add_role_scope(struct call *call, json *package, const json *resource, const json *role, const json *scope)
{
    g_autofree char *now = practice_time(call->practice);
    g_autofree char *id = g_strconcat(json_get_string(role, "id"), "_", json_get_string(scope, "id"), NULL);
    json_for_each (old, json_get(package, "+resourceRoleScopes")) {
        if (same_text(json_get_string(old, "id"), id)) {
            entitlement_invalid(call, "The resource role is already in the access package.");
            return;
        }
    }
    json *added = json_from("{'id':%s,'createdDateTime':%s,'_resource':%s,'+role':%j,'+scope':%j}", id, now,
                            json_get_string(resource, "id"), role, scope);
    json_set(json_get(added, "+role"), "+resource",
             entitlement_ref("catalogResources", json_get_string(resource, "id")));
    gint64 lag = tenant_behaviour_int(call->practice, "lag.list", 0) * G_TIME_SPAN_MILLISECOND;
    json_set_int(added, "_listed", practice_now(call->practice) + lag);
    json_append(json_get(package, "+resourceRoleScopes"), added);
    tenant_changed(call->practice);
    odata_answer_object(call, 201, added);
}

static void handle_create_role_scope(struct call *call)
{
    entitlement_settle(call->practice);
    json *package = entitlement_read(call, "accessPackages", call->parameters[0]);
    if (package == NULL)
        return;
    const json *wanted_role = json_get(call->body, "role");
    const char *resource_id = json_get_string(json_get(wanted_role, "resource"), "id");
    const json *resource = entitlement_resource(call->practice, json_get_string(package, "_catalog"), resource_id);
    const json *role = find_by_origin(json_get(resource, "+roles"), wanted_role);
    const json *scope = find_by_origin(json_get(resource, "+scopes"), json_get(call->body, "scope"));
    if (role == NULL || scope == NULL)
        entitlement_not_found(call);
    else
        add_role_scope(call, package, resource, role, scope);
}

static void handle_delete_role_scope(struct call *call)
{
    json *package = entitlement_read(call, "accessPackages", call->parameters[0]);
    if (package == NULL)
        return;
    json *scopes = json_get(package, "+resourceRoleScopes");
    for (int i = 0; i < json_length(scopes); i++) {
        if (!same_text(json_get_string(json_at(scopes, i), "id"), call->parameters[1]))
            continue;
        json_free(json_detach_at(scopes, i));
        tenant_changed(call->practice);
        answer_nothing(call, 204);
        return;
    }
    entitlement_not_found(call);
}

static json *subject_of(const json *user)
{
    return json_from("{'id':%s,'objectId':%s,'displayName':%s,'email':%s,'principalName':%s,'subjectType':'user'}",
                     json_get_string(user, "id"), json_get_string(user, "id"), json_get_string(user, "displayName"),
                     json_get_string(user, "mail"), json_get_string(user, "userPrincipalName"));
}

static void answer_assignment_request(struct call *call, const char *package_id)
{
    g_autofree char *now = practice_time(call->practice);
    g_autoptr(json) requestor = subject_of(call->user);
    json *request = json_from("{'requestType':%s,'state':'delivered','status':'Delivered','createdDateTime':%s,"
                              "'completedDateTime':%s,'+requestor':%j,'+accessPackage':%j}",
                              json_get_string(call->body, "requestType"), now, now, requestor, NULL);
    json_set(request, "+accessPackage", entitlement_ref("accessPackages", package_id));
    odata_answer_object(call, 201, tenant_add(call->practice, "assignmentRequests", request));
}

static void assign(struct call *call, const json *wanted)
{
    const json *package = entitlement_read(call, "accessPackages", json_get_string(wanted, "accessPackageId"));
    const json *policy =
        package != NULL ? entitlement_read(call, "assignmentPolicies", json_get_string(wanted, "assignmentPolicyId"))
                        : NULL;
    const json *user = policy != NULL ? entitlement_read(call, "users", json_get_string(wanted, "targetId")) : NULL;
    if (user == NULL)
        return;
    const char *package_id = json_get_string(package, "id");
    const char *policy_id = json_get_string(policy, "id");
    g_autoptr(json) target = subject_of(user);
    json *assignment = json_from("{'state':'delivered','status':'Delivered','expiredDateTime':null,'_package':%s,"
                                 "'_policy':%s,'+target':%j}",
                                 package_id, policy_id, target);
    json_set(assignment, "+accessPackage", entitlement_ref("accessPackages", package_id));
    json_set(assignment, "+assignmentPolicy", entitlement_ref("assignmentPolicies", policy_id));
    tenant_add(call->practice, "assignments", assignment);
    answer_assignment_request(call, package_id);
}

static void unassign(struct call *call, const json *wanted)
{
    const json *assignment = entitlement_read(call, "assignments", json_get_string(wanted, "id"));
    if (assignment == NULL)
        return;
    g_autofree char *package_id = g_strdup(json_get_string(assignment, "_package"));
    g_autofree char *id = g_strdup(json_get_string(assignment, "id"));
    tenant_remove(call->practice, "assignments", id);
    answer_assignment_request(call, package_id);
}

static void handle_assignment_request(struct call *call)
{
    const char *type = json_get_string(call->body, "requestType");
    const json *wanted = json_get(call->body, "assignment");
    if (strcmp(type, "adminAdd") == 0)
        assign(call, wanted);
    else if (strcmp(type, "adminRemove") == 0)
        unassign(call, wanted);
    else
        entitlement_invalid(call, "The request type '%s' is not supported here.", type);
}

static const struct route routes[] = {
    {.method = "GET",
     .path = PACKAGES,
     .scopes = ENTITLEMENT_READ,
     .collection = "accessPackages",
     .odata = &package_list,
     .handle = handle_list},
    {.method = "POST",
     .path = PACKAGES,
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .body = "createAccessPackage",
     .handle = handle_create},
    {.method = "GET",
     .path = PACKAGES "/{}",
     .scopes = ENTITLEMENT_READ,
     .collection = "accessPackages",
     .odata = &package_object,
     .handle = handle_get},
    {.method = "PATCH",
     .path = PACKAGES "/{}",
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .body = "updateAccessPackage",
     .handle = handle_update},
    {.method = "DELETE",
     .path = PACKAGES "/{}",
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .handle = handle_delete},
    {.method = "GET",
     .path = PACKAGES "/{}/resourceRoleScopes",
     .scopes = ENTITLEMENT_READ,
     .odata = &scope_list,
     .handle = handle_role_scopes},
    {.method = "POST",
     .path = PACKAGES "/{}/resourceRoleScopes",
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .body = "createResourceRoleScope",
     .handle = handle_create_role_scope},
    {.method = "DELETE",
     .path = PACKAGES "/{}/resourceRoleScopes/{}",
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .handle = handle_delete_role_scope},
    {.method = "GET",
     .path = ENTITLEMENT "/assignments",
     .scopes = ENTITLEMENT_READ,
     .collection = "assignments",
     .odata = &assignment_list,
     .handle = handle_list},
    {.method = "GET",
     .path = ENTITLEMENT "/assignmentRequests",
     .scopes = ENTITLEMENT_READ,
     .collection = "assignmentRequests",
     .odata = &assignment_request_list,
     .handle = handle_list},
    {.method = "POST",
     .path = ENTITLEMENT "/assignmentRequests",
     .scopes = ENTITLEMENT_WRITE,
     .roles = ENTITLEMENT_ROLE,
     .body = "createAssignmentRequest",
     .handle = handle_assignment_request},
};
const struct route_table package_routes = ROUTE_TABLE(SERVICE_GRAPH, routes);

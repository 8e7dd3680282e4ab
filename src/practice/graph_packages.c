/* SPDX-License-Identifier: MIT */
/* Access packages and the resource roles in them. */
#include <string.h>

#include "practice/entitlement.h"
#include "practice/odata.h"
#include "practice/tenant.h"

/* No other package of the catalog, BUT itself, has NAME. */
static gboolean check_name(struct call *call, const char *catalog_id, const char *name, const char *but)
{
    json_for_each (package, tenant_collection(call->practice, "accessPackages")) {
        if (same_text(json_get_string(package, "_catalog"), catalog_id) &&
            same_text(json_get_string(package, "displayName"), name) && !same_text(json_get_string(package, "id"), but))
            return graph_error(call, 409, "DuplicateAccessPackage",
                               "An access package of this name already exists in the catalog.");
    }
    return TRUE;
}

static gboolean check_new(struct call *call, const json *object)
{
    const json *catalog = entitlement_read(call, "catalogs", json_get_string(json_get(call->body, "catalog"), "id"));
    (void)object;
    return catalog != NULL &&
           check_name(call, json_get_string(catalog, "id"), json_get_string(call->body, "displayName"), NULL);
}

static void finish(struct call *call, json *package)
{
    const json *catalog =
        tenant_find(call->practice, "catalogs", json_get_string(json_get(call->body, "catalog"), "id"));
    const char *id = json_get_string(catalog, "id");
    json_set_string(package, "_catalog", id);
    json_set(package, "+catalog", entitlement_ref("catalogs", id));
}

static gboolean check_change(struct call *call, const json *package)
{
    const char *name = json_get_string(call->body, "displayName");
    return name == NULL || check_name(call, json_get_string(package, "_catalog"), name, json_get_string(package, "id"));
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
    json_set_int(added, "_since", practice_now(call->practice));
    json_set_int(added, "_listed", practice_now(call->practice) + lag);
    json_append(json_get(package, "+resourceRoleScopes"), added);
    tenant_changed(call->practice);
    odata_answer_object(call, 201, added);
}

static void handle_create_role_scope(struct call *call)
{
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
    if (package == NULL || !entitlement_is_unheld(call, json_get_string(package, "id")))
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

static gboolean check_delete(struct call *call, const json *package)
{
    return entitlement_is_unheld(call, json_get_string(package, "id"));
}

/* No package stands against another here. */
static void handle_no_relations(struct call *call)
{
    if (entitlement_read(call, "accessPackages", call->parameters[0]) != NULL)
        graph_answer_objects(call, json_new_array());
}

static const struct hook hooks[] = {
    {.name = "no-relations", .handle = handle_no_relations},
    {.name = "package-new", .check = check_new, .finish = finish},
    {.name = "package-change", .check = check_change},
    {.name = "package-delete", .check = check_delete},
    {.name = "role-scopes", .handle = handle_role_scopes},
    {.name = "role-scope-add", .handle = handle_create_role_scope},
    {.name = "role-scope-remove", .handle = handle_delete_role_scope},
};
const struct hook_table package_hooks = HOOK_TABLE(hooks);

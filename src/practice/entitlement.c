#include "practice/entitlement.h"

#include "practice/tenant.h"

gboolean entitlement_not_found(struct call *call)
{
    return graph_error(call, 404, "ResourceNotFound", "The resource was not found.");
}

gboolean entitlement_invalid(struct call *call, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    g_autofree char *message = g_strdup_vprintf(format, list);
    va_end(list);
    return graph_error(call, 400, "InvalidModel", "%s", message);
}

json *entitlement_read(struct call *call, const char *collection, const char *id)
{
    json *object = tenant_read(call->practice, collection, id);
    if (object == NULL)
        entitlement_not_found(call);
    return object;
}

json *entitlement_ref(const char *collection, const char *id)
{
    return json_from("{'_ref':%s,'id':%s}", collection, id);
}

static json *role_of(struct practice *practice, const char *group_id, const char *name)
{
    g_autofree char *id = tenant_new_id(practice);
    g_autofree char *origin = g_strconcat(name, "_", group_id, NULL);
    return json_from("{'id':%s,'description':null,'displayName':%s,'originId':%s,'originSystem':'AadGroup'}", id, name,
                     origin);
}

static void settle_resource(struct practice *practice, json *resource)
{
    if (json_length(json_get(resource, "+roles")) > 0 || json_get_int(resource, "_rolesAt", 0) > practice_now(practice))
        return;
    const char *group_id = json_get_string(resource, "originId");
    json_append(json_get(resource, "+roles"), role_of(practice, group_id, "Member"));
    json_append(json_get(resource, "+roles"), role_of(practice, group_id, "Owner"));
    tenant_changed(practice);
}

void entitlement_settle(struct practice *practice)
{
    json_for_each (request, tenant_collection(practice, "resourceRequests")) {
        if (json_get_int(request, "_deliveredAt", 0) <= practice_now(practice))
            json_set_string(request, "state", "delivered");
    }
    json_for_each (resource, tenant_collection(practice, "catalogResources")) {
        settle_resource(practice, resource);
    }
}

json *entitlement_resource(const struct practice *practice, const char *catalog_id, const char *resource_id)
{
    json *resource = tenant_read(practice, "catalogResources", resource_id);
    return same_text(json_get_string(resource, "_catalog"), catalog_id) ? resource : NULL;
}

gboolean entitlement_is_used(const struct practice *practice, const char *resource_id)
{
    json_for_each (package, tenant_collection(practice, "accessPackages")) {
        json_for_each (scope, json_get(package, "+resourceRoleScopes")) {
            if (same_text(json_get_string(scope, "_resource"), resource_id))
                return TRUE;
        }
    }
    return FALSE;
}

void entitlement_stamp_new(struct practice *practice, json *object)
{
    g_autofree char *now = practice_time(practice);
    json_set_string(object, "createdDateTime", now);
    json_set_string(object, "modifiedDateTime", now);
}

void entitlement_stamp(struct practice *practice, json *object)
{
    g_autofree char *now = practice_time(practice);
    json_set_string(object, "modifiedDateTime", now);
    tenant_changed(practice);
}

gboolean entitlement_is_assigned(const struct practice *practice, const char *name, const char *id)
{
    json_for_each (assignment, tenant_collection(practice, "assignments")) {
        if (same_text(json_get_string(assignment, name), id))
            return TRUE;
    }
    return FALSE;
}

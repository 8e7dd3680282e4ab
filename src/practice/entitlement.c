/* SPDX-License-Identifier: MIT */
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

gint64 entitlement_after(const struct practice *practice, const char *name)
{
    return practice_now(practice) + tenant_behaviour_int(practice, name, 0) * G_TIME_SPAN_MILLISECOND;
}

/* TRUE, once, when the moment that OBJECT waits for is there. */
static gboolean is_due(struct practice *practice, json *object)
{
    gint64 due = json_get_int(object, "_due", 0);
    if (due == 0 || due > practice_now(practice))
        return FALSE;
    json_remove(object, "_due");
    tenant_changed(practice);
    return TRUE;
}

void entitlement_settle(struct practice *practice)
{
    static const char *const requests[] = {"resourceRequests", "assignmentRequests"};
    g_autofree char *now = practice_time(practice);
    for (gsize i = 0; i < G_N_ELEMENTS(requests); i++)
        json_for_each (request, tenant_collection(practice, requests[i])) {
            if (!is_due(practice, request))
                continue;
            json_set_string(request, "state", "delivered");
            if (json_get(request, "status") != NULL)
                json_set_string(request, "status", "Delivered");
            if (json_get(request, "completedDateTime") != NULL)
                json_set_string(request, "completedDateTime", now);
        }
    json_for_each (assignment, tenant_collection(practice, "assignments")) {
        gboolean ends = json_get_bool(assignment, "_ends", FALSE);
        if (!is_due(practice, assignment))
            continue;
        json_set_string(assignment, "state", ends ? "expired" : "delivered");
        json_set_string(assignment, "status", ends ? "Expired" : "Delivered");
        json_set_string(assignment, "expiredDateTime", ends ? now : NULL);
        json_remove(assignment, "_ends");
    }
    json_for_each (resource, tenant_collection(practice, "catalogResources")) {
        const char *group_id = json_get_string(resource, "originId");
        gint64 due = json_get_int(resource, "_rolesAt", 0);
        if (due == 0 || due > practice_now(practice))
            continue;
        json_remove(resource, "_rolesAt");
        json_append(json_get(resource, "+roles"), role_of(practice, group_id, "Member"));
        json_append(json_get(resource, "+roles"), role_of(practice, group_id, "Owner"));
        tenant_changed(practice);
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

gboolean entitlement_is_unheld(struct call *call, const char *package_id)
{
    static const struct {
        const char *collection, *states, *message;
    } rows[] = {
        {"assignments", "delivering delivered partiallyDelivered", "it has assignments"},
        {"assignmentRequests", ENTITLEMENT_OPEN, "requests for it are open"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        json_for_each (object, tenant_collection(call->practice, rows[i].collection)) {
            if (same_text(json_get_string(object, "_package"), package_id) &&
                graph_has_word(rows[i].states, json_get_string(object, "state")))
                return graph_error(call, 400, "InvalidDeleteEntitlementHasGrants",
                                   "The access package and what belongs to it cannot be deleted: %s.", rows[i].message);
        }
    return TRUE;
}

void entitlement_stamp(struct practice *practice, json *object)
{
    g_autofree char *now = practice_time(practice);
    json_set_string(object, "modifiedDateTime", now);
    tenant_changed(practice);
}

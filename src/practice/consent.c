/* SPDX-License-Identifier: MIT */
#include "practice/consent.h"

#include "practice/tenant.h"

#define GRAPH_APPLICATION "00000003-0000-0000-c000-000000000000"

const json *consent_application(const struct practice *practice, const char *app_id)
{
    return tenant_in(json_get(practice->company, "knownApplications"), "appId", app_id);
}

gboolean consent_is_allowed(const struct practice *practice, const json *user)
{
    const char *id = json_get_string(user, "id");
    return tenant_has_role(practice, id, "Global Administrator") ||
           tenant_has_role(practice, id, "Privileged Role Administrator");
}

const json *consent_add_principal(struct practice *practice, const json *application)
{
    const char *app_id = json_get_string(application, "appId");
    const char *name = json_get_string(application, "displayName");
    return tenant_add(practice, "servicePrincipals",
                      json_from("{'appId':%s,'displayName':%s,'appDisplayName':%s,'accountEnabled':true,"
                                "'appOwnerOrganizationId':%s,'appRoleAssignmentRequired':false,"
                                "'servicePrincipalType':'Application','appRoles':[],'oauth2PermissionScopes':[]}",
                                app_id, name, name, json_get_string(application, "ownerTenantId")));
}

void consent_give(struct practice *practice, const json *application)
{
    const json *principal =
        tenant_find_by(practice, "servicePrincipals", "appId", json_get_string(application, "appId"));
    if (principal == NULL)
        principal = consent_add_principal(practice, application);
    const char *id = json_get_string(principal, "id");
    const json *graph = tenant_find_by(practice, "servicePrincipals", "appId", GRAPH_APPLICATION);
    tenant_remove_by(practice, "appRoleAssignments", "principalId", id);
    tenant_remove_by(practice, "oauth2PermissionGrants", "clientId", id);
    const json *resource =
        tenant_find_by(practice, "servicePrincipals", "appId", json_get_string(application, "resource"));
    g_autofree char *now = practice_time(practice);
    json_for_each (name, json_get(application, "appRoles")) {
        const json *role = tenant_in(json_get(resource, "appRoles"), "value", json_string(name));
        tenant_add(practice, "appRoleAssignments",
                   json_from("{'appRoleId':%s,'createdDateTime':%s,'principalDisplayName':%s,'principalId':%s,"
                             "'principalType':'ServicePrincipal','resourceDisplayName':%s,'resourceId':%s}",
                             json_get_string(role, "id"), now, json_get_string(principal, "displayName"),
                             json_get_string(principal, "id"), json_get_string(resource, "displayName"),
                             json_get_string(resource, "id")));
    }
    tenant_add(practice, "oauth2PermissionGrants",
               json_from("{'clientId':%s,'consentType':'AllPrincipals','principalId':null,'resourceId':%s,'scope':%s}",
                         id, json_get_string(graph, "id"), json_get_string(application, "delegatedScopes")));
}

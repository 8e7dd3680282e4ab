/* SPDX-License-Identifier: MIT */
#include "onboarding/service_principal.h"

#include "base/json.h"

#define PATH "/v1.0/servicePrincipals"
#define READ_SCOPE "Application.Read.All"

struct request *service_principal_by_app_id(const char *app_id, const char *select)
{
    struct request *request = request_get(SERVICE_GRAPH, PATH);
    request_query(request, "$filter", "appId eq '%s'", app_id);
    request_query(request, "$select", "%s", select);
    request->scope = READ_SCOPE;
    request->all_pages = TRUE;
    return request;
}

struct request *service_principal_app_roles(const char *id)
{
    struct request *request = request_get(SERVICE_GRAPH, PATH "/%s/appRoleAssignments", id);
    request->scope = READ_SCOPE;
    request->all_pages = TRUE;
    return request;
}

const json *service_principal_found(const struct reply *reply)
{
    return json_at(json_get(reply->body, "value"), 0);
}

const json *service_principal_find_role(const json *resource, const char *member, const char *text)
{
    return json_find(json_get(resource, "appRoles"), member, text);
}

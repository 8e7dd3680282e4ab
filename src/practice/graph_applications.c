/* Service principals and what they were granted. */
#include <string.h>

#include "practice/consent.h"
#include "practice/graph.h"
#include "practice/tenant.h"

#define APPLICATION_SCOPES "Application.Read.All Directory.Read.All"

static const char *const application_filters[] = {"appId eq ?", "displayName eq ?", NULL};
static const char *const grant_filters[] = {"clientId eq ?", "clientId eq ? and consentType eq ?", NULL};
static const struct odata_rules application_list = {.filters = application_filters, .paged = TRUE};
static const struct odata_rules grant_list = {.filters = grant_filters, .paged = TRUE};

static const json *named_application(struct call *call)
{
    const char *name = call->parameters[0];
    const json *application = tenant_read(call->practice, "servicePrincipals", name);
    if (application == NULL && strstr(call->route->path, "appId") != NULL)
        application = tenant_find_by(call->practice, "servicePrincipals", "appId", name);
    if (application == NULL)
        graph_not_found(call, name);
    return application;
}

static void handle_application(struct call *call)
{
    const json *application = named_application(call);
    if (application != NULL)
        odata_answer_object(call, 200, application);
}

static void handle_create_application(struct call *call)
{
    const char *app_id = json_get_string(call->body, "appId");
    const json *known = consent_application(call->practice, app_id);
    if (tenant_find_by(call->practice, "servicePrincipals", "appId", app_id) != NULL) {
        graph_error(call, 409, "Request_MultipleObjectsWithSameKeyValue",
                    "The service principal cannot be created, updated, or restored because the service principal name "
                    "is already in use.");
    } else if (known == NULL) {
        graph_bad_request(
            call, "The appId '%s' of the service principal does not reference a valid application object.", app_id);
    } else {
        odata_answer_object(call, 201, consent_add_principal(call->practice, known));
    }
}

/* Those of COLLECTION whose member NAME is the application's id. */
static void answer_of_application(struct call *call, const char *collection, const char *name)
{
    const json *application = named_application(call);
    if (application == NULL)
        return;
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    json_for_each (grant, tenant_collection(call->practice, collection)) {
        if (same_text(json_get_string(grant, name), json_get_string(application, "id")) &&
            tenant_is_listed(call->practice, grant))
            g_ptr_array_add(list, grant);
    }
    odata_answer_list(call, list);
}

static void handle_app_roles(struct call *call)
{
    answer_of_application(call, "appRoleAssignments", "principalId");
}

static void handle_grants(struct call *call)
{
    answer_of_application(call, "oauth2PermissionGrants", "clientId");
}

static const struct route routes[] = {
    {.method = "GET",
     .path = "/v1.0/servicePrincipals",
     .scopes = APPLICATION_SCOPES,
     .collection = "servicePrincipals",
     .odata = &application_list,
     .handle = handle_list},
    {.method = "POST",
     .path = "/v1.0/servicePrincipals",
     .scopes = "Application.ReadWrite.All",
     .roles = "Application Administrator|Cloud Application Administrator",
     .body = "createServicePrincipal",
     .handle = handle_create_application},
    {.method = "GET",
     .path = "/v1.0/servicePrincipals(appId='{}')",
     .scopes = APPLICATION_SCOPES,
     .odata = &plain_object,
     .handle = handle_application},
    {.method = "GET",
     .path = "/v1.0/servicePrincipals(appId='{}')/appRoleAssignments",
     .scopes = APPLICATION_SCOPES,
     .odata = &plain_list,
     .handle = handle_app_roles},
    {.method = "GET",
     .path = "/v1.0/servicePrincipals(appId='{}')/oauth2PermissionGrants",
     .scopes = "Directory.Read.All",
     .odata = &plain_list,
     .handle = handle_grants},
    {.method = "GET",
     .path = "/v1.0/servicePrincipals/{}",
     .scopes = APPLICATION_SCOPES,
     .odata = &plain_object,
     .handle = handle_application},
    {.method = "GET",
     .path = "/v1.0/servicePrincipals/{}/appRoleAssignments",
     .scopes = APPLICATION_SCOPES,
     .odata = &plain_list,
     .handle = handle_app_roles},
    {.method = "GET",
     .path = "/v1.0/servicePrincipals/{}/oauth2PermissionGrants",
     .scopes = "Directory.Read.All",
     .odata = &plain_list,
     .handle = handle_grants},
    {.method = "GET",
     .path = "/v1.0/oauth2PermissionGrants",
     .scopes = "Directory.Read.All",
     .collection = "oauth2PermissionGrants",
     .odata = &grant_list,
     .handle = handle_list},
};
const struct route_table application_routes = ROUTE_TABLE(SERVICE_GRAPH, routes);

/* SPDX-License-Identifier: MIT */
/*
 * What a client reads before anybody signs in: the tenant's configuration, its keys, which clouds there are. In a
 * scenario behaviour.cloud ({"instance", "region", "subScope", "graph", "defender"}) says where the tenant is at
 * home.
 */
#include <string.h>

#include "practice/html.h"
#include "practice/oauth.h"
#include "practice/route.h"
#include "practice/signing.h"
#include "practice/tenant.h"

#define CONSUMERS_TENANT "9188040d-6c67-4c5b-b112-36a304b66dad"
#define PUBLIC_CLOUD "microsoftonline.com"

/* The id that the configuration of NAME speaks of; NULL if there is no such tenant. */
static const char *tenant_of(const struct practice *practice, const char *name)
{
    if (same_text(name, "consumers"))
        return CONSUMERS_TENANT;
    const char *own = oauth_tenant(practice, name);
    const json *other = tenant_other(practice, "domain", name);
    other = other != NULL ? other : tenant_other(practice, "tenantId", name);
    return own != NULL ? own : json_get_string(other, "tenantId");
}

static void set_cloud(const struct practice *practice, json *document)
{
    const json *cloud = tenant_behaviour(practice, "cloud");
    const char *instance = json_get_string(cloud, "instance");
    const char *region = json_get_string(cloud, "region");
    const char *graph = json_get_string(cloud, "graph");
    json_set_string(document, "tenant_region_scope", region != NULL ? region : "NA");
    if (json_get_string(cloud, "subScope") != NULL)
        json_set_string(document, "tenant_region_sub_scope", json_get_string(cloud, "subScope"));
    json_set_string(document, "cloud_instance_name", instance != NULL ? instance : PUBLIC_CLOUD);
    json_set_string(document, "cloud_graph_host_name", "graph.windows.net");
    json_set_string(document, "msgraph_host", graph != NULL ? graph : "graph.microsoft.com");
    json_set_string(document, "rbac_url", "https://pas.windows.net");
}

static void handle_configuration(struct call *call)
{
    static const char *const addresses[][2] = {
        {"authorization_endpoint", "oauth2/v2.0/authorize"},
        {"token_endpoint", "oauth2/v2.0/token"},
        {"device_authorization_endpoint", "oauth2/v2.0/devicecode"},
        {"end_session_endpoint", "oauth2/v2.0/logout"},
        {"jwks_uri", "discovery/v2.0/keys"},
    };
    const char *name = call->parameters[0];
    const char *tenant = tenant_of(call->practice, name);
    if (tenant == NULL) {
        oauth_refuse(call, &oauth_unknown_tenant);
        return;
    }
    const char *origin = call->practice->origins[SERVICE_LOGIN];
    gboolean any = same_text(name, "organizations") || same_text(name, "common");
    const char *segment = any || same_text(name, "consumers") ? name : tenant;
    g_autofree char *issuer = g_strdup_printf("%s/%s/v2.0", origin, any ? "{tenantid}" : tenant);
    g_autofree char *userinfo = g_strconcat(call->practice->origins[SERVICE_GRAPH], "/oidc/userinfo", NULL);
    json *document = json_from(
        "{'issuer':%s,'userinfo_endpoint':%s,'token_endpoint_auth_methods_supported':['client_secret_post',"
        "'private_key_jwt','client_secret_basic'],'response_types_supported':['code','id_token','code id_token',"
        "'id_token token'],'response_modes_supported':['query','fragment','form_post'],'subject_types_supported':["
        "'pairwise'],'id_token_signing_alg_values_supported':['RS256'],'scopes_supported':['openid','profile','email',"
        "'offline_access'],'claims_supported':['sub','iss','aud','exp','iat','auth_time','acr','nonce',"
        "'preferred_username','name','tid','ver','at_hash','c_hash','email'],'request_uri_parameter_supported':false,"
        "'http_logout_supported':true,'frontchannel_logout_supported':true}",
        issuer, userinfo);
    for (gsize i = 0; i < G_N_ELEMENTS(addresses); i++) {
        g_autofree char *address = g_strdup_printf("%s/%s/%s", origin, segment, addresses[i][1]);
        json_set_string(document, addresses[i][0], address);
    }
    set_cloud(call->practice, document);
    answer_json(call, 200, document);
}

static void handle_keys(struct call *call)
{
    if (call->parameters[0] != NULL && tenant_of(call->practice, call->parameters[0]) == NULL)
        oauth_refuse(call, &oauth_unknown_tenant);
    else
        answer_json(call, 200, signing_keys(call->practice));
}

/* Which authorities belong together, and where the configuration of the one that is asked about stands. */
static void handle_instances(struct call *call)
{
    static const struct oauth_error invalid = {"invalid_instance", 50049, "Unknown or invalid instance.", NULL};
    const char *origin = call->practice->origins[SERVICE_LOGIN];
    const char *asked = call_query(call, "authorization_endpoint");
    if (asked == NULL || !g_str_has_prefix(asked, origin)) {
        oauth_refuse(call, &invalid);
        return;
    }
    g_auto(GStrv) segments = g_strsplit(asked + strlen(origin), "/", 3);
    const char *host = strstr(origin, "://") + strlen("://");
    g_autofree char *configuration =
        g_strdup_printf("%s/%s/v2.0/.well-known/openid-configuration", origin,
                        segments[0] != NULL && segments[1] != NULL ? segments[1] : "common");
    answer_json(call, 200,
                json_from("{'tenant_discovery_endpoint':%s,'api-version':'1.1','metadata':[{'preferred_network':%s,"
                          "'preferred_cache':%s,'aliases':[%s]}]}",
                          configuration, host, host, host));
}

static void handle_logout(struct call *call)
{
    const char *back = call_query(call, "post_logout_redirect_uri");
    if (back != NULL && oauth_is_loopback(back))
        answer_redirect(call, g_strdup(back));
    else
        html_message(call, 200, "Signed out", "You signed out of your account.");
}

static const struct route routes[] = {
    {.method = "GET", .path = "/common/discovery/instance", .handle = handle_instances},
    {.method = "GET", .path = "/common/discovery/keys", .handle = handle_keys},
    {.method = "GET", .path = "/{}/v2.0/.well-known/openid-configuration", .handle = handle_configuration},
    {.method = "GET", .path = "/{}/discovery/v2.0/keys", .handle = handle_keys},
    {.method = "GET", .path = "/{}/oauth2/v2.0/logout", .handle = handle_logout},
};
const struct route_table discovery_routes = ROUTE_TABLE(SERVICE_LOGIN, routes);

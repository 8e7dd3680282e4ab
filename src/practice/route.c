#include "practice/route.h"

#include <string.h>

#include "practice/schema.h"
#include "practice/tenant.h"
#include "practice/token.h"

static const struct route_table *const tables[] = {
    &hook_routes,      &sign_in_routes, &device_routes,        &portal_routes,       &portal_streaming_routes,
    &directory_routes, &group_routes,   &role_routes,          &organization_routes, &catalog_routes,
    &package_routes,   &policy_routes,  &defender_role_routes, &security_routes,     &application_routes,
    &defender_routes,
};

/* Match RAW (percent-encoded) against TEMPLATE, whose {} stand for one or more characters other than a slash. */
static gboolean matches(const char *template, const char *raw, char *parameters[CALL_PARAMETERS])
{
    gsize count = 0;
    while (*template != '\0') {
        if (!g_str_has_prefix(template, "{}")) {
            if (*template ++ != *raw++)
                return FALSE;
            continue;
        }
        template += 2;
        gsize length = 0;
        while (raw[length] != '\0' && raw[length] != '/' &&
               (*template == '\0' || !g_str_has_prefix(raw + length, template)) &&
               (*template == '\0' || *template == '/' || raw[length] != *template))
            length++;
        if (length == 0 || count == CALL_PARAMETERS)
            return FALSE;
        g_free(parameters[count]);
        parameters[count++] = g_uri_unescape_segment(raw, raw + length, NULL);
        if (parameters[count - 1] == NULL)
            return FALSE;
        raw += length;
    }
    return *raw == '\0';
}

/* Some clients percent-encode what needs no encoding; the punctuation of the templates is compared as it is meant. */
static char *comparable_path(const char *raw)
{
    GString *path = g_string_new(raw);
    static const char *const plain[][2] = {{"%24", "$"}, {"%27", "'"}, {"%28", "("}, {"%29", ")"}, {"%3D", "="}};
    for (gsize i = 0; i < G_N_ELEMENTS(plain); i++)
        g_string_replace(path, plain[i][0], plain[i][1], 0);
    return g_string_free(path, FALSE);
}

/* The route of the call, and in *OTHER_METHOD whether the path alone is known. */
static const struct route *find(struct call *call, gboolean *other_method)
{
    g_autofree char *path = comparable_path(call->raw_path);
    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++) {
        if (tables[t]->service != call->service)
            continue;
        for (gsize i = 0; i < tables[t]->count; i++) {
            const struct route *route = &tables[t]->routes[i];
            if (!matches(route->path, path, call->parameters))
                continue;
            if (strcmp(route->method, call->method) == 0)
                return route;
            *other_method = TRUE;
        }
    }
    return NULL;
}

static void answer_unknown(struct call *call, gboolean other_method)
{
    if (call->service == SERVICE_LOGIN)
        answer_html(call, other_method ? 405 : 404,
                    g_strdup("<!DOCTYPE html><title>Not found</title><p>Not found.</p>"));
    else if (other_method)
        service_error(call, 405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
    else
        service_error(call, 404, "ResourceNotFound", "Resource not found for the segment.");
}

/* "Group.ReadWrite.All" gives "Group.Read.All" too. */
static gboolean implies(const char *granted, const char *wanted)
{
    if (strcmp(granted, wanted) == 0)
        return TRUE;
    g_autoptr(GString) less = g_string_new(granted);
    g_string_replace(less, ".ReadWrite.", ".Read.", 0);
    return strcmp(less->str, wanted) == 0;
}

gboolean call_has_scope(const struct call *call, const char *wanted)
{
    json_for_each (scope, json_get(call->token, "scopes")) {
        if (implies(json_string(scope), wanted))
            return TRUE;
    }
    return FALSE;
}

static gboolean check_scopes(struct call *call)
{
    g_auto(GStrv) scopes = g_strsplit(call->route->scopes, " ", -1);
    if (*scopes == NULL)
        return TRUE;
    for (char **scope = scopes; *scope != NULL; scope++)
        if (call_has_scope(call, *scope))
            return TRUE;
    if (call->service == SERVICE_DEFENDER)
        return defender_error(call, 403, "Forbidden",
                              "The application does not have any of the required application permissions (%s) to "
                              "access the resource.",
                              call->route->scopes);
    return graph_denied(call);
}

gboolean call_has_role(const struct call *call, const char *roles)
{
    const char *user = json_get_string(call->user, "id");
    if (tenant_has_role(call->practice, user, "Global Administrator"))
        return TRUE;
    g_auto(GStrv) names = g_strsplit(roles, "|", -1);
    for (char **name = names; *name != NULL; name++)
        if (tenant_has_role(call->practice, user, *name))
            return TRUE;
    return FALSE;
}

static gboolean check_roles(struct call *call)
{
    if (call->route->roles == NULL || call_has_role(call, call->route->roles))
        return TRUE;
    if (call->service == SERVICE_DEFENDER)
        return defender_error(call, 403, "Forbidden", "The user is not authorized to perform this operation.");
    if (g_str_has_prefix(call->path, "/v1.0/identityGovernance/"))
        return graph_error(call, 403, "UnAuthorized", "User is not authorized to perform the operation.");
    return graph_denied(call);
}

/* Entitlement management is a part of Entra ID P2 and of Entra ID Governance. */
static gboolean check_licence(struct call *call)
{
    if (!g_str_has_prefix(call->path, "/v1.0/identityGovernance/") || tenant_has_plan(call->practice, PLAN_ENTRA_P2) ||
        tenant_has_plan(call->practice, PLAN_ENTRA_GOVERNANCE))
        return TRUE;
    return graph_error(call, 403, "NoLicense",
                       "User is not authorized to perform the operation. Reason: Tenant does not meet license "
                       "requirement!");
}

static gboolean check_body(struct call *call)
{
    if (call->route->body != NULL)
        return schema_check(call, call->route->body);
    if (call->body_text->len == 0 || (call->body != NULL && json_length(call->body) == 0))
        return TRUE;
    return service_error(call, 400, "Request_BadRequest", "A request body is not expected here.");
}

/* Order matters: who asks, what for, with which right, and only then what was sent. */
static gboolean check(struct call *call)
{
    if (call->route->scopes == NULL)
        return TRUE;
    return token_check(call) && check_scopes(call) && check_licence(call) && check_body(call) && check_roles(call) &&
           (call->service == SERVICE_DEFENDER || odata_read(call, call->route->odata));
}

void route_dispatch(struct call *call)
{
    gboolean other_method = FALSE;
    call->route = find(call, &other_method);
    if (call->route == NULL)
        answer_unknown(call, other_method);
    else if (check(call))
        call->route->handle(call);
}

void handle_list(struct call *call)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    json_for_each (object, tenant_collection(call->practice, call->route->collection)) {
        if (tenant_is_listed(call->practice, object) && odata_matches(call, object))
            g_ptr_array_add(found, object);
    }
    odata_answer_list(call, found);
}

void handle_get(struct call *call)
{
    const json *object = tenant_read(call->practice, call->route->collection, call->parameters[0]);
    if (object != NULL)
        odata_answer_object(call, 200, object);
    else if (g_str_has_prefix(call->path, "/v1.0/identityGovernance/"))
        graph_error(call, 404, "ResourceNotFound", "The resource was not found.");
    else
        graph_not_found(call, call->parameters[0]);
}

/* SPDX-License-Identifier: MIT */
#include "practice/route.h"

#include <string.h>

#include "practice/entitlement.h"
#include "practice/graph.h"
#include "practice/odata.h"
#include "practice/schema.h"
#include "practice/tenant.h"
#include "practice/token.h"

static const struct route_table *const tables[] = {
    &hook_routes,   &sign_in_routes,          &device_routes,   &discovery_routes,
    &portal_routes, &portal_streaming_routes, &defender_routes,
};

static const struct hook_table *const hook_tables[] = {
    &resource_hooks,      &directory_hooks,    &group_hooks,      &role_hooks,     &activation_hooks,
    &application_hooks,   &organization_hooks, &catalog_hooks,    &package_hooks,  &policy_hooks,
    &defender_role_hooks, &security_hooks,     &assignment_hooks, &relation_hooks,
};

const struct hook *hook_named(const char *name)
{
    for (gsize t = 0; t < G_N_ELEMENTS(hook_tables); t++)
        for (gsize i = 0; i < hook_tables[t]->count; i++)
            if (strcmp(hook_tables[t]->hooks[i].name, name) == 0)
                return &hook_tables[t]->hooks[i];
    g_error("assets/practice/routes.json names %s, which is no hook", name);
    return NULL;
}

gboolean hook_check(struct call *call, const char *when, const json *object)
{
    const char *name = json_get_string(json_get(call->route->rules, "check"), when);
    return name == NULL || hook_named(name)->check(call, object);
}

/* One entry of routes.json. The route lives as long as the program, like the document that its members point into. */
static struct route *add_route(struct practice *practice, const json *entry, const json *resources)
{
    g_auto(GStrv) words = g_strsplit(json_name(entry), " ", 2);
    const char *on = json_get_string(entry, "on");
    struct route *route = g_new0(struct route, 1);
    route->method = g_intern_string(words[0]);
    route->path = g_intern_string(words[1]);
    route->scopes = json_get_string(entry, "scopes") != NULL ? json_get_string(entry, "scopes") : "";
    route->roles = json_get_string(entry, "roles");
    route->body = json_get_string(entry, "body");
    route->data = entry;
    route->rules = on != NULL ? json_get(resources, on) : NULL;
    route->handle = hook_named(json_get_string(entry, "do"))->handle;
    route->counts = g_str_has_suffix(route->path, "/$count");
    if (route->handle == NULL || (on != NULL && route->rules == NULL))
        g_error("assets/practice/routes.json: %s", json_name(entry));
    g_ptr_array_add(practice->routes, route);
    return route;
}

static const struct route *add_like(struct practice *practice, const struct route *like, const char *more)
{
    struct route *route = g_memdup2(like, sizeof *like);
    g_autofree char *path = g_strconcat(like->path, more, NULL);
    route->path = g_intern_string(path);
    route->counts = strcmp(more, "/$count") == 0;
    g_ptr_array_add(practice->routes, route);
    return route;
}

/* Fewer parts that vary come first: a fixed name is no id. */
static int by_parameters(gconstpointer a, gconstpointer b)
{
    int counts[2] = {0, 0};
    gconstpointer routes[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        const struct route *route = *(const struct route *const *)routes[i];
        for (const char *at = strstr(route->path, "{}"); at != NULL; at = strstr(at + 2, "{}"))
            counts[i]++;
    }
    return counts[0] - counts[1];
}

void route_load(struct practice *practice)
{
    practice->routes = g_ptr_array_new_with_free_func(g_free);
    json_for_each (entry, json_get(practice->graph, "routes")) {
        const struct route *list = add_route(practice, entry, json_get(practice->graph, "resources"));
        const char *casts = json_get_string(entry, "casts");
        g_auto(GStrv) names = g_strsplit(casts != NULL ? casts : "", " ", -1);
        for (char **name = names; *name != NULL; name++) {
            g_autofree char *more = g_strconcat("/microsoft.graph.", *name, NULL);
            struct route cast = *list;
            cast.cast = g_intern_string(*name);
            add_like(practice, add_like(practice, &cast, more), "/$count");
        }
        if (casts != NULL)
            add_like(practice, list, "/$count");
    }
    g_ptr_array_sort(practice->routes, by_parameters);
}

/* Match RAW (percent-encoded) against TEMPLATE, whose {} stand for one or more characters other than a slash. Microsoft
 * does not mind the case of the rest. */
static gboolean matches(const char *template, const char *raw, char *parameters[CALL_PARAMETERS])
{
    gsize count = 0;
    for (gsize i = 0; i < CALL_PARAMETERS; i++)
        g_clear_pointer(&parameters[i], g_free);
    while (*template != '\0') {
        if (template[0] != '{' || template[1] != '}') {
            if (*template != *raw && g_ascii_tolower(*template) != g_ascii_tolower(*raw))
                return FALSE;
            template ++;
            raw++;
            continue;
        }
        template += 2;
        gsize length = 0;
        while (raw[length] != '\0' && raw[length] != '/' && (*template == '\0' || raw[length] != *template))
            length++;
        if (length == 0 || count == CALL_PARAMETERS)
            return FALSE;
        parameters[count++] = g_uri_unescape_segment(raw, raw + length, NULL);
        if (parameters[count - 1] == NULL)
            return FALSE;
        raw += length;
    }
    return *raw == '\0' || strcmp(raw, "/") == 0;
}

/* TRUE if ROUTE is the call's; in *OTHER_METHOD whether the path alone is. */
static gboolean is_route(struct call *call, const struct route *route, const char *path, gboolean *other_method)
{
    if (!matches(route->path, path, call->parameters))
        return FALSE;
    gboolean same = strcmp(route->method, call->method) == 0;
    *other_method = *other_method || !same;
    return same;
}

/* The call's path as the templates write it. Some clients percent-encode what needs no encoding, a key may stand in
 * parentheses: groups('ID') is groups/ID; and the template of a role without them. Caller frees. */
static char *plain_path(const struct call *call)
{
    static const char *const plain[][2] = {{"%24", "$"}, {"%27", "'"}, {"%28", "("}, {"%29", ")"}, {"%3D", "="}};
    g_autoptr(GString) path = g_string_new(call->raw_path);
    for (gsize i = 0; i < G_N_ELEMENTS(plain); i++)
        g_string_replace(path, plain[i][0], plain[i][1], 0);
    /* An expression is made anew for each call, and takes longer than what else there is to it. */
    if (strchr(path->str, '=') == NULL && strchr(path->str, '(') == NULL)
        return g_strdup(path->str);
    /* By bytes: what a client sends need not be UTF-8. */
    g_autoptr(GRegex) template =
        g_regex_new("(?i)(?<=/directoryRoles)/roleTemplateId=([^'/]+)", G_REGEX_RAW, G_REGEX_MATCH_DEFAULT, NULL);
    g_autofree char *named = g_regex_replace(template, path->str, (gssize)path->len, 0, "(roleTemplateId='\\1')",
                                             G_REGEX_MATCH_DEFAULT, NULL);
    g_autoptr(GRegex) key = g_regex_new("(?<=[A-Za-z])\\('([^'/]+)'\\)", G_REGEX_RAW, G_REGEX_MATCH_DEFAULT, NULL);
    return g_regex_replace(key, named, -1, 0, "/\\1", G_REGEX_MATCH_DEFAULT, NULL);
}

static const struct route *find(struct call *call, gboolean *other_method)
{
    g_autofree char *path = plain_path(call);
    for (guint i = 0; call->service == SERVICE_GRAPH && i < call->practice->routes->len; i++)
        if (is_route(call, g_ptr_array_index(call->practice->routes, i), path, other_method))
            return g_ptr_array_index(call->practice->routes, i);
    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
        for (gsize i = 0; tables[t]->service == call->service && i < tables[t]->count; i++)
            if (is_route(call, &tables[t]->routes[i], path, other_method))
                return &tables[t]->routes[i];
    return NULL;
}

gboolean call_has_scope(const struct call *call, const char *wanted)
{
    return graph_list_has(json_get(call->token, "scopes"), wanted, NULL);
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
    const json *partner = json_get(call->user, "_roles");
    if (tenant_has_role(call->practice, user, "Global Administrator"))
        return TRUE;
    g_auto(GStrv) names = g_strsplit(roles, "|", -1);
    for (char **name = names; *name != NULL; name++)
        if (tenant_has_role(call->practice, user, *name) || graph_list_has(partner, *name, NULL))
            return TRUE;
    return FALSE;
}

gboolean call_is_governance(const struct call *call)
{
    return g_str_has_prefix(call->route->path, ENTITLEMENT);
}

static gboolean check_roles(struct call *call)
{
    if (call->route->roles == NULL || call_has_role(call, call->route->roles))
        return TRUE;
    if (call->service == SERVICE_DEFENDER)
        return defender_error(call, 403, "Forbidden", "The user is not authorized to perform this operation.");
    if (call_is_governance(call))
        return graph_error(call, 403, "UnAuthorized", "User is not authorized to perform the operation.");
    return graph_denied(call);
}

/* Order matters: who asks, what for, with which right, and only then what was sent. */
static gboolean check(struct call *call)
{
    if (call->route->scopes == NULL)
        return TRUE;
    if (call->malformed)
        return service_error(call, 400, "Request_BadRequest", "The request address is malformed.");
    if (call->service == SERVICE_GRAPH && call->wants_other)
        return service_error(call, 406, "NotAcceptable",
                             "This service does not support the format requested in the "
                             "Accept header.");
    if (!token_check(call) || !check_scopes(call))
        return FALSE;
    /* Entitlement management is a part of Entra ID P2 and of Entra ID Governance. */
    if (call_is_governance(call) && !tenant_has_plan(call->practice, PLAN_ENTRA_P2) &&
        !tenant_has_plan(call->practice, PLAN_ENTRA_GOVERNANCE))
        return graph_error(call, 403, "NoLicense",
                           "User is not authorized to perform the operation. Reason: Tenant does not meet license "
                           "requirement!");
    if (call->route->body == NULL && call->body_text->len > 0 && (call->body == NULL || json_length(call->body) > 0))
        return service_error(call, 400, "Request_BadRequest", "A request body is not expected here.");
    if ((call->route->body != NULL && !schema_check(call, call->route->body)) || !check_roles(call))
        return FALSE;
    /* Query options are for reading; of what is written Graph takes none of them here. */
    const json *rules = strcmp(call->method, "GET") == 0 ? call->route->rules : NULL;
    const char *reach = json_get_string(call->route->data, "check");
    return (call->service == SERVICE_DEFENDER || odata_read(call, rules)) &&
           (reach == NULL || hook_named(reach)->check(call, NULL));
}

void route_dispatch(struct call *call)
{
    gboolean other_method = FALSE;
    call->route = find(call, &other_method);
    if (call->route == NULL) {
        if (call->service == SERVICE_LOGIN)
            answer_html(call, other_method ? 405 : 404,
                        g_strdup("<!DOCTYPE html><title>Not found</title><p>Not found.</p>"));
        else if (other_method)
            service_error(call, 405, "Request_BadRequest",
                          "Specified HTTP method is not allowed for the request target.");
        else
            service_error(call, 404, "ResourceNotFound", "Resource not found for the segment.");
        return;
    }
    call->practice->governance_lag = 0;
    activation_settle(call->practice);
    if (call_is_governance(call)) {
        call->practice->governance_lag = tenant_behaviour_int(call->practice, "lag.governance", 0);
        entitlement_settle(call->practice);
    }
    if (check(call))
        call->route->handle(call);
}

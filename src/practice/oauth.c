/* SPDX-License-Identifier: MIT */
#include "practice/oauth.h"

#include <string.h>

#include <sodium.h>

#include "practice/people.h"
#include "practice/signing.h"
#include "practice/tenant.h"

#define REFRESH_SECONDS ((gint64)90 * 24 * 60 * 60)
#define ACCESS_SECONDS 3599
#define ACCOUNT_SCOPES "openid profile email offline_access"

const struct oauth_error oauth_unknown_tenant = {
    "invalid_request", 90002,
    "Tenant not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.",
    NULL};
const struct oauth_error oauth_unknown_client = {
    "unauthorized_client", 700016, "Application with this identifier was not found in the directory 'Contoso'.", NULL};
const struct oauth_error oauth_missing_parameter = {"invalid_request", 900144,
                                                    "The request body must contain all required parameters.", NULL};

static const struct oauth_error unknown_scope = {
    "invalid_scope", 70011, "The provided value for the input parameter 'scope' is not valid.", NULL};
static const struct oauth_error mixed_scopes = {
    "invalid_scope", 70011,
    "The provided value for the input parameter 'scope' is not valid. .default scope can't be combined with "
    "resource-specific scopes.",
    NULL};
static const struct oauth_error two_resources = {
    "invalid_scope", 28000,
    "Provided value for the input parameter scope is not valid because it contains more than one resource.", NULL};
static const struct oauth_error not_preauthorized = {
    "invalid_request", 65002,
    "Consent between first party application and first party resource must be configured via preauthorization.", NULL};
static const struct oauth_error unknown_resource = {
    "invalid_resource", 500011, "The resource principal was not found in the tenant named Contoso.", NULL};

/* The client's own id of what it does, as a header or, from clients in browsers, as a parameter. */
static const char *correlation_id(const struct call *call)
{
    const char *form = call_form(call, "client-request-id");
    const char *query = call_query(call, "client-request-id");
    const char *sent = call->client_request_id != NULL ? call->client_request_id : form != NULL ? form : query;
    return sent != NULL ? sent : call->request_id;
}

char *oauth_description(const struct call *call, const struct oauth_error *error)
{
    g_autofree char *time = clock_format(g_get_real_time());
    return g_strdup_printf("AADSTS%d: %s\r\nTrace ID: %s\r\nCorrelation ID: %s\r\nTimestamp: %s", error->code,
                           error->text, call->request_id, correlation_id(call), time);
}

gboolean oauth_refuse(struct call *call, const struct oauth_error *error)
{
    g_autofree char *description = oauth_description(call, error);
    g_autofree char *time = clock_format(g_get_real_time());
    g_autofree char *uri = g_strdup_printf("%s/error?code=%d", call->practice->origins[SERVICE_LOGIN], error->code);
    json *body =
        json_from("{'error':%s,'error_description':%s,'error_codes':[%d],'timestamp':%s,'trace_id':%s,"
                  "'correlation_id':%s,'error_uri':%s}",
                  error->error, description, (gint64)error->code, time, call->request_id, correlation_id(call), uri);
    if (error->suberror != NULL)
        json_set_string(body, "suberror", error->suberror);
    answer_json(call, strcmp(error->error, "invalid_client") == 0 ? 401 : 400, body);
    return FALSE;
}

const char *oauth_tenant(const struct practice *practice, const char *name)
{
    if (same_text(name, "organizations") || same_text(name, "common") || same_text(name, tenant_id(practice)) ||
        tenant_has_domain(practice, name))
        return tenant_id(practice);
    return NULL;
}

gboolean oauth_is_loopback(const char *redirect)
{
    g_autoptr(GUri) uri = redirect != NULL ? g_uri_parse(redirect, G_URI_FLAGS_NONE, NULL) : NULL;
    return uri != NULL && strcmp(g_uri_get_scheme(uri), "http") == 0 &&
           g_strcmp0(g_uri_get_host(uri), "localhost") == 0 && g_uri_get_userinfo(uri) == NULL &&
           g_uri_get_fragment(uri) == NULL && g_uri_get_query(uri) == NULL &&
           (*g_uri_get_path(uri) == '\0' || strcmp(g_uri_get_path(uri), "/") == 0);
}

gboolean oauth_is_same_redirect(const char *a, const char *b)
{
    gsize lengths[] = {a != NULL ? strlen(a) : 0, b != NULL ? strlen(b) : 0};
    for (int i = 0; i < 2; i++)
        lengths[i] -= lengths[i] > 0 && (i == 0 ? a : b)[lengths[i] - 1] == '/' ? 1 : 0;
    return a != NULL && b != NULL && lengths[0] == lengths[1] && strncmp(a, b, lengths[0]) == 0;
}

const json *oauth_client(const struct practice *practice, const char *id)
{
    return tenant_in(json_get(practice->company, "clients"), "id", id);
}

/* The resource whose audience SCOPE begins with; *NAME is what stands behind it. */
static const json *resource_of(const struct practice *practice, const char *scope, const char **name)
{
    /* Here Graph is found at an address of its own, which names it as well. */
    const char *origin = practice->origins[SERVICE_GRAPH];
    if (g_str_has_prefix(scope, origin) && scope[strlen(origin)] == '/') {
        *name = scope + strlen(origin) + 1;
        return json_at(json_get(practice->company, "resources"), 0);
    }
    json_for_each (resource, json_get(practice->company, "resources")) {
        json_for_each (audience, json_get(resource, "audiences")) {
            gsize length = strlen(json_string(audience));
            if (g_ascii_strncasecmp(scope, json_string(audience), length) == 0 && scope[length] == '/') {
                *name = scope + length + 1;
                while (**name == '/')
                    (*name)++;
                return resource;
            }
        }
    }
    return NULL;
}

static gboolean contains(const json *array, const char *text)
{
    json_for_each (item, array) {
        if (g_strcmp0(json_string(item), text) == 0)
            return TRUE;
    }
    return FALSE;
}

static void add_once(json *array, const char *text)
{
    if (!contains(array, text))
        json_append_string(array, text);
}

static const struct oauth_error *read_scope(const struct practice *practice, const json *client, const char *text,
                                            const char **service, json *scopes)
{
    const char *name = text;
    const json *resource = strstr(text, "://") != NULL ? resource_of(practice, text, &name)
                                                       : json_at(json_get(practice->company, "resources"), 0);
    if (resource == NULL)
        return &unknown_resource;
    const char *of = json_get_string(resource, "service");
    if (*service != NULL && strcmp(*service, of) != 0)
        return &two_resources;
    *service = of;
    if (!contains(json_get(client, "services"), of))
        return &not_preauthorized;
    /* All that the application has there. */
    if (strcmp(name, ".default") == 0) {
        json_for_each (known, json_get(resource, "scopes")) {
            add_once(scopes, json_string(known));
        }
        return NULL;
    }
    if (!contains(json_get(resource, "scopes"), name))
        return &unknown_scope;
    if (!contains(tenant_behaviour(practice, "withheldScopes"), name))
        add_once(scopes, name);
    return NULL;
}

gboolean oauth_scopes(const struct practice *practice, const json *client, const char *text, const char **service,
                      json **scopes, const struct oauth_error **error)
{
    g_auto(GStrv) names = g_strsplit(text != NULL ? text : "", " ", -1);
    g_auto(GStrv) account = g_strsplit(ACCOUNT_SCOPES, " ", -1);
    gboolean all = FALSE;
    gboolean some = FALSE;
    *scopes = json_new_array();
    *service = NULL;
    *error = NULL;
    for (char **name = names; *name != NULL && *error == NULL; name++) {
        if (**name == '\0')
            continue;
        if (g_strv_contains((const char *const *)account, *name)) {
            add_once(*scopes, *name);
            continue;
        }
        *error = read_scope(practice, client, *name, service, *scopes);
        all = all || g_str_has_suffix(*name, "/.default");
        some = some || !g_str_has_suffix(*name, "/.default");
    }
    if (*error == NULL && all && some)
        *error = &mixed_scopes;
    if (*error == NULL && json_length(*scopes) == 0)
        *error = &unknown_scope;
    /* A token holds what was consented to before, whether it was asked for now or not. */
    json_for_each (scope, g_strcmp0((*service), "graph") == 0 ? tenant_behaviour(practice, "consentedBefore") : NULL) {
        add_once((*scopes), json_string(scope));
    }
    return *error == NULL;
}

static json *consent_entry(const struct practice *practice, const struct grant *grant)
{
    json *sign_in = json_get(practice->state, "signIn");
    if (json_get(sign_in, "consents") == NULL)
        json_set(sign_in, "consents", json_new_object());
    json *consents = json_get(sign_in, "consents");
    g_autofree char *key =
        g_strdup_printf("%s %s %s", grant->client, grant->user, grant->service != NULL ? grant->service : "graph");
    if (json_get(consents, key) == NULL)
        json_set(consents, key, json_new_array());
    return json_get(consents, key);
}

void oauth_note_claims(struct call *call, const char *claims)
{
    g_free(call->practice->proved);
    call->practice->proved = g_strdup(claims);
}

void oauth_consent(struct practice *practice, const struct grant *grant)
{
    json *consented = consent_entry(practice, grant);
    json_for_each (scope, grant->scopes) {
        add_once(consented, json_string(scope));
    }
    tenant_changed(practice);
}

gboolean oauth_has_consent(const struct practice *practice, const struct grant *grant)
{
    const json *consented = consent_entry(practice, grant);
    g_auto(GStrv) account = g_strsplit(ACCOUNT_SCOPES, " ", -1);
    json_for_each (scope, grant->scopes) {
        if (!g_strv_contains((const char *const *)account, json_string(scope)) &&
            !contains(consented, json_string(scope)))
            return FALSE;
    }
    return TRUE;
}

gboolean oauth_is_withheld(const struct practice *practice, const char *scopes)
{
    g_auto(GStrv) names = g_strsplit(scopes, " ", -1);
    for (char **name = names; *name != NULL; name++)
        if (contains(tenant_behaviour(practice, "withheldScopes"), *name))
            return TRUE;
    return FALSE;
}

void oauth_keep_consented(const struct practice *practice, const struct grant *grant)
{
    const json *consented = consent_entry(practice, grant);
    g_auto(GStrv) account = g_strsplit(ACCOUNT_SCOPES, " ", -1);
    for (int i = (int)json_length(grant->scopes) - 1; i >= 0; i--) {
        const char *scope = json_string(json_at(grant->scopes, i));
        if (!g_strv_contains((const char *const *)account, scope) && !contains(consented, scope))
            json_free(json_detach_at(grant->scopes, i));
    }
}

const json *oauth_user(const struct practice *practice, const char *name)
{
    if (name == NULL || *name == '\0')
        name = practice->options.account;
    if (name == NULL)
        name = json_get_string(practice->company, "administrator");
    const json *user = people_who_signs_in(practice, name);
    return json_get_bool(user, "accountEnabled", FALSE) ? user : NULL;
}

char *oauth_subject(const char *client, const char *user)
{
    g_autofree char *text = g_strconcat(user, " ", client, NULL);
    guchar digest[crypto_generichash_BYTES];
    crypto_generichash(digest, sizeof digest, (const guchar *)text, strlen(text), NULL, 0);
    return signing_encode(digest, sizeof digest);
}

static char *id_token(const struct call *call, const struct grant *grant, const char *nonce)
{
    const json *user = people_who_signs_in(call->practice, grant->user);
    gint64 now = g_get_real_time() / G_TIME_SPAN_SECOND;
    g_autofree char *issuer =
        g_strdup_printf("%s/%s/v2.0", call->practice->origins[SERVICE_LOGIN], tenant_id(call->practice));
    g_autofree char *subject = oauth_subject(grant->client, grant->user);
    g_autoptr(json) claims = json_from(
        "{'aud':%s,'iss':%s,'iat':%d,'nbf':%d,'exp':%d,'name':%s,'oid':%s,'preferred_username':%s,'sub':%s,'tid':%s,"
        "'uti':%s,'ver':'2.0'}",
        grant->client, issuer, now, now, now + ACCESS_SECONDS, json_get_string(user, "displayName"), grant->user,
        json_get_string(user, "userPrincipalName"), subject, tenant_id(call->practice), call->request_id);
    if (nonce != NULL)
        json_set_string(claims, "nonce", nonce);
    return signing_token(call->practice, claims);
}

/* What Microsoft's own clients ask for with client_info=1: who signed in, and where. */
static char *client_info(const struct call *call, const struct grant *grant)
{
    g_autoptr(json) info = json_from("{'uid':%s,'utid':%s}", grant->user, tenant_id(call->practice));
    g_autofree char *text = json_text(info);
    return signing_encode(text, -1);
}

/* The scopes, with the resource before each where the service is not Graph, or where the client asked in that form. */
static char *scope_text(const struct call *call, const struct grant *grant)
{
    GString *text = g_string_new(NULL);
    gboolean defender = g_strcmp0(grant->service, "defender") == 0;
    const json *resource = json_at(json_get(call->practice->company, "resources"), defender ? 1 : 0);
    const char *audience = json_string(json_at(json_get(resource, "audiences"), 0));
    const char *asked = call_form(call, "scope");
    gboolean whole = defender || (asked != NULL && strstr(asked, audience) != NULL);
    g_auto(GStrv) account = g_strsplit(ACCOUNT_SCOPES, " ", -1);
    json_for_each (scope, grant->scopes) {
        const char *name = json_string(scope);
        if (strcmp(name, "offline_access") == 0)
            continue;
        if (text->len > 0)
            g_string_append_c(text, ' ');
        if (whole && !g_strv_contains((const char *const *)account, name))
            g_string_append_printf(text, "%s/", audience);
        g_string_append(text, name);
    }
    return g_string_free(text, FALSE);
}

void oauth_answer_tokens(struct call *call, const struct grant *grant, const char *nonce)
{
    struct practice *practice = call->practice;
    gint64 seconds = tenant_behaviour_int(practice, "tokenSeconds", ACCESS_SECONDS);
    gint64 told = tenant_behaviour_int(practice, "toldTokenSeconds", seconds);
    g_autofree char *access = token_new(practice, "access", grant, seconds, NULL);
    g_autofree char *scopes = scope_text(call, grant);
    json *body = json_from("{'token_type':'Bearer','scope':%s,'expires_in':%d,'ext_expires_in':%d,'access_token':%s}",
                           scopes, told, told, access);
    if (contains(grant->scopes, "offline_access")) {
        g_autofree char *refresh = token_new(practice, "refresh", grant, REFRESH_SECONDS, NULL);
        json_set_string(body, "refresh_token", refresh);
    }
    if (contains(grant->scopes, "openid")) {
        g_autofree char *id = id_token(call, grant, nonce);
        json_set_string(body, "id_token", id);
    }
    if (g_strcmp0(call_form(call, "client_info"), "1") == 0) {
        g_autofree char *info = client_info(call, grant);
        json_set_string(body, "client_info", info);
    }
    answer_json(call, 200, body);
}

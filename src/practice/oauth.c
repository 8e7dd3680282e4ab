#include "practice/oauth.h"

#include <string.h>

#include <sodium.h>

#include "practice/people.h"
#include "practice/tenant.h"

#define REFRESH_SECONDS (90 * 24 * 60 * 60)
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
static const struct oauth_error two_resources = {
    "invalid_scope", 28000,
    "Provided value for the input parameter scope is not valid because it contains more than one resource.", NULL};
static const struct oauth_error not_preauthorized = {
    "invalid_request", 65002,
    "Consent between first party application and first party resource must be configured via preauthorization.", NULL};
static const struct oauth_error unknown_resource = {
    "invalid_resource", 500011, "The resource principal was not found in the tenant named Contoso.", NULL};

char *oauth_description(const struct call *call, const struct oauth_error *error)
{
    g_autofree char *time = clock_format(g_get_real_time());
    return g_strdup_printf("AADSTS%d: %s\r\nTrace ID: %s\r\nCorrelation ID: %s\r\nTimestamp: %s", error->code,
                           error->text, call->request_id,
                           call->client_request_id != NULL ? call->client_request_id : call->request_id, time);
}

gboolean oauth_refuse(struct call *call, const struct oauth_error *error)
{
    g_autofree char *description = oauth_description(call, error);
    g_autofree char *time = clock_format(g_get_real_time());
    g_autofree char *uri = g_strdup_printf("%s/error?code=%d", call->practice->origins[SERVICE_LOGIN], error->code);
    json *body = json_from("{'error':%s,'error_description':%s,'error_codes':[%d],'timestamp':%s,'trace_id':%s,"
                           "'correlation_id':%s,'error_uri':%s}",
                           error->error, description, (gint64)error->code, time, call->request_id,
                           call->client_request_id != NULL ? call->client_request_id : call->request_id, uri);
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

const json *oauth_client(const struct practice *practice, const char *id)
{
    json_for_each (client, json_get(practice->company, "clients")) {
        if (same_text(json_get_string(client, "id"), id))
            return client;
    }
    return NULL;
}

/* Here Graph is found at an address of its own, which names it as well. */
static gboolean is_own_graph(const struct practice *practice, const char *scope, const char **name)
{
    const char *origin = practice->origins[SERVICE_GRAPH];
    if (!g_str_has_prefix(scope, origin) || scope[strlen(origin)] != '/')
        return FALSE;
    *name = scope + strlen(origin) + 1;
    return TRUE;
}

/* The resource whose audience SCOPE begins with; *NAME is what stands behind it. */
static const json *resource_of(const struct practice *practice, const char *scope, const char **name)
{
    if (is_own_graph(practice, scope, name))
        return json_at(json_get(practice->company, "resources"), 0);
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

/* Take one scope of RESOURCE; ".default" is all that the application has there. */
static gboolean take_scope(const struct practice *practice, const json *resource, const char *name, json *scopes)
{
    if (strcmp(name, ".default") == 0) {
        json_for_each (known, json_get(resource, "scopes")) {
            add_once(scopes, json_string(known));
        }
        return TRUE;
    }
    if (!contains(json_get(resource, "scopes"), name))
        return FALSE;
    if (!contains(tenant_behaviour(practice, "withheldScopes"), name))
        add_once(scopes, name);
    return TRUE;
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
    return take_scope(practice, resource, name, scopes) ? NULL : &unknown_scope;
}

/* A token holds what was consented to before, whether it was asked for now or not. */
static void add_consented_before(const struct practice *practice, const char *service, json *scopes)
{
    json_for_each (scope, g_strcmp0(service, "graph") == 0 ? tenant_behaviour(practice, "consentedBefore") : NULL) {
        add_once(scopes, json_string(scope));
    }
}

gboolean oauth_scopes(const struct practice *practice, const json *client, const char *text, const char **service,
                      json **scopes, const struct oauth_error **error)
{
    g_auto(GStrv) names = g_strsplit(text != NULL ? text : "", " ", -1);
    g_auto(GStrv) account = g_strsplit(ACCOUNT_SCOPES, " ", -1);
    *scopes = json_new_array();
    *service = NULL;
    *error = NULL;
    for (char **name = names; *name != NULL && *error == NULL; name++) {
        if (**name == '\0')
            continue;
        if (g_strv_contains((const char *const *)account, *name))
            add_once(*scopes, *name);
        else
            *error = read_scope(practice, client, *name, service, *scopes);
    }
    if (*error == NULL && json_length(*scopes) == 0)
        *error = &unknown_scope;
    add_consented_before(practice, *service, *scopes);
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
    const json *user = people_find(practice, name);
    return json_get_bool(user, "accountEnabled", FALSE) ? user : NULL;
}

static char *encode_part(const json *part)
{
    g_autofree char *text = json_text(part);
    gsize room = sodium_base64_encoded_len(strlen(text), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *encoded = g_malloc(room);
    return sodium_bin2base64(encoded, room, (const guchar *)text, strlen(text),
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static char *id_token(const struct call *call, const struct grant *grant, const char *nonce)
{
    const json *user = people_find(call->practice, grant->user);
    gint64 now = g_get_real_time() / G_TIME_SPAN_SECOND;
    g_autofree char *issuer =
        g_strdup_printf("%s/%s/v2.0", call->practice->origins[SERVICE_LOGIN], tenant_id(call->practice));
    g_autoptr(json) header = json_from("{'typ':'JWT','alg':'none'}");
    g_autoptr(json) claims = json_from(
        "{'aud':%s,'iss':%s,'iat':%d,'nbf':%d,'exp':%d,'name':%s,'oid':%s,'preferred_username':%s,'sub':%s,'tid':%s,"
        "'ver':'2.0'}",
        grant->client, issuer, now, now, now + ACCESS_SECONDS, json_get_string(user, "displayName"), grant->user,
        json_get_string(user, "userPrincipalName"), grant->user, tenant_id(call->practice));
    if (nonce != NULL)
        json_set_string(claims, "nonce", nonce);
    g_autofree char *first = encode_part(header);
    g_autofree char *second = encode_part(claims);
    return g_strdup_printf("%s.%s.", first, second);
}

static char *scope_text(const struct practice *practice, const struct grant *grant)
{
    GString *text = g_string_new(NULL);
    gboolean defender = g_strcmp0(grant->service, "defender") == 0;
    const char *audience =
        json_string(json_at(json_get(json_at(json_get(practice->company, "resources"), 1), "audiences"), 0));
    g_auto(GStrv) account = g_strsplit(ACCOUNT_SCOPES, " ", -1);
    json_for_each (scope, grant->scopes) {
        const char *name = json_string(scope);
        if (strcmp(name, "offline_access") == 0)
            continue;
        if (text->len > 0)
            g_string_append_c(text, ' ');
        if (defender && !g_strv_contains((const char *const *)account, name))
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
    g_autofree char *scopes = scope_text(practice, grant);
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
    answer_json(call, 200, body);
}

/* SPDX-License-Identifier: MIT */
/* The authorize page and the token endpoint. */
#include <string.h>

#include <sodium.h>

#include "practice/assertion.h"
#include "practice/device.h"
#include "practice/html.h"
#include "practice/oauth.h"
#include "practice/route.h"
#include "practice/signing.h"
#include "practice/tenant.h"

#define CODE_SECONDS 600
/* The refresh token before the newest one still works for a moment: its answer may have been lost. */
#define ROTATION_GRACE 60
#define VERIFIER_LEAST 43
#define VERIFIER_MOST 128
#define CHALLENGE "^[A-Za-z0-9._~-]{43,128}$"
#define METHODS "S256 plain" /* of the challenge; none is sent: plain */
#define MODES "query fragment form_post"
#define PROMPTS "login none consent select_account"

static const struct oauth_error bad_redirect = {
    "invalid_request", 50011,
    "The redirect URI specified in the request does not match the redirect URIs configured "
    "for the application.",
    NULL};
static const struct oauth_error no_challenge = {
    "invalid_request", 9002325,
    "Proof Key for Code Exchange is required for cross-origin authorization code redemption.", NULL};
static const struct oauth_error bad_response_type = {"unsupported_response_type", 70007,
                                                     "The response_type or response_mode is not supported here.", NULL};
static const struct oauth_error bad_challenge = {
    "invalid_request", 501491, "The code_challenge or the code_challenge_method of the request is not valid.", NULL};
static const struct oauth_error bad_claims = {"invalid_request", 9000410, "Malformed JSON in the claims parameter.",
                                              NULL};
static const struct oauth_error bad_prompt = {
    "invalid_request", 90023, "Unsupported 'prompt' value. Valid values: 'login', 'none', 'consent', 'select_account'.",
    NULL};
static const struct oauth_error no_user = {"invalid_grant", 50034,
                                           "The user account does not exist in the directory, or is disabled.", NULL};
static const struct oauth_error declined = {"access_denied", 65004, "User declined to consent to access the app.",
                                            NULL};
static const struct oauth_error bad_code = {
    "invalid_grant", 70008, "The provided authorization code or refresh token has expired or is unknown.", NULL};
static const struct oauth_error used_code = {
    "invalid_grant", 54005,
    "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use "
    "an existing refresh token.",
    NULL};
static const struct oauth_error bad_verifier = {
    "invalid_grant", 501481,
    "The Code_Verifier does not match the code_challenge supplied in the authorization request.", NULL};
static const struct oauth_error has_secret = {
    "invalid_client", 700025, "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
    NULL};
static const struct oauth_error old_refresh = {
    "invalid_grant", 50173, "The provided grant has expired due to it being revoked, a fresh auth token is needed.",
    NULL};
static const struct oauth_error no_consent = {
    "invalid_grant", 65001,
    "The user or administrator has not consented to use the application. Send an interactive authorization request for "
    "this user and resource.",
    "consent_required"};
static const struct oauth_error bad_grant_type = {"unsupported_grant_type", 70003,
                                                  "The app requested an unsupported grant type.", NULL};

/* An authorize request: of the query when the page is asked for, of the form when it is sent. */
struct authorize {
    const json *client;
    const char *redirect;
    const char *state;
    const char *nonce;
    const char *challenge;
    const char *hint;
    const char *scope;
    const char *service;
    json *scopes;
};

static const char *parameter(const struct call *call, const char *name)
{
    return strcmp(call->method, "POST") == 0 ? call_form(call, name) : call_query(call, name);
}

/* The answer as a form that the browser posts to the client, on a page without a script. */
static void answer_form(struct call *call, const struct authorize *request, const char *query)
{
    g_autofree char *action = g_markup_printf_escaped("<form method=\"post\" action=\"%s\">", request->redirect);
    g_autoptr(GString) page = g_string_new(action);
    g_autoptr(GHashTable) fields = g_uri_parse_params(query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
    GHashTableIter iter;
    gpointer name = NULL;
    gpointer value = NULL;
    g_hash_table_iter_init(&iter, fields);
    while (g_hash_table_iter_next(&iter, &name, &value))
        html_field(page, "hidden", name, NULL, value);
    html_button(page, "continue", "", "Continue");
    g_string_append(page, "</form>");
    html_page(call, 200, "Sign in", page->str);
}

/* The answer stands in the query, behind a #, or in a form. */
static void redirect_with(struct call *call, const struct authorize *request, const char *answer)
{
    const char *mode = parameter(call, "response_mode");
    g_autofree char *state = request->state != NULL ? g_uri_escape_string(request->state, NULL, FALSE) : NULL;
    g_autofree char *query = g_strconcat(answer, state != NULL ? "&state=" : "", state, NULL);
    if (g_strcmp0(mode, "form_post") == 0) {
        answer_form(call, request, query);
        return;
    }
    answer_redirect(call,
                    g_strdup_printf("%s%s%s%s", request->redirect, g_str_has_suffix(request->redirect, "/") ? "" : "/",
                                    g_strcmp0(mode, "fragment") == 0 ? "#" : "?", query));
}

static void redirect_error(struct call *call, const struct authorize *request, const struct oauth_error *error)
{
    g_autofree char *description = oauth_description(call, error);
    g_autofree char *escaped = g_uri_escape_string(description, NULL, FALSE);
    g_autofree char *query = g_strdup_printf("error=%s&error_description=%s", error->error, escaped);
    redirect_with(call, request, query);
}

/* TRUE if TEXT (NULL: not sent) is one of the blank-separated WORDS. */
static gboolean is_one_of(const char *words, const char *text)
{
    g_auto(GStrv) list = g_strsplit(words, " ", -1);
    return text == NULL || g_strv_contains((const char *const *)list, text);
}

/* FALSE if the call is answered: with a page where the redirect cannot be trusted, else by the redirect. */
static gboolean read_authorize(struct call *call, struct authorize *request)
{
    request->client = oauth_client(call->practice, parameter(call, "client_id"));
    request->redirect = parameter(call, "redirect_uri");
    request->state = parameter(call, "state");
    request->nonce = parameter(call, "nonce");
    request->challenge = parameter(call, "code_challenge");
    request->hint = parameter(call, "login_hint");
    request->scope = parameter(call, "scope");
    const struct oauth_error *fatal = oauth_tenant(call->practice, call->parameters[0]) == NULL ? &oauth_unknown_tenant
                                      : parameter(call, "client_id") == NULL  ? &oauth_missing_parameter
                                      : request->client == NULL               ? &oauth_unknown_client
                                      : !oauth_is_loopback(request->redirect) ? &bad_redirect
                                                                              : NULL;
    if (fatal != NULL) {
        g_autofree char *description = oauth_description(call, fatal);
        html_message(call, 400, "Sign in", description);
        return FALSE;
    }
    const char *claims = parameter(call, "claims");
    g_autoptr(json) read_claims = claims != NULL ? json_parse(claims, -1, NULL) : NULL;
    const struct oauth_error *error = NULL;
    if (g_strcmp0(parameter(call, "response_type"), "code") != 0 || !is_one_of(MODES, parameter(call, "response_mode")))
        error = &bad_response_type;
    else if (!is_one_of(PROMPTS, parameter(call, "prompt")))
        error = &bad_prompt;
    else if (request->scope == NULL)
        error = &oauth_missing_parameter;
    else if (request->challenge == NULL)
        error = &no_challenge;
    else if (!g_regex_match_simple(CHALLENGE, request->challenge, G_REGEX_DOLLAR_ENDONLY, 0) ||
             !is_one_of(METHODS, parameter(call, "code_challenge_method")))
        error = &bad_challenge;
    else if (claims != NULL && !json_is_object(read_claims))
        error = &bad_claims;
    else
        oauth_scopes(call->practice, request->client, request->scope, &request->service, &request->scopes, &error);
    if (error != NULL)
        redirect_error(call, request, error);
    else
        oauth_note_claims(call, claims);
    return error == NULL;
}

static void approve(struct call *call, const struct authorize *request, const char *user_name)
{
    const json *user = oauth_user(call->practice, user_name);
    if (user == NULL) {
        redirect_error(call, request, &no_user);
        return;
    }
    const struct grant grant = {
        .client = json_get_string(request->client, "id"),
        .user = json_get_string(user, "id"),
        .service = request->service,
        .scopes = request->scopes,
    };
    oauth_consent(call->practice, &grant);
    json *entry = NULL;
    g_autofree char *code = token_new(call->practice, "code", &grant, CODE_SECONDS, &entry);
    json_set_string(entry, "redirect", request->redirect);
    json_set_string(entry, "challenge", request->challenge);
    json_set_string(entry, "method", parameter(call, "code_challenge_method"));
    json_set_string(entry, "nonce", request->nonce);
    g_autofree char *query = g_strdup_printf("code=%s&session_state=%s", code, call->request_id);
    redirect_with(call, request, query);
}

static void show_authorize_page(struct call *call, const struct authorize *request)
{
    static const char *const kept[] = {"client_id",     "redirect_uri",   "state",         "nonce",
                                       "scope",         "code_challenge", "response_type", "code_challenge_method",
                                       "response_mode", "claims"};
    const char *administrator = json_get_string(call->practice->company, "administrator");
    g_autofree char *intro =
        g_markup_printf_escaped("<p><b>%s</b> wants to sign you in.</p>", json_get_string(request->client, "name"));
    g_autoptr(GString) page = g_string_new(intro);
    g_string_append(page, "<p>It asks for:</p><ul>");
    json_for_each (scope, request->scopes) {
        g_autofree char *item = g_markup_printf_escaped("<li>%s</li>", json_string(scope));
        g_string_append(page, item);
    }
    g_string_append(page, "</ul>");
    g_string_append(page, "<form method=\"post\">");
    for (gsize i = 0; i < G_N_ELEMENTS(kept); i++)
        if (parameter(call, kept[i]) != NULL)
            html_field(page, "hidden", kept[i], NULL, parameter(call, kept[i]));
    html_field(page, "text", "username", "Account", request->hint != NULL ? request->hint : administrator);
    html_button(page, "action", "approve", "Sign in and accept");
    html_button(page, "action", "cancel", "Cancel");
    g_string_append(page, "</form>");
    html_page(call, 200, "Sign in", page->str);
}

static void handle_authorize(struct call *call)
{
    struct authorize request = {0};
    if (read_authorize(call, &request)) {
        if (call->practice->options.auto_approve)
            approve(call, &request, request.hint);
        else
            show_authorize_page(call, &request);
    }
    json_free(request.scopes);
}

static void handle_authorize_form(struct call *call)
{
    struct authorize request = {0};
    if (read_authorize(call, &request)) {
        if (g_strcmp0(call_form(call, "action"), "approve") == 0)
            approve(call, &request, call_form(call, "username"));
        else
            redirect_error(call, &request, &declined);
    }
    json_free(request.scopes);
}

/* By the challenge's METHOD: it is the verifier's hash, or the verifier itself. */
static gboolean verifier_fits(const char *verifier, const char *challenge, const char *method)
{
    guchar digest[crypto_hash_sha256_BYTES];
    gsize length = verifier != NULL ? strlen(verifier) : 0;
    if (length < VERIFIER_LEAST || length > VERIFIER_MOST)
        return FALSE;
    if (g_strcmp0(method, "S256") != 0)
        return g_strcmp0(verifier, challenge) == 0;
    crypto_hash_sha256(digest, (const guchar *)verifier, length);
    g_autofree char *encoded = signing_encode(digest, sizeof digest);
    return g_strcmp0(encoded, challenge) == 0;
}

/* What a code or a refresh token may be changed for: other scopes or another resource, as far as there is consent
 * (v2-oauth2-auth-code-flow). */
static const struct oauth_error *narrow(struct call *call, const json *client, struct grant *grant, json **scopes)
{
    const struct oauth_error *error = NULL;
    const char *service = NULL;
    const char *text = call_form(call, "scope");
    if (text == NULL)
        return NULL;
    if (!oauth_scopes(call->practice, client, text, &service, scopes, &error))
        return error;
    gboolean other = service != NULL && g_strcmp0(service, grant->service) != 0;
    grant->scopes = *scopes;
    grant->service = service != NULL ? service : grant->service;
    if (other) {
        /* An application that may use both services got its consent with the first sign-in. */
        oauth_consent(call->practice, grant);
        return NULL;
    }
    /* Entra refuses a refresh for any scope without consent, and takes .default for those with it. */
    if (strstr(text, "/.default") != NULL) {
        oauth_keep_consented(call->practice, grant);
        return NULL;
    }
    return oauth_is_withheld(call->practice, text) || !oauth_has_consent(call->practice, grant) ? &no_consent : NULL;
}

static void redeem_code(struct call *call, const json *client)
{
    json *entry = token_find(call->practice, "code", call_form(call, "code"));
    const struct oauth_error *error = NULL;
    if (entry == NULL || token_is_expired(entry) ||
        !same_text(json_get_string(entry, "client"), json_get_string(client, "id")))
        error = &bad_code;
    else if (json_get_bool(entry, "used", FALSE))
        error = &used_code;
    else if (!oauth_is_same_redirect(json_get_string(entry, "redirect"), call_form(call, "redirect_uri")))
        error = &bad_redirect;
    else if (!verifier_fits(call_form(call, "code_verifier"), json_get_string(entry, "challenge"),
                            json_get_string(entry, "method")))
        error = &bad_verifier;
    struct grant grant = {0};
    g_autoptr(json) scopes = NULL;
    if (error == NULL) {
        grant = token_grant(entry);
        error = narrow(call, client, &grant, &scopes);
    }
    if (error != NULL) {
        oauth_refuse(call, error);
        return;
    }
    json_set_bool(entry, "used", TRUE);
    oauth_answer_tokens(call, &grant, json_get_string(entry, "nonce"));
}

static void redeem_refresh(struct call *call, const json *client)
{
    json *entry = token_find(call->practice, "refresh", call_form(call, "refresh_token"));
    if (entry == NULL || !same_text(json_get_string(entry, "client"), json_get_string(client, "id"))) {
        oauth_refuse(call, &bad_code);
        return;
    }
    struct grant grant = token_grant(entry);
    g_autoptr(json) scopes = NULL;
    const struct oauth_error *error = token_is_expired(entry) ? &old_refresh
                                      : oauth_user(call->practice, grant.user) == NULL
                                          ? &no_user
                                          : narrow(call, client, &grant, &scopes);
    if (error != NULL) {
        oauth_refuse(call, error);
        return;
    }
    gint64 end = g_get_real_time() + ROTATION_GRACE * G_TIME_SPAN_SECOND;
    json_set_int(entry, "expires", MIN(end, json_get_int(entry, "expires", end)));
    oauth_answer_tokens(call, &grant, NULL);
}

/* What each grant has to bring. */
static gboolean lacks_its_parameter(const struct call *call, const char *type)
{
    static const char *const needs[][2] = {
        {"authorization_code", "code"},
        {"authorization_code", "redirect_uri"},
        {"refresh_token", "refresh_token"},
        {"device_code", "device_code"},
        {"urn:ietf:params:oauth:grant-type:device_code", "device_code"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(needs); i++)
        if (strcmp(type, needs[i][0]) == 0 && call_form(call, needs[i][1]) == NULL)
            return TRUE;
    return FALSE;
}

static void handle_token(struct call *call)
{
    const char *type = call_form(call, "grant_type");
    const json *client = oauth_client(call->practice, call_form(call, "client_id"));
    if (oauth_tenant(call->practice, call->parameters[0]) == NULL)
        oauth_refuse(call, &oauth_unknown_tenant);
    else if (type == NULL || call_form(call, "client_id") == NULL)
        oauth_refuse(call, &oauth_missing_parameter);
    else if (client == NULL)
        oauth_refuse(call, &oauth_unknown_client);
    else if (strcmp(type, "client_credentials") == 0 && call->practice->options.client_certificate != NULL)
        assertion_redeem(call, client);
    else if (call_form(call, "client_secret") != NULL || call_form(call, "client_assertion") != NULL)
        oauth_refuse(call, &has_secret);
    else if (lacks_its_parameter(call, type))
        oauth_refuse(call, &oauth_missing_parameter);
    else if (strcmp(type, "authorization_code") == 0)
        redeem_code(call, client);
    else if (strcmp(type, "refresh_token") == 0)
        redeem_refresh(call, client);
    else if (strcmp(type, "urn:ietf:params:oauth:grant-type:device_code") == 0 || strcmp(type, "device_code") == 0)
        device_redeem(call, json_get_string(client, "id"));
    else
        oauth_refuse(call, &bad_grant_type);
}

static const struct route routes[] = {
    {.method = "GET", .path = "/{}/oauth2/v2.0/authorize", .handle = handle_authorize},
    {.method = "POST", .path = "/{}/oauth2/v2.0/authorize", .handle = handle_authorize_form},
    {.method = "POST", .path = "/{}/oauth2/v2.0/token", .handle = handle_token},
};
const struct route_table sign_in_routes = ROUTE_TABLE(SERVICE_LOGIN, routes);

/* SPDX-License-Identifier: MIT */
#include "microsoft/sign_in.h"

#include <string.h>

#include "base/error.h"
#include "microsoft/authority.h"
#include "microsoft/browser_flow.h"
#include "microsoft/device_code_flow.h"
#include "microsoft/scope_list.h"
#include "microsoft/token_answer.h"
#include "microsoft/token_cache.h"
#include "microsoft/token_owner.h"
#include "microsoft/url.h"
#include "secrets/secret.h"

#define ASSERTION_TYPE "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#define ANY_TENANT "organizations"
#define ACCOUNT_SCOPES "openid profile offline_access"

struct sign_in {
    struct http *http;
    const struct cloud *cloud;
    char *wanted_tenant; /* id or domain; NULL: any */
    char *own_client_id; /* NULL: the well-known ones */
    struct token_cache *tokens;
    const struct certificate *certificate; /* NULL: a person signs in */
    struct authority *authority;
    char *tenant_id; /* pinned; NULL until known */
    struct sign_in_account *account;
    GPtrArray *granted; /* of char *: Graph scopes */
    GPtrArray *asked;   /* of char *: Graph scopes */
    char *claims;       /* what the next sign-in has to prove; NULL: nothing more than usual */
    guint audience;     /* which of the cloud's Defender audiences is in use */
    sign_in_notice_func notice;
    gpointer notice_data;
    struct listener *listener; /* while a browser is waited for */
};

static void account_free(struct sign_in_account *account)
{
    if (account == NULL)
        return;
    g_free(account->tenant_id);
    g_free(account->object_id);
    g_free(account->user_name);
    g_free(account->name);
    g_free(account);
}

struct sign_in *sign_in_new(struct http *http, const struct cloud *cloud, const char *tenant, const char *client_id,
                            const struct token_backend *store)
{
    struct sign_in *sign_in = g_new0(struct sign_in, 1);
    sign_in->http = http;
    sign_in->cloud = cloud;
    sign_in->wanted_tenant = g_strdup(tenant);
    sign_in->own_client_id = g_strdup(client_id);
    sign_in->tokens = token_cache_new(store);
    sign_in->granted = scope_list_new();
    sign_in->asked = scope_list_new();
    if (tenant != NULL && is_guid(tenant))
        sign_in->tenant_id = g_ascii_strdown(tenant, -1);
    return sign_in;
}

static void forget_tokens(struct sign_in *sign_in)
{
    token_cache_clear(sign_in->tokens);
    g_ptr_array_set_size(sign_in->granted, 0);
    g_ptr_array_set_size(sign_in->asked, 0);
    g_clear_pointer(&sign_in->account, account_free);
}

void sign_in_free(struct sign_in *sign_in)
{
    if (sign_in == NULL)
        return;
    forget_tokens(sign_in);
    token_cache_free(sign_in->tokens);
    g_ptr_array_unref(sign_in->granted);
    g_ptr_array_unref(sign_in->asked);
    authority_free(sign_in->authority);
    g_free(sign_in->wanted_tenant);
    g_free(sign_in->own_client_id);
    g_free(sign_in->claims);
    g_free(sign_in->tenant_id);
    g_free(sign_in);
}

void sign_in_on_notice(struct sign_in *sign_in, sign_in_notice_func notice, gpointer data)
{
    sign_in->notice = notice;
    sign_in->notice_data = data;
}

void sign_in_set_redactor(struct sign_in *sign_in, struct redactor *redactor)
{
    token_cache_set_redactor(sign_in->tokens, redactor);
}

const char *sign_in_client_of(const struct sign_in *sign_in, enum service service)
{
    if (sign_in->own_client_id != NULL)
        return sign_in->own_client_id;
    return service == SERVICE_GRAPH ? sign_in->cloud->graph_client_id : sign_in->cloud->defender_client_id;
}

/* Whose refresh token serves SERVICE: one application needs one sign-in only. */
static enum service refresh_slot(const struct sign_in *sign_in, enum service service)
{
    gboolean one_client =
        strcmp(sign_in_client_of(sign_in, SERVICE_GRAPH), sign_in_client_of(sign_in, SERVICE_DEFENDER)) == 0;
    return one_client ? SERVICE_GRAPH : service;
}

/* NULL while the tenant is not known. Caller frees. */
static char *store_key(const struct sign_in *sign_in, enum service slot)
{
    if (sign_in->tenant_id == NULL)
        return NULL;
    return g_strdup_printf("%s/%s/%s", sign_in->tenant_id, sign_in_client_of(sign_in, slot),
                           slot == SERVICE_GRAPH ? "graph" : "defender");
}

static const struct secret *refresh_token(struct sign_in *sign_in, enum service slot)
{
    g_autofree char *key = store_key(sign_in, slot);
    return token_cache_refresh(sign_in->tokens, slot, key);
}

/* Ask the authority COUNT (may be 0) QUESTIONS, and beside them which endpoints it has where that is not known. FALSE
 * and error if that cannot be found out. Once the tenant is known, its own are used instead of those for any tenant. */
static gboolean ask_authority(struct sign_in *sign_in, struct authority_question *questions, guint count,
                              GError **error)
{
    const char *wanted = sign_in->tenant_id != NULL ? sign_in->tenant_id : sign_in->wanted_tenant;
    const char *tenant = wanted != NULL ? wanted : ANY_TENANT;
    if (sign_in->authority != NULL &&
        (strcmp(sign_in->authority->tenant, ANY_TENANT) != 0 || strcmp(tenant, ANY_TENANT) == 0)) {
        authority_ask(sign_in->http, sign_in->authority, questions, count);
        return TRUE;
    }
    struct authority *authority = authority_discover(sign_in->http, sign_in->cloud, tenant, questions, count, error);
    if (authority == NULL)
        return FALSE;
    authority_free(sign_in->authority);
    sign_in->authority = authority;
    if (sign_in->tenant_id == NULL)
        sign_in->tenant_id = authority_tenant_id(authority);
    return TRUE;
}

static const char *defender_audience(const struct sign_in *sign_in)
{
    char **audiences = sign_in->cloud->defender_audiences;
    guint count = g_strv_length(audiences);
    return count > 0 ? audiences[MIN(sign_in->audience, count - 1)] : NULL;
}

/* The scope parameter for SERVICE; NULL if the cloud has no such service. Caller frees. */
static char *scope_text(const struct sign_in *sign_in, enum service service)
{
    if (service == SERVICE_DEFENDER) {
        const char *audience = defender_audience(sign_in);
        return audience != NULL ? g_strconcat(audience, "/.default " ACCOUNT_SCOPES, NULL) : NULL;
    }
    return scope_list_text(sign_in->asked, ACCOUNT_SCOPES);
}

/* Strings are copied. */
static void set_account(struct sign_in *sign_in, const char *tenant_id, const char *object_id, const char *user_name,
                        const char *name)
{
    struct sign_in_account *account = g_new0(struct sign_in_account, 1);
    account->tenant_id = g_ascii_strdown(tenant_id, -1);
    account->object_id = g_strdup(object_id);
    account->user_name = g_strdup(user_name);
    account->name = g_strdup(name);
    account_free(sign_in->account);
    sign_in->account = account;
}

static void take_tokens(struct sign_in *sign_in, enum service service, struct token_answer *answer)
{
    enum service slot = refresh_slot(sign_in, service);
    token_cache_take_access(sign_in->tokens, service, g_steal_pointer(&answer->access), answer->lifetime);
    if (answer->refresh != NULL) {
        g_autofree char *key = store_key(sign_in, slot);
        token_cache_take_refresh(sign_in->tokens, slot, key, g_steal_pointer(&answer->refresh));
    }
    if (service == SERVICE_GRAPH) {
        g_ptr_array_set_size(sign_in->granted, 0);
        scope_list_add(sign_in->granted, (const char *const *)answer->scopes);
    }
}

static gboolean take_answer(struct sign_in *sign_in, enum service service, struct token_answer *answer, GError **error)
{
    const struct token_owner wanted = {
        .tenant_id = sign_in->tenant_id,
        .issuer = sign_in->authority->issuer,
        .client_id = sign_in_client_of(sign_in, service),
        .object_id = sign_in->account != NULL ? sign_in->account->object_id : NULL,
        .user_name = sign_in->account != NULL ? sign_in->account->user_name : NULL,
    };
    if (!token_owner_check(&wanted, answer, error))
        return FALSE;
    if (sign_in->tenant_id == NULL)
        sign_in->tenant_id = g_ascii_strdown(answer->tenant_id, -1);
    if (service == SERVICE_GRAPH || sign_in->account == NULL)
        set_account(sign_in, answer->tenant_id, answer->object_id, answer->user_name, answer->name);
    take_tokens(sign_in, service, answer);
    return TRUE;
}

/* The service does not know the audience: the next one of the cloud's list may be known. */
static gboolean try_next_audience(struct sign_in *sign_in, enum service service, const struct token_answer *answer)
{
    gboolean unknown =
        strcmp(answer->oauth_error, "invalid_resource") == 0 || strcmp(answer->code, "AADSTS500011") == 0;
    if (service != SERVICE_DEFENDER || !unknown ||
        sign_in->audience + 1 >= g_strv_length(sign_in->cloud->defender_audiences))
        return FALSE;
    sign_in->audience++;
    return TRUE;
}

/* SCOPES: what to ask for. */
static struct authority_question refresh_question(struct sign_in *sign_in, enum service service, const char *scopes)
{
    const struct secret *refresh = refresh_token(sign_in, refresh_slot(sign_in, service));
    /* Entra lets the old refresh token live on after a new one was given, so a lost answer costs nothing. */
    return (struct authority_question){
        .endpoint = AUTHORITY_TOKEN,
        .form = url_form("client_id", sign_in_client_of(sign_in, service), "grant_type", "refresh_token",
                         "refresh_token", secret_text(refresh), "scope", scopes, NULL),
    };
}

/* The ANSWERS to COUNT QUESTIONS, in their order; NULL for one without an answer. ERROR is the first one's. */
static void ask_for_tokens(struct sign_in *sign_in, struct authority_question *questions, guint count,
                           struct token_answer **answers, GError **error)
{
    if (!ask_authority(sign_in, questions, count, error))
        return;
    for (guint i = 0; i < count; i++) {
        struct authority_question *question = &questions[i];
        if (question->reply != NULL)
            answers[i] = token_answer_read(g_steal_pointer(&question->reply), i == 0 ? error : NULL);
        if (question->error != NULL)
            g_propagate_error(i == 0 ? error : NULL, g_steal_pointer(&question->error));
    }
}

static struct token_answer *refresh_once(struct sign_in *sign_in, enum service service, const char *scopes,
                                         GError **error)
{
    struct authority_question question = refresh_question(sign_in, service, scopes);
    struct token_answer *answer = NULL;
    ask_for_tokens(sign_in, &question, 1, &answer, error);
    return answer;
}

void sign_in_require_claims(struct sign_in *sign_in, const char *claims)
{
    g_free(sign_in->claims);
    sign_in->claims = g_strdup(claims);
}

const char *sign_in_claims(const struct sign_in *sign_in)
{
    return sign_in->claims;
}

/* Take as much as the service gives without asking anybody, where FIRST (taken; NULL with ERROR set: none came) is what
 * it said to all that is wanted. NEEDS_PERSON: set if the only way on is to ask the person. */
static gboolean take_refresh(struct sign_in *sign_in, enum service service, struct token_answer *first,
                             gboolean *needs_person, GError **error)
{
    g_autoptr(TokenAnswer) answer = first;
    /* A refresh for a scope without consent is refused as a whole; .default stands for what there is consent for. */
    if (answer != NULL && service == SERVICE_GRAPH && token_answer_lacks_consent(answer)) {
        g_autofree char *granted = g_strconcat(sign_in->cloud->graph, "/.default " ACCOUNT_SCOPES, NULL);
        g_clear_pointer(&answer, token_answer_free);
        answer = refresh_once(sign_in, service, granted, error);
    }
    while (answer != NULL && answer->access == NULL && try_next_audience(sign_in, service, answer)) {
        g_autofree char *wanted = scope_text(sign_in, service);
        g_clear_pointer(&answer, token_answer_free);
        answer = refresh_once(sign_in, service, wanted, error);
    }
    if (answer == NULL)
        return FALSE;
    if (answer->access != NULL)
        return take_answer(sign_in, service, answer, error);
    *needs_person = token_answer_needs_person(answer);
    if (answer->claims != NULL)
        sign_in_require_claims(sign_in, answer->claims);
    g_propagate_error(error, token_answer_error(answer));
    return FALSE;
}

/* Refresh for Graph and, beside it, for Defender (DEFENDER), whose answer counts if it brings a token and Graph's does:
 * what else there is to it comes out when that token is needed. */
static gboolean refresh_together(struct sign_in *sign_in, gboolean defender, gboolean *needs_person, GError **error)
{
    g_autofree char *graph_scopes = scope_text(sign_in, SERVICE_GRAPH);
    g_autofree char *defender_scopes = defender ? scope_text(sign_in, SERVICE_DEFENDER) : NULL;
    struct authority_question questions[] = {
        refresh_question(sign_in, SERVICE_GRAPH, graph_scopes),
        defender ? refresh_question(sign_in, SERVICE_DEFENDER, defender_scopes) : (struct authority_question){0},
    };
    struct token_answer *answers[] = {NULL, NULL};
    ask_for_tokens(sign_in, questions, defender ? 2 : 1, answers, error);
    gboolean ok = take_refresh(sign_in, SERVICE_GRAPH, answers[0], needs_person, error);
    if (ok && answers[1] != NULL && answers[1]->access != NULL)
        take_answer(sign_in, SERVICE_DEFENDER, answers[1], NULL);
    token_answer_free(answers[1]);
    return ok;
}

static gboolean sign_in_as_application(struct sign_in *sign_in, enum service service, GError **error)
{
    g_autoptr(TokenAnswer) answer = NULL;
    const char *client = sign_in_client_of(sign_in, service);
    if (!ask_authority(sign_in, NULL, 0, error))
        return FALSE;
    do {
        g_clear_pointer(&answer, token_answer_free);
        const char *resource = service == SERVICE_GRAPH ? sign_in->cloud->graph : defender_audience(sign_in);
        g_autofree char *scope = g_strconcat(resource, "/.default", NULL);
        g_autoptr(Secret) assertion =
            certificate_assertion(sign_in->certificate, client, sign_in->authority->token, error);
        if (assertion == NULL)
            return FALSE;
        char *form =
            url_form("client_id", client, "grant_type", "client_credentials", "scope", scope, "client_assertion_type",
                     ASSERTION_TYPE, "client_assertion", secret_text(assertion), NULL);
        struct http_reply *reply =
            authority_post(sign_in->http, sign_in->authority->token, form, AUTHORITY_REPEATS, error);
        answer = reply != NULL ? token_answer_read(reply, error) : NULL;
        if (answer == NULL)
            return FALSE;
    } while (answer->access == NULL && try_next_audience(sign_in, service, answer));
    if (answer->access == NULL) {
        g_propagate_error(error, token_answer_error(answer));
        return FALSE;
    }
    g_clear_pointer(&answer->refresh, secret_free);
    take_tokens(sign_in, service, answer);
    /* There is no id token: whose tenant it is follows from the tenant's own endpoint. */
    g_autofree char *name = g_strconcat("application ", client, NULL);
    set_account(sign_in, sign_in->tenant_id, client, name, "");
    return TRUE;
}

void sign_in_use_certificate(struct sign_in *sign_in, const struct certificate *certificate)
{
    sign_in->certificate = certificate;
}

gboolean sign_in_silently(struct sign_in *sign_in, const char *const *scopes, gboolean defender, GError **error)
{
    if (sign_in->certificate != NULL)
        return token_cache_is_fresh(sign_in->tokens, SERVICE_GRAPH) ||
               sign_in_as_application(sign_in, SERVICE_GRAPH, error);
    if (token_cache_is_fresh(sign_in->tokens, SERVICE_GRAPH) && scope_list_has_all(sign_in->granted, scopes))
        return TRUE;
    if (sign_in->tenant_id == NULL && sign_in->wanted_tenant == NULL)
        return FALSE;
    /* What is kept is kept under the tenant's id. */
    if (sign_in->tenant_id == NULL && !ask_authority(sign_in, NULL, 0, error))
        return FALSE;
    if (refresh_token(sign_in, SERVICE_GRAPH) == NULL)
        return FALSE;
    scope_list_add(sign_in->asked, scopes);
    g_autoptr(GError) cause = NULL;
    gboolean needs_person = FALSE;
    gboolean both = defender && defender_audience(sign_in) != NULL &&
                    !token_cache_is_fresh(sign_in->tokens, SERVICE_DEFENDER) &&
                    refresh_token(sign_in, refresh_slot(sign_in, SERVICE_DEFENDER)) != NULL;
    if (refresh_together(sign_in, both, &needs_person, &cause))
        return TRUE;
    if (!needs_person)
        g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

static GError *no_defender(const struct sign_in *sign_in)
{
    return g_error_new(PERCH_ERROR, PERCH_ERROR_SIGN_IN,
                       "The %s cloud has no Defender API to sign in to.\nDo this step in the portal.",
                       sign_in->cloud->title);
}

static struct token_answer *sign_in_by_code(struct sign_in *sign_in, struct sign_in_flow *flow, GError **error)
{
    struct authority_question question = {
        .endpoint = AUTHORITY_DEVICE,
        .form = url_form("client_id", flow->client_id, "scope", flow->scopes, "claims", flow->claims, NULL),
    };
    if (!ask_authority(sign_in, &question, 1, error))
        return NULL;
    flow->authority = sign_in->authority;
    return device_code_flow(flow, &question, error);
}

gboolean sign_in_ask_service(struct sign_in *sign_in, enum service service, enum sign_in_method method,
                             const char *const *scopes, sign_in_prompt_func prompt, gpointer data, GError **error)
{
    if (sign_in->certificate != NULL) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN,
                            "The application that signs in by its certificate may not do this, and nobody is asked.\n"
                            "Run perch without --certificate.");
        return FALSE;
    }
    /* A browser is sent to an endpoint; a code is asked for beside the question where that is. */
    if (method == SIGN_IN_BROWSER && !ask_authority(sign_in, NULL, 0, error))
        return FALSE;
    if (service == SERVICE_GRAPH)
        scope_list_add(sign_in->asked, scopes);
    g_autofree char *scope = scope_text(sign_in, service);
    if (scope == NULL) {
        g_propagate_error(error, no_defender(sign_in));
        return FALSE;
    }
    struct sign_in_flow flow = {
        .http = sign_in->http,
        .authority = sign_in->authority,
        .client_id = sign_in_client_of(sign_in, service),
        .scopes = scope,
        .claims = sign_in->claims,
        .login_hint = sign_in->account != NULL ? sign_in->account->user_name : NULL,
        .notice = sign_in->notice,
        .notice_data = sign_in->notice_data,
        .prompt = prompt,
        .prompt_data = data,
    };
    g_autoptr(TokenAnswer) answer = method == SIGN_IN_BROWSER ? browser_flow(&flow, &sign_in->listener, error)
                                                              : sign_in_by_code(sign_in, &flow, error);
    if (answer == NULL || !take_answer(sign_in, service, answer, error))
        return FALSE;
    g_clear_pointer(&sign_in->claims, g_free);
    return TRUE;
}

gboolean sign_in_ask(struct sign_in *sign_in, enum sign_in_method method, const char *const *scopes,
                     sign_in_prompt_func prompt, gpointer data, GError **error)
{
    return sign_in_ask_service(sign_in, SERVICE_GRAPH, method, scopes, prompt, data, error);
}

gboolean sign_in_needs_asking(struct sign_in *sign_in, enum service service)
{
    return sign_in_token(sign_in, service, FALSE, NULL) == NULL;
}

void sign_in_defender_moved(struct sign_in *sign_in)
{
    sign_in->audience = 0;
    token_cache_drop_access(sign_in->tokens, SERVICE_DEFENDER);
}

gboolean sign_in_paste_back(struct sign_in *sign_in, const char *address, GError **error)
{
    if (sign_in->listener != NULL)
        return listener_take_address(sign_in->listener, address, error);
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                        "No browser sign-in is under way.\nStart signing in first, then paste the address.");
    return FALSE;
}

const char *sign_in_tenant_id(struct sign_in *sign_in)
{
    if (sign_in->tenant_id == NULL && sign_in->wanted_tenant != NULL)
        ask_authority(sign_in, NULL, 0, NULL);
    return sign_in->tenant_id;
}

void sign_in_try_tenant(struct sign_in *sign_in, const char *tenant_id)
{
    if (sign_in->wanted_tenant != NULL || sign_in->account != NULL)
        return;
    forget_tokens(sign_in);
    g_free(sign_in->tenant_id);
    sign_in->tenant_id = g_strdup(tenant_id);
    g_clear_pointer(&sign_in->authority, authority_free);
}

void sign_in_store(struct sign_in *sign_in)
{
    g_autofree char *graph = store_key(sign_in, SERVICE_GRAPH), *defender = store_key(sign_in, SERVICE_DEFENDER);
    token_cache_store(sign_in->tokens, SERVICE_GRAPH, graph);
    token_cache_store(sign_in->tokens, SERVICE_DEFENDER, defender);
}

void sign_in_forget(struct sign_in *sign_in)
{
    /* What is stored under a domain's tenant id can be found only with that id. */
    sign_in_tenant_id(sign_in);
    forget_tokens(sign_in);
    g_clear_pointer(&sign_in->claims, g_free);
    g_autofree char *graph = store_key(sign_in, SERVICE_GRAPH), *defender = store_key(sign_in, SERVICE_DEFENDER);
    token_cache_drop_stored(sign_in->tokens, graph);
    token_cache_drop_stored(sign_in->tokens, defender);
    if (sign_in->wanted_tenant == NULL) {
        g_clear_pointer(&sign_in->tenant_id, g_free);
        g_clear_pointer(&sign_in->authority, authority_free);
    }
}

const char *sign_in_home(const struct sign_in *sign_in)
{
    return sign_in->authority != NULL && sign_in->authority->home != NULL ? sign_in->authority->home : "";
}

const struct sign_in_account *sign_in_account(const struct sign_in *sign_in)
{
    return sign_in->account;
}

gboolean sign_in_has_scope(const struct sign_in *sign_in, const char *scope)
{
    return scope_list_has(sign_in->granted, scope);
}

char **sign_in_withheld(const struct sign_in *sign_in)
{
    g_autoptr(GPtrArray) nothing = scope_list_new();
    return scope_list_less(sign_in->account != NULL ? sign_in->asked : nothing, sign_in->granted);
}

char **sign_in_unasked(const struct sign_in *sign_in)
{
    static const char *const account[] = {"openid", "profile", "offline_access", "email", NULL};
    g_autoptr(GPtrArray) expected = scope_list_new();
    scope_list_add(expected, account);
    for (guint i = 0; i < sign_in->asked->len; i++)
        g_ptr_array_add(expected, g_strdup(g_ptr_array_index(sign_in->asked, i)));
    return scope_list_less(sign_in->granted, expected);
}

gboolean sign_in_asked_for(const struct sign_in *sign_in, const char *scope)
{
    return scope_list_has(sign_in->asked, scope);
}

const char *sign_in_token(struct sign_in *sign_in, enum service service, gboolean force, GError **error)
{
    if (!force && token_cache_is_fresh(sign_in->tokens, service))
        return token_cache_access(sign_in->tokens, service);
    if (service == SERVICE_DEFENDER && defender_audience(sign_in) == NULL) {
        g_propagate_error(error, no_defender(sign_in));
        return NULL;
    }
    if (sign_in->certificate != NULL)
        return sign_in_as_application(sign_in, service, error) ? token_cache_access(sign_in->tokens, service) : NULL;
    if (sign_in->tenant_id == NULL || refresh_token(sign_in, refresh_slot(sign_in, service)) == NULL) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN,
                            service == SERVICE_GRAPH
                                ? "Nobody is signed in.\nSign in first."
                                : "The Defender API needs a sign-in of its own, which has not happened yet.\n"
                                  "Sign in to Defender, or do this step in the portal.");
        return NULL;
    }
    gboolean needs_person = FALSE;
    g_autofree char *wanted = scope_text(sign_in, service);
    struct token_answer *answer = refresh_once(sign_in, service, wanted, error);
    if (!take_refresh(sign_in, service, answer, &needs_person, error))
        return NULL;
    return token_cache_access(sign_in->tokens, service);
}

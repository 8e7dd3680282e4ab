/* SPDX-License-Identifier: MIT */
#include "microsoft/browser_flow.h"

#include <string.h>

#include "base/error.h"
#include "microsoft/url.h"
#include "secrets/late_sodium.h"

#define RANDOM_BYTES 32 /* RFC 7636 4.1: 43 characters of verifier */
#define ENCODED_ROOM 48
#define BASE64URL sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define WAIT ((gint64)5 * 60 * G_USEC_PER_SEC)
#define TURN ((gint64)G_USEC_PER_SEC / 2)
#define DELIVERY ((gint64)G_USEC_PER_SEC)
#define DELIVERY_TURN ((gint64)20000)

/* The values of one attempt that only this process and the answer know. */
struct attempt {
    char state[ENCODED_ROOM];
    char nonce[ENCODED_ROOM];
    char challenge[ENCODED_ROOM];
    struct secret *verifier;
    char *redirect;
};

static void attempt_begin(struct attempt *attempt)
{
    char verifier[ENCODED_ROOM];
    char *const texts[] = {attempt->state, attempt->nonce, verifier};
    guchar bytes[RANDOM_BYTES];
    G_STATIC_ASSERT(crypto_hash_sha256_BYTES == RANDOM_BYTES);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        randombytes_buf(bytes, sizeof bytes);
        sodium_bin2base64(texts[i], ENCODED_ROOM, bytes, sizeof bytes, BASE64URL);
    }
    crypto_hash_sha256(bytes, (const guchar *)verifier, strlen(verifier));
    sodium_bin2base64(attempt->challenge, ENCODED_ROOM, bytes, sizeof bytes, BASE64URL);
    sodium_memzero(bytes, sizeof bytes);
    attempt->verifier = secret_new(verifier, -1);
    sodium_memzero(verifier, sizeof verifier);
}

/* Where the browser is to go, before the person. */
static void show_prompt(const struct sign_in_flow *flow, const struct attempt *attempt, struct listener *listener)
{
    g_autofree char *query =
        url_form("client_id", flow->client_id, "response_type", "code", "redirect_uri", attempt->redirect,
                 "response_mode", "query", "scope", flow->scopes, "state", attempt->state, "nonce", attempt->nonce,
                 "code_challenge", attempt->challenge, "code_challenge_method", "S256", "login_hint", flow->login_hint,
                 "claims", flow->claims, "prompt", flow->login_hint == NULL ? "select_account" : NULL, NULL);
    const char *joint = strchr(flow->authority->authorize, '?') != NULL ? "&" : "?";
    g_autofree char *url = g_strconcat(flow->authority->authorize, joint, query, NULL);
    g_autofree char *start = listener_lead_to(listener, url);
    const struct sign_in_prompt prompt = {
        .method = SIGN_IN_BROWSER,
        .url = url,
        .start = start,
        .client_id = flow->client_id,
        .scopes = flow->scopes,
        .expires = g_get_real_time() + WAIT,
        .port = listener_port(listener),
    };
    if (flow->prompt != NULL)
        flow->prompt(&prompt, flow->prompt_data);
}

static gboolean wait_for_browser(const struct sign_in_flow *flow, struct listener *listener, gint64 end, GError **error)
{
    while (*listener_pending(listener) != 0) {
        gint64 now = g_get_monotonic_time();
        if (now >= end) {
            g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN,
                                "The browser did not come back within five minutes.\n"
                                "Sign in again, or use a device code if the browser is on another machine.");
            return FALSE;
        }
        if (!http_run(flow->http, listener_pending(listener), MIN(end, now + TURN))) {
            g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Signing in was stopped.");
            return FALSE;
        }
        /* Slow connections end by time, which no descriptor tells. */
        listener_run(listener);
    }
    /* The page that sends the browser home. */
    end = g_get_monotonic_time() + DELIVERY;
    while (!listener_is_delivered(listener) && g_get_monotonic_time() < end &&
           http_run(flow->http, NULL, g_get_monotonic_time() + DELIVERY_TURN))
        listener_run(listener);
    return TRUE;
}

/* The tokens for what the browser brought. */
static struct token_answer *redeem(const struct sign_in_flow *flow, const struct attempt *attempt,
                                   const struct listener_result *result, GError **error)
{
    if (result->code == NULL) {
        g_propagate_error(error, oauth_refusal(result->oauth_error, result->description));
        return NULL;
    }
    char *form = url_form("client_id", flow->client_id, "grant_type", "authorization_code", "code",
                          secret_text(result->code), "redirect_uri", attempt->redirect, "code_verifier",
                          secret_text(attempt->verifier), "scope", flow->scopes, NULL);
    struct http_reply *reply = authority_post(flow->http, flow->authority->token, form, AUTHORITY_ONCE, error);
    g_autoptr(TokenAnswer) answer = reply != NULL ? token_answer_read(reply, error) : NULL;
    if (answer == NULL)
        return NULL;
    if (answer->access == NULL) {
        g_propagate_error(error, token_answer_error(answer));
        return NULL;
    }
    if (strcmp(answer->nonce, attempt->nonce) != 0) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL,
                            "The sign-in service answered another sign-in than this one (nonce).\nSign in again.");
        return NULL;
    }
    return g_steal_pointer(&answer);
}

struct token_answer *browser_flow(const struct sign_in_flow *flow, struct listener **listener, GError **error)
{
    struct attempt attempt = {0};
    struct token_answer *answer = NULL;
    attempt_begin(&attempt);
    *listener = listener_new(attempt.state, flow->notice, flow->notice_data, error);
    if (*listener != NULL) {
        attempt.redirect = g_strdup_printf("http://localhost:%u", listener_port(*listener));
        http_watch(flow->http, listener_fd(*listener), listener_run, *listener);
        show_prompt(flow, &attempt, *listener);
        gboolean came = wait_for_browser(flow, *listener, g_get_monotonic_time() + WAIT, error);
        http_watch(flow->http, -1, NULL, NULL);
        struct listener *ended = g_steal_pointer(listener);
        listener_close(ended);
        if (came)
            answer = redeem(flow, &attempt, listener_result(ended), error);
        listener_free(ended);
    }
    secret_free(attempt.verifier);
    g_free(attempt.redirect);
    sodium_memzero(&attempt, sizeof attempt);
    return answer;
}

#include "microsoft/sign_in_flow.h"

#include <string.h>

#include <sodium.h>

#include "base/error.h"
#include "microsoft/url.h"

#define RANDOM_BYTES 32 /* RFC 7636 4.1: 43 characters of verifier */
#define ENCODED_ROOM 48
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

static void encode(char *room, const guchar *bytes)
{
    sodium_bin2base64(room, ENCODED_ROOM, bytes, RANDOM_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static void random_text(char *room)
{
    guchar bytes[RANDOM_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    encode(room, bytes);
    sodium_memzero(bytes, sizeof bytes);
}

static void attempt_begin(struct attempt *attempt)
{
    char verifier[ENCODED_ROOM];
    guchar digest[crypto_hash_sha256_BYTES];
    G_STATIC_ASSERT(crypto_hash_sha256_BYTES == RANDOM_BYTES);
    random_text(attempt->state);
    random_text(attempt->nonce);
    random_text(verifier);
    crypto_hash_sha256(digest, (const guchar *)verifier, strlen(verifier));
    encode(attempt->challenge, digest);
    attempt->verifier = secret_new(verifier, -1);
    sodium_memzero(verifier, sizeof verifier);
}

static char *authorize_url(const struct sign_in_flow *flow, const struct attempt *attempt)
{
    g_autofree char *query =
        url_form("client_id", flow->client_id, "response_type", "code", "redirect_uri", attempt->redirect,
                 "response_mode", "query", "scope", flow->scopes, "state", attempt->state, "nonce", attempt->nonce,
                 "code_challenge", attempt->challenge, "code_challenge_method", "S256", "login_hint", flow->login_hint,
                 "claims", flow->claims, "prompt", flow->login_hint == NULL ? "select_account" : NULL, NULL);
    const char *joint = strchr(flow->authority->authorize, '?') != NULL ? "&" : "?";
    return g_strconcat(flow->authority->authorize, joint, query, NULL);
}

static void run_listener(gpointer data)
{
    listener_run(data);
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
    return TRUE;
}

static void deliver_page(const struct sign_in_flow *flow, struct listener *listener)
{
    gint64 end = g_get_monotonic_time() + DELIVERY;
    while (!listener_is_delivered(listener) && g_get_monotonic_time() < end) {
        if (!http_run(flow->http, NULL, g_get_monotonic_time() + DELIVERY_TURN))
            return;
        listener_run(listener);
    }
}

static struct token_answer *redeem(const struct sign_in_flow *flow, const struct attempt *attempt,
                                   const struct listener_result *result, GError **error)
{
    char *form = url_form("client_id", flow->client_id, "grant_type", "authorization_code", "code",
                          secret_text(result->code), "redirect_uri", attempt->redirect, "code_verifier",
                          secret_text(attempt->verifier), "scope", flow->scopes, NULL);
    struct http_reply *reply = authority_post(flow->http, flow->authority->token, form, FALSE, error);
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

static void show_prompt(const struct sign_in_flow *flow, const struct attempt *attempt, guint port)
{
    g_autofree char *url = authorize_url(flow, attempt);
    const struct sign_in_prompt prompt = {
        .method = SIGN_IN_BROWSER,
        .url = url,
        .client_id = flow->client_id,
        .scopes = flow->scopes,
        .expires = g_get_real_time() + WAIT,
        .port = port,
    };
    if (flow->prompt != NULL)
        flow->prompt(&prompt, flow->prompt_data);
}

static struct token_answer *wait_and_redeem(const struct sign_in_flow *flow, const struct attempt *attempt,
                                            struct listener **listener, GError **error)
{
    gboolean came = wait_for_browser(flow, *listener, g_get_monotonic_time() + WAIT, error);
    if (came)
        deliver_page(flow, *listener);
    http_watch(flow->http, -1, NULL, NULL);
    struct listener *ended = g_steal_pointer(listener);
    const struct listener_result *result = listener_result(ended);
    struct token_answer *answer = NULL;
    listener_close(ended);
    if (came && result->code == NULL)
        g_propagate_error(error, oauth_refusal(result->oauth_error, result->description));
    else if (came)
        answer = redeem(flow, attempt, result, error);
    listener_free(ended);
    return answer;
}

struct token_answer *browser_flow(const struct sign_in_flow *flow, struct listener **listener, GError **error)
{
    struct attempt attempt = {0};
    struct token_answer *answer = NULL;
    attempt_begin(&attempt);
    *listener = listener_new(attempt.state, error);
    if (*listener != NULL) {
        attempt.redirect = g_strdup_printf("http://localhost:%u", listener_port(*listener));
        http_watch(flow->http, listener_fd(*listener), run_listener, *listener);
        show_prompt(flow, &attempt, listener_port(*listener));
        answer = wait_and_redeem(flow, &attempt, listener, error);
    }
    secret_free(attempt.verifier);
    g_free(attempt.redirect);
    sodium_memzero(&attempt, sizeof attempt);
    return answer;
}

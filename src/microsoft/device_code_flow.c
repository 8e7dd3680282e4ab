/* SPDX-License-Identifier: MIT */
#include "microsoft/device_code_flow.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/limits.h"
#include "microsoft/url.h"
#include "secrets/late_sodium.h"

#define GRANT_TYPE "urn:ietf:params:oauth:grant-type:device_code"
#define DEFAULT_INTERVAL 5
#define FIRST_POLL ((gint64)G_USEC_PER_SEC / 20)
#define SLOW_DOWN_SECONDS 5
#define LONGEST_USER_CODE 32

struct device_code {
    struct secret *code;
    char *user_code;
    char *url;
    gint64 interval; /* seconds */
    gint64 lifetime; /* seconds */
    gint64 told;     /* wall microseconds that the service asked to wait with the last poll; -1: nothing */
    int busy;        /* its status where it could not answer the last poll; 0: it did */
};

/* TRUE if DOCUMENT holds all that is needed, in the form in which it may be shown. */
static gboolean read_device_code(json *document, struct device_code *device)
{
    char *code = (char *)json_get_string(document, "device_code");
    const char *user_code = json_get_string(document, "user_code");
    const char *url = json_get_string(document, "verification_uri");
    if (code == NULL || user_code == NULL || url == NULL || !url_is_allowed(url))
        return FALSE;
    gsize length = strspn(user_code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");
    if (length == 0 || length > LONGEST_USER_CODE || user_code[length] != '\0')
        return FALSE;
    for (const char *at = url; *at != '\0'; at++)
        if (!g_ascii_isgraph(*at))
            return FALSE;
    device->code = secret_new(code, -1);
    sodium_memzero(code, strlen(code));
    device->user_code = g_strdup(user_code);
    device->url = g_strdup(url);
    device->interval = CLAMP(json_get_int(document, "interval", DEFAULT_INTERVAL), 1, LIMIT_POLL);
    device->lifetime = CLAMP(json_get_int(document, "expires_in", 900), 1, LIMIT_DEVICE_CODE);
    return TRUE;
}

static gboolean take_device_code(const struct sign_in_flow *flow, struct authority_question *question,
                                 struct device_code *device, GError **error)
{
    struct http_reply *reply = g_steal_pointer(&question->reply);
    if (flow->authority->device == NULL) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN,
                            "This sign-in service has no device codes.\nSign in with the browser instead.");
        return FALSE;
    }
    if (reply == NULL) {
        g_propagate_error(error, g_steal_pointer(&question->error));
        return FALSE;
    }
    if (reply->status != 200) {
        g_autoptr(TokenAnswer) refusal = token_answer_read(reply, error);
        if (refusal != NULL)
            g_propagate_error(error, token_answer_error(refusal));
        return FALSE;
    }
    g_autoptr(json) document = json_parse(reply->body->str, (gssize)reply->body->len, NULL);
    http_reply_free(reply);
    if (read_device_code(document, device))
        return TRUE;
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL,
                        "The sign-in service's device code cannot be used.\nSign in with the browser instead.");
    return FALSE;
}

/* NULL and error, or NULL alone where the service could not answer this time: the code that was typed stays good. */
static struct token_answer *poll_once(const struct sign_in_flow *flow, struct device_code *device, GError **error)
{
    char *form = url_form("grant_type", GRANT_TYPE, "client_id", flow->client_id, "device_code",
                          secret_text(device->code), NULL);
    struct http_reply *reply = authority_post(flow->http, flow->authority->token, form, AUTHORITY_POLL, error);
    device->busy = 0;
    device->told = -1;
    if (reply == NULL)
        return NULL;
    int status = reply->status;
    device->told = reply->retry_after;
    struct token_answer *answer = NULL;
    if (status == 429 || status >= 500)
        http_reply_free(reply);
    else
        answer = token_answer_read(reply, error);
    if (answer == NULL || token_answer_is_passing(answer))
        device->busy = status;
    return answer;
}

/* NULL without error: not yet. */
static struct token_answer *poll_verdict(const struct sign_in_flow *flow, struct device_code *device, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(TokenAnswer) answer = poll_once(flow, device, &cause);
    if (cause != NULL && !g_error_matches(cause, PERCH_ERROR, PERCH_ERROR_NETWORK) &&
        !g_error_matches(cause, PERCH_ERROR, PERCH_ERROR_PROTOCOL)) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return NULL;
    }
    if (answer != NULL && answer->access != NULL)
        return g_steal_pointer(&answer);
    if (device->busy != 0 || (answer != NULL && strcmp(answer->oauth_error, "slow_down") == 0))
        device->interval = MIN(device->interval + SLOW_DOWN_SECONDS, LIMIT_POLL); /* RFC 8628, 3.5 */
    else if (answer == NULL)
        return NULL;
    else if (strcmp(answer->oauth_error, "authorization_pending") != 0)
        g_propagate_error(error, token_answer_error(answer));
    return NULL;
}

static struct token_answer *poll_until_answered(const struct sign_in_flow *flow, struct device_code *device,
                                                GError **error)
{
    gint64 end = g_get_monotonic_time() + device->lifetime * G_USEC_PER_SEC;
    while (g_get_monotonic_time() < end) {
        GError *cause = NULL;
        struct token_answer *answer = poll_verdict(flow, device, &cause);
        if (answer != NULL || cause != NULL) {
            if (cause != NULL)
                g_propagate_error(error, cause);
            return answer;
        }
        /* The interval is between two polls (RFC 8628, 3.5); the first one need not wait. */
        gint64 wait = MAX(device->interval * G_USEC_PER_SEC, device->told);
        if (device->busy == 429 || device->busy >= 500)
            http_say_wait(flow->http, "the sign-in service", device->busy, wait);
        if (!http_run(flow->http, NULL, MIN(g_get_monotonic_time() + wait, end))) {
            g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Signing in was stopped.");
            return NULL;
        }
    }
    if (device->busy != 0)
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN,
                    "The sign-in service could not say whether the code was entered (status %d) until it expired.\n"
                    "Start the sign-in again in some minutes.",
                    device->busy);
    else
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN,
                            "Nobody entered the code before it expired.\nStart the sign-in again for a new code.");
    return NULL;
}

struct token_answer *device_code_flow(const struct sign_in_flow *flow, struct authority_question *question,
                                      GError **error)
{
    struct device_code device = {.told = -1};
    struct token_answer *answer = NULL;
    if (take_device_code(flow, question, &device, error)) {
        const struct sign_in_prompt prompt = {
            .method = SIGN_IN_DEVICE_CODE,
            .url = device.url,
            .user_code = device.user_code,
            .client_id = flow->client_id,
            .scopes = flow->scopes,
            .expires = g_get_real_time() + device.lifetime * G_USEC_PER_SEC,
        };
        if (flow->prompt != NULL)
            flow->prompt(&prompt, flow->prompt_data);
        answer = poll_until_answered(flow, &device, error);
    }
    secret_free(device.code);
    g_free(device.user_code);
    g_free(device.url);
    return answer;
}

#include "microsoft/sign_in_flow.h"

#include <string.h>

#include <sodium.h>

#include "base/error.h"
#include "base/json.h"
#include "microsoft/url.h"

#define GRANT_TYPE "urn:ietf:params:oauth:grant-type:device_code"
#define DEFAULT_INTERVAL 5
#define FIRST_POLL ((gint64)G_USEC_PER_SEC / 20)
#define SLOW_DOWN_SECONDS 5
#define LONGEST_INTERVAL 60
#define LONGEST_LIFETIME 1800
#define LONGEST_USER_CODE 32

struct device_code {
    struct secret *code;
    char *user_code;
    char *url;
    gint64 interval; /* seconds */
    gint64 lifetime; /* seconds */
};

static void device_code_clear(struct device_code *device)
{
    secret_free(device->code);
    g_free(device->user_code);
    g_free(device->url);
}

static gboolean is_user_code(const char *code)
{
    gsize length = strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");
    return length > 0 && length <= LONGEST_USER_CODE && code[length] == '\0';
}

static gboolean is_plain_url(const char *url)
{
    for (const char *at = url; *at != '\0'; at++)
        if (*at <= ' ' || *at == 0x7f || (guchar)*at >= 0x80)
            return FALSE;
    return url_is_allowed(url);
}

/* TRUE if DOCUMENT holds all that is needed, in the form in which it may be shown. */
static gboolean read_device_code(json *document, struct device_code *device)
{
    char *code = (char *)json_get_string(document, "device_code");
    const char *user_code = json_get_string(document, "user_code");
    const char *url = json_get_string(document, "verification_uri");
    if (code == NULL || user_code == NULL || url == NULL || !is_user_code(user_code) || !is_plain_url(url))
        return FALSE;
    device->code = secret_new(code, -1);
    sodium_memzero(code, strlen(code));
    device->user_code = g_strdup(user_code);
    device->url = g_strdup(url);
    device->interval = CLAMP(json_get_int(document, "interval", DEFAULT_INTERVAL), 1, LONGEST_INTERVAL);
    device->lifetime = CLAMP(json_get_int(document, "expires_in", 900), 1, LONGEST_LIFETIME);
    return TRUE;
}

static GError *refused_device_code(struct http_reply *reply)
{
    GError *error = NULL;
    g_autoptr(TokenAnswer) answer = token_answer_read(reply, &error);
    return answer != NULL ? token_answer_error(answer) : error;
}

static gboolean request_device_code(const struct sign_in_flow *flow, struct device_code *device, GError **error)
{
    if (flow->authority->device == NULL) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN,
                            "This sign-in service has no device codes.\nSign in with the browser instead.");
        return FALSE;
    }
    char *form = url_form("client_id", flow->client_id, "scope", flow->scopes, "claims", flow->claims, NULL);
    struct http_reply *reply = authority_post(flow->http, flow->authority->device, form, TRUE, error);
    if (reply == NULL)
        return FALSE;
    if (reply->status != 200) {
        g_propagate_error(error, refused_device_code(reply));
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

static struct token_answer *poll_once(const struct sign_in_flow *flow, const struct device_code *device, GError **error)
{
    char *form = url_form("grant_type", GRANT_TYPE, "client_id", flow->client_id, "device_code",
                          secret_text(device->code), NULL);
    struct http_reply *reply = authority_post(flow->http, flow->authority->token, form, FALSE, error);
    return reply != NULL ? token_answer_read(reply, error) : NULL;
}

static gboolean is_passing_error(const GError *error)
{
    return g_error_matches(error, PERCH_ERROR, PERCH_ERROR_NETWORK) ||
           g_error_matches(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL);
}

/* NULL without error: not yet. */
static struct token_answer *poll_verdict(const struct sign_in_flow *flow, struct device_code *device, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(TokenAnswer) answer = poll_once(flow, device, &cause);
    if (answer == NULL) {
        if (!is_passing_error(cause))
            g_propagate_error(error, g_steal_pointer(&cause));
        return NULL;
    }
    if (answer->access != NULL)
        return g_steal_pointer(&answer);
    if (strcmp(answer->oauth_error, "slow_down") == 0)
        device->interval += SLOW_DOWN_SECONDS; /* RFC 8628, 3.5 */
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
        gint64 next = g_get_monotonic_time() + device->interval * G_USEC_PER_SEC;
        if (!http_run(flow->http, NULL, next)) {
            g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Signing in was stopped.");
            return NULL;
        }
    }
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN,
                        "Nobody entered the code before it expired.\nStart the sign-in again for a new code.");
    return NULL;
}

struct token_answer *device_code_flow(const struct sign_in_flow *flow, GError **error)
{
    struct device_code device = {0};
    struct token_answer *answer = NULL;
    if (request_device_code(flow, &device, error)) {
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
    device_code_clear(&device);
    return answer;
}

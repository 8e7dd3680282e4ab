/* SPDX-License-Identifier: MIT */
#include "support/fake_authority.h"

#include <string.h>

#include "base/json.h"

static char *discovery(const char *base, const char *issuer)
{
    g_autofree char *body =
        g_strdup_printf("{\"issuer\":\"%s/v2.0\",\"authorization_endpoint\":\"%s/authorize\","
                        "\"token_endpoint\":\"%s/token\",\"device_authorization_endpoint\":\"%s/devicecode\"}",
                        issuer, base, base, base);
    return server_json(200, NULL, body);
}

char *fake_discovery(guint port, const char *issuer_tenant)
{
    g_autofree char *base = g_strdup_printf("http://127.0.0.1:%u", port);
    g_autofree char *issuer = g_strconcat(base, "/", issuer_tenant, NULL);
    return discovery(base, issuer);
}

char *fake_documented_discovery(guint port, const char *tenant)
{
    g_autofree char *issuer = g_strdup_printf("http://127.0.0.1:%u/%s", port, tenant);
    g_autofree char *base = g_strconcat(issuer, "/oauth2/v2.0", NULL);
    return discovery(base, issuer);
}

static char *base64url(const char *text)
{
    char *encoded = g_base64_encode((const guchar *)text, strlen(text));
    g_strdelimit(encoded, "+", '-');
    g_strdelimit(encoded, "/", '_');
    encoded[strcspn(encoded, "=")] = '\0';
    return encoded;
}

char *fake_jwt(const char *claims)
{
    g_autofree char *header = base64url("{\"alg\":\"RS256\"}");
    g_autofree char *payload = base64url(claims);
    return g_strconcat(header, ".", payload, ".c2lnbmVk", NULL);
}

char *fake_tokens(guint port, const char *tenant, const char *object_id, const char *user_name, const char *client_id,
                  const char *nonce, const char *access, const char *refresh, int seconds, const char *scopes,
                  const char *more)
{
    gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    g_autofree char *good = g_strdup_printf(",\"nbf\":%" G_GINT64_FORMAT ",\"exp\":%" G_GINT64_FORMAT, now, now + 3600);
    g_autofree char *claims =
        g_strdup_printf("{\"tid\":\"%s\",\"oid\":\"%s\",\"preferred_username\":\"%s\",\"name\":\"Ada\","
                        "\"iss\":\"http://127.0.0.1:%u/%s/v2.0\",\"aud\":\"%s\",\"nonce\":\"%s\"%s}",
                        tenant, object_id, user_name, port, tenant, client_id, nonce, more != NULL ? more : good);
    g_autofree char *id_token = fake_jwt(claims);
    g_autofree char *body =
        g_strdup_printf("{\"token_type\":\"Bearer\",\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"expires_in\":%d,"
                        "\"scope\":\"%s\",\"id_token\":\"%s\"}",
                        access, refresh, seconds, scopes, id_token);
    return server_json(200, NULL, body);
}

char *fake_challenge(const char *oauth_error, int code, const char *claims)
{
    g_autofree char *description =
        g_strdup_printf("AADSTS%d: It is so. Trace ID: t Correlation ID: c Timestamp: 2026-11-27 08:00:00Z", code);
    g_autoptr(json) body = json_from("{'error':%s,'error_description':%s,'error_codes':[%d],'trace_id':'trace-1',"
                                     "'correlation_id':'correlation-1'}",
                                     oauth_error, description, (gint64)code);
    if (claims != NULL)
        json_set_string(body, "claims", claims);
    g_autofree char *text = json_text(body);
    return server_json(400, NULL, text);
}

char *fake_refusal(const char *oauth_error, int code)
{
    return fake_challenge(oauth_error, code, NULL);
}

gboolean is_discovery(const struct server_request *request)
{
    return g_str_has_suffix(request->target, "/v2.0/.well-known/openid-configuration");
}

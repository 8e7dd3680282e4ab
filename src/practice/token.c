/* SPDX-License-Identifier: MIT */
#include "practice/token.h"

#include <string.h>

#include <sodium.h>

#include "practice/people.h"
#include "practice/tenant.h"

#define RANDOM_BYTES 24
/* Expired entries stay this long, so that they are told apart from unknown ones. */
#define KEPT_AFTER_EXPIRY (G_TIME_SPAN_DAY)

static char *hash_of(const char *token)
{
    guchar digest[crypto_generichash_BYTES];
    char text[2 * sizeof digest + 1];
    crypto_generichash(digest, sizeof digest, (const guchar *)token, strlen(token), NULL, 0);
    return g_strdup(sodium_bin2hex(text, sizeof text, digest, sizeof digest));
}

static json *entries(const struct practice *practice)
{
    json *sign_in = json_get(practice->state, "signIn");
    if (json_get(sign_in, "tokens") == NULL)
        json_set(sign_in, "tokens", json_new_array());
    return json_get(sign_in, "tokens");
}

char *token_new(struct practice *practice, const char *kind, const struct grant *grant, gint64 seconds, json **entry)
{
    guchar random[RANDOM_BYTES];
    char encoded[2 * RANDOM_BYTES];
    randombytes_buf(random, sizeof random);
    sodium_bin2base64(encoded, sizeof encoded, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *token = g_strdup_printf("practice-token-%s-%s", kind, encoded);
    g_autofree char *hash = hash_of(token);
    gint64 expires = g_get_real_time() + seconds * G_TIME_SPAN_SECOND;
    json *made = json_from("{'hash':%s,'kind':%s,'client':%s,'user':%s,'service':%s,'scopes':%j,'expires':%d}", hash,
                           kind, grant->client, grant->user, grant->service, grant->scopes, expires);
    json *tokens = entries(practice);
    gint64 limit = g_get_real_time() - KEPT_AFTER_EXPIRY;
    while (json_length(tokens) > 0 && json_get_int(json_at(tokens, 0), "expires", 0) < limit)
        json_free(json_detach_at(tokens, 0));
    json_append(entries(practice), made);
    tenant_changed(practice);
    if (entry != NULL)
        *entry = made;
    return token;
}

json *token_find(const struct practice *practice, const char *kind, const char *token)
{
    if (token == NULL)
        return NULL;
    g_autofree char *hash = hash_of(token);
    json_for_each (entry, entries(practice)) {
        if (g_strcmp0(json_get_string(entry, "hash"), hash) == 0 &&
            g_strcmp0(json_get_string(entry, "kind"), kind) == 0)
            return entry;
    }
    return NULL;
}

gboolean token_is_expired(const json *entry)
{
    return json_get_int(entry, "expires", 0) <= g_get_real_time();
}

struct grant token_grant(const json *entry)
{
    return (struct grant){
        .client = json_get_string(entry, "client"),
        .user = json_get_string(entry, "user"),
        .service = json_get_string(entry, "service"),
        .scopes = json_get(entry, "scopes"),
    };
}

static gboolean refuse(struct call *call, const char *message)
{
    g_free(call->challenge);
    call->challenge = g_strdup_printf("Bearer realm=\"\", authorization_uri=\"%s/common/oauth2/authorize\"",
                                      call->practice->origins[SERVICE_LOGIN]);
    return service_error(call, 401, call->service == SERVICE_DEFENDER ? "Unauthorized" : "InvalidAuthenticationToken",
                         message);
}

gboolean token_check(struct call *call)
{
    if (call->authorization == NULL || g_ascii_strncasecmp(call->authorization, "Bearer ", strlen("Bearer ")) != 0)
        return refuse(call, "Access token is empty.");
    const json *entry = token_find(call->practice, "access", call->authorization + strlen("Bearer "));
    if (entry == NULL)
        return refuse(call, "Access token validation failure. Invalid token.");
    /* The service as tokens name it. */
    if (g_strcmp0(json_get_string(entry, "service"), call->service == SERVICE_DEFENDER ? "defender" : "graph") != 0)
        return refuse(call, "Access token validation failure. Invalid audience.");
    if (token_is_expired(entry))
        return refuse(call, "Access token has expired or is not yet valid.");
    if (json_get_bool(entry, "application", FALSE) && g_str_has_prefix(call->path, "/v1.0/me"))
        return service_error(call, 400, "BadRequest", "/me request is only valid with delegated authentication flow.");
    call->token = entry;
    call->user = people_who_signs_in(call->practice, json_get_string(entry, "user"));
    if (call->user == NULL || !json_get_bool(call->user, "accountEnabled", FALSE))
        return refuse(call, "Access token validation failure. The user account is disabled or deleted.");
    return TRUE;
}

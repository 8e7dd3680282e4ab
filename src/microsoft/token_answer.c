/* SPDX-License-Identifier: MIT */
#include "microsoft/token_answer.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "microsoft/challenge.h"
#include "microsoft/explain.h"
#include "secrets/late_sodium.h"

#define LONGEST_LIFETIME_SECONDS 100000
#define LATEST G_GINT64_CONSTANT(100000000000) /* seconds since 1970 that can be reckoned with */
#define NO_CONSENT "AADSTS65001"

void token_answer_free(struct token_answer *answer)
{
    if (answer == NULL)
        return;
    secret_free(answer->access);
    secret_free(answer->refresh);
    g_strfreev(answer->scopes);
    g_free(answer->tenant_id);
    g_free(answer->object_id);
    g_free(answer->user_name);
    g_free(answer->name);
    g_free(answer->nonce);
    g_free(answer->issuer);
    g_free(answer->audience);
    g_free(answer->oauth_error);
    g_free(answer->claims);
    g_free(answer->code);
    g_free(answer->sentence);
    g_free(answer->ids);
    g_free(answer);
}

/* The member NAME of DOCUMENT as a secret; the JSON's own copy is wiped. NULL if there is none. */
static struct secret *take_secret(json *document, const char *name)
{
    char *text = (char *)json_get_string(document, name);
    if (text == NULL || *text == '\0')
        return NULL;
    struct secret *secret = secret_new(text, -1);
    sodium_memzero(text, strlen(text));
    return secret;
}

/* "https://graph.microsoft.com/User.Read" and "User.Read" are the same scope. */
static char **read_scopes(const json *document)
{
    const char *text = json_get_string(document, "scope");
    char **scopes = g_strsplit(text != NULL ? text : "", " ", -1);
    for (char **scope = scopes; *scope != NULL; scope++) {
        const char *slash = strrchr(*scope, '/');
        if (slash == NULL)
            continue;
        char *bare = g_strdup(slash + 1);
        g_free(*scope);
        *scope = bare;
    }
    return scopes;
}

static char *claim(const json *claims, const char *name)
{
    const char *text = json_get_string(claims, name);
    return g_strdup(text != NULL ? text : "");
}

/* The JSON in a PART of a JWT. NULL if it cannot be read. */
static json *jwt_part(const char *part)
{
    gsize room = strlen(part);
    gsize length = 0;
    g_autofree char *text = g_malloc0(room + 1);
    if (sodium_base642bin((guchar *)text, room, part, room, NULL, &length, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return NULL;
    return json_parse(text, (gssize)length, NULL);
}

/* The claims of a JWT. It came from the token endpoint over TLS, so OpenID Connect Core 3.1.3.7 (6) lets its signature
 * go unchecked; one that says that it has none is nobody's. NULL if it cannot be read. */
static json *jwt_claims(const char *token)
{
    g_auto(GStrv) parts = g_strsplit(token, ".", 4);
    g_autoptr(json) header = g_strv_length(parts) == 3 ? jwt_part(parts[0]) : NULL;
    const char *algorithm = json_get_string(header, "alg");
    if (algorithm == NULL || g_ascii_strcasecmp(algorithm, "none") == 0 || parts[2][0] == '\0')
        return NULL;
    return jwt_part(parts[1]);
}

/* NOW: microseconds since 1970 when it was made. */
static void read_tokens(struct token_answer *answer, json *document, gint64 now)
{
    gint64 seconds = json_get_int(document, "expires_in", 0);
    answer->access = take_secret(document, "access_token");
    answer->refresh = take_secret(document, "refresh_token");
    answer->lifetime = CLAMP(seconds, 0, LONGEST_LIFETIME_SECONDS) * G_USEC_PER_SEC;
    answer->scopes = read_scopes(document);
    const char *id_token = json_get_string(document, "id_token");
    g_autoptr(json) claims = id_token != NULL ? jwt_claims(id_token) : NULL;
    answer->has_claims = claims != NULL;
    answer->tenant_id = claim(claims, "tid");
    answer->object_id = claim(claims, "oid");
    answer->user_name = claim(claims, "preferred_username");
    answer->name = claim(claims, "name");
    answer->nonce = claim(claims, "nonce");
    answer->issuer = claim(claims, "iss");
    answer->audience = claim(claims, "aud");
    gint64 begin = json_get_int(claims, "nbf", 0);
    gint64 end = json_get_int(claims, "exp", 0);
    answer->begins_in = begin > 0 && begin < LATEST ? begin * G_USEC_PER_SEC - now : 0;
    answer->ends_in = end >= LATEST ? G_MAXINT64 : end > 0 ? end * G_USEC_PER_SEC - now : G_MININT64;
}

static char *read_code(const json *document, const char *description)
{
    gint64 number = 0;
    const json *first = json_at(json_get(document, "error_codes"), 0);
    if (json_is_number(first)) {
        g_autofree char *text = json_text(first);
        number = g_ascii_strtoll(text, NULL, 10);
    } else if (g_str_has_prefix(description, "AADSTS")) {
        number = g_ascii_strtoll(description + strlen("AADSTS"), NULL, 10);
    }
    return number > 0 ? g_strdup_printf("AADSTS%" G_GINT64_FORMAT, number) : g_strdup("");
}

static void read_error(struct token_answer *answer, const json *document)
{
    const char *description = json_get_string(document, "error_description");
    if (description == NULL)
        description = "";
    answer->oauth_error = g_strdup(json_get_string(document, "error"));
    answer->claims = challenge_check(json_get_string(document, "claims"));
    answer->code = read_code(document, description);
    /* "AADSTS70019: Verification code expired.\r\nTrace ID: ..." without what stands before and after the sentence, be
     * it on lines of its own or not. */
    const char *colon = g_str_has_prefix(description, "AADSTS") ? strstr(description, ": ") : NULL;
    const char *sentence = colon != NULL ? colon + 2 : description;
    const char *ids_begin = strstr(sentence, " Trace ID: ");
    gsize length = strcspn(sentence, "\r\n");
    answer->sentence =
        text_safe(sentence, ids_begin != NULL ? (gssize)MIN(length, (gsize)(ids_begin - sentence)) : (gssize)length);
    const char *trace = json_get_string(document, "trace_id");
    const char *correlation = json_get_string(document, "correlation_id");
    g_autofree char *ids = g_strdup_printf("trace %s, correlation %s", trace != NULL ? trace : "-",
                                           correlation != NULL ? correlation : "-");
    answer->ids = trace == NULL && correlation == NULL ? g_strdup("") : text_safe(ids, -1);
}

struct token_answer *token_answer_read(struct http_reply *reply, GError **error)
{
    g_autoptr(TokenAnswer) answer = g_new0(struct token_answer, 1);
    g_autoptr(json) document = json_parse(reply->body->str, (gssize)reply->body->len, NULL);
    int status = reply->status;
    /* A clock of this machine that is wrong says nothing about the token. */
    gint64 now = reply->server_time > 0 ? reply->server_time : g_get_real_time();
    http_reply_free(reply);
    if (status == 200)
        read_tokens(answer, document, now);
    else if (json_get_string(document, "error") != NULL)
        read_error(answer, document);
    if (answer->access != NULL) {
        answer->oauth_error = g_strdup("");
        return g_steal_pointer(&answer);
    }
    if (answer->oauth_error != NULL)
        return g_steal_pointer(&answer);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL,
                "The sign-in service answered with status %d and nothing that can be read.\n"
                "Try again in a minute; if it stays, a proxy may be answering in its place.",
                status);
    return NULL;
}

GError *token_answer_error(const struct token_answer *answer)
{
    const struct symptom symptom = {
        .service = "sign-in",
        .code = answer->code,
        .text = answer->sentence,
        .oauth = answer->oauth_error,
    };
    g_autofree char *explanation = explain(&symptom);
    g_autofree char *oauth = text_safe(answer->oauth_error, -1);
    g_autofree char *name = g_strjoin(", ", oauth, *answer->code != '\0' ? answer->code : "no code",
                                      *answer->ids != '\0' ? answer->ids : NULL, NULL);
    const char *number = *answer->code != '\0' ? answer->code + strlen("AADSTS") : "";
    g_autofree char *unknown = g_strconcat(
        "perch has no advice for this answer. The code can be looked up at https://login.microsoftonline.com/error",
        *number != '\0' ? "?code=" : "", number, ".", NULL);
    return g_error_new(PERCH_ERROR, PERCH_ERROR_SIGN_IN, "Sign-in did not succeed: %s (%s)\n%s",
                       *answer->sentence != '\0' ? answer->sentence : "no reason was given.", name,
                       explanation != NULL ? explanation : unknown);
}

GError *oauth_refusal(const char *oauth_error, const char *description)
{
    g_autoptr(json) document = json_new_object();
    g_autoptr(TokenAnswer) answer = g_new0(struct token_answer, 1);
    json_set_string(document, "error", oauth_error);
    json_set_string(document, "error_description", description);
    read_error(answer, document);
    return token_answer_error(answer);
}

gboolean token_answer_needs_person(const struct token_answer *answer)
{
    static const char *const errors[] = {"invalid_grant", "interaction_required", "login_required", "consent_required",
                                         NULL};
    return g_strv_contains(errors, answer->oauth_error);
}

gboolean token_answer_is_passing(const struct token_answer *answer)
{
    return g_strcmp0(answer->oauth_error, "temporarily_unavailable") == 0 ||
           g_strcmp0(answer->oauth_error, "server_error") == 0;
}

gboolean token_answer_lacks_consent(const struct token_answer *answer)
{
    return strcmp(answer->oauth_error, "consent_required") == 0 || g_strcmp0(answer->code, NO_CONSENT) == 0;
}

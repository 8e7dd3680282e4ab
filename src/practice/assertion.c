/* SPDX-License-Identifier: MIT */
#include "practice/assertion.h"

#include <string.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <sodium.h>

#include "practice/signing.h"
#include "practice/tenant.h"

#define ASSERTION_TYPE "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#define LONGEST_LIFETIME 600
#define SKEW 5 /* seconds that the client's clock may be ahead */
#define TOKEN_SECONDS 3599

static const struct oauth_error no_certificate = {
    "invalid_client", 700027, "The certificate used to sign the client assertion is not registered on application.",
    NULL};
static const struct oauth_error bad_signature = {"invalid_client", 700027,
                                                 "Client assertion failed signature validation.", NULL};
static const struct oauth_error bad_audience = {"invalid_client", 700023,
                                                "Client assertion audience claim does not match Realm issuer.", NULL};
static const struct oauth_error bad_times = {"invalid_client", 700024,
                                             "Client assertion is not within its valid time range.", NULL};
static const struct oauth_error bad_subject = {
    "invalid_client", 700021, "Client assertion application identifier doesn't match 'client_id' parameter.", NULL};
static const struct oauth_error not_default = {
    "invalid_scope", 1002012,
    "The provided value for scope is not valid. Client credential flows must have a scope "
    "value with /.default suffixed to the resource identifier.",
    NULL};

static guchar *decode(const char *text, gsize *length)
{
    guchar *bytes = g_malloc0(strlen(text) + 1);
    *length = 0;
    if (sodium_base642bin(bytes, strlen(text), text, strlen(text), NULL, length, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        *length = 0;
    return bytes;
}

static json *decode_part(const char *part)
{
    gsize length = 0;
    g_autofree guchar *bytes = decode(part, &length);
    return json_parse((const char *)bytes, (gssize)length, NULL);
}

static X509 *registered(const struct practice *practice)
{
    g_autofree char *text = NULL;
    if (practice->options.client_certificate == NULL ||
        !g_file_get_contents(practice->options.client_certificate, &text, NULL, NULL))
        return NULL;
    BIO *bio = BIO_new_mem_buf(text, -1);
    X509 *x509 = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    BIO_free(bio);
    return x509;
}

static gboolean is_thumbprint(const X509 *x509, const EVP_MD *hash, const char *thumbprint)
{
    guchar digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    X509_digest(x509, hash, digest, &length);
    g_autofree char *encoded = signing_encode(digest, length);
    return g_strcmp0(encoded, thumbprint) == 0;
}

/* With PSS padding (PS256), or in the older form without (RS256). */
static gboolean is_signed(const X509 *x509, gboolean pss, const char *text, gsize text_length, const char *signature)
{
    gsize length = 0;
    g_autofree guchar *bytes = decode(signature, &length);
    EVP_PKEY_CTX *parameters = NULL;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    gboolean good = EVP_DigestVerifyInit(context, &parameters, EVP_sha256(), NULL, X509_get0_pubkey(x509)) == 1 &&
                    (!pss || (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1 &&
                              EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) == 1)) &&
                    EVP_DigestVerify(context, bytes, length, (const guchar *)text, text_length) == 1;
    EVP_MD_CTX_free(context);
    return good;
}

static const struct oauth_error *check_claims(const struct call *call, const json *claims, const char *client)
{
    gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    gint64 end = json_get_int(claims, "exp", 0);
    g_autofree char *audience =
        g_strdup_printf("%s/%s/oauth2/v2.0/token", call->practice->origins[SERVICE_LOGIN], tenant_id(call->practice));
    if (g_strcmp0(json_get_string(claims, "aud"), audience) != 0)
        return &bad_audience;
    if (end <= now || end > now + LONGEST_LIFETIME + SKEW || json_get_int(claims, "nbf", G_MAXINT32) > now + SKEW)
        return &bad_times;
    if (g_strcmp0(json_get_string(claims, "iss"), client) != 0 ||
        g_strcmp0(json_get_string(claims, "sub"), client) != 0 || json_get_string(claims, "jti") == NULL)
        return &bad_subject;
    return NULL;
}

static const struct oauth_error *check(const struct call *call, const char *assertion, const char *client)
{
    g_auto(GStrv) parts = g_strsplit(assertion, ".", 4);
    if (g_strv_length(parts) != 3)
        return &bad_signature;
    g_autoptr(json) header = decode_part(parts[0]);
    g_autoptr(json) claims = decode_part(parts[1]);
    const struct oauth_error *error = check_claims(call, claims, client);
    X509 *x509 = registered(call->practice);
    const char *algorithm = json_get_string(header, "alg");
    gboolean pss = g_strcmp0(algorithm, "PS256") == 0;
    /* Entra takes the newer thumbprint and the one of SHA-1. */
    if (x509 == NULL || !(is_thumbprint(x509, EVP_sha256(), json_get_string(header, "x5t#S256")) ||
                          is_thumbprint(x509, EVP_sha1(), json_get_string(header, "x5t"))))
        error = &no_certificate;
    else if ((!pss && g_strcmp0(algorithm, "RS256") != 0) ||
             !is_signed(x509, pss, assertion, strlen(parts[0]) + 1 + strlen(parts[1]), parts[2]))
        error = &bad_signature;
    X509_free(x509);
    return error;
}

static void answer(struct call *call, const json *client, const char *service, const json *scopes)
{
    /* The application was given nothing that writes. */
    g_autoptr(json) reading = json_new_array();
    json_for_each (scope, scopes) {
        if (strstr(json_string(scope), "Read") != NULL && strstr(json_string(scope), "Write") == NULL)
            json_append_string(reading, json_string(scope));
    }
    const struct grant grant = {
        .client = json_get_string(client, "id"),
        .user = json_get_string(oauth_user(call->practice, NULL), "id"),
        .service = service,
        .scopes = reading,
    };
    json *entry = NULL;
    g_autofree char *access = token_new(call->practice, "access", &grant, TOKEN_SECONDS, &entry);
    json_set_bool(entry, "application", TRUE);
    answer_json(call, 200,
                json_from("{'token_type':'Bearer','expires_in':%d,'ext_expires_in':%d,'access_token':%s}",
                          (gint64)TOKEN_SECONDS, (gint64)TOKEN_SECONDS, access));
}

void assertion_redeem(struct call *call, const json *client)
{
    const char *assertion = call_form(call, "client_assertion");
    const char *scope = call_form(call, "scope");
    const char *service = NULL;
    g_autoptr(json) scopes = NULL;
    const struct oauth_error *error = NULL;
    if (assertion == NULL || scope == NULL || g_strcmp0(call_form(call, "client_assertion_type"), ASSERTION_TYPE) != 0)
        error = &oauth_missing_parameter;
    else if (!g_str_has_suffix(scope, "/.default"))
        error = &not_default;
    else
        error = check(call, assertion, json_get_string(client, "id"));
    if (error == NULL)
        oauth_scopes(call->practice, client, scope, &service, &scopes, &error);
    if (error != NULL)
        oauth_refuse(call, error);
    else
        answer(call, client, service, scopes);
}

/* SPDX-License-Identifier: MIT */
#include "practice/signing.h"

#include <string.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>

#define KEY_BITS 2048
#define KEY_ID_BYTES 16

char *signing_encode(const void *bytes, gssize length)
{
    gsize count = length < 0 ? strlen(bytes) : (gsize)length;
    gsize room = sodium_base64_encoded_len(count, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *encoded = g_malloc(room);
    return sodium_bin2base64(encoded, room, bytes, count, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static void free_number(gpointer number)
{
    BN_free(number);
}

/* To make one of its own takes seconds on a busy machine; the asset's numbers have the names of OpenSSL's parameters.
 */
static EVP_PKEY *key_load(void)
{
    g_autoptr(json) asset = practice_asset("signing-key.json");
    g_autoptr(GPtrArray) numbers = g_ptr_array_new_with_free_func(free_number);
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    EVP_PKEY *key = NULL;
    json_for_each (member, asset) {
        if (strcmp(json_name(member), "about") == 0)
            continue;
        const char *text = json_string(member);
        guchar bytes[KEY_BITS / 8];
        gsize length = 0;
        sodium_base642bin(bytes, sizeof bytes, text, strlen(text), NULL, &length, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        BIGNUM *number = BN_bin2bn(bytes, (int)length, NULL);
        g_ptr_array_add(numbers, number);
        OSSL_PARAM_BLD_push_BN(builder, json_name(member), number);
    }
    OSSL_PARAM *parameters = OSSL_PARAM_BLD_to_param(builder);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    if (EVP_PKEY_fromdata_init(context) != 1 || EVP_PKEY_fromdata(context, &key, EVP_PKEY_KEYPAIR, parameters) != 1)
        g_error("assets/practice/signing-key.json is no key");
    EVP_PKEY_CTX_free(context);
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    return key;
}

static EVP_PKEY *key_of(struct practice *practice)
{
    if (practice->signing_key == NULL)
        practice->signing_key = key_load();
    return practice->signing_key;
}

void signing_free(gpointer key)
{
    EVP_PKEY_free(key);
}

/* One number of the public key: "n" or "e". Caller frees. */
static char *number_of(EVP_PKEY *key, const char *name)
{
    BIGNUM *number = NULL;
    EVP_PKEY_get_bn_param(key, name, &number);
    gsize length = (gsize)BN_num_bytes(number);
    g_autofree guchar *bytes = g_malloc(length);
    BN_bn2bin(number, bytes);
    BN_free(number);
    return signing_encode(bytes, (gssize)length);
}

static char *key_id(EVP_PKEY *key)
{
    g_autofree char *modulus = number_of(key, OSSL_PKEY_PARAM_RSA_N);
    guchar digest[KEY_ID_BYTES];
    crypto_generichash(digest, sizeof digest, (const guchar *)modulus, strlen(modulus), NULL, 0);
    return signing_encode(digest, sizeof digest);
}

json *signing_keys(struct practice *practice)
{
    EVP_PKEY *key = key_of(practice);
    g_autofree char *modulus = number_of(key, OSSL_PKEY_PARAM_RSA_N);
    g_autofree char *exponent = number_of(key, OSSL_PKEY_PARAM_RSA_E);
    g_autofree char *id = key_id(key);
    return json_from("{'keys':[{'kty':'RSA','use':'sig','alg':'RS256','kid':%s,'x5t':%s,'n':%s,'e':%s}]}", id, id,
                     modulus, exponent);
}

char *signing_token(struct practice *practice, const json *claims)
{
    EVP_PKEY *key = key_of(practice);
    g_autofree char *id = key_id(key);
    g_autoptr(json) header = json_from("{'typ':'JWT','alg':'RS256','kid':%s}", id);
    g_autofree char *header_text = json_text(header);
    g_autofree char *claims_text = json_text(claims);
    g_autofree char *first = signing_encode(header_text, -1);
    g_autofree char *second = signing_encode(claims_text, -1);
    g_autofree char *signed_part = g_strdup_printf("%s.%s", first, second);
    guchar signature[KEY_BITS / 8];
    gsize length = sizeof signature;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    gboolean good = EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
                    EVP_DigestSign(context, signature, &length, (const guchar *)signed_part, strlen(signed_part)) == 1;
    EVP_MD_CTX_free(context);
    if (!good)
        g_error("an id token could not be signed");
    g_autofree char *third = signing_encode(signature, (gssize)length);
    return g_strdup_printf("%s.%s", signed_part, third);
}

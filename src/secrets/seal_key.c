/* SPDX-License-Identifier: MIT */
#include "secrets/seal_key.h"

#include "secrets/late_sodium.h"

#include <string.h>

#define SEED_DIGITS (2 * (gsize)crypto_sign_SEEDBYTES)

/* DIGITS as exactly SIZE bytes. */
static gboolean from_hex(const char *digits, unsigned char *bytes, gsize size)
{
    gsize length = 0;
    return sodium_hex2bin(bytes, size, digits, strlen(digits), NULL, &length, NULL) == 0 && length == size &&
           strlen(digits) == 2 * size;
}

struct secret *seal_key_new(void)
{
    unsigned char seed[crypto_sign_SEEDBYTES];
    char digits[SEED_DIGITS + 1];
    randombytes_buf(seed, sizeof seed);
    sodium_bin2hex(digits, sizeof digits, seed, sizeof seed);
    struct secret *made = secret_new(digits, SEED_DIGITS);
    sodium_memzero(seed, sizeof seed);
    sodium_memzero(digits, sizeof digits);
    return made;
}

gboolean seal_key_sign(const struct secret *seed, const char *bytes, gsize length, char **public_key, char **signature)
{
    unsigned char raw[crypto_sign_SEEDBYTES];
    unsigned char open[crypto_sign_PUBLICKEYBYTES];
    unsigned char closed[crypto_sign_SECRETKEYBYTES];
    unsigned char signed_bytes[crypto_sign_BYTES];
    gboolean usable = from_hex(secret_text(seed), raw, sizeof raw);
    if (usable) {
        crypto_sign_seed_keypair(open, closed, raw);
        crypto_sign_detached(signed_bytes, NULL, (const unsigned char *)bytes, length, closed);
        *public_key = g_malloc(2 * sizeof open + 1);
        *signature = g_malloc(2 * sizeof signed_bytes + 1);
        sodium_bin2hex(*public_key, 2 * sizeof open + 1, open, sizeof open);
        sodium_bin2hex(*signature, 2 * sizeof signed_bytes + 1, signed_bytes, sizeof signed_bytes);
    }
    sodium_memzero(raw, sizeof raw);
    sodium_memzero(closed, sizeof closed);
    return usable;
}

gboolean seal_key_fits(const char *public_key, const char *signature, const char *bytes, gsize length)
{
    unsigned char key[crypto_sign_PUBLICKEYBYTES];
    unsigned char given[crypto_sign_BYTES];
    return sodium_init() >= 0 && from_hex(public_key, key, sizeof key) && from_hex(signature, given, sizeof given) &&
           crypto_sign_verify_detached(given, (const unsigned char *)bytes, length, key) == 0;
}

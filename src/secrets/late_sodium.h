/* SPDX-License-Identifier: MIT */
/*
 * libsodium, loaded when the first of its functions is called, see base/late.h: what is used of it has to stand here.
 */
#ifndef PERCH_SECRETS_LATE_SODIUM_H
#define PERCH_SECRETS_LATE_SODIUM_H

#include <sodium.h>

#include "base/late.h"

#define LATE_SODIUM(EACH)                                                                                              \
    EACH(crypto_hash_sha256)                                                                                           \
    EACH(crypto_sign_detached)                                                                                         \
    EACH(crypto_sign_seed_keypair)                                                                                     \
    EACH(crypto_sign_verify_detached)                                                                                  \
    EACH(randombytes_buf)                                                                                              \
    EACH(randombytes_uniform)                                                                                          \
    EACH(sodium_base642bin)                                                                                            \
    EACH(sodium_base64_encoded_len)                                                                                    \
    EACH(sodium_bin2base64)                                                                                            \
    EACH(sodium_bin2hex)                                                                                               \
    EACH(sodium_free)                                                                                                  \
    EACH(sodium_hex2bin)                                                                                               \
    EACH(sodium_init)                                                                                                  \
    EACH(sodium_malloc)                                                                                                \
    EACH(sodium_memcmp)                                                                                                \
    EACH(sodium_memzero)                                                                                               \
    EACH(sodium_mprotect_readonly)

struct late_sodium {
    LATE_SODIUM(LATE_MEMBER)
};

/* Its functions. Ends the program where the library is missing. Any thread. */
const struct late_sodium *late_sodium(void);

#define crypto_hash_sha256 late_sodium()->crypto_hash_sha256
#define crypto_sign_detached late_sodium()->crypto_sign_detached
#define crypto_sign_seed_keypair late_sodium()->crypto_sign_seed_keypair
#define crypto_sign_verify_detached late_sodium()->crypto_sign_verify_detached
#define randombytes_buf late_sodium()->randombytes_buf
#define randombytes_uniform late_sodium()->randombytes_uniform
#define sodium_base642bin late_sodium()->sodium_base642bin
#define sodium_base64_encoded_len late_sodium()->sodium_base64_encoded_len
#define sodium_bin2base64 late_sodium()->sodium_bin2base64
#define sodium_bin2hex late_sodium()->sodium_bin2hex
#define sodium_free late_sodium()->sodium_free
#define sodium_hex2bin late_sodium()->sodium_hex2bin
#define sodium_init late_sodium()->sodium_init
#define sodium_malloc late_sodium()->sodium_malloc
#define sodium_memcmp late_sodium()->sodium_memcmp
#define sodium_memzero late_sodium()->sodium_memzero
#define sodium_mprotect_readonly late_sodium()->sodium_mprotect_readonly

#endif

/* SPDX-License-Identifier: MIT */
/*
 * OpenSSL's libcrypto, loaded when the first of its functions is called, see base/late.h: what is used of it has to
 * stand here.
 */
#ifndef PERCH_MICROSOFT_LATE_CRYPTO_H
#define PERCH_MICROSOFT_LATE_CRYPTO_H

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/late.h"

#define LATE_CRYPTO(EACH)                                                                                              \
    EACH(BIO_free)                                                                                                     \
    EACH(BIO_new_mem_buf)                                                                                              \
    EACH(EVP_DigestSign)                                                                                               \
    EACH(EVP_DigestSignInit)                                                                                           \
    EACH(EVP_MD_CTX_free)                                                                                              \
    EACH(EVP_MD_CTX_new)                                                                                               \
    EACH(EVP_PKEY_CTX_set_rsa_padding)                                                                                 \
    EACH(EVP_PKEY_CTX_set_rsa_pss_saltlen)                                                                             \
    EACH(EVP_PKEY_free)                                                                                                \
    EACH(EVP_PKEY_get_base_id)                                                                                         \
    EACH(EVP_PKEY_get_bits)                                                                                            \
    EACH(EVP_sha256)                                                                                                   \
    EACH(PEM_read_bio_PrivateKey)                                                                                      \
    EACH(PEM_read_bio_X509)                                                                                            \
    EACH(X509_check_private_key)                                                                                       \
    EACH(X509_cmp_current_time)                                                                                        \
    EACH(X509_digest)                                                                                                  \
    EACH(X509_free)                                                                                                    \
    EACH(X509_get0_notAfter)

struct late_crypto {
    LATE_CRYPTO(LATE_MEMBER)
};

/* Its functions. Ends the program where the library is missing. Any thread. */
const struct late_crypto *late_crypto(void);

#define BIO_free late_crypto()->BIO_free
#define BIO_new_mem_buf late_crypto()->BIO_new_mem_buf
#define EVP_DigestSign late_crypto()->EVP_DigestSign
#define EVP_DigestSignInit late_crypto()->EVP_DigestSignInit
#define EVP_MD_CTX_free late_crypto()->EVP_MD_CTX_free
#define EVP_MD_CTX_new late_crypto()->EVP_MD_CTX_new
#define EVP_PKEY_CTX_set_rsa_padding late_crypto()->EVP_PKEY_CTX_set_rsa_padding
#define EVP_PKEY_CTX_set_rsa_pss_saltlen late_crypto()->EVP_PKEY_CTX_set_rsa_pss_saltlen
#define EVP_PKEY_free late_crypto()->EVP_PKEY_free
#define EVP_PKEY_get_base_id late_crypto()->EVP_PKEY_get_base_id
#define EVP_PKEY_get_bits late_crypto()->EVP_PKEY_get_bits
#define EVP_sha256 late_crypto()->EVP_sha256
#define PEM_read_bio_PrivateKey late_crypto()->PEM_read_bio_PrivateKey
#define PEM_read_bio_X509 late_crypto()->PEM_read_bio_X509
#define X509_check_private_key late_crypto()->X509_check_private_key
#define X509_cmp_current_time late_crypto()->X509_cmp_current_time
#define X509_digest late_crypto()->X509_digest
#define X509_free late_crypto()->X509_free
#define X509_get0_notAfter late_crypto()->X509_get0_notAfter

#endif

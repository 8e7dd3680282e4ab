/* SPDX-License-Identifier: MIT */
#include "microsoft/certificate.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json.h"
#include "microsoft/late_crypto.h"
#include "secrets/late_sodium.h"

#define LARGEST_FILE 65536
#define LEAST_BITS 2048
#define LIFETIME_SECONDS 300
#define SIGNATURE_ROOM 1024

struct certificate {
    EVP_PKEY *key;
    char *thumbprint; /* base64url of the SHA-256 of the DER form */
};

static void refuse(GError **error, const char *file, const char *why)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "The certificate file %s cannot be used: %s.", file, why);
}

static struct secret *read_file(const char *file, GError **error)
{
    char bytes[LARGEST_FILE + 1];
    gsize length = 0;
    gssize got = 1;
    int descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0) {
        refuse(error, file, errno == ELOOP ? "it is a link" : g_strerror(errno));
        return NULL;
    }
    struct stat status;
    const char *flaw = NULL;
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        flaw = "it is no plain file";
    else if (status.st_uid != geteuid() || (status.st_mode & 077) != 0)
        flaw = "others may read or change it.\nMake it yours alone: chmod 600";
    else if (status.st_size > LARGEST_FILE)
        flaw = "it is larger than 64 KiB";
    while (flaw == NULL && got > 0 && length < sizeof bytes) {
        got = read(descriptor, bytes + length, sizeof bytes - length);
        length += got > 0 ? (gsize)got : 0;
    }
    close(descriptor);
    if (flaw == NULL && got != 0)
        flaw = "reading it failed";
    struct secret *text = flaw == NULL ? secret_new(bytes, (gssize)length) : NULL;
    sodium_memzero(bytes, sizeof bytes);
    if (flaw != NULL)
        refuse(error, file, flaw);
    return text;
}

/* Without it OpenSSL asks on the terminal. */
static int no_password(char *buffer, int size, int writing, void *data)
{
    (void)buffer;
    (void)size;
    (void)writing;
    (void)data;
    return -1;
}

static char *encode(const guchar *bytes, gsize length)
{
    gsize room = sodium_base64_encoded_len(length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return sodium_bin2base64(g_malloc(room), room, bytes, length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static const char *flaw_of(const EVP_PKEY *key, const X509 *x509)
{
    if (key == NULL)
        return "it holds no private key without a password";
    if (x509 == NULL)
        return "it holds no certificate";
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA || EVP_PKEY_get_bits(key) < LEAST_BITS)
        return "its key is not RSA of 2048 bits or more";
    if (X509_check_private_key(x509, key) != 1)
        return "its key and its certificate do not belong together";
    if (X509_cmp_current_time(X509_get0_notAfter(x509)) <= 0)
        return "its certificate has expired";
    return NULL;
}

struct certificate *certificate_load(const char *file, GError **error)
{
    g_autoptr(Secret) text = read_file(file, error);
    if (text == NULL)
        return NULL;
    BIO *bio = BIO_new_mem_buf(secret_text(text), (int)secret_length(text));
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, no_password, NULL);
    BIO_free(bio);
    bio = BIO_new_mem_buf(secret_text(text), (int)secret_length(text));
    X509 *x509 = PEM_read_bio_X509(bio, NULL, no_password, NULL);
    BIO_free(bio);
    const char *flaw = flaw_of(key, x509);
    struct certificate *certificate = NULL;
    guchar digest[EVP_MAX_MD_SIZE];
    if (flaw == NULL) {
        certificate = g_new0(struct certificate, 1);
        certificate->key = g_steal_pointer(&key);
        unsigned length = 0;
        X509_digest(x509, EVP_sha256(), digest, &length);
        certificate->thumbprint = encode(digest, length);
    } else {
        refuse(error, file, flaw);
    }
    EVP_PKEY_free(key);
    X509_free(x509);
    return certificate;
}

void certificate_free(struct certificate *certificate)
{
    if (certificate == NULL)
        return;
    EVP_PKEY_free(certificate->key);
    g_free(certificate->thumbprint);
    g_free(certificate);
}

/* Header and claims as they are signed. Caller frees. */
static char *unsigned_part(const struct certificate *certificate, const char *client_id, const char *audience)
{
    gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    g_autofree char *id = g_uuid_string_random();
    g_autoptr(json) header = json_from("{'alg':'PS256','typ':'JWT','x5t#S256':%s}", certificate->thumbprint);
    g_autoptr(json) claims = json_from("{'aud':%s,'iss':%s,'sub':%s,'jti':%s,'nbf':%d,'iat':%d,'exp':%d}", audience,
                                       client_id, client_id, id, now, now, now + LIFETIME_SECONDS);
    g_autofree char *header_text = json_text(header);
    g_autofree char *claims_text = json_text(claims);
    g_autofree char *first = encode((const guchar *)header_text, strlen(header_text));
    g_autofree char *second = encode((const guchar *)claims_text, strlen(claims_text));
    return g_strconcat(first, ".", second, NULL);
}

/* RSA-PSS with SHA-256 and a salt as long as the digest: RFC 7518, 3.5. */
static gboolean sign(EVP_PKEY *key, const char *text, guchar *signature, gsize *length)
{
    EVP_PKEY_CTX *parameters = NULL;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    gboolean done = EVP_DigestSignInit(context, &parameters, EVP_sha256(), NULL, key) == 1 &&
                    EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1 &&
                    EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) == 1 &&
                    EVP_DigestSign(context, signature, length, (const guchar *)text, strlen(text)) == 1;
    EVP_MD_CTX_free(context);
    return done;
}

struct secret *certificate_assertion(const struct certificate *certificate, const char *client_id, const char *audience,
                                     GError **error)
{
    guchar signature[SIGNATURE_ROOM];
    gsize length = sizeof signature;
    g_autofree char *text = unsigned_part(certificate, client_id, audience);
    if (!sign(certificate->key, text, signature, &length)) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_INTERNAL, "The certificate's key could not sign.");
        return NULL;
    }
    g_autofree char *encoded = encode(signature, length);
    char *assertion = g_strconcat(text, ".", encoded, NULL);
    struct secret *secret = secret_new(assertion, -1);
    sodium_memzero(assertion, strlen(assertion));
    g_free(assertion);
    return secret;
}

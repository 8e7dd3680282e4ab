/* SPDX-License-Identifier: MIT */
/*
 * The certificate with which an application signs in by itself, for runs without a person. The one module that includes
 * OpenSSL's headers. Worker thread.
 */
#ifndef PERCH_MICROSOFT_CERTIFICATE_H
#define PERCH_MICROSOFT_CERTIFICATE_H

#include <glib.h>

#include "secrets/secret.h"

struct certificate;
typedef struct certificate Certificate;

/* FILE holds an RSA key of 2048 bits or more and its certificate, both PEM, the key without a password. It has to be a
 * file of this user's that nobody else may read. PERCH_ERROR_INPUT if it is anything else. Caller frees. */
struct certificate *certificate_load(const char *file, GError **error);
void certificate_free(struct certificate *certificate); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Certificate, certificate_free)

/* A client assertion for the token endpoint AUDIENCE (Microsoft identity platform, "certificate credentials"): a JWT,
 * PS256, good for five minutes. Caller frees. */
struct secret *certificate_assertion(const struct certificate *certificate, const char *client_id, const char *audience,
                                     GError **error);

#endif

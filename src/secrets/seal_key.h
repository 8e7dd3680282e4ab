/* SPDX-License-Identifier: MIT */
/*
 * The key that an installation seals its evidence with: Ed25519 by libsodium. Any thread.
 */
#ifndef PERCH_SECRETS_SEAL_KEY_H
#define PERCH_SECRETS_SEAL_KEY_H

#include <glib.h>

#include "secrets/secret.h"

/* A new key, from the system's random numbers: its seed in 64 hexadecimal digits. Caller frees. */
struct secret *seal_key_new(void);

/* Sign BYTES with the key of SEED: its public half (64 hexadecimal digits) and the signature (128). FALSE, and neither
 * set, if SEED is no key. Caller frees both. */
gboolean seal_key_sign(const struct secret *seed, const char *bytes, gsize length, char **public_key, char **signature);

/* TRUE if whoever has the private half of PUBLIC_KEY put SIGNATURE on BYTES. */
gboolean seal_key_fits(const char *public_key, const char *signature, const char *bytes, gsize length);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Text that must not leak: locked, guarded and wiped memory from libsodium. Any thread; a secret has one owner.
 */
#ifndef PERCH_SECRETS_SECRET_H
#define PERCH_SECRETS_SECRET_H

#include <glib.h>

struct secret;
typedef struct secret Secret;

/* A copy of LENGTH bytes (-1: up to the NUL). Caller frees. The original is the caller's to wipe. */
struct secret *secret_new(const char *text, gssize length);
struct secret *secret_copy(const struct secret *secret);
void secret_free(struct secret *secret); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Secret, secret_free)

/* NUL-terminated, borrowed. */
const char *secret_text(const struct secret *secret);
gsize secret_length(const struct secret *secret);

/* Equal in constant time. */
gboolean secret_equal(const struct secret *a, const struct secret *b);

#endif

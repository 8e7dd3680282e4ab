/* SPDX-License-Identifier: MIT */
/*
 * Secrets in the kernel's keyring of this login session, for machines where no desktop keeps them: what is stored there
 * is in no file, only processes of the session reach it, and it ends with the session, or after a time of its own.
 * A session that shares the keyring of all the user's processes is refused, since nothing would end there.
 * Worker thread. See keyrings(7), session-keyring(7).
 */
#ifndef PERCH_SECRETS_SESSION_KEY_H
#define PERCH_SECRETS_SESSION_KEY_H

#include <glib.h>

#include "secrets/secret.h"

/* PERCH_ERROR_STATE with what to do where this session has no keyring of its own. */
gboolean session_key_is_possible(GError **error);

/* Keep SECRET under NAME, in place of what was there, for LIMIT_SESSION_KEY from now. PERCH_ERROR_STATE where that is
 * not possible or the kernel refuses. */
gboolean session_key_save(const char *name, const struct secret *secret, GError **error);

/* NULL if there is none. Caller frees. */
struct secret *session_key_load(const char *name);

/* The names that begin with PREFIX: of char *. Caller unrefs. */
GPtrArray *session_key_names(const char *prefix);

/* The key is revoked for whoever still holds it; nothing happens if there is none. */
void session_key_forget(const char *name);

#endif

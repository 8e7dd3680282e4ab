/* SPDX-License-Identifier: MIT */
/*
 * The last gate before a log, a journal, a report or stderr: takes out what must not be read there.
 *
 * Two nets. Live secrets are known by value and are found in whatever spelling: raw, base64, base64url and base32 at
 * any alignment, hex with or without something between the pairs, percent-encoded, quoted-printable, with backslashes
 * or HTML's escapes, cut by white space or what cannot be seen, or by any mark between or before its characters, as
 * UTF-16, two of these inside each other, and parts of at least half (12 characters for long ones, 8 of their end).
 * Unknown secrets are found by shape (redact_shapes.h).
 * Any thread: a mutex guards the list of live secrets.
 */
#ifndef PERCH_SECRETS_REDACT_H
#define PERCH_SECRETS_REDACT_H

#include <glib.h>

#include "secrets/secret.h"

/* What stands in the place of something taken out. */
#define REDACTED "[redacted]"

struct redactor;
typedef struct redactor Redactor;

struct redactor *redactor_new(void);
void redactor_free(struct redactor *redactor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Redactor, redactor_free)

/* Know SECRET from now on (a copy is kept in locked memory). A value known twice is forgotten when it was unregistered
 * twice. Values under 8 characters are not taken: they would blacken ordinary text. */
void redactor_register(struct redactor *redactor, const struct secret *secret);
void redactor_unregister(struct redactor *redactor, const struct secret *secret);

/* TEXT with every secret replaced by REDACTED. TEXT need not be UTF-8. If it cannot be judged, nothing of it comes back
 * but REDACTED. REDACTOR NULL: by shape alone. Caller frees. */
char *redact(struct redactor *redactor, const char *text);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The Secret Service of the desktop (GNOME Keyring, KWallet, KeePassXC), where secrets may outlive a run.
 *
 * Owned by one thread, the worker. Every call runs on a thread of its own and gives up after 3 s (unlocking: 120 s);
 * the thread left behind owns a wiped copy of what it needs. After a failure the keyring is off for the rest of the
 * session and secrets stay in memory: they are never written to a file. A locked keyring is never unlocked unasked.
 * Attributes are not secret in the Secret Service, so they hold identifiers only.
 */
#ifndef PERCH_SECRETS_KEYRING_H
#define PERCH_SECRETS_KEYRING_H

#include <glib.h>

#include "secrets/secret.h"

struct keyring;
typedef struct keyring Keyring;

enum keyring_state {
    KEYRING_UNKNOWN,       /* not asked yet */
    KEYRING_READY,         /* the last call worked */
    KEYRING_LOCKED,        /* there, but locked: keyring_unlock() may change that */
    KEYRING_DISABLED,      /* not wanted; this and all below: off for the rest of the session */
    KEYRING_NO_BUS,        /* no session bus */
    KEYRING_NO_SERVICE,    /* nothing on the bus offers secrets */
    KEYRING_NO_COLLECTION, /* a service without a default keyring */
    KEYRING_DISMISSED,     /* the person did not want to unlock it */
    KEYRING_TIMED_OUT,     /* no answer in time */
    KEYRING_FAILED,        /* an error of the service */
};

/* What the kind of a secret ends in that seals evidence: it is no sign-in, and none of what goes with one. */
#define KEYRING_EVIDENCE "seal-key"

/* The same of what was sealed last, as the keyring remembers it. */
#define KEYRING_LAST_SEAL "last-seal"

/* What a secret is stored under. No field but the label may be empty, and none may hold a secret. */
struct keyring_key {
    const char *tenant_id;
    const char *client_id;
    const char *account; /* object id */
    const char *kind;    /* "refresh-token" */
    const char *label; /* what the keyring's own program shows to a person; NULL: "perch sign-in"; may hold no secret */
};

/* DISABLED: --no-keyring; nothing is ever asked. */
struct keyring *keyring_new(gboolean disabled);
void keyring_free(struct keyring *keyring);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Keyring, keyring_free)

enum keyring_state keyring_state(const struct keyring *keyring);

/* What the state is and what it means, in one sentence for the person. Caller frees. */
char *keyring_sentence(const struct keyring *keyring);

/* Ask for the state without touching a secret. At most 3 s. */
enum keyring_state keyring_probe(struct keyring *keyring);

/* The secret stored under KEY; NULL without an error if there is none. Where the keyring cannot be used: NULL and
 * PERCH_ERROR_STATE with the sentence. At most 3 s; at once if the keyring is off. Caller frees. */
struct secret *keyring_load(struct keyring *keyring, const struct keyring_key *key, GError **error);

/* The tenant of what is stored under KEY, whose tenant is NULL: NULL if nothing is, or something of several tenants. At
 * most 3 s. Caller frees. */
char *keyring_only_tenant(struct keyring *keyring, const struct keyring_key *key);

/* Store SECRET under KEY in place of what was there. Errors and limits as above. */
gboolean keyring_save(struct keyring *keyring, const struct keyring_key *key, const struct secret *secret,
                      GError **error);

/* Remove what is stored under KEY; its account, kind or client may be NULL: any; so may its tenant, where the kind is
 * given. Nothing stored is no error. */
gboolean keyring_forget(struct keyring *keyring, const struct keyring_key *key, GError **error);

/* Let the desktop ask the person to unlock the default keyring; to be called only after the person agreed. Waits at
 * most 120 s, or until another thread sets *ABANDON (may be NULL) to non-zero with g_atomic_int_set(). */
gboolean keyring_unlock(struct keyring *keyring, const gint *abandon, GError **error);

#endif

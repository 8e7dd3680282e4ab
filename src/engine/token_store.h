/* SPDX-License-Identifier: MIT */
/*
 * Between the sign-in's tokens and what keeps them between runs: the desktop's keyring, or the kernel's of this login
 * session, where somebody signed in for the session only. Worker thread.
 *
 * A realm keeps apart what must not be mixed: Microsoft's clouds (""), practice tenants ("practice") and a cloud from a
 * file (its SHA-256). It is part of the kind that an entry is stored under.
 */
#ifndef PERCH_ENGINE_TOKEN_STORE_H
#define PERCH_ENGINE_TOKEN_STORE_H

#include "microsoft/cloud.h"
#include "microsoft/sign_in.h"
#include "secrets/keyring.h"

struct token_store {
    struct keyring *keyring; /* borrowed */
    char *realm;
    gboolean is_unused;   /* a practice tenant whose sign-in was not to be kept */
    gboolean for_session; /* what is kept goes to the kernel's keyring of this login session and not to KEYRING */
};

void token_store_init(struct token_store *store, struct keyring *keyring, const struct cloud *cloud);
void token_store_clear(struct token_store *store);

/* What KIND of this realm is stored under. Caller frees. */
char *token_store_kind(const struct token_store *store, const char *kind);

/* A backend over STORE (borrowed). */
struct token_backend token_store_backend(struct token_store *store);

/* Where sign-ins are kept between runs, in one sentence for the person. Caller frees. */
char *token_store_sentence(const struct token_store *store);

/* The tenant whose sign-in is kept for CLIENT_ID, if it is the only one; else NULL. Caller frees. */
char *token_store_only_tenant(const struct token_store *store, const char *client_id);

/* Remove every sign-in and first password of this realm in TENANT_ID (NULL: in every tenant), whichever application it
 * was for. A keyring that could not be asked (--no-keyring, none there, locked) may keep it still: PERCH_ERROR_STATE.
 */
gboolean token_store_forget(struct token_store *store, const char *tenant_id, GError **error);

#endif

/*
 * Between the sign-in's tokens and the keyring: where refresh tokens go between runs. Worker thread.
 *
 * A realm keeps apart what must not be mixed: Microsoft's clouds (""), practice tenants ("practice") and a cloud from a
 * file (its SHA-256). It is part of the kind that an entry is stored under.
 */
#ifndef PERCH_ENGINE_TOKEN_KEEPER_H
#define PERCH_ENGINE_TOKEN_KEEPER_H

#include "microsoft/cloud.h"
#include "microsoft/sign_in.h"
#include "secrets/keyring.h"

struct token_keeper {
    struct keyring *keyring; /* borrowed */
    char *realm;
};

void token_keeper_init(struct token_keeper *keeper, struct keyring *keyring, const struct cloud *cloud);
void token_keeper_clear(struct token_keeper *keeper);

/* What KIND of this realm is stored under. Caller frees. */
char *token_keeper_kind(const struct token_keeper *keeper, const char *kind);

/* A store over KEEPER (borrowed). */
struct token_store token_keeper_store(struct token_keeper *keeper);

/* The tenant whose sign-in is kept for CLIENT_ID, if it is the only one; else NULL. Caller frees. */
char *token_keeper_only_tenant(const struct token_keeper *keeper, const char *client_id);

/* Remove every sign-in of this realm in TENANT_ID (NULL: in every tenant), whichever application it was for. A keyring
 * that keeps nothing (--no-keyring, none there) is no error; one that keeps it still is: PERCH_ERROR_STATE. */
gboolean token_keeper_forget(struct token_keeper *keeper, const char *tenant_id, GError **error);

#endif

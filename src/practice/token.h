/* SPDX-License-Identifier: MIT */
/*
 * Tokens and codes: opaque random texts that contain "practice-token-", of which the state keeps only the hashes, each
 * bound to a user, an application, a service and its scopes. Lifetimes are wall time.
 */
#ifndef PERCH_PRACTICE_TOKEN_H
#define PERCH_PRACTICE_TOKEN_H

#include "practice/call.h"

/* What a sign-in is for. The members are borrowed. */
struct grant {
    const char *client;
    const char *user;    /* id */
    const char *service; /* "graph" or "defender" */
    json *scopes;        /* names without "https://..." */
};

/* Make a token of KIND ("access", "refresh", "code", "device") for GRANT that ends after SECONDS of wall time. *ENTRY
 * (may be NULL) is its entry in the state, borrowed. Caller frees the token. */
char *token_new(struct practice *practice, const char *kind, const struct grant *grant, gint64 seconds, json **entry);

/* The entry of TOKEN if it is of KIND; it may have expired. NULL if it is unknown. Borrowed. */
json *token_find(const struct practice *practice, const char *kind, const char *token);

gboolean token_is_expired(const json *entry);

/* The grant that ENTRY holds. */
struct grant token_grant(const json *entry);

/* Fill call->token and call->user from its Authorization header; FALSE and 401 answered if that cannot be. */
gboolean token_check(struct call *call);

#endif

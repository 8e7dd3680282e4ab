/* SPDX-License-Identifier: MIT */
/*
 * What a loopback server answers in place of Microsoft's sign-in, as far as tests of the client need it. Values are
 * made up; nothing is checked.
 */
#ifndef PERCH_TESTS_FAKE_AUTHORITY_H
#define PERCH_TESTS_FAKE_AUTHORITY_H

#include "support/loopback_server.h"

#define FAKE_TENANT "11111111-2222-4333-8444-555555555555"
#define FAKE_ACCOUNT "99999999-2222-4333-8444-555555555555"

/* The discovery document of a server on PORT. ISSUER_TENANT: a tenant id or "{tenantid}". Caller frees. */
char *fake_discovery(guint port, const char *issuer_tenant);

/* The same with the endpoints where Microsoft documents those of TENANT. */
char *fake_documented_discovery(guint port, const char *tenant);

/* An unsigned JWT with CLAIMS (a JSON object). Caller frees. */
char *fake_jwt(const char *claims);

#define FAKE_USER_NAME "admin@contoso.com"

/* The token endpoint's good answer. MORE: further claims of the id token, ",\"exp\":1"; NULL: it is good for an hour.
 * Caller frees. */
char *fake_tokens(guint port, const char *tenant, const char *object_id, const char *user_name, const char *client_id,
                  const char *nonce, const char *access, const char *refresh, int seconds, const char *scopes,
                  const char *more);

/* The token endpoint's error; CODE is the number of AADSTS. Caller frees. */
char *fake_refusal(const char *oauth_error, int code);

/* The same with CLAIMS (JSON text; may be NULL) that a sign-in has to prove. Caller frees. */
char *fake_challenge(const char *oauth_error, int code, const char *claims);

/* A server's request is the discovery document's. */
gboolean is_discovery(const struct server_request *request);

#endif

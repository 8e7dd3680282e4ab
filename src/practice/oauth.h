/* SPDX-License-Identifier: MIT */
/*
 * What the sign-in pages and the token endpoint share: tenants, applications, scopes, and errors in Entra's form.
 */
#ifndef PERCH_PRACTICE_OAUTH_H
#define PERCH_PRACTICE_OAUTH_H

#include "practice/token.h"

/* An AADSTS error. */
struct oauth_error {
    const char *error; /* "invalid_grant" */
    int code;          /* 70008 */
    const char *text;
    const char *suberror;
};

/* Answer ERROR as JSON. Returns FALSE. */
gboolean oauth_refuse(struct call *call, const struct oauth_error *error);

/* "AADSTS70008: text" with trace id, as error_description has it. Caller frees. */
char *oauth_description(const struct call *call, const struct oauth_error *error);

/* The id of the tenant that NAME (id, domain, "organizations", "common") stands for here; NULL if it is not known.
 * Borrowed. */
const char *oauth_tenant(const struct practice *practice, const char *name);

/* TRUE for http://localhost with any port: the path is free for registrations that name none. */
gboolean oauth_is_loopback(const char *redirect);

/* TRUE if both are one address: with a slash at the end, or without. */
gboolean oauth_is_same_redirect(const char *a, const char *b);

/* The application; NULL if it is unknown. Borrowed. */
const json *oauth_client(const struct practice *practice, const char *id);

/*
 * Read the scope parameter. *SERVICE becomes "graph" or "defender", static, or NULL if only openid, profile, email and
 * offline_access were asked for; *SCOPES the names granted, caller frees. FALSE and *ERROR if it cannot be.
 */
gboolean oauth_scopes(const struct practice *practice, const json *client, const char *text, const char **service,
                      json **scopes, const struct oauth_error **error);

/* Note which claims the call's sign-in is asked to prove: NULL for none. */
void oauth_note_claims(struct call *call, const char *claims);

/* Note that the user of GRANT consented to its scopes for its client, and whether that was ever so. */
void oauth_consent(struct practice *practice, const struct grant *grant);
gboolean oauth_has_consent(const struct practice *practice, const struct grant *grant);

/* TRUE if one of SCOPES (separated by spaces) is never granted here. */
gboolean oauth_is_withheld(const struct practice *practice, const char *scopes);

/* Take from GRANT's scopes those that there is no consent for. */
void oauth_keep_consented(const struct practice *practice, const struct grant *grant);

/* How CLIENT knows USER: one person is another subject for each application. Caller frees. */
char *oauth_subject(const char *client, const char *user);

/* Answer the tokens for GRANT; NONCE may be NULL. */
void oauth_answer_tokens(struct call *call, const struct grant *grant, const char *nonce);

/* The user who signs in by NAME (NULL: the company's administrator), NULL if none may. Borrowed. */
const json *oauth_user(const struct practice *practice, const char *name);

extern const struct oauth_error oauth_unknown_tenant, oauth_unknown_client, oauth_missing_parameter;

#endif

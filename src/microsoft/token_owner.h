/* SPDX-License-Identifier: MIT */
/*
 * Whose a token is, by the claims of the id token that came with it: of the tenant and the account of this run, for the
 * application that asked. Pure.
 */
#ifndef PERCH_MICROSOFT_TOKEN_OWNER_H
#define PERCH_MICROSOFT_TOKEN_OWNER_H

#include "microsoft/token_answer.h"

struct token_owner {
    const char *tenant_id; /* NULL: of any company */
    const char *issuer;    /* of the discovery document; may hold {tenantid} */
    const char *client_id;
    const char *object_id; /* NULL: any account, as for the first sign-in */
    const char *user_name; /* that account's; NULL where object_id is */
};

/* FALSE where ANSWER is not WANTED's: PERCH_ERROR_TENANT for another tenant or a personal account, PERCH_ERROR_SIGN_IN
 * for another account, PERCH_ERROR_PROTOCOL for what the sign-in service must not send. */
gboolean token_owner_check(const struct token_owner *wanted, const struct token_answer *answer, GError **error);

#endif

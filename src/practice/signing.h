/* SPDX-License-Identifier: MIT */
/*
 * The key that id tokens are signed with (RS256), as Entra does: assets/practice/signing-key.json. With the
 * practice lock held.
 */
#ifndef PERCH_PRACTICE_SIGNING_H
#define PERCH_PRACTICE_SIGNING_H

#include "practice/practice.h"

/* {"keys": [...]}: what "jwks_uri" answers. Caller frees. */
json *signing_keys(struct practice *practice);

/* CLAIMS as a signed JSON Web Token. Caller frees. */
char *signing_token(struct practice *practice, const json *claims);

/* LENGTH bytes (-1: a text) as base64url without padding. Caller frees. */
char *signing_encode(const void *bytes, gssize length);

void signing_free(gpointer key);

#endif

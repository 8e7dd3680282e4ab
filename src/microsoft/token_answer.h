/* SPDX-License-Identifier: MIT */
/*
 * What the token endpoint says: tokens with the claims of the id token, or an OAuth error. Worker thread; secrets go
 * straight into locked memory.
 */
#ifndef PERCH_MICROSOFT_TOKEN_ANSWER_H
#define PERCH_MICROSOFT_TOKEN_ANSWER_H

#include "microsoft/http.h"
#include "secrets/secret.h"

struct token_answer {
    struct secret *access;  /* NULL: an error */
    struct secret *refresh; /* NULL if none was given */
    gint64 lifetime;        /* microseconds */
    char **scopes;          /* granted, without their resource */
    gboolean has_claims;    /* there was an id token; the next members are "" where it does not name them */
    char *tenant_id;
    char *object_id;
    char *user_name;
    char *name;
    char *nonce;
    char *issuer;
    char *audience;
    gint64 begins_in;  /* microseconds from the answer on, by the service's clock where it tells that; 0: not told */
    gint64 ends_in;    /* the same; G_MININT64: not told, G_MAXINT64: at a time beyond reckoning */
    char *claims;      /* with an error: what the next sign-in has to prove, as JSON text; NULL if not told */
    char *oauth_error; /* "invalid_grant"; "" for success */
    char *code;        /* "AADSTS50076", "" if not named */
    char *sentence;    /* Microsoft's first sentence, safe to show */
    char *ids;         /* "trace ..., correlation ...", safe to show */
};
typedef struct token_answer TokenAnswer;

/* REPLY is freed. NULL and PERCH_ERROR_PROTOCOL for what is neither. Caller frees. */
struct token_answer *token_answer_read(struct http_reply *reply, GError **error);
void token_answer_free(struct token_answer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TokenAnswer, token_answer_free)

/* ANSWER's OAuth error as PERCH_ERROR_SIGN_IN, explained. */
GError *token_answer_error(const struct token_answer *answer);

/* The same for an error that the browser brought: OAuth's error and its description. */
GError *oauth_refusal(const char *oauth_error, const char *description);

/* TRUE if the OAuth error means that a person has to sign in (again). */
gboolean token_answer_needs_person(const struct token_answer *answer);

/* TRUE if the OAuth error is about the service and not about what was asked. */
gboolean token_answer_is_passing(const struct token_answer *answer);

/* TRUE if it means that something was asked for without consent. */
gboolean token_answer_lacks_consent(const struct token_answer *answer);

#endif

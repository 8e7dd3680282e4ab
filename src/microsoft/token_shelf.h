/*
 * Every token since the sign-in, for the redactor to know: those in use, and those that a newer one replaced. Microsoft
 * lets a refresh token live on after it was used, and an access token until its end. Worker thread.
 */
#ifndef PERCH_MICROSOFT_TOKEN_SHELF_H
#define PERCH_MICROSOFT_TOKEN_SHELF_H

#include "secrets/redact.h"
#include "secrets/secret.h"

struct token_shelf;

struct token_shelf *token_shelf_new(void);

/* Nothing on it is known to the redactor any more after that. */
void token_shelf_free(struct token_shelf *shelf);

/* REDACTOR (borrowed, outlives SHELF; may be NULL) knows what is there and what is to come. */
void token_shelf_set_redactor(struct token_shelf *shelf, struct redactor *redactor);

/* Know TOKEN (copied) until the monotonic time END; G_MAXINT64: until the shelf is cleared. Those that ended go. */
void token_shelf_add(struct token_shelf *shelf, const struct secret *token, gint64 end);

void token_shelf_clear(struct token_shelf *shelf);

#endif

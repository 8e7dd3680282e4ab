/* SPDX-License-Identifier: MIT */
/*
 * The tokens of one sign-in: access tokens and until when they are good, refresh tokens, and the store in which refresh
 * tokens outlive the run.
 *
 * Worker thread. Tokens lie in locked memory, and a redactor knows each of them as long as Microsoft would take it. A
 * KEY names a place in the store; with NULL, while the tenant is not known, a token is held in memory only.
 */
#ifndef PERCH_MICROSOFT_TOKEN_CACHE_H
#define PERCH_MICROSOFT_TOKEN_CACHE_H

#include "microsoft/request.h"
#include "secrets/redact.h"
#include "secrets/secret.h"

struct token_cache;

/* Where refresh tokens are kept between runs. Both may be NULL (memory only). LOAD's result is freed with
 * secret_free(); it may be NULL. SECRET NULL forgets. KEY: "TENANT-ID/CLIENT-ID/graph" or ".../defender". */
struct token_backend {
    struct secret *(*load)(const char *key, gpointer data);
    void (*save)(const char *key, const struct secret *secret, gpointer data);
    gpointer data;
};

/* STORE (copied) may be NULL. */
struct token_cache *token_cache_new(const struct token_backend *store);
void token_cache_free(struct token_cache *cache);

/* REDACTOR (borrowed, outlives CACHE; may be NULL) knows what is held and what is to come. */
void token_cache_set_redactor(struct token_cache *cache, struct redactor *redactor);

/* Hold TOKEN (taken), good for LIFETIME microseconds from now. */
void token_cache_take_access(struct token_cache *cache, enum service service, struct secret *token, gint64 lifetime);

/* Hold none for SERVICE any more; it is hidden in what is shown until its end all the same. */
void token_cache_drop_access(struct token_cache *cache, enum service service);

/* NULL if there is none; borrowed. Fresh: good for at least 60 s more, or half of a shorter life. */
const char *token_cache_access(const struct token_cache *cache, enum service service);
gboolean token_cache_is_fresh(const struct token_cache *cache, enum service service);

/* Store TOKEN (taken) and hold it. It is stored before the old one is let go of: a crash between the two is harmless.
 */
void token_cache_take_refresh(struct token_cache *cache, enum service slot, const char *key, struct secret *token);

/* What is held, else what is stored; NULL if neither. Borrowed. */
const struct secret *token_cache_refresh(struct token_cache *cache, enum service slot, const char *key);

/* Store what is held, if anything is. */
void token_cache_store(const struct token_cache *cache, enum service slot, const char *key);

/* Drop what is stored. */
void token_cache_drop_stored(const struct token_cache *cache, const char *key);

/* Drop what is held; the store keeps what it has. */
void token_cache_clear(struct token_cache *cache);

#endif

/* SPDX-License-Identifier: MIT */
#include "microsoft/token_cache.h"

#define SERVICES 2
#define FRESH_FOR ((gint64)60 * G_USEC_PER_SEC)

struct access {
    struct secret *token;
    gint64 lifetime;
    gint64 end; /* monotonic */
};

/* A token that Microsoft would still take: one in use, or one that a newer one replaced. It lets a refresh token live
 * on after it was used, and an access token until its end. */
struct known_token {
    struct secret *secret;
    gint64 end; /* monotonic; G_MAXINT64: until the sign-out */
};

struct token_cache {
    struct token_backend store;
    struct redactor *redactor; /* NULL: none */
    GPtrArray *known;          /* of struct known_token, for the redactor */
    struct access access[SERVICES];
    struct secret *refresh[SERVICES];
};

static void known_token_free(gpointer data)
{
    struct known_token *token = data;
    secret_free(token->secret);
    g_free(token);
}

struct token_cache *token_cache_new(const struct token_backend *store)
{
    struct token_cache *cache = g_new0(struct token_cache, 1);
    if (store != NULL)
        cache->store = *store;
    cache->known = g_ptr_array_new_with_free_func(known_token_free);
    return cache;
}

void token_cache_free(struct token_cache *cache)
{
    token_cache_clear(cache);
    g_ptr_array_unref(cache->known);
    g_free(cache);
}

void token_cache_set_redactor(struct token_cache *cache, struct redactor *redactor)
{
    for (guint i = 0; i < cache->known->len; i++) {
        const struct known_token *token = cache->known->pdata[i];
        if (cache->redactor != NULL)
            redactor_unregister(cache->redactor, token->secret);
        if (redactor != NULL)
            redactor_register(redactor, token->secret);
    }
    cache->redactor = redactor;
}

/* Put SECRET (taken), good until the monotonic time END, in PLACE. */
static void hold(struct token_cache *cache, struct secret **place, struct secret *secret, gint64 end)
{
    struct known_token *token = g_new0(struct known_token, 1);
    /* What has ended is not to be hidden any longer. */
    gint64 now = g_get_monotonic_time();
    for (guint i = cache->known->len; i > 0; i--) {
        const struct known_token *known = cache->known->pdata[i - 1];
        if (known->end >= now)
            continue;
        if (cache->redactor != NULL)
            redactor_unregister(cache->redactor, known->secret);
        g_ptr_array_remove_index_fast(cache->known, i - 1);
    }
    token->secret = secret_copy(secret);
    token->end = end;
    g_ptr_array_add(cache->known, token);
    if (cache->redactor != NULL)
        redactor_register(cache->redactor, token->secret);
    secret_free(*place);
    *place = secret;
}

void token_cache_take_access(struct token_cache *cache, enum service service, struct secret *token, gint64 lifetime)
{
    struct access *access = &cache->access[service];
    access->lifetime = lifetime;
    access->end = g_get_monotonic_time() + lifetime;
    hold(cache, &access->token, token, access->end);
}

void token_cache_drop_access(struct token_cache *cache, enum service service)
{
    struct access *access = &cache->access[service];
    g_clear_pointer(&access->token, secret_free);
    access->lifetime = access->end = 0;
}

const char *token_cache_access(const struct token_cache *cache, enum service service)
{
    const struct secret *token = cache->access[service].token;
    return token != NULL ? secret_text(token) : NULL;
}

gboolean token_cache_is_fresh(const struct token_cache *cache, enum service service)
{
    const struct access *access = &cache->access[service];
    /* A service may give tokens that live shorter than that. */
    gint64 margin = MIN(FRESH_FOR, access->lifetime / 2);
    return access->token != NULL && g_get_monotonic_time() + margin < access->end;
}

static void save(const struct token_cache *cache, const char *key, const struct secret *token)
{
    if (key != NULL && cache->store.save != NULL)
        cache->store.save(key, token, cache->store.data);
}

void token_cache_take_refresh(struct token_cache *cache, enum service slot, const char *key, struct secret *token)
{
    save(cache, key, token);
    hold(cache, &cache->refresh[slot], token, G_MAXINT64);
}

const struct secret *token_cache_refresh(struct token_cache *cache, enum service slot, const char *key)
{
    if (cache->refresh[slot] == NULL && key != NULL && cache->store.load != NULL) {
        struct secret *stored = cache->store.load(key, cache->store.data);
        if (stored != NULL)
            hold(cache, &cache->refresh[slot], stored, G_MAXINT64);
    }
    return cache->refresh[slot];
}

void token_cache_store(const struct token_cache *cache, enum service slot, const char *key)
{
    if (cache->refresh[slot] != NULL)
        save(cache, key, cache->refresh[slot]);
}

void token_cache_drop_stored(const struct token_cache *cache, const char *key)
{
    save(cache, key, NULL);
}

void token_cache_clear(struct token_cache *cache)
{
    for (int i = 0; i < SERVICES; i++) {
        g_clear_pointer(&cache->access[i].token, secret_free);
        g_clear_pointer(&cache->refresh[i], secret_free);
    }
    for (guint i = 0; i < cache->known->len; i++)
        if (cache->redactor != NULL)
            redactor_unregister(cache->redactor, ((const struct known_token *)cache->known->pdata[i])->secret);
    g_ptr_array_set_size(cache->known, 0);
}

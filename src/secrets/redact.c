/* SPDX-License-Identifier: MIT */
#include "secrets/redact.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "secrets/redact_shapes.h"
#include "secrets/redact_view.h"

#define SHORTEST_SECRET 8
#define SHORTEST_PART 4
#define LONGEST_PART 12
#define SHORTEST_BARE 12
#define TAIL 8 /* what is often left of a token where it is shortened */
#define FILTER_BITS 65536
#define NESTED_SPELLINGS 3
#define MOST_HARMLESS 2048
#define LONGEST_HARMLESS 512

/* A secret that is known by value. Every part of PART bytes of it sets a bit of the filter, so that most places of a
 * text are passed over without a look at the secret. */
struct live {
    struct secret *secret;
    guint count;
    gsize part;
    guint8 filter[FILTER_BITS / 8];
};

struct redactor {
    pthread_mutex_t mutex; /* guards live and harmless; thread sanitizers see through it, unlike GMutex */
    GPtrArray *live;
    guint64 key;          /* of the filters' hash; odd */
    GHashTable *harmless; /* set of texts in which nothing was found since LIVE last grew */
};

/* One text on its way through: which of its bytes are to go. */
struct marking {
    const struct redactor *redactor;
    guint8 *secret; /* one byte for each of the text; non-zero: to go */
    const struct view *view;
    gsize least;
    gboolean failed;
};

static void live_free(gpointer data)
{
    struct live *live = data;
    secret_free(live->secret);
    sodium_memzero(live->filter, sizeof live->filter);
    g_free(live);
}

struct redactor *redactor_new(void)
{
    if (sodium_init() < 0)
        g_error("libsodium cannot start on this system");
    struct redactor *redactor = g_new0(struct redactor, 1);
    pthread_mutex_init(&redactor->mutex, NULL);
    redactor->live = g_ptr_array_new_with_free_func(live_free);
    randombytes_buf(&redactor->key, sizeof redactor->key);
    redactor->key |= 1;
    redactor->harmless = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return redactor;
}

void redactor_free(struct redactor *redactor)
{
    if (redactor == NULL)
        return;
    g_ptr_array_unref(redactor->live);
    g_hash_table_unref(redactor->harmless);
    pthread_mutex_destroy(&redactor->mutex);
    g_free(redactor);
}

/* The hash of LENGTH bytes is a number whose digits to the base of the key they are, so that that of the next as many
 * follows from it. */
static guint64 hash_of(guint64 base, const guchar *part, gsize length)
{
    guint64 hash = 0;
    for (gsize i = 0; i < length; i++)
        hash = hash * base + part[i];
    return hash;
}

static guint filter_bit(guint64 hash)
{
    return (guint)((hash ^ hash >> 17 ^ hash >> 40) % FILTER_BITS);
}

static struct live *live_new(const struct secret *secret, guint64 key)
{
    struct live *live = g_new0(struct live, 1);
    const guchar *text = (const guchar *)secret_text(secret);
    live->secret = secret_copy(secret);
    live->count = 1;
    /* Half a value, in bytes, but no more than its characters: halves are cut between those. */
    gsize bytes = secret_length(secret);
    gboolean is_text = g_utf8_validate((const char *)text, (gssize)bytes, NULL);
    gsize units = is_text ? (gsize)g_utf8_strlen((const char *)text, (gssize)bytes) : bytes;
    live->part = CLAMP(units / 2, SHORTEST_PART, LONGEST_PART);
    for (gsize at = 0; at + live->part <= secret_length(secret); at++) {
        guint bit = filter_bit(hash_of(key, text + at, live->part));
        live->filter[bit / 8] |= (guint8)(1 << bit % 8);
    }
    return live;
}

static struct live *find_live(const struct redactor *redactor, const struct secret *secret, guint *index)
{
    for (guint i = 0; i < redactor->live->len; i++) {
        struct live *live = redactor->live->pdata[i];
        if (!secret_equal(live->secret, secret))
            continue;
        *index = i;
        return live;
    }
    return NULL;
}

/* SECRET by its letters and digits alone; NULL if it is of nothing else, or few are left. Caller frees. */
static struct secret *bare_of(const struct secret *secret)
{
    const char *text = secret_text(secret);
    gsize length = secret_length(secret);
    gsize kept = 0;
    g_autofree char *bare = g_malloc0(length + 1);
    for (gsize i = 0; i < length; i++)
        if (g_ascii_isalnum(text[i]))
            bare[kept++] = text[i];
    struct secret *made = kept < length && kept >= SHORTEST_BARE ? secret_new(bare, (gssize)kept) : NULL;
    sodium_memzero(bare, length);
    return made;
}

static void register_one(struct redactor *redactor, const struct secret *secret)
{
    guint index = 0;
    pthread_mutex_lock(&redactor->mutex);
    struct live *known = find_live(redactor, secret, &index);
    if (known != NULL)
        known->count++;
    else {
        g_ptr_array_add(redactor->live, live_new(secret, redactor->key));
        g_hash_table_remove_all(redactor->harmless);
    }
    pthread_mutex_unlock(&redactor->mutex);
}

void redactor_register(struct redactor *redactor, const struct secret *secret)
{
    if (secret == NULL || secret_length(secret) < SHORTEST_SECRET)
        return;
    g_autoptr(Secret) bare = bare_of(secret);
    register_one(redactor, secret);
    if (bare != NULL)
        register_one(redactor, bare);
}

static void unregister_one(struct redactor *redactor, const struct secret *secret)
{
    guint index = 0;
    pthread_mutex_lock(&redactor->mutex);
    struct live *known = find_live(redactor, secret, &index);
    if (known != NULL && --known->count == 0)
        g_ptr_array_remove_index_fast(redactor->live, index);
    pthread_mutex_unlock(&redactor->mutex);
}

void redactor_unregister(struct redactor *redactor, const struct secret *secret)
{
    g_autoptr(Secret) bare = secret != NULL ? bare_of(secret) : NULL;
    if (secret != NULL)
        unregister_one(redactor, secret);
    if (bare != NULL)
        unregister_one(redactor, bare);
}

static void mark(gsize begin, gsize end, gpointer data)
{
    struct marking *marking = data;
    for (gsize i = begin; i < end; i++) {
        gsize first = marking->view->begin[i];
        memset(marking->secret + first, 1, marking->view->end[i] - first);
    }
}

static void mark_live(struct marking *marking, const struct live *live)
{
    const struct view *view = marking->view;
    const char *text = secret_text(live->secret);
    guint64 base = marking->redactor->key;
    guint64 highest = 1;
    for (gsize i = 1; i < live->part; i++)
        highest *= base;
    guint64 hash = view->length >= live->part ? hash_of(base, view->bytes, live->part) : 0;
    for (gsize at = 0; at + live->part <= view->length; at++) {
        guint bit = filter_bit(hash);
        if (at + live->part < view->length)
            hash = (hash - view->bytes[at] * highest) * base + view->bytes[at + live->part];
        if ((live->filter[bit / 8] & 1 << bit % 8) == 0)
            continue;
        if (memmem(text, secret_length(live->secret), view->bytes + at, live->part) != NULL)
            mark(at, at + live->part, marking);
    }
    const char *tail = text + secret_length(live->secret) - MIN(TAIL, secret_length(live->secret));
    const guchar *end = view->bytes + view->length;
    const guchar *found = live->part > TAIL ? memmem(view->bytes, view->length, tail, TAIL) : NULL;
    for (; found != NULL; found = memmem(found + 1, (gsize)(end - found) - 1, tail, TAIL))
        mark((gsize)(found - view->bytes), (gsize)(found - view->bytes) + TAIL, marking);
}

/* Mark what VIEW shows, then what it shows when read under each spelling. TEXTUAL: shapes have a meaning in it. */
static void mark_view(struct marking *marking, struct view *view, gboolean textual, guint nested)
{
    const struct redactor *redactor = marking->redactor;
    marking->view = view;
    for (guint i = 0; i < redactor->live->len; i++)
        mark_live(marking, redactor->live->pdata[i]);
    if (textual && !shapes_find((const char *)view->bytes, view->length, mark, marking))
        marking->failed = TRUE;
    if (nested == 0)
        return;
    /* What was spelled twice before is read as base64 from its begin only: that is how it is done in practice. */
    enum spelling first = nested == 1 ? SPELLING_BASE64_0 : 0;
    enum spelling last = nested == 1 ? SPELLING_BASE64_0 : SPELLINGS - 1;
    for (enum spelling spelling = first; spelling <= last; spelling++) {
        gboolean still_textual = textual && spelling_keeps_text(spelling);
        gboolean is_bare = spelling == SPELLING_BARE;
        if (is_bare && nested < NESTED_SPELLINGS)
            continue;
        if (!still_textual && redactor->live->len == 0)
            continue;
        /* The end of a token is short; in hex few other texts look like it. */
        gboolean is_hex = spelling == SPELLING_HEX_0 || spelling == SPELLING_HEX_1;
        g_autoptr(View) read = view_decode(view, spelling, is_hex ? MIN(marking->least, TAIL) : marking->least);
        if (read != NULL)
            mark_view(marking, read, still_textual, is_bare ? 0 : nested - 1);
    }
}

static char *redact_with(const struct redactor *redactor, const char *text)
{
    gsize length = strlen(text);
    g_autofree guint8 *secret = g_malloc0(length + 1);
    g_autoptr(View) view = redact_view_new(text, length);
    struct marking marking = {.redactor = redactor, .secret = secret, .least = LONGEST_PART};
    for (guint i = 0; i < redactor->live->len; i++)
        marking.least = MIN(marking.least, ((const struct live *)redactor->live->pdata[i])->part);
    mark_view(&marking, view, TRUE, NESTED_SPELLINGS);
    if (marking.failed)
        return g_strdup(REDACTED);
    GString *clean = g_string_sized_new(length);
    for (gsize i = 0; i < length; i++) {
        if (!secret[i])
            g_string_append_c(clean, text[i]);
        else if (i == 0 || !secret[i - 1])
            g_string_append(clean, REDACTED);
    }
    return g_string_free(clean, FALSE);
}

char *redact(struct redactor *redactor, const char *text)
{
    if (text == NULL)
        return NULL;
    if (redactor == NULL) {
        g_autoptr(Redactor) shapes_only = redactor_new();
        return redact_with(shapes_only, text);
    }
    pthread_mutex_lock(&redactor->mutex);
    gboolean is_known = g_hash_table_contains(redactor->harmless, text);
    char *clean = is_known ? g_strdup(text) : redact_with(redactor, text);
    /* A board says the same hundred texts again after each change. What holds a secret is never kept. */
    if (!is_known && strcmp(clean, text) == 0 && strlen(text) <= LONGEST_HARMLESS) {
        if (g_hash_table_size(redactor->harmless) >= MOST_HARMLESS)
            g_hash_table_remove_all(redactor->harmless);
        g_hash_table_add(redactor->harmless, g_strdup(text));
    }
    pthread_mutex_unlock(&redactor->mutex);
    return clean;
}

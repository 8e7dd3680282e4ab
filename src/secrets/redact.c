/* SPDX-License-Identifier: MIT */
#include "secrets/redact.h"

#include <pthread.h>
#include <string.h>

#include "secrets/late_sodium.h"
#include "secrets/redact_shapes.h"
#include "secrets/redact_view.h"

#define SHORTEST_SECRET 8
#define SHORTEST_PART 4
#define LONGEST_PART 12
#define SHORTEST_BARE 12
#define TAIL 8 /* what is often left of a token where it is shortened */
#define FILTER_EXPONENT 18
#define FILTER_PROBES 3
#define NESTED_SPELLINGS 3
#define MOST_HARMLESS 2048
#define LONGEST_HARMLESS 512

/* A secret that is known by value. */
struct live {
    struct secret *secret;
    guint count;
    gsize part; /* how much of it is looked for: any so many bytes in a row */
};

/* What is looked for in pieces of one length, of all live secrets together: a text is gone through once for each
 * length. Every piece sets bits of the filter, so that nearly all places of a text are passed over without a look at a
 * secret. */
struct net {
    gsize part;
    guint64 highest;   /* what the first byte of a piece counts in its hash */
    GPtrArray *places; /* of struct place: where such pieces are from */
    guint8 filter[(1 << FILTER_EXPONENT) / 8];
};

/* In the memory of a live secret. */
struct place {
    const guchar *text;
    gsize length;
};

struct redactor {
    pthread_mutex_t mutex; /* guards live, nets and harmless; thread sanitizers see through it, unlike GMutex */
    GPtrArray *live;
    GPtrArray *nets;
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
    g_free(live);
}

static void net_free(gpointer data)
{
    struct net *net = data;
    sodium_memzero(net->filter, sizeof net->filter);
    g_ptr_array_unref(net->places);
    g_free(net);
}

struct redactor *redactor_new(void)
{
    if (sodium_init() < 0)
        g_error("libsodium cannot start on this system");
    struct redactor *redactor = g_new0(struct redactor, 1);
    pthread_mutex_init(&redactor->mutex, NULL);
    redactor->live = g_ptr_array_new_with_free_func(live_free);
    redactor->nets = g_ptr_array_new_with_free_func(net_free);
    randombytes_buf(&redactor->key, sizeof redactor->key);
    redactor->key |= 1;
    redactor->harmless = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return redactor;
}

void redactor_free(struct redactor *redactor)
{
    if (redactor == NULL)
        return;
    g_ptr_array_unref(redactor->nets);
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

/* That of the piece after the one at TEXT, whose hash is HASH. */
static guint64 next_hash(const struct net *net, guint64 base, guint64 hash, const guchar *text)
{
    return (hash - text[0] * net->highest) * base + text[net->part];
}

/* The bit of the filter that HASH is looked up by for the PROBEth time. */
static guint filter_bit(guint64 hash, guint probe)
{
    /* The golden ratio: its product's upper bits come from all of the hash. */
    guint64 mixed = hash * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    return (guint)(mixed >> (64 - FILTER_EXPONENT * (probe + 1))) & ((1 << FILTER_EXPONENT) - 1);
}

static gboolean may_hold(const struct net *net, guint64 hash)
{
    for (guint probe = 0; probe < FILTER_PROBES; probe++) {
        guint bit = filter_bit(hash, probe);
        if ((net->filter[bit / 8] & 1 << bit % 8) == 0)
            return FALSE;
    }
    return TRUE;
}

static gboolean holds(const struct net *net, const guchar *piece)
{
    for (guint i = 0; i < net->places->len; i++) {
        const struct place *place = net->places->pdata[i];
        if (memmem(place->text, place->length, piece, net->part) != NULL)
            return TRUE;
    }
    return FALSE;
}

/* The net for pieces of PART bytes; made if there is none yet. */
static struct net *net_for(struct redactor *redactor, gsize part)
{
    for (guint i = 0; i < redactor->nets->len; i++)
        if (((struct net *)redactor->nets->pdata[i])->part == part)
            return redactor->nets->pdata[i];
    struct net *net = g_new0(struct net, 1);
    net->part = part;
    net->highest = 1;
    for (gsize i = 1; i < part; i++)
        net->highest *= redactor->key;
    net->places = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(redactor->nets, net);
    return net;
}

/* From now on every PART bytes of the LENGTH at TEXT, which stays where it is, are looked for. */
static void look_for(struct redactor *redactor, gsize part, const guchar *text, gsize length)
{
    struct net *net = net_for(redactor, part);
    struct place *place = g_new(struct place, 1);
    *place = (struct place){.text = text, .length = length};
    g_ptr_array_add(net->places, place);
    guint64 hash = hash_of(redactor->key, text, part);
    for (gsize at = 0; at + part <= length; at++) {
        for (guint probe = 0; probe < FILTER_PROBES; probe++) {
            guint bit = filter_bit(hash, probe);
            net->filter[bit / 8] |= (guint8)(1 << bit % 8);
        }
        if (at + part < length)
            hash = next_hash(net, redactor->key, hash, text + at);
    }
}

static void look_for_live(struct redactor *redactor, const struct live *live)
{
    const guchar *text = (const guchar *)secret_text(live->secret);
    gsize length = secret_length(live->secret);
    look_for(redactor, live->part, text, length);
    if (live->part > TAIL)
        look_for(redactor, TAIL, text + length - TAIL, TAIL);
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
        struct live *live = g_new0(struct live, 1);
        const char *text = secret_text(secret);
        live->secret = secret_copy(secret);
        live->count = 1;
        /* Half a value, in bytes, but no more than its characters: halves are cut between those. */
        gsize bytes = secret_length(secret);
        gboolean is_text = g_utf8_validate(text, (gssize)bytes, NULL);
        gsize units = is_text ? (gsize)g_utf8_strlen(text, (gssize)bytes) : bytes;
        live->part = CLAMP(units / 2, SHORTEST_PART, LONGEST_PART);
        g_ptr_array_add(redactor->live, live);
        look_for_live(redactor, live);
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
    if (known != NULL && --known->count == 0) {
        g_ptr_array_set_size(redactor->nets, 0);
        g_ptr_array_remove_index_fast(redactor->live, index);
        for (guint i = 0; i < redactor->live->len; i++)
            look_for_live(redactor, redactor->live->pdata[i]);
    }
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

static void mark_pieces(struct marking *marking, const struct net *net)
{
    const struct view *view = marking->view;
    guint64 base = marking->redactor->key;
    guint64 hash = view->length >= net->part ? hash_of(base, view->bytes, net->part) : 0;
    for (gsize at = 0; at + net->part <= view->length; at++) {
        if (may_hold(net, hash) && holds(net, view->bytes + at))
            mark(at, at + net->part, marking);
        if (at + net->part < view->length)
            hash = next_hash(net, base, hash, view->bytes + at);
    }
}

/* Mark what VIEW shows, then what it shows when read under each spelling. TEXTUAL: shapes have a meaning in it. */
static void mark_view(struct marking *marking, struct view *view, gboolean textual, guint nested)
{
    const struct redactor *redactor = marking->redactor;
    marking->view = view;
    for (guint i = 0; i < redactor->nets->len; i++)
        mark_pieces(marking, redactor->nets->pdata[i]);
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

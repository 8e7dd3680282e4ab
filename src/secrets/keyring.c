/* SPDX-License-Identifier: MIT */
#include "secrets/keyring.h"

#include <pthread.h>
#include <time.h>

#include "base/error.h"
#include "secrets/secret_service.h"
#include "secrets/session_bus.h"

#define CALL_TIMEOUT (3 * G_TIME_SPAN_SECOND)
#define UNLOCK_TIMEOUT (120 * G_TIME_SPAN_SECOND)
#define ABANDON_CHECK (50 * G_TIME_SPAN_MILLISECOND)

#define IN_MEMORY ": the sign-in stays in memory and ends with this run."

struct keyring {
    enum keyring_state state;
};

enum operation { PROBE, LOAD, FIND, SAVE, FORGET, UNLOCK };

/* One call, held by the caller and by the thread that makes it: whichever lets go last wipes and frees it. */
struct call {
    pthread_mutex_t mutex; /* guards these; thread sanitizers see through it, unlike GMutex */
    pthread_cond_t ended_changed;
    gboolean ended; /* what the thread leaves behind may be read */
    guint holders;
    enum operation operation;
    GHashTable *attributes;
    char *label;          /* of what is saved; NULL: the usual one */
    struct secret *value; /* to be saved, loaded or found */
    enum keyring_state state;
    GError *error;
};

static const char *const sentences[] = {
    [KEYRING_UNKNOWN] = "The keyring has not been asked yet.",
    [KEYRING_READY] = "The keyring keeps the sign-in for the next run.",
    [KEYRING_LOCKED] = "The keyring is locked" IN_MEMORY,
    [KEYRING_DISABLED] = "The keyring is switched off" IN_MEMORY,
    [KEYRING_NO_BUS] = "This session has no D-Bus, so there is no keyring" IN_MEMORY,
    [KEYRING_NO_SERVICE] = "No keyring (GNOME Keyring, KWallet, KeePassXC) runs in this session" IN_MEMORY,
    [KEYRING_NO_COLLECTION] = "The keyring service has no default keyring" IN_MEMORY,
    [KEYRING_DISMISSED] = "The keyring was not unlocked" IN_MEMORY,
    [KEYRING_TIMED_OUT] = "The keyring did not answer in time" IN_MEMORY,
    [KEYRING_FAILED] = "The keyring did not work" IN_MEMORY,
};

struct keyring *keyring_new(gboolean disabled)
{
    struct keyring *keyring = g_new0(struct keyring, 1);
    keyring->state = disabled ? KEYRING_DISABLED : KEYRING_UNKNOWN;
    return keyring;
}

void keyring_free(struct keyring *keyring)
{
    g_free(keyring);
}

enum keyring_state keyring_state(const struct keyring *keyring)
{
    return keyring->state;
}

char *keyring_sentence(const struct keyring *keyring)
{
    return g_strdup(sentences[keyring->state]);
}

static struct call *call_new(enum operation operation, const struct keyring_key *key, const struct secret *value)
{
    struct call *call = g_new0(struct call, 1);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&call->ended_changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&call->mutex, NULL);
    call->holders = 1;
    call->operation = operation;
    call->attributes = key != NULL ? service_attributes(key) : NULL;
    call->label = g_strdup(key != NULL ? key->label : NULL);
    call->value = secret_copy(value);
    return call;
}

static void call_unref(struct call *call)
{
    pthread_mutex_lock(&call->mutex);
    gboolean is_last = --call->holders == 0;
    pthread_mutex_unlock(&call->mutex);
    if (!is_last)
        return;
    secret_free(call->value);
    g_free(call->label);
    g_clear_pointer(&call->attributes, g_hash_table_unref);
    g_clear_error(&call->error);
    pthread_cond_destroy(&call->ended_changed);
    pthread_mutex_destroy(&call->mutex);
    g_free(call);
}

static gpointer run_call(gpointer data)
{
    struct call *call = data;
    enum keyring_state state = session_bus_keyring_state(&call->error);
    if (call->operation == UNLOCK && state == KEYRING_LOCKED)
        state = service_unlock(&call->error);
    else if (call->operation == LOAD && state == KEYRING_READY)
        state = service_load(call->attributes, &call->value, &call->error);
    else if (call->operation == FIND && state == KEYRING_READY)
        state = service_only_tenant(call->attributes, &call->value, &call->error);
    else if (call->operation == SAVE && state == KEYRING_READY)
        state = service_save(call->attributes, call->label, call->value, &call->error);
    else if (call->operation == FORGET && state == KEYRING_READY)
        state = service_forget(call->attributes, &call->error);
    call->state = state;
    pthread_mutex_lock(&call->mutex);
    call->ended = TRUE;
    pthread_cond_signal(&call->ended_changed);
    pthread_mutex_unlock(&call->mutex);
    call_unref(call);
    return NULL;
}

/* The state that CALL, made on a thread of its own, leaves, waiting at most TIMEOUT microseconds and no longer than
 * *ABANDON is zero. */
static enum keyring_state run(struct call *call, gint64 timeout, const gint *abandon)
{
    gint64 deadline = g_get_monotonic_time() + timeout;
    gboolean abandoned = FALSE;
    call->holders = 2;
    GThread *thread = g_thread_try_new("keyring", run_call, call, NULL);
    if (thread == NULL) {
        call->holders = 1;
        return KEYRING_FAILED;
    }
    g_thread_unref(thread);
    pthread_mutex_lock(&call->mutex);
    while (!call->ended && g_get_monotonic_time() < deadline && !abandoned) {
        gint64 next_check = abandon == NULL ? deadline : g_get_monotonic_time() + ABANDON_CHECK;
        gint64 until = MIN(deadline, next_check);
        const struct timespec time = {.tv_sec = (time_t)(until / G_TIME_SPAN_SECOND),
                                      .tv_nsec = (long)(until % G_TIME_SPAN_SECOND * 1000)};
        pthread_cond_timedwait(&call->ended_changed, &call->mutex, &time);
        abandoned = abandon != NULL && g_atomic_int_get(abandon) != 0;
    }
    gboolean ended = call->ended;
    pthread_mutex_unlock(&call->mutex);
    if (ended)
        return call->state;
    return abandoned ? KEYRING_DISMISSED : KEYRING_TIMED_OUT;
}

/* Make CALL (taken). Its loaded value goes to *LOADED, where that is wanted. */
static gboolean make(struct keyring *keyring, struct call *call, gint64 timeout, const gint *abandon,
                     struct secret **loaded, GError **error)
{
    const GError *cause = NULL;
    gboolean was_off = keyring->state >= KEYRING_DISABLED;
    if (!was_off)
        keyring->state = run(call, timeout, abandon);
    if (!was_off && keyring->state != KEYRING_TIMED_OUT && keyring->state != KEYRING_DISMISSED)
        cause = call->error;
    if (keyring->state == KEYRING_READY && loaded != NULL)
        *loaded = g_steal_pointer(&call->value);
    if (keyring->state != KEYRING_READY)
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE, "%s%s%s", sentences[keyring->state],
                    cause != NULL ? "\nThe keyring said: " : "", cause != NULL ? cause->message : "");
    call_unref(call);
    return keyring->state == KEYRING_READY;
}

/* An attribute that is left out matches everything that anybody stored, so a blank one must not come about by mistake.
 */
static gboolean check_key(const struct keyring_key *key, gboolean whole, GError **error)
{
    const char *const fields[] = {key->tenant_id, key->client_id, key->account, key->kind};
    gboolean good = key->tenant_id != NULL || key->kind != NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
        good = good && (fields[i] != NULL ? *fields[i] != '\0' : !whole);
    if (!good)
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_INTERNAL,
                            "A sign-in without its tenant, application, account and kind has no place in the keyring");
    return good;
}

enum keyring_state keyring_probe(struct keyring *keyring)
{
    make(keyring, call_new(PROBE, NULL, NULL), CALL_TIMEOUT, NULL, NULL, NULL);
    return keyring->state;
}

struct secret *keyring_load(struct keyring *keyring, const struct keyring_key *key, GError **error)
{
    struct secret *loaded = NULL;
    if (check_key(key, TRUE, error))
        make(keyring, call_new(LOAD, key, NULL), CALL_TIMEOUT, NULL, &loaded, error);
    return loaded;
}

char *keyring_only_tenant(struct keyring *keyring, const struct keyring_key *key)
{
    g_autoptr(Secret) tenant = NULL;
    if (check_key(key, FALSE, NULL))
        make(keyring, call_new(FIND, key, NULL), CALL_TIMEOUT, NULL, &tenant, NULL);
    return tenant != NULL ? g_strdup(secret_text(tenant)) : NULL;
}

gboolean keyring_save(struct keyring *keyring, const struct keyring_key *key, const struct secret *secret,
                      GError **error)
{
    return check_key(key, TRUE, error) && make(keyring, call_new(SAVE, key, secret), CALL_TIMEOUT, NULL, NULL, error);
}

gboolean keyring_forget(struct keyring *keyring, const struct keyring_key *key, GError **error)
{
    return check_key(key, FALSE, error) && make(keyring, call_new(FORGET, key, NULL), CALL_TIMEOUT, NULL, NULL, error);
}

gboolean keyring_unlock(struct keyring *keyring, const gint *abandon, GError **error)
{
    return make(keyring, call_new(UNLOCK, NULL, NULL), UNLOCK_TIMEOUT, abandon, NULL, error);
}

/* SPDX-License-Identifier: MIT */
#include "engine/token_store.h"

#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "onboarding/onboarding.h"
#include "secrets/session_key.h"

#define KEY_PARTS 3

/* One person is signed in to a tenant at a time. */
#define ACCOUNT "signed-in"

void token_store_init(struct token_store *store, struct keyring *keyring, const struct cloud *cloud)
{
    store->keyring = keyring;
    if (cloud->practice)
        store->realm = g_strdup("practice");
    else
        store->realm = g_strdup(cloud->file_sha256 != NULL ? cloud->file_sha256 : "");
}

void token_store_clear(struct token_store *store)
{
    g_clear_pointer(&store->realm, g_free);
}

char *token_store_kind(const struct token_store *store, const char *kind)
{
    return store->realm[0] == '\0' ? g_strdup(kind) : g_strconcat(store->realm, "/", kind, NULL);
}

struct place {
    char **parts;
    char *kind;
    struct keyring_key key;
};

static gboolean place_find(const struct token_store *store, const char *key, struct place *place)
{
    place->parts = g_strsplit(key, "/", KEY_PARTS);
    place->kind = NULL;
    if (g_strv_length(place->parts) != KEY_PARTS)
        return FALSE;
    place->kind = token_store_kind(store, place->parts[2]);
    place->key = (struct keyring_key){
        .tenant_id = place->parts[0], .client_id = place->parts[1], .account = ACCOUNT, .kind = place->kind};
    return TRUE;
}

static void place_clear(struct place *place)
{
    g_strfreev(place->parts);
    g_free(place->kind);
}

/* What the names of all session keys of this realm begin with. Caller frees. */
static char *session_prefix(const struct token_store *store)
{
    return g_strdup_printf("perch:%s:", store->realm);
}

static gboolean is_in_session(const struct token_store *store)
{
    g_autofree char *prefix = session_prefix(store);
    g_autoptr(GPtrArray) names = session_key_names(prefix);
    return names->len > 0;
}

char *token_store_sentence(const struct token_store *store)
{
    if (is_in_session(store))
        return g_strdup_printf("The sign-in is kept in the kernel's keyring of this login session, for %d hours at "
                               "most; it ends with the session.",
                               LIMIT_SESSION_KEY / 3600);
    return keyring_sentence(store->keyring);
}

static struct secret *load(const char *key, gpointer data)
{
    const struct token_store *store = data;
    struct place place;
    g_autofree char *prefix = session_prefix(store);
    g_autofree char *name = g_strconcat(prefix, key, NULL);
    struct secret *secret = session_key_load(name);
    if (secret != NULL)
        return secret;
    if (place_find(store, key, &place))
        secret = keyring_load(store->keyring, &place.key, NULL);
    place_clear(&place);
    return secret;
}

/* A keyring that cannot be used says so on the board; the tokens stay in memory. Whoever signed in for the session is
 * not kept elsewhere by a later run of it. */
static void save(const char *key, const struct secret *secret, gpointer data)
{
    const struct token_store *store = data;
    struct place place;
    g_autofree char *prefix = session_prefix(store);
    g_autofree char *name = g_strconcat(prefix, key, NULL);
    if (secret == NULL)
        session_key_forget(name);
    else if (store->for_session || is_in_session(store)) {
        session_key_save(name, secret, NULL);
        return;
    }
    if (place_find(store, key, &place)) {
        if (secret != NULL)
            keyring_save(store->keyring, &place.key, secret, NULL);
        else
            keyring_forget(store->keyring, &place.key, NULL);
    }
    place_clear(&place);
}

struct token_backend token_store_backend(struct token_store *store)
{
    return (struct token_backend){.load = load, .save = save, .data = store};
}

char *token_store_only_tenant(const struct token_store *store, const char *client_id)
{
    g_autofree char *prefix = session_prefix(store);
    g_autofree char *end = g_strdup_printf("/%s/graph", client_id);
    g_autoptr(GPtrArray) names = session_key_names(prefix);
    const char *found = NULL;
    guint count = 0;
    for (guint i = 0; i < names->len; i++)
        if (g_str_has_suffix(g_ptr_array_index(names, i), end)) {
            found = g_ptr_array_index(names, i);
            count++;
        }
    /* The tenant of the session's only sign-in. */
    if (count == 1)
        return g_strndup(found + strlen(prefix), strlen(found) - strlen(prefix) - strlen(end));
    g_autofree char *kind = token_store_kind(store, "graph");
    const struct keyring_key key = {.client_id = client_id, .account = ACCOUNT, .kind = kind};
    return keyring_only_tenant(store->keyring, &key);
}

/* Why nothing was removed, and where it could be. Caller frees. */
static char *how_to_remove(struct keyring *keyring)
{
    static const char elsewhere[] = "Sign out again in the desktop session whose keyring it is.";
    g_autofree char *sentence = keyring_sentence(keyring);
    switch (keyring_state(keyring)) {
    case KEYRING_DISABLED:
        return g_strdup("The keyring was left out. Sign out again without --no-keyring.");
    case KEYRING_NO_BUS:
        return g_strdup_printf("No D-Bus can be reached from here, so no keyring was asked. %s", elsewhere);
    case KEYRING_NO_SERVICE:
        return g_strdup_printf("No keyring runs in this session, so none was asked. %s", elsewhere);
    case KEYRING_NO_COLLECTION:
        return g_strdup_printf("The keyring service has no default keyring, so none was asked. %s", elsewhere);
    default:
        return g_strdup_printf("%s Unlock it and sign out again.", sentence);
    }
}

gboolean token_store_forget(struct token_store *store, const char *tenant_id, GError **error)
{
    g_autofree char *realm = session_prefix(store);
    g_autofree char *prefix = tenant_id != NULL ? g_strconcat(realm, tenant_id, "/", NULL) : g_strdup(realm);
    g_autoptr(GPtrArray) names = session_key_names(prefix);
    for (guint k = 0; k < names->len; k++)
        session_key_forget(g_ptr_array_index(names, k));
    static const char *const kinds[] = {"graph", "defender", ACCOUNT_PASSWORD};
    for (gsize i = 0; i < G_N_ELEMENTS(kinds) && !store->is_unused; i++) {
        g_autofree char *kind = token_store_kind(store, kinds[i]);
        const struct keyring_key key = {.tenant_id = tenant_id, .kind = kind};
        if (keyring_forget(store->keyring, &key, NULL))
            continue;
        g_autofree char *hint = how_to_remove(store->keyring);
        g_set_error(
            error, PERCH_ERROR, PERCH_ERROR_STATE,
            "Signed out here, but what the keyring may keep was not removed: the refresh tokens for Microsoft "
            "Graph and for Defender of an earlier sign-in, and the first password of an account that was created here."
            "\n%s",
            hint);
        return FALSE;
    }
    return TRUE;
}

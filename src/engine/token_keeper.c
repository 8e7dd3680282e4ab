#include "engine/token_keeper.h"

#include "base/error.h"

#define KEY_PARTS 3

/* One person is signed in to a tenant at a time. */
#define ACCOUNT "signed-in"

static const char *const services[] = {"graph", "defender"};

void token_keeper_init(struct token_keeper *keeper, struct keyring *keyring, const struct cloud *cloud)
{
    keeper->keyring = keyring;
    if (cloud->practice)
        keeper->realm = g_strdup("practice");
    else
        keeper->realm = g_strdup(cloud->file_sha256 != NULL ? cloud->file_sha256 : "");
}

void token_keeper_clear(struct token_keeper *keeper)
{
    g_clear_pointer(&keeper->realm, g_free);
}

char *token_keeper_kind(const struct token_keeper *keeper, const char *kind)
{
    return keeper->realm[0] == '\0' ? g_strdup(kind) : g_strconcat(keeper->realm, "/", kind, NULL);
}

struct place {
    char **parts;
    char *kind;
    struct keyring_key key;
};

static gboolean place_find(const struct token_keeper *keeper, const char *key, struct place *place)
{
    place->parts = g_strsplit(key, "/", KEY_PARTS);
    place->kind = NULL;
    if (g_strv_length(place->parts) != KEY_PARTS)
        return FALSE;
    place->kind = token_keeper_kind(keeper, place->parts[2]);
    place->key = (struct keyring_key){
        .tenant_id = place->parts[0], .client_id = place->parts[1], .account = ACCOUNT, .kind = place->kind};
    return TRUE;
}

static void place_clear(struct place *place)
{
    g_strfreev(place->parts);
    g_free(place->kind);
}

static struct secret *load(const char *key, gpointer data)
{
    const struct token_keeper *keeper = data;
    struct place place;
    struct secret *secret = place_find(keeper, key, &place) ? keyring_load(keeper->keyring, &place.key, NULL) : NULL;
    place_clear(&place);
    return secret;
}

/* A keyring that cannot be used says so on the board; the tokens stay in memory. */
static void save(const char *key, const struct secret *secret, gpointer data)
{
    const struct token_keeper *keeper = data;
    struct place place;
    if (place_find(keeper, key, &place)) {
        if (secret != NULL)
            keyring_save(keeper->keyring, &place.key, secret, NULL);
        else
            keyring_forget(keeper->keyring, &place.key, NULL);
    }
    place_clear(&place);
}

struct token_store token_keeper_store(struct token_keeper *keeper)
{
    struct token_store store = {.load = load, .save = save, .data = keeper};
    return store;
}

char *token_keeper_only_tenant(const struct token_keeper *keeper, const char *client_id)
{
    g_autofree char *kind = token_keeper_kind(keeper, services[0]);
    const struct keyring_key key = {.client_id = client_id, .account = ACCOUNT, .kind = kind};
    return keyring_only_tenant(keeper->keyring, &key);
}

static gboolean may_keep_something(enum keyring_state state)
{
    return state != KEYRING_DISABLED && state != KEYRING_NO_BUS && state != KEYRING_NO_SERVICE &&
           state != KEYRING_NO_COLLECTION;
}

gboolean token_keeper_forget(struct token_keeper *keeper, const char *tenant_id, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(services); i++) {
        g_autofree char *kind = token_keeper_kind(keeper, services[i]);
        const struct keyring_key key = {.tenant_id = tenant_id, .account = ACCOUNT, .kind = kind};
        if (keyring_forget(keeper->keyring, &key, NULL) || !may_keep_something(keyring_state(keeper->keyring)))
            continue;
        g_autofree char *sentence = keyring_sentence(keeper->keyring);
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE,
                    "Signed out here, but what the keyring may keep was not removed.\n%s Unlock it and sign out again.",
                    sentence);
        return FALSE;
    }
    return TRUE;
}

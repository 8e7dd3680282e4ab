#include "engine/token_keeper.h"

#define KEY_PARTS 3

/* One person is signed in to a tenant at a time. */
#define ACCOUNT "signed-in"

static gboolean split_key(const char *key, char ***parts, struct keyring_key *result)
{
    *parts = g_strsplit(key, "/", KEY_PARTS);
    if (g_strv_length(*parts) != KEY_PARTS)
        return FALSE;
    result->tenant_id = (*parts)[0];
    result->client_id = (*parts)[1];
    result->account = ACCOUNT;
    result->kind = (*parts)[2];
    return TRUE;
}

static struct secret *load(const char *key, gpointer data)
{
    g_auto(GStrv) parts = NULL;
    struct keyring_key place;
    return split_key(key, &parts, &place) ? keyring_load(data, &place, NULL) : NULL;
}

/* A keyring that cannot be used says so on the board; the tokens stay in memory. */
static void save(const char *key, const struct secret *secret, gpointer data)
{
    g_auto(GStrv) parts = NULL;
    struct keyring_key place;
    if (!split_key(key, &parts, &place))
        return;
    if (secret != NULL)
        keyring_save(data, &place, secret, NULL);
    else
        keyring_forget(data, &place, NULL);
}

struct token_store token_keeper(struct keyring *keyring)
{
    struct token_store store = {.load = load, .save = save, .data = keyring};
    return store;
}

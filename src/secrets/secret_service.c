#include "secrets/secret_service.h"

#include <libsecret/secret.h>

#include "base/error.h"

#define LABEL "perch sign-in"
#define CONTENT_TYPE "text/plain"
#define VERSION "1"

static const SecretSchema schema = {
    .name = "org.perch.SignIn",
    .flags = SECRET_SCHEMA_NONE,
    .attributes = {{"tenant_id", SECRET_SCHEMA_ATTRIBUTE_STRING},
                   {"client_id", SECRET_SCHEMA_ATTRIBUTE_STRING},
                   {"account", SECRET_SCHEMA_ATTRIBUTE_STRING},
                   {"kind", SECRET_SCHEMA_ATTRIBUTE_STRING},
                   {"version", SECRET_SCHEMA_ATTRIBUTE_STRING},
                   {NULL, 0}},
};

static void add_attribute(GHashTable *attributes, const char *name, const char *value)
{
    if (value != NULL)
        g_hash_table_insert(attributes, g_strdup(name), g_strdup(value));
}

GHashTable *service_attributes(const struct keyring_key *key)
{
    GHashTable *attributes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    add_attribute(attributes, "tenant_id", key->tenant_id);
    add_attribute(attributes, "client_id", key->client_id);
    add_attribute(attributes, "account", key->account);
    add_attribute(attributes, "kind", key->kind);
    add_attribute(attributes, "version", VERSION);
    return attributes;
}

/* A new connection each time: libsecret's shared one keeps properties that nobody updates without a main loop. */
static SecretService *open_service(GError **error)
{
    return secret_service_open_sync(SECRET_TYPE_SERVICE, NULL, SECRET_SERVICE_OPEN_SESSION, NULL, error);
}

static enum keyring_state state_after(const GError *error)
{
    if (error == NULL)
        return KEYRING_READY;
    return g_error_matches(error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ? KEYRING_LOCKED : KEYRING_FAILED;
}

static enum keyring_state outcome(GError *cause, GError **error)
{
    enum keyring_state state = state_after(cause);
    if (cause != NULL)
        g_propagate_error(error, cause);
    return state;
}

static struct secret *value_of(SecretItem *item)
{
    SecretValue *value = secret_item_get_locked(item) ? NULL : secret_item_get_secret(item);
    if (value == NULL)
        return NULL;
    gsize length = 0;
    const char *text = secret_value_get(value, &length);
    struct secret *secret = secret_new(text, (gssize)length);
    secret_value_unref(value);
    return secret;
}

enum keyring_state service_load(GHashTable *attributes, struct secret **loaded, GError **error)
{
    GError *cause = NULL;
    g_autoptr(SecretService) service = open_service(&cause);
    if (service == NULL)
        return outcome(cause, error);
    /* A look-up would have locked items unlocked, with a prompt that can hang for ever; a search does not. */
    GList *items = secret_service_search_sync(service, &schema, attributes,
                                              SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS, NULL, &cause);
    for (GList *item = items; item != NULL && *loaded == NULL; item = item->next)
        *loaded = value_of(item->data);
    g_list_free_full(items, g_object_unref);
    return outcome(cause, error);
}

/* What stands in ATTRIBUTES joins what was found so far: another tenant, or none, sets *SEVERAL. */
static void join_tenant(GHashTable *attributes, char **tenant, gboolean *several)
{
    const char *found = g_hash_table_lookup(attributes, "tenant_id");
    if (found == NULL)
        *several = TRUE;
    else if (*tenant == NULL)
        *tenant = g_strdup(found);
    else if (g_strcmp0(*tenant, found) != 0)
        *several = TRUE;
}

enum keyring_state service_only_tenant(GHashTable *attributes, struct secret **tenant, GError **error)
{
    GError *cause = NULL;
    g_autofree char *found = NULL;
    gboolean several = FALSE;
    g_autoptr(SecretService) service = open_service(&cause);
    if (service == NULL)
        return outcome(cause, error);
    GList *items = secret_service_search_sync(service, &schema, attributes, SECRET_SEARCH_ALL, NULL, &cause);
    for (GList *item = items; item != NULL; item = item->next) {
        g_autoptr(GHashTable) own = secret_item_get_attributes(item->data);
        join_tenant(own, &found, &several);
    }
    g_list_free_full(items, g_object_unref);
    *tenant = found != NULL && !several ? secret_new(found, -1) : NULL;
    return outcome(cause, error);
}

/* The unlocked item with ATTRIBUTES; NULL if there is none. Caller unrefs. */
static SecretItem *find_item(SecretService *service, GHashTable *attributes)
{
    GList *items = secret_service_search_sync(service, &schema, attributes, SECRET_SEARCH_ALL, NULL, NULL);
    SecretItem *found = NULL;
    for (GList *item = items; item != NULL && found == NULL; item = item->next)
        if (!secret_item_get_locked(item->data))
            found = g_object_ref(item->data);
    g_list_free_full(items, g_object_unref);
    return found;
}

/* KeePassXC 2.7 never answers where a new item is to replace one that is there. */
static gboolean store(SecretService *service, GHashTable *attributes, SecretValue *value, GError **error)
{
    g_autoptr(SecretItem) item = find_item(service, attributes);
    if (item != NULL)
        return secret_item_set_secret_sync(item, value, NULL, error);
    return secret_service_store_sync(service, &schema, attributes, SECRET_COLLECTION_DEFAULT, LABEL, value, NULL,
                                     error);
}

enum keyring_state service_save(GHashTable *attributes, const struct secret *value, GError **error)
{
    GError *cause = NULL;
    g_autoptr(SecretService) service = open_service(&cause);
    if (service == NULL)
        return outcome(cause, error);
    SecretValue *copy = secret_value_new(secret_text(value), (gssize)secret_length(value), CONTENT_TYPE);
    gboolean stored = store(service, attributes, copy, &cause);
    secret_value_unref(copy);
    return stored || cause != NULL ? outcome(cause, error) : KEYRING_DISMISSED;
}

static void refuse_what_is_left(SecretService *service, GHashTable *attributes, GError **error)
{
    GList *left = secret_service_search_sync(service, &schema, attributes, SECRET_SEARCH_ALL, NULL, error);
    if (left != NULL)
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_STATE, "%u stored sign-ins could not be removed",
                    g_list_length(left));
    g_list_free_full(left, g_object_unref);
}

enum keyring_state service_forget(GHashTable *attributes, GError **error)
{
    GError *cause = NULL;
    g_autoptr(SecretService) service = open_service(&cause);
    if (service == NULL)
        return outcome(cause, error);
    secret_service_clear_sync(service, &schema, attributes, NULL, &cause);
    if (cause == NULL)
        refuse_what_is_left(service, attributes, &cause);
    return outcome(cause, error);
}

enum keyring_state service_unlock(GError **error)
{
    GError *cause = NULL;
    g_autoptr(SecretCollection) collection = NULL;
    g_autoptr(SecretService) service = open_service(&cause);
    if (service != NULL)
        collection =
            secret_collection_for_alias_sync(service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL, &cause);
    if (collection == NULL)
        return cause != NULL ? outcome(cause, error) : KEYRING_NO_COLLECTION;
    GList one = {.data = collection};
    GList *unlocked = NULL;
    int count = secret_service_unlock_sync(service, &one, NULL, &unlocked, &cause);
    g_list_free_full(unlocked, g_object_unref);
    return count > 0 || cause != NULL ? outcome(cause, error) : KEYRING_DISMISSED;
}

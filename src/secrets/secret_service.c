/* SPDX-License-Identifier: MIT */
#include "secrets/secret_service.h"

#include <string.h>

#include "base/error.h"
#include "secrets/late_secret.h"

#define LABEL "perch sign-in"
#define CONTENT_TYPE "text/plain"
#define VERSION "1"

#define SCHEMA(called)                                                                                                 \
    {                                                                                                                  \
        .name = (called), .flags = SECRET_SCHEMA_NONE,                                                                 \
        .attributes = {{"tenant_id", SECRET_SCHEMA_ATTRIBUTE_STRING}, {"client_id", SECRET_SCHEMA_ATTRIBUTE_STRING},   \
                       {"account", SECRET_SCHEMA_ATTRIBUTE_STRING},   {"kind", SECRET_SCHEMA_ATTRIBUTE_STRING},        \
                       {"version", SECRET_SCHEMA_ATTRIBUTE_STRING},   {NULL, 0}},                                      \
    }

static const SecretSchema sign_in = SCHEMA("org.perch.SignIn");
static const SecretSchema evidence = SCHEMA("org.perch.Evidence");

/* What seals evidence outlives the sign-in, and is looked for apart from it. */
static const SecretSchema *schema_of(GHashTable *attributes)
{
    const char *kind = g_hash_table_lookup(attributes, "kind");
    gboolean seals =
        kind != NULL && (g_str_has_suffix(kind, KEYRING_EVIDENCE) || g_str_has_suffix(kind, KEYRING_LAST_SEAL));
    return seals ? &evidence : &sign_in;
}

GHashTable *service_attributes(const struct keyring_key *key)
{
    GHashTable *attributes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const char *const values[] = {key->tenant_id, key->client_id, key->account, key->kind, VERSION};
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++)
        if (values[i] != NULL)
            g_hash_table_insert(attributes, g_strdup(sign_in.attributes[i].name), g_strdup(values[i]));
    return attributes;
}

/* A new connection each time: libsecret's shared one keeps properties that nobody updates without a main loop. */
static SecretService *open_service(GError **error)
{
    return secret_service_open_sync(SECRET_TYPE_SERVICE, NULL, SECRET_SERVICE_OPEN_SESSION, NULL, error);
}

static enum keyring_state outcome(GError *cause, GError **error)
{
    if (cause == NULL)
        return KEYRING_READY;
    gboolean is_locked = g_error_matches(cause, SECRET_ERROR, SECRET_ERROR_IS_LOCKED);
    g_propagate_error(error, cause);
    return is_locked ? KEYRING_LOCKED : KEYRING_FAILED;
}

enum keyring_state service_load(GHashTable *attributes, struct secret **loaded, GError **error)
{
    GError *cause = NULL;
    g_autoptr(SecretService) service = open_service(&cause);
    if (service == NULL)
        return outcome(cause, error);
    /* A look-up would have locked items unlocked, with a prompt that can hang for ever; a search does not. */
    GList *items = secret_service_search_sync(service, schema_of(attributes), attributes,
                                              SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS, NULL, &cause);
    for (GList *item = items; item != NULL && *loaded == NULL; item = item->next) {
        SecretValue *value = secret_item_get_locked(item->data) ? NULL : secret_item_get_secret(item->data);
        gsize length = 0;
        if (value == NULL)
            continue;
        const char *text = secret_value_get(value, &length);
        *loaded = secret_new(text, (gssize)length);
        secret_value_unref(value);
    }
    g_list_free_full(items, g_object_unref);
    return outcome(cause, error);
}

enum keyring_state service_only_tenant(GHashTable *attributes, struct secret **tenant, GError **error)
{
    GError *cause = NULL;
    g_autofree char *found = NULL;
    gboolean several = FALSE;
    g_autoptr(SecretService) service = open_service(&cause);
    if (service == NULL)
        return outcome(cause, error);
    GList *items =
        secret_service_search_sync(service, schema_of(attributes), attributes, SECRET_SEARCH_ALL, NULL, &cause);
    for (GList *item = items; item != NULL; item = item->next) {
        g_autoptr(GHashTable) own = secret_item_get_attributes(item->data);
        const char *tenant_id = g_hash_table_lookup(own, "tenant_id");
        several = several || tenant_id == NULL || (found != NULL && strcmp(found, tenant_id) != 0);
        if (found == NULL)
            found = g_strdup(tenant_id);
    }
    g_list_free_full(items, g_object_unref);
    *tenant = found != NULL && !several ? secret_new(found, -1) : NULL;
    return outcome(cause, error);
}

enum keyring_state service_save(GHashTable *attributes, const char *label, const struct secret *value, GError **error)
{
    GError *cause = NULL;
    g_autoptr(SecretService) service = open_service(&cause);
    if (service == NULL)
        return outcome(cause, error);
    SecretValue *copy = secret_value_new(secret_text(value), (gssize)secret_length(value), CONTENT_TYPE);
    GList *items =
        secret_service_search_sync(service, schema_of(attributes), attributes, SECRET_SEARCH_ALL, NULL, NULL);
    GList *own = items;
    while (own != NULL && secret_item_get_locked(own->data))
        own = own->next;
    /* KeePassXC 2.7 never answers where a new item is to replace one that is there. */
    gboolean stored =
        own != NULL ? secret_item_set_secret_sync(own->data, copy, NULL, &cause)
                    : secret_service_store_sync(service, schema_of(attributes), attributes, SECRET_COLLECTION_DEFAULT,
                                                label != NULL ? label : LABEL, copy, NULL, &cause);
    g_list_free_full(items, g_object_unref);
    secret_value_unref(copy);
    return stored || cause != NULL ? outcome(cause, error) : KEYRING_DISMISSED;
}

enum keyring_state service_forget(GHashTable *attributes, GError **error)
{
    GError *cause = NULL;
    g_autoptr(SecretService) service = open_service(&cause);
    if (service == NULL)
        return outcome(cause, error);
    secret_service_clear_sync(service, schema_of(attributes), attributes, NULL, &cause);
    GList *left = cause == NULL ? secret_service_search_sync(service, schema_of(attributes), attributes,
                                                             SECRET_SEARCH_ALL, NULL, &cause)
                                : NULL;
    if (left != NULL)
        g_set_error(&cause, PERCH_ERROR, PERCH_ERROR_STATE, "%u stored sign-ins could not be removed",
                    g_list_length(left));
    g_list_free_full(left, g_object_unref);
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

/* SPDX-License-Identifier: MIT */
#include "base/assets.h"

#include <pthread.h>

#include "base/embedded.h"
#include "base/error.h"
#include "base/json.h"

extern const struct embedded perch_assets[];

GBytes *asset_bytes(const char *name, GError **error)
{
    GBytes *bytes = embedded_bytes(perch_assets, name);
    if (bytes == NULL)
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INTERNAL, "The program was built without its file %s.", name);
    return bytes;
}

json *asset_json(const char *name)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = asset_bytes(name, &error);
    json *value = NULL;
    if (bytes != NULL)
        value = json_parse(g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes), &error);
    if (value == NULL)
        g_error("assets/%s: %s", name, error->message);
    return value;
}

const json *asset_table(const char *name)
{
    /* Thread sanitizers see through it, unlike GMutex. */
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static GHashTable *read = NULL;
    pthread_mutex_lock(&lock);
    if (read == NULL)
        read = g_hash_table_new(g_str_hash, g_str_equal);
    const json *table = g_hash_table_lookup(read, name);
    if (table == NULL) {
        table = asset_json(name);
        g_hash_table_insert(read, g_strdup(name), (gpointer)table);
    }
    pthread_mutex_unlock(&lock);
    return table;
}

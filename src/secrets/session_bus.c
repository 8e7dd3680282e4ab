/* SPDX-License-Identifier: MIT */
#include "secrets/session_bus.h"

#include <string.h>

#include "secrets/late_gio.h"

#define SERVICE_NAME "org.freedesktop.secrets"
#define SERVICE_PATH "/org/freedesktop/secrets"
/* Longer than anybody waits for a keyring thread: it only lets an abandoned one end by itself. */
#define CALL_TIMEOUT_MS 10000

static GVariant *ask(GDBusConnection *bus, const char *name, const char *path, const char *method, GVariant *arguments,
                     const char *reply_type, GError **error)
{
    const char *dot = strrchr(method, '.');
    g_autofree char *interface = g_strndup(method, (gsize)(dot - method));
    return g_dbus_connection_call_sync(bus, name, path, interface, dot + 1, arguments, G_VARIANT_TYPE(reply_type),
                                       G_DBUS_CALL_FLAGS_NONE, CALL_TIMEOUT_MS, NULL, error);
}

static GVariant *ask_bus(GDBusConnection *bus, const char *method, GVariant *arguments, const char *reply_type,
                         GError **error)
{
    g_autofree char *full = g_strconcat("org.freedesktop.DBus.", method, NULL);
    return ask(bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", full, arguments, reply_type, error);
}

/* Path of the default collection; NULL if there is none. Caller frees. */
static char *default_collection(GDBusConnection *bus, GError **error)
{
    g_autoptr(GVariant) reply = ask(bus, SERVICE_NAME, SERVICE_PATH, "org.freedesktop.Secret.Service.ReadAlias",
                                    g_variant_new("(s)", "default"), "(o)", error);
    if (reply == NULL)
        return NULL;
    char *path = NULL;
    g_variant_get(reply, "(o)", &path);
    if (g_str_equal(path, "/"))
        g_clear_pointer(&path, g_free);
    return path;
}

static enum keyring_state collection_state(GDBusConnection *bus, const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GVariant) reply =
        ask(bus, SERVICE_NAME, path, "org.freedesktop.DBus.Properties.Get",
            g_variant_new("(ss)", "org.freedesktop.Secret.Collection", "Locked"), "(v)", &cause);
    if (g_error_matches(cause, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT) ||
        g_error_matches(cause, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD) ||
        g_error_matches(cause, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS))
        return KEYRING_NO_COLLECTION;
    if (reply == NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return KEYRING_FAILED;
    }
    g_autoptr(GVariant) locked = NULL;
    g_variant_get(reply, "(v)", &locked);
    gboolean is_locked = g_variant_is_of_type(locked, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean(locked);
    return is_locked ? KEYRING_LOCKED : KEYRING_READY;
}

/* TRUE if the service runs or the bus can start it. */
static gboolean has_service(GDBusConnection *bus, GError **error)
{
    gboolean runs = FALSE;
    g_autofree const char **names = NULL;
    g_autoptr(GVariant) owned = ask_bus(bus, "NameHasOwner", g_variant_new("(s)", SERVICE_NAME), "(b)", error);
    if (owned == NULL)
        return FALSE;
    g_variant_get(owned, "(b)", &runs);
    if (runs)
        return TRUE;
    g_autoptr(GVariant) startable = ask_bus(bus, "ListActivatableNames", NULL, "(as)", error);
    if (startable != NULL)
        g_variant_get(startable, "(^a&s)", &names);
    return names != NULL && g_strv_contains(names, SERVICE_NAME);
}

enum keyring_state session_bus_keyring_state(GError **error)
{
    const char *address = g_getenv("DBUS_SESSION_BUS_ADDRESS");
    g_autofree char *socket = g_build_filename(g_get_user_runtime_dir(), "bus", NULL);
    /* GDBus would start a bus of its own (autolaunch) where there is none, and fail with a riddle without a display. */
    if (address != NULL && *address != '\0' ? g_str_has_prefix(address, "autolaunch:")
                                            : !g_file_test(socket, G_FILE_TEST_EXISTS))
        return KEYRING_NO_BUS;
    g_autoptr(GDBusConnection) bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, error);
    if (bus == NULL)
        return KEYRING_NO_BUS;
    /* The default is to end the process when the bus goes away; libsecret shares this connection. */
    g_dbus_connection_set_exit_on_close(bus, FALSE);
    g_autoptr(GError) cause = NULL;
    gboolean is_there = has_service(bus, &cause);
    if (cause != NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return KEYRING_NO_BUS;
    }
    if (!is_there)
        return KEYRING_NO_SERVICE;
    g_autofree char *path = default_collection(bus, &cause);
    if (path != NULL)
        return collection_state(bus, path, error);
    if (cause == NULL)
        return KEYRING_NO_COLLECTION;
    g_propagate_error(error, g_steal_pointer(&cause));
    return KEYRING_FAILED;
}

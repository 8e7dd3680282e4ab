/* SPDX-License-Identifier: MIT */
/*
 * GLib's gio, loaded when the first of its functions is called, see base/late.h: what is used of it has to stand here.
 */
#ifndef PERCH_SECRETS_LATE_GIO_H
#define PERCH_SECRETS_LATE_GIO_H

#include "base/late_gobject.h"

#include <gio/gio.h>

#include "base/late.h"

#define LATE_GIO(EACH)                                                                                                 \
    EACH(g_bus_get_sync)                                                                                               \
    EACH(g_dbus_connection_call_sync)                                                                                  \
    EACH(g_dbus_connection_set_exit_on_close)                                                                          \
    EACH(g_dbus_error_quark)

struct late_gio {
    LATE_GIO(LATE_MEMBER)
};

/* Its functions. Ends the program where the library is missing. Any thread. */
const struct late_gio *late_gio(void);

#define g_bus_get_sync late_gio()->g_bus_get_sync
#define g_dbus_connection_call_sync late_gio()->g_dbus_connection_call_sync
#define g_dbus_connection_set_exit_on_close late_gio()->g_dbus_connection_set_exit_on_close
#define g_dbus_error_quark late_gio()->g_dbus_error_quark

#endif

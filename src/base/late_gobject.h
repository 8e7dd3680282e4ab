/* SPDX-License-Identifier: MIT */
/*
 * GLib's gobject, loaded when the first of its functions is called, see base/late.h. They are named otherwise before
 * its header is read, since that one's g_autoptr() and macros call them too: no header that reads it may come before
 * this.
 */
#ifndef PERCH_BASE_LATE_GOBJECT_H
#define PERCH_BASE_LATE_GOBJECT_H

#define g_object_unref late_object_unref
#define g_type_check_instance_cast late_type_check_instance_cast
#define g_type_check_instance_is_a late_type_check_instance_is_a
#include <glib-object.h>

#endif

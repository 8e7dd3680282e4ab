/* SPDX-License-Identifier: MIT */
#include "base/late_gobject.h"

#include "base/late.h"

#define LATE_GOBJECT(EACH)                                                                                             \
    EACH(g_object_unref)                                                                                               \
    EACH(g_type_check_instance_cast)                                                                                   \
    EACH(g_type_check_instance_is_a)

struct late_gobject {
    LATE_GOBJECT(LATE_MEMBER)
};

const struct late_gobject *late_gobject(void);

LATE_LIBRARY(late_gobject, LATE_GOBJECT)

void late_object_unref(gpointer object)
{
    late_gobject()->late_object_unref(object);
}

GTypeInstance *late_type_check_instance_cast(GTypeInstance *instance, GType type)
{
    return late_gobject()->late_type_check_instance_cast(instance, type);
}

gboolean late_type_check_instance_is_a(GTypeInstance *instance, GType type)
{
    return late_gobject()->late_type_check_instance_is_a(instance, type);
}

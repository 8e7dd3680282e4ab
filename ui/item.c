/* SPDX-License-Identifier: MIT */
#include "ui/item.h"

struct item item_numbered(enum item_kind kind, int number)
{
    return (struct item){.kind = kind, .number = number};
}

struct item item_named(enum item_kind kind, const char *name)
{
    return (struct item){.kind = kind, .name = g_intern_string(name)};
}

struct item item_choice(const char *object, const char *value)
{
    return (struct item){ITEM_CHOICE, 0, g_intern_string(object), g_intern_string(value)};
}

gboolean item_equal(const struct item *a, const struct item *b)
{
    static const struct item none;
    a = a != NULL ? a : &none;
    b = b != NULL ? b : &none;
    return a->kind == b->kind && (a->kind == ITEM_FIELD || a->number == b->number) && a->name == b->name &&
           a->value == b->value;
}

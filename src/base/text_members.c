/* SPDX-License-Identifier: MIT */
#include "base/text_members.h"

#include <string.h>

#define TEXT_AT(thing, offset) (*(char **)((char *)(thing) + (offset)))

void text_members_begin(gpointer thing, const gsize *offsets, gsize count)
{
    for (gsize i = 0; i < count; i++)
        TEXT_AT(thing, offsets[i]) = g_strdup("");
}

void text_members_end(gpointer thing, const gsize *offsets, gsize count)
{
    for (gsize i = 0; i < count; i++)
        g_free(TEXT_AT(thing, offsets[i]));
}

gpointer text_members_copy(gconstpointer thing, gsize size, const gsize *offsets, gsize count)
{
    gsize room = size;
    for (gsize i = 0; i < count; i++)
        room += strlen(TEXT_AT(thing, offsets[i]) != NULL ? TEXT_AT(thing, offsets[i]) : "") + 1;
    char *copy = g_malloc(room);
    memcpy(copy, thing, size);
    char *end = copy + size;
    for (gsize i = 0; i < count; i++) {
        const char *text = TEXT_AT(thing, offsets[i]) != NULL ? TEXT_AT(thing, offsets[i]) : "";
        TEXT_AT(copy, offsets[i]) = end;
        end = g_stpcpy(end, text) + 1;
    }
    return copy;
}

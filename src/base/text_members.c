/* SPDX-License-Identifier: MIT */
#include "base/text_members.h"

static char **member_at(gpointer thing, gsize offset)
{
    return (char **)((char *)thing + offset);
}

void text_members_begin(gpointer thing, const gsize *offsets, gsize count)
{
    for (gsize i = 0; i < count; i++)
        *member_at(thing, offsets[i]) = g_strdup("");
}

void text_members_end(gpointer thing, const gsize *offsets, gsize count)
{
    for (gsize i = 0; i < count; i++)
        g_free(*member_at(thing, offsets[i]));
}

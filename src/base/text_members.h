/* SPDX-License-Identifier: MIT */
/*
 * The members of a struct that are texts of its own and never NULL, told by their offsets (offsetof()), so that they
 * are named once for all that is done to each. Any thread.
 */
#ifndef PERCH_BASE_TEXT_MEMBERS_H
#define PERCH_BASE_TEXT_MEMBERS_H

#include <glib.h>

/* Set the char * at each of the COUNT OFFSETS of THING to "". Freed with text_members_end(). */
void text_members_begin(gpointer thing, const gsize *offsets, gsize count);
void text_members_end(gpointer thing, const gsize *offsets, gsize count);

/* THING, of SIZE bytes, with copies of its texts (NULL becomes "") in one block, which g_free() frees as a whole. */
gpointer text_members_copy(gconstpointer thing, gsize size, const gsize *offsets, gsize count);

#endif

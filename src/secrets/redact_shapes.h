/* SPDX-License-Identifier: MIT */
/*
 * What secrets look like that nobody registered: tokens, connection strings, signatures, codes, keys, passwords beside
 * their names. Compiled once in the life of the program, at the first use; any thread.
 */
#ifndef PERCH_SECRETS_REDACT_SHAPES_H
#define PERCH_SECRETS_REDACT_SHAPES_H

#include <glib.h>

/* Called with the place of each secret in the text, in bytes. */
typedef void (*shape_found)(gsize begin, gsize end, gpointer data);

/* FALSE if TEXT could not be searched to its end (too costly): then nothing in it can be trusted. */
gboolean shapes_find(const char *text, gsize length, shape_found found, gpointer data);

#endif

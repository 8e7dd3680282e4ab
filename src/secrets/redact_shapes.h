/*
 * What secrets look like that nobody registered: tokens, connection strings, signatures, codes, keys, passwords beside
 * their names. Compiled once for each redaction set; matching is safe from any thread.
 */
#ifndef PERCH_SECRETS_REDACT_SHAPES_H
#define PERCH_SECRETS_REDACT_SHAPES_H

#include <glib.h>

struct shapes;

struct shapes *shapes_new(void);
void shapes_free(struct shapes *shapes);

/* Called with the place of each secret in the text, in bytes. */
typedef void (*shape_found)(gsize begin, gsize end, gpointer data);

/* FALSE if TEXT could not be searched to its end (too costly): then nothing in it can be trusted. */
gboolean shapes_find(const struct shapes *shapes, const char *text, gsize length, shape_found found, gpointer data);

#endif

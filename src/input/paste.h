/*
 * The two Event Hub values in whatever was pasted: the partner's e-mail as text, as HTML or as its raw source, a table,
 * a link, a connection string. Pure functions, usable from any thread.
 */
#ifndef PERCH_INPUT_PASTE_H
#define PERCH_INPUT_PASTE_H

#include <glib.h>

/* Bytes of a paste that are looked at. */
#define PASTE_LIMIT 131072

struct paste_values {
    char *event_hub_id;   /* the namespace's resource ID, valid and in canonical form; NULL if none was found */
    char *event_hub_name; /* valid; NULL if none was found */
    gboolean has_secret;  /* a connection string or a key stood in it: wipe it, offer to clear the clipboard */
    GPtrArray *findings;  /* of struct finding: what was left out or mended, what is not clear; offsets in the paste */
};
typedef struct paste_values PasteValues;

/* Look for the values in TEXT. LENGTH -1: up to the NUL. Never NULL; caller frees with paste_values_free(). */
struct paste_values *paste_find(const char *text, gssize length);
void paste_values_free(struct paste_values *values);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PasteValues, paste_values_free)

/* The value found for the field "event-hub-id" or "event-hub-name"; NULL if none. Borrowed. */
const char *paste_value(const struct paste_values *values, const char *field);

#endif

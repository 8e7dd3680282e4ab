/* SPDX-License-Identifier: MIT */
/*
 * The two Event Hub values in whatever was pasted or piped: the partner's e-mail as text, as HTML or as its raw source,
 * a table, a link, the output of a tool, a connection string. Pure functions, usable from any thread.
 *
 * What holds: a value is taken only if one reading of the text is clear. Where two readings are possible nothing is
 * taken, and both are candidates to choose from. What was changed in a value, and what kept one from being taken, is a
 * finding with its place. A text beyond the limit is refused; no part of it is looked at.
 *
 * How a front end uses it: call paste_find() with all that came. Show event_hub_id and event_hub_name where they are
 * set, and all findings (is_warning and not remark stand out), before anything is saved; offer each value alone. For a
 * field without a value list candidates (value, line, reasons) by number; what the person chooses goes through
 * validate() of its field like anything typed. If has_secret, wipe the text and offer to clear the clipboard.
 */
#ifndef PERCH_INPUT_PASTE_H
#define PERCH_INPUT_PASTE_H

#include <glib.h>

/* Bytes of a paste that are taken; a longer one is refused. */
#define PASTE_LIMIT 1048576

struct paste_candidate {
    const char *field; /* "event-hub-id" or "event-hub-name" */
    char *value;       /* valid */
    int offset;        /* in the paste, as in a finding */
    int length;
    int line; /* from 1 */
    int column;
    char **reasons; /* sentences for and against it; NULL-terminated */
};

struct paste_values {
    char *event_hub_id;    /* the namespace's resource ID, valid and in canonical form; NULL if none is clear */
    char *event_hub_name;  /* valid; NULL if none is clear */
    char *application_id;  /* of the one application whose consent page's address stands in it; NULL */
    gboolean has_secret;   /* a connection string or a key stood in it: wipe it, offer to clear the clipboard */
    GPtrArray *candidates; /* of struct paste_candidate: only for a field without a value, each value once */
    GPtrArray *findings; /* of struct finding: what was left out or changed, what is not clear; offsets in the paste */
};
typedef struct paste_values PasteValues;

/* Look for the values in TEXT, which is bytes in any encoding. LENGTH -1: up to the NUL. Never NULL; caller frees with
 * paste_values_free(). */
struct paste_values *paste_find(const char *text, gssize length);
void paste_values_free(struct paste_values *values);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PasteValues, paste_values_free)

/* The value found for a field that is validated as "event-hub-id", "event-hub-name" or "guid"; NULL if none. Borrowed.
 */
const char *paste_value(const struct paste_values *values, const char *field);

#endif

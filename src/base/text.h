/* SPDX-License-Identifier: MIT */
/*
 * The one sink for text from outside: whatever a server, a file or a person brought goes through text_safe() before it
 * reaches a screen, a log, a report or stderr. Pure functions, usable from any thread.
 */
#ifndef PERCH_BASE_TEXT_H
#define PERCH_BASE_TEXT_H

#include <glib.h>

/*
 * BYTES as one line of valid UTF-8 that no terminal obeys: an invalid byte becomes "\xNN", a dangerous code point
 * "<U+202E>" (line breaks and tabs too), more than 4 combining marks on one character become "<+N marks>", a mark with
 * nothing to stand on "<U+0301>". LENGTH -1: up to the NUL. NULL gives "". Never fails; caller frees.
 */
char *text_safe(const char *bytes, gssize length);

/* The same, but line breaks (CR LF becomes LF) and tabs stay. */
char *text_safe_lines(const char *bytes, gssize length);

/* The columns that TEXT takes on a terminal. TEXT is valid UTF-8 without control characters. NULL takes none. */
int text_width(const char *text);

/* TEXT if it fits into COLUMNS, else its beginning with "…" as the last column. Caller frees. */
char *text_ellipsize(const char *text, int columns);

/* "1 step", "2 steps": COUNT with the ONE word or the word for MANY. Caller frees. */
char *text_count(gint64 count, const char *one, const char *many);

/* Put a copy of TEXT (NULL becomes "") in the place of *STRING, which is freed. */
void text_set(char **string, const char *text);

/* Whether A and B (of char, UTF-8) are the same but for upper and lower case, as a GEqualFunc. */
gboolean text_same_name(gconstpointer a, gconstpointer b);

/* STRINGS (of char *) with SEPARATOR between them. Caller frees. */
char *text_join(const GPtrArray *strings, const char *separator);

#endif

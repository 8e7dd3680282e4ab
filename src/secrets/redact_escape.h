/* SPDX-License-Identifier: MIT */
/*
 * What stands at the start of some bytes for a character, or for nothing at all: percent signs, backslashes, entities,
 * quoted-printable, full-width letters, and what cuts a text without being seen. Pure functions; any thread.
 */
#ifndef PERCH_SECRETS_REDACT_ESCAPE_H
#define PERCH_SECRETS_REDACT_ESCAPE_H

#include <glib.h>

/* What an escape at the start of some bytes stands for. */
struct escape {
    gsize used; /* bytes of input; 0: no escape stands there */
    char text[6];
    gsize length;
};

/* The escape that the LEFT bytes (at least one) at BYTES begin with. */
typedef struct escape (*escape_reader)(const guchar *bytes, gsize left);

struct escape escape_read_percent(const guchar *bytes, gsize left);
struct escape escape_read_backslash(const guchar *bytes, gsize left);
struct escape escape_read_html(const guchar *bytes, gsize left);
struct escape escape_read_quoted(const guchar *bytes, gsize left);
struct escape escape_read_wide(const guchar *bytes, gsize left);
struct escape escape_read_cut(const guchar *bytes, gsize left);

/* The number that COUNT hexadecimal digits make; -1 if they are none. */
int escape_hex_number(const guchar *digits, gsize count);

/* The number that at most COUNT digits of BASE make, in *USED of them. */
gunichar escape_number(const guchar *digits, gsize left, gsize count, guint base, gsize *used);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The code points that make trouble in text from outside: what they are called and what may be done with them.
 *
 * One const table, sorted, without overlaps. libc's classes and widths do not serve here: they call bidi marks and
 * zero-width characters printable. Pure functions, usable from any thread.
 */
#ifndef PERCH_BASE_CODE_POINTS_H
#define PERCH_BASE_CODE_POINTS_H

#include <glib.h>

/* Bits, since a code point may belong to several classes. */
enum code_point_class {
    CODE_POINT_PLAIN = 0,
    CODE_POINT_DANGEROUS = 1 << 0, /* class D: escaped wherever text is shown, refused in identifiers */
    CODE_POINT_EDGE = 1 << 1,      /* class E: white space that a copy brings along at the ends */
    CODE_POINT_LOOKALIKE = 1 << 2, /* class R: passes for an ASCII quote, hyphen, slash, dot or letter */
};

/* The classes of CODE_POINT as bits. Takes any number: what is no Unicode scalar value is dangerous. */
unsigned code_point_class(gunichar code_point);

/* "no-break space", "right-to-left override", "Cyrillic small letter a"; "U+" and the number if the table has no name.
 * Printable ASCII is quoted: "'/'". Caller frees. */
char *code_point_name(gunichar code_point);

/* The ASCII character that CODE_POINT passes for: '-' for an en dash, '"' for a typographic quotation mark, 'A' for a
 * full-width A, 'a' for a Cyrillic one; 0 if there is none. */
char code_point_ascii_twin(gunichar code_point);

#endif

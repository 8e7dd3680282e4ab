/* SPDX-License-Identifier: MIT */
/*
 * One text read under another spelling: what it says if its percent signs, backslashes, entities, quoted-printable,
 * full-width letters, hex, base64 or base32 are decoded or what cuts it is left out, and where in the original each
 * byte stood. Lets the redactor find a value however it was written. Values without state; any thread.
 */
#ifndef PERCH_SECRETS_REDACT_VIEW_H
#define PERCH_SECRETS_REDACT_VIEW_H

#include <glib.h>

enum spelling {
    SPELLING_PERCENT,
    SPELLING_BACKSLASH, /* JSON's, C's and the shell's: \n, \u0041, \x41, \101 */
    SPELLING_HTML,
    SPELLING_QUOTED, /* quoted-printable, its soft line ends too */
    SPELLING_WIDE,   /* in the full-width letters of East Asian fonts */
    SPELLING_CUT,    /* by white space, by what cannot be seen or has no width; by NUL, as UTF-16 is */
    SPELLING_HEX_0,  /* _N: N characters of each run are left out before decoding starts */
    SPELLING_HEX_1,
    SPELLING_HEX_APART, /* pairs with something between them: 41:42, 41 42, 0x41, 0x42 */
    SPELLING_NUMBERS,   /* bytes as decimal numbers, as programs print them: 65, 66 */
    SPELLING_OCTAL,     /* the same as od prints them: 101 102 */
    SPELLING_BASE64_0,  /* both alphabets, padded or not */
    SPELLING_BASE64_1,
    SPELLING_BASE64_2,
    SPELLING_BASE64_3,
    SPELLING_BASE32_0,
    SPELLING_BASE32_7 = SPELLING_BASE32_0 + 7,
    SPELLING_BARE, /* letters and digits alone: cut by whatever else, or with a mark before each character */
    SPELLINGS
};

/* What a view is of, found in one pass: most texts can be read under few spellings, and a line of a log is asked for
 * thousands of times. */
struct survey {
    gboolean is_made;
    guint classes;    /* of all its bytes together */
    gsize longest[3]; /* run of digits of 4, 5 and 6 bits */
    gsize hex;        /* digits of 4 bits in all */
    gsize marks;      /* that are no letters or digits of ASCII */
};

/* Bytes that may hold a secret: wiped when freed. */
struct view {
    guchar *bytes;
    gsize *begin; /* bytes[i] stood in the original at begin[i] up to, not including, end[i] */
    gsize *end;
    gsize length;
    gsize capacity;
    struct survey survey;
};
typedef struct view View;

/* TEXT as it is. Caller frees. */
struct view *redact_view_new(const char *text, gsize length);
void redact_view_free(struct view *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(View, redact_view_free)

/* VIEW read as SPELLING. NULL if nothing in it is spelled so. Hex, numbers, base64 and base32 keep only what was
 * decoded, from runs of at least LEAST bytes; the others keep the rest as it is. Caller frees. */
struct view *view_decode(struct view *view, enum spelling spelling, gsize least);

/* TRUE if what SPELLING gives is text with everything around it kept as it reads. */
gboolean spelling_keeps_text(enum spelling spelling);

#endif

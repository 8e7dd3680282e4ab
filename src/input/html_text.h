/* SPDX-License-Identifier: MIT */
/*
 * HTML as browsers and mail programs put it on the clipboard, made plain text in which every code point still knows its
 * place in the input. Not by libxml2 (2.9.14, its push parser with SAX): of 396 pieces of text it placed 361 at once
 * and the others by looking back for a reference, but bytes in another charset than the one declared lose their places
 * (23 of 217 in one page), and what is hidden, struck out, a cell or a paragraph would stay to be found here: no less
 * code. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_HTML_TEXT_H
#define PERCH_INPUT_HTML_TEXT_H

#include "input/source_text.h"

/* Text that a reader does not see, or sees struck out: left out. */
struct html_dropped {
    int from; /* offsets in the input */
    int to;
    gboolean is_struck;
    gboolean is_attached; /* to a mail, and no text */
    gboolean has_value;   /* it speaks of an Event Hub or a resource ID, or has a word in the form of a name */
};

enum html_links {
    LINKS_NONE,
    LINKS_BEFORE, /* the targets of links are kept, each on a line of its own */
    LINKS_MAIL,   /* "Ana Roe <ana@partner.example>": the address of a mail link whose text is another */
};

/* TEXT without tags and character references if it is HTML, else TEXT itself. DROPPED (of struct html_dropped, may be
 * NULL) gets what was left out since it is hidden or struck out. Caller unrefs. */
GArray *html_text(GArray *text, enum html_links links, GArray *dropped);

#endif

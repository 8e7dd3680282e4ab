/* SPDX-License-Identifier: MIT */
/*
 * HTML as browsers and mail programs put it on the clipboard, made plain text in which every code point still knows its
 * place in the input. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_HTML_TEXT_H
#define PERCH_INPUT_HTML_TEXT_H

#include "input/source_text.h"

/* Text that a reader does not see, or sees struck out: left out. */
struct html_dropped {
    int from; /* offsets in the input */
    int to;
    gboolean is_struck;
    gboolean has_value; /* it speaks of an Event Hub or a resource ID, or has a word in the form of a name */
};

/* TEXT without tags and character references if it is HTML, else TEXT itself. WITH_LINKS: the targets of links are
 * kept, each on a line of its own. DROPPED (of struct html_dropped, may be
 * NULL) gets what was left out since it is hidden or struck out. Caller unrefs. */
GArray *html_text(GArray *text, gboolean with_links, GArray *dropped);

#endif

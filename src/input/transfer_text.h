/*
 * Text as mail programs and browsers wrap it up: quoted-printable, base64, percent-encoding, HTML. Each function makes
 * plain text in which every code point still knows its place in the input. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_TRANSFER_TEXT_H
#define PERCH_INPUT_TRANSFER_TEXT_H

#include "input/mapped.h"

/* The text parts of a message in source form, decoded; TEXT itself (another reference) if it is none. Caller unrefs. */
GArray *mail_source_text(GArray *text);

/* TEXT without tags and character references if it is HTML, else TEXT itself. WITH_LINKS: the targets of links are
 * kept, each on a line of its own. Caller unrefs. */
GArray *html_text(GArray *text, gboolean with_links);

/* TEXT with %XX decoded, once or twice, where that shows a resource ID; else TEXT itself. Caller unrefs. */
GArray *percent_text(GArray *text);

#endif

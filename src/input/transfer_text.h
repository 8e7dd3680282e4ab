/* SPDX-License-Identifier: MIT */
/*
 * Text that was wrapped up for transfer without saying so: quoted-printable without headers, percent-encoding in links,
 * escapes in strings of JSON. Each function makes plain text in which every code point still knows its place in the
 * input. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_TRANSFER_TEXT_H
#define PERCH_INPUT_TRANSFER_TEXT_H

#include "input/source_text.h"

/* TEXT with =XX decoded and soft line ends joined, if it has what only quoted-printable has; else TEXT itself (another
 * reference). *FIRST becomes the offset of the first of these, if there is one. Caller unrefs. */
GArray *quoted_printable_text(GArray *text, int *first);

/* TEXT with the escapes of JSON decoded if it is JSON, and %XX decoded, once or twice, where that shows a resource ID;
 * else TEXT itself. Caller unrefs. */
GArray *decoded_text(GArray *text);

#endif

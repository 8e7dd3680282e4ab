/* SPDX-License-Identifier: MIT */
/*
 * A manual page as text for a terminal: the few mdoc macros that the pages in assets/man use, filled to a width. So
 * “perch help TOPIC” shows them where nothing is installed. Pure functions.
 */
#ifndef PERCH_COMMANDS_MAN_TEXT_H
#define PERCH_COMMANDS_MAN_TEXT_H

#include <glib.h>

/* PAGE, an mdoc source, as text. A macro that is not known stands there as it is written. Caller frees. */
char *man_text(const char *page);

/* TEXT, of words and blanks, in lines of at most COLUMNS; no line end behind the last. Caller frees. */
char *man_fill(const char *text, int columns);

#endif

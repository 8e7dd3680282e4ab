/* SPDX-License-Identifier: MIT */
/*
 * The text of a message in source form (an .eml file, "show original"), in which every code point still knows its place
 * in the input. GMime finds the parts: by the boundaries that are declared, in nested messages, with folded headers.
 * Internal to input/; usable from any thread.
 */
#ifndef PERCH_INPUT_MAIL_TEXT_H
#define PERCH_INPUT_MAIL_TEXT_H

#include "input/source_text.h"

/* All text parts of the message in INPUT, decoded and without tags, and what stands before its headers; NULL if INPUT
 * is no message. DROPPED (may be NULL): as for html_text(). Caller unrefs. */
GArray *mail_text(const GArray *input, gboolean with_links, GArray *dropped);

#endif

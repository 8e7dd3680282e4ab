/* SPDX-License-Identifier: MIT */
/*
 * What a person would read of a paste: decoded, without a terminal's control sequences, a mail's source, tags and
 * escapes; each code point still knows its place in the input. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_PASTE_TEXT_H
#define PERCH_INPUT_PASTE_TEXT_H

#include "input/html_text.h"
#include "input/text_encoding.h"

struct paste_text {
    enum text_encoding encoding;
    GArray *input;    /* as it came, in code points; empty if it is no text */
    GArray *shown;    /* what is read */
    GArray *dropped;  /* of struct html_dropped: hidden and struck-out text */
    int terminal_at;  /* where the first control sequence of a terminal was left out; -1: none */
    int break_at;     /* where the first odd line break stands, as word processors make them; -1: none */
    int quoted_at;    /* where the first character was decoded as quoted-printable, which nothing declares; -1: none */
    gboolean is_html; /* spaces at the ends of its lines are the source's */
};

/* Free with paste_text_clear(). WITH_LINKS: the targets of links are read too. */
struct paste_text paste_text_read(const char *bytes, gsize length, gboolean with_links);
void paste_text_clear(struct paste_text *text);

#endif

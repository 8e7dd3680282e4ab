/* SPDX-License-Identifier: MIT */
/*
 * What a line of a text looks like, before its words are read: a program's, a row's, a key. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_LINE_FORMS_H
#define PERCH_INPUT_LINE_FORMS_H

#include "input/source_text.h"

gboolean letter_is_at(const GArray *text, int at);

/* In scripts that do not part words by blanks each letter counts. */
int words_in(const GArray *text, int from, int to);

/* Behind the marks that begin a line: of quoting, of lists, of titles. */
int behind_line_marks(const GArray *text, int from, int to);

/* The start of a comment behind a program's line; TO if there is none. */
int comment_start(const GArray *text, int from, int to);

/* A program's line: an assignment, a brace, a command, a tag. */
gboolean line_is_code(const GArray *text, int from, int to);

/* "CreatedAt", "resource_group_name", "properties.status": a key. */
gboolean part_is_key(const GArray *text, int from, int to);

/* A comma-separated row. */
gboolean line_is_row(const GArray *text, int from, int to);

#endif

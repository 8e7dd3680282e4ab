/* SPDX-License-Identifier: MIT */
/*
 * What stands beside and above the addresses of a guest list: a status column's words, headings that say who is not
 * meant. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_STATUS_WORDS_H
#define PERCH_INPUT_STATUS_WORDS_H

#include "input/source_text.h"

/* The CELL is a status column's word, and so nobody's name: "active", "Yes", "Member". */
gboolean cell_is_status(const GArray *cell);

/* The CELL, whose column TITLE titles (NULL: none does), says that the row's person is not to be invited: "disabled",
 * "No" below "Enabled", a date below "Left on". */
gboolean cell_excludes(const GArray *cell, const char *title);

/* The line from FROM up to TO, which has no address, says so of those below it: "Do not invite:". */
gboolean line_excludes(const GArray *text, int from, int to);

/* The line is a heading, behind which what the one before said ends. */
gboolean line_is_heading(const GArray *text, int from, int to);

/* "#bo@partner.example": taken out by a comment's mark. "#1" is a number, "# " a bullet. */
gboolean line_is_comment(const GArray *text, int from, int to);

/* The column that TITLE titles has remarks in free words. */
gboolean title_is_remark(const char *title);

/* It says whether the row's person was invited. */
gboolean title_is_invited(const char *title);

enum guest_title { TITLE_OTHER, TITLE_MAIL, TITLE_FIRST_NAME, TITLE_LAST_NAME, TITLE_NAME };

/* What the column that TITLE titles has of a guest. */
enum guest_title guest_title_read(const char *title);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What is no sentence, and still says that values are not to be used: a property beside them ("environment": "test",
 * enabled: false, | Approved | no |), a mark (a cross, a stop sign), a line that is struck out or commented out.
 * Internal to input/; pure; linear in the line.
 */
#ifndef PERCH_INPUT_VALUE_MARKS_H
#define PERCH_INPUT_VALUE_MARKS_H

#include "input/source_text.h"

/* A key, a title or a cell of the line from FROM up to TO says so by what stands behind it. Of a capture's own
 * properties, which are in lines below its name, none does. */
gboolean line_has_property(const GArray *text, int from, int to);

/* The line is a table's head with the title of a resource ID or of an Event Hub's name; it has cells at all. */
gboolean line_is_head(const GArray *text, int from, int to);
gboolean line_has_cells(const GArray *text, int from, int to);

/* A cell of the row from FROM up to TO says so, by its title in the line that begins at HEAD. */
gboolean row_is_unfit(const GArray *text, int head, int from, int to);

/* A sign of the line does: of a cross, of work in progress; or its letters stand apart, "D R A F T". */
gboolean line_has_sign(const GArray *text, int from, int to);

/* All of the line, or the resource ID in it, stands between marks that strike out. */
gboolean line_is_struck(const GArray *text, int from, int to);

/* "Event Hub Name != contoso". */
gboolean line_denies(const GArray *text, int from, int to);

/* A comment begins with the line. *IS_INSIDE: before, that it stands inside of one of several lines; behind, that the
 * next one does. */
gboolean line_is_commented(const GArray *text, int from, int to, gboolean *is_inside);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The profile's lines for a person, with what is known filled in. Pure, on the worker thread.
 */
#ifndef PERCH_ENGINE_GUIDE_LINES_H
#define PERCH_ENGINE_GUIDE_LINES_H

#include "board/board.h"
#include "engine/situation.h"

/* LINE with its text (ITEM, NULL: none, stands for {item}) and COPY (may be NULL) filled in. Caller frees. */
struct board_line *guide_line_make(const struct situation *situation, const struct guide_line *line, const char *copy,
                                   const char *item);

/* Add LINE to MADE (of struct board_line); one with forEach once for each line of that value. */
void guide_line_add(const struct situation *situation, const struct guide_line *line, GPtrArray *made);

/* Add to MADE what only a person takes away of what somebody told about STEP. */
void guide_lines_of_leaving(const struct situation *situation, const struct step *step, GPtrArray *made);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * A line of the log in the words of the checklist. Pure.
 */
#ifndef PERCH_BOARD_LOG_TEXT_H
#define PERCH_BOARD_LOG_TEXT_H

#include "board/board.h"
#include "board/event.h"

/* LINE for somebody who reads along: “group “Red Canary”: verified”. What it is about is called as on BOARD (NULL:
 * nothing is known yet), where there is one such thing, as the words of a log mean something only to who reads it.
 * Caller frees. */
char *log_line_text(const struct log_line *line, const struct board *board);

#endif

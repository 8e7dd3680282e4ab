/* SPDX-License-Identifier: MIT */
/*
 * Boards and plans as text for a person, without a console.
 */
#ifndef PERCH_COMMANDS_BOARD_TEXT_H
#define PERCH_COMMANDS_BOARD_TEXT_H

#include <stdio.h>

#include "board/event.h"

void print_board(FILE *out, const struct board *board);
void print_plan(FILE *out, const struct board *board, const struct plan *plan);

/* Of leaving: what others made and nobody decided about, by the keys of the answers; and, of any plan, what it leaves
 * alone though nobody decided so. Nothing where there is nothing. */
void print_undecided(FILE *out, const struct plan *plan);

/* Of leaving: what others made and is to stay, as somebody decided. Nothing where there is nothing. */
void print_kept(FILE *out, const struct plan *plan);
void print_obstacles(FILE *out, const struct plan *plan);

/* After an undo: what perch made and is still there, step by step, and why. */
void print_left(FILE *out, const struct board *board);

/* What somebody handed over and nobody has accepted. */
void print_handed(FILE *out, const struct board_handed *handed);

#endif

/*
 * Boards and plans as text for a person, without a console.
 */
#ifndef PERCH_COMMANDS_BOARD_TEXT_H
#define PERCH_COMMANDS_BOARD_TEXT_H

#include <stdio.h>

#include "engine/event.h"

void print_board(FILE *out, const struct board *board);
void print_plan(FILE *out, const struct board *board, const struct plan *plan);

#endif

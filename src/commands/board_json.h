/* SPDX-License-Identifier: MIT */
/*
 * Boards and plans as the JSON documents of --json. The form is stable: scripts rely on it.
 */
#ifndef PERCH_COMMANDS_BOARD_JSON_H
#define PERCH_COMMANDS_BOARD_JSON_H

#include "base/json_type.h"
#include "board/event.h"

/* PLAN may be NULL. Caller frees. */
json *board_json(const struct board *board, const struct plan *plan);

/* Print DOCUMENT on standard output, indented. */
void print_json(const json *document);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What a run came to, as one JSON object: for --json-line, for the state folder, for tables of many tenants. Its form
 * is stable; "format" tells its version. Pure functions.
 *
 *   {"format":1,"at","command","exit","duration","perch","error":{...} or null,
 *    "tenant":{"id","name","domain"},"partner","profileDated","practice","account","checkedAt","due","drifted",
 *    "summary":{...},"steps":[{"id","number","title","state","reason","link"}]}
 *
 * "duration" is in wall seconds; "due" the time at which the first wait is over, null where nothing waits; "drifted"
 * the number of steps that differ from what is wanted.
 */
#ifndef PERCH_BOARD_RUN_LINE_H
#define PERCH_BOARD_RUN_LINE_H

#include "base/json_type.h"
#include "board/board.h"

struct run_facts {
    const char *command;
    int exit_code;
    gint64 duration;     /* wall microseconds */
    const GError *error; /* NULL if it did what it could */
};

/* BOARD may be NULL where no tenant was reached. Caller frees. */
json *run_line(const struct board *board, const struct run_facts *facts);

/* The counts of a board. Caller frees. */
json *summary_json(const struct board_summary *summary);

/* The step time from which on more can be told or done: the first wait of BOARD is over, or a doubt; 0 if nothing
 * waits. */
gint64 board_due(const struct board *board);

/* How many steps of BOARD differ from what is wanted, or were proved and are not so any more. */
gint64 board_drifted(const struct board *board);

#endif

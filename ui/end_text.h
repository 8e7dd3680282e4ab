/* SPDX-License-Identifier: MIT */
/*
 * The end in words, once for the console and plain mode: what is connected, what is proved and what only told, what
 * comes by itself and when, and what the partner can do now. Pure functions.
 */
#ifndef PERCH_UI_END_TEXT_H
#define PERCH_UI_END_TEXT_H

#include "board/board.h"
#include "ui/grid.h"

/* A paragraph of the end. */
struct end_line {
    enum style style; /* of the label */
    char *label;      /* "Told, and not proved: ", or all of it where TEXT is "" */
    char *text;
};

/* TRUE once no step but the report is left, and something of it is proved. */
gboolean end_is_reached(const struct board *board);

/* "Contoso is connected to Red Canary". Caller frees. */
char *end_title(const struct board *board);

/* What is said under that title, of struct end_line. Caller unrefs. */
GPtrArray *end_lines(const struct board *board);

#endif

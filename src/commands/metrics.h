/* SPDX-License-Identifier: MIT */
/*
 * What a run came to as a file for Prometheus' textfile collector. Pure functions.
 */
#ifndef PERCH_COMMANDS_METRICS_H
#define PERCH_COMMANDS_METRICS_H

#include "board/run_line.h"

/* The metrics of BOARD (NULL: no tenant was reached, TENANT is what was asked for, or NULL). Caller frees. */
char *metrics_text(const struct board *board, const char *tenant, const struct run_facts *facts);

#endif

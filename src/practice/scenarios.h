/* SPDX-License-Identifier: MIT */
/*
 * The practice scenarios by name: assets/practice/scenarios. Any thread.
 */
#ifndef PERCH_PRACTICE_SCENARIOS_H
#define PERCH_PRACTICE_SCENARIOS_H

#include <glib.h>

/* The names, in order. Caller frees with g_strfreev(). */
char **scenario_names(void);

/* One line for each: its name and what it shows. Caller frees. */
char *scenario_list(void);

#endif

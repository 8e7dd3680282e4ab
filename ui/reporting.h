/*
 * Writing the report from the console: a file is asked for, what happened is asked of the session, and whoever started
 * the console writes it. Owned by the UI thread.
 */
#ifndef PERCH_UI_REPORTING_H
#define PERCH_UI_REPORTING_H

#include "ui/console_state.h"

/* The name of a file for this tenant's report. Caller frees. */
char *reporting_file_name(const struct board *board);

/* TYPED as a path: white space round it is gone, ~/ is the home folder. Caller frees. */
char *reporting_path(const char *typed);

/* What happened was told: write the report, if one was asked for. */
void reporting_take_history(struct console *console, const struct history *history);

#endif

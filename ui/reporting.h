/* SPDX-License-Identifier: MIT */
/*
 * Writing the report from the console: a file is asked for, what happened is asked of the session, and whoever started
 * the console writes it. Owned by the UI thread.
 */
#ifndef PERCH_UI_REPORTING_H
#define PERCH_UI_REPORTING_H

#include "ui/ask.h"

/* The name of a file for this tenant's report. Caller frees. */
char *reporting_file_name(const struct board *board);

/* TYPED as a path: white space round it is gone, ~/ is the home folder. Caller frees. */
char *reporting_path_typed(const char *typed);

/* Ask for the name of a file for WHAT ("Write the report"), with NAME offered, and say into which folder it goes; KINDS
 * stands behind that: what names may end with. NAMED is called with what was typed. */
void reporting_ask(struct console *console, const char *what, const char *kinds, const char *name, ask_answered named);

/* The same once more with FILE offered, which could not be written as ERROR says; of its kinds that speaks. */
void reporting_ask_again(struct console *console, const char *what, const char *file, ask_answered named,
                         const GError *error);

/* WRITE is called with that path, numbered with KIND, as what it is about, after a yes where a file is there already.
 * Nothing typed: nothing happens. */
void reporting_to_file(struct console *console, const char *typed, enum command_kind kind, ask_answered write);

/* The report was written to FILE: have that noted, unless another perch holds the tenant. */
void reporting_note(struct session *session, const struct board *board, const char *file);

/* What happened was told: write the report, if one was asked for. */
void reporting_take_history(struct console *console, const struct history *history);

#endif

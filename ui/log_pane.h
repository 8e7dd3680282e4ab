/* SPDX-License-Identifier: MIT */
/*
 * The log's pane: follows the newest line, or stands where the person marked one; shows all lines or those that a
 * filter lets through. Owned by the UI thread.
 */
#ifndef PERCH_UI_LOG_PANE_H
#define PERCH_UI_LOG_PANE_H

#include "ui/console_state.h"

/* The marked line has its mark and the terminal's cursor in the column before AREA. */
void log_pane_draw(struct console *console, struct area area, gboolean active);

/* What the pane's edge says: "following", "line 12 of 400", the filter. Caller frees. */
char *log_pane_words(const struct console *console);

/* A line was added to the store. */
void log_pane_added(struct console *console);

/* Go through the store again: the filter changed. */
void log_pane_refilter(struct console *console);

/* Move the mark by LINES, older ones negative; moving onto the newest follows again. */
void log_pane_move(struct console *console, int lines);

/* Mark the next line, older if DIRECTION is -1, that contains TEXT, and round again from the other end; says which of
 * how many it is. */
void log_pane_find(struct console *console, const char *text, int direction);

/* The marked line, or NULL. Borrowed until the store is read again. */
const struct log_line *log_pane_marked(struct console *console);

/* Mark the line in ROW of the pane as drawn last. */
void log_pane_mark_row(struct console *console, int row);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The whole screen: title bar, the three panes or the view over them, and the last line. Owned by the UI thread.
 */
#ifndef PERCH_UI_BOARD_VIEW_H
#define PERCH_UI_BOARD_VIEW_H

#include "ui/console_state.h"

/* Draw everything into the console's grid, made anew for COLUMNS x ROWS. */
void board_view_draw(struct console *console, int columns, int rows);

/* The checklist as a page of COLUMNS; items are step ids. Caller frees. */
struct text_layout *checklist_layout(const struct console *console, int columns);

/* The title for the terminal's window. Caller frees. */
char *board_view_window_title(const struct console *console);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The end of the screen: the question that stands, else the note, else the key bar. Questions and notes take as many
 * rows as they need, so that they are whole. Owned by the UI thread.
 */
#ifndef PERCH_UI_BOTTOM_H
#define PERCH_UI_BOTTOM_H

#include "ui/console_state.h"

/* The rows it takes on a screen of that size: at least 1, at most half of it. */
int bottom_rows(const struct console *console, int columns, int rows);

void bottom_draw(struct console *console, struct area area);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Where things stand on a screen of a given size. Pure functions.
 */
#ifndef PERCH_UI_PANE_LAYOUT_H
#define PERCH_UI_PANE_LAYOUT_H

#include "ui/grid.h"

/* The insides of the panes; edges and separators lie between them. A pane that does not fit has no rows. */
struct pane_layout {
    gboolean single; /* too small for three panes: one at a time, all of it in body */
    struct area title;
    struct area body; /* between the title and the bottom, edges included */
    struct area checklist, step, log;
    struct area bottom; /* key bar, note or question */
};

/* BOTTOM_ROWS: what the last lines need. ZOOMED: one pane at a time, however large the screen is. */
struct pane_layout pane_layout_of(int columns, int rows, int bottom_rows, gboolean zoomed);

#endif

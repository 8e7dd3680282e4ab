/* SPDX-License-Identifier: MIT */
/*
 * The grid: a picture of the screen in memory that views draw to and that screen.h puts on the terminal.
 *
 * It belongs to the UI thread and knows nothing of curses, so views can be tested without a terminal. Drawing outside
 * the grid is cut off, never an error. No code point that could move the cursor, turn the direction of text or hide
 * itself is ever stored: such ones become a visible box.
 */
#ifndef PERCH_UI_GRID_H
#define PERCH_UI_GRID_H

#include <glib.h>

#define GRID_MARKS 4

#define TENANT_STYLES 3

enum style {
    STYLE_NORMAL,
    STYLE_DIM,
    STYLE_BOLD,
    STYLE_GOOD,
    STYLE_WAIT,
    STYLE_BAD,
    STYLE_ACCENT,
    STYLE_LINK,
    STYLE_TENANT, /* name and domain of a tenant: one of TENANT_STYLES from here on */
    STYLE_TENANT_LAST = STYLE_TENANT + TENANT_STYLES - 1,
    STYLE_MARK, /* reverse video: the offending place of a value, a key on the key bar */
    STYLE_COUNT
};

struct cell {
    gunichar text[1 + GRID_MARKS]; /* the character and what combines with it; 0 ends */
    guint8 columns;                /* 1 or 2; 0: the right half of the one before */
    guint8 style;                  /* enum style */
    gboolean reverse;
    guint16 link; /* of the grid's links, from 1; 0: none */
};

struct grid {
    int columns, rows;
    struct cell *cells;
    GPtrArray *links; /* of char *: addresses that cells lead to */
    gboolean ascii;   /* draw ASCII twins of the glyphs */
    gboolean utf8;    /* the terminal's locale can show more than ASCII */
    gboolean cursor_shown;
    int cursor_column, cursor_row;
};
typedef struct grid Grid;

struct area {
    int column, row, columns, rows;
};

/* Blank, with the cursor hidden. Caller frees with grid_free(). */
struct grid *grid_new(int columns, int rows, gboolean ascii, gboolean utf8);
void grid_free(struct grid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Grid, grid_free)

/* Blank all cells and hide the cursor. */
void grid_clear(struct grid *grid);

/* The columns CHARACTER takes on the terminal: 0 for what combines, 1 or 2. */
int grid_character_columns(gunichar character);

/* The columns of TEXT as grid_put() draws it. */
int grid_text_columns(const char *text);

/* Draw TEXT from COLUMN on, at most LIMIT columns; what does not fit ends in an ellipsis. Returns the columns used. */
int grid_put(struct grid *grid, int column, int row, int limit, enum style style, const char *text);

/* The COLUMNS from COLUMN on lead to ADDRESS, for terminals that know links. */
void grid_link(struct grid *grid, int column, int row, int columns, const char *address);

/* Draw CHARACTER over COUNT columns. */
void grid_repeat(struct grid *grid, int column, int row, int count, enum style style, gunichar character);

void grid_erase(struct grid *grid, struct area area);
void grid_reverse(struct grid *grid, struct area area);
void grid_show_cursor(struct grid *grid, int column, int row);

/* A box round AREA's edge, with a title in its upper edge. */
void grid_frame(struct grid *grid, struct area area, const char *title, const char *right_title);

/* EDGE as a horizontal edge of a box: the two characters of CORNERS at its ends, the titles (NULL or "": none) in it.
 * FOCUSED marks the title so that it can be told without colour. */
void grid_edge(struct grid *grid, struct area edge, const char *corners, const char *title, const char *right_title,
               gboolean focused);

/* The characters of ROW without trailing blanks. Caller frees. For tests and for copying. */
char *grid_row_text(const struct grid *grid, int row);

#endif

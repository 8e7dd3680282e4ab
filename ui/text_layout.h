/* SPDX-License-Identifier: MIT */
/*
 * A text layout: rows of styled text made anew from what is to be shown, with items in it that can be focused, and a
 * view of it that scrolls. Checklist, step, plan, prompts and help are all pages. Owned by the UI thread.
 *
 * An item is named by a value (see item.h), so that the focus survives a layout that was made anew.
 */
#ifndef PERCH_UI_TEXT_LAYOUT_H
#define PERCH_UI_TEXT_LAYOUT_H

#include "ui/grid.h"
#include "ui/hit_area.h"
#include "ui/item.h"

struct text_layout;
typedef struct text_layout TextLayout;

/* Which item has the focus and which row is on top. */
struct scroller {
    int top;
    int rows;          /* as drawn last */
    struct item focus; /* of no kind: nothing */
    int found;         /* the row that was found last, from 1; 0: none */
};

/* An empty page for COLUMNS columns. Caller frees with layout_free(). */
struct text_layout *layout_new(int columns);
void layout_free(struct text_layout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TextLayout, layout_free)

int layout_columns(const struct text_layout *layout);
int layout_rows(const struct text_layout *layout);

/* The columns that the row begun last holds already. */
int layout_last_columns(const struct text_layout *layout);

/* Begin a row that belongs to ITEM (NULL: to none). */
void layout_row(struct text_layout *layout, const struct item *item);

/* Add TEXT to the row begun last. */
void layout_text(struct text_layout *layout, enum style style, const char *text);
void layout_format(struct text_layout *layout, enum style style, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* Add blanks up to COLUMN. */
void layout_tab(struct text_layout *layout, int column);

/* TEXT at the right end of the row begun last; what is left of it is cut before it. */
void layout_right(struct text_layout *layout, enum style style, const char *text);

/* TEXT in as many rows as it takes, broken at blanks and, where there are none, anywhere. Line ends in TEXT are kept.
 * layout_paragraph begins a new row at INDENT; layout_continue begins behind what the row begun last holds already, and
 * further rows at INDENT. */
void layout_paragraph(struct text_layout *layout, const struct item *item, int indent, enum style style,
                      const char *text);
void layout_continue(struct text_layout *layout, int indent, enum style style, const char *text);
/* The same of a value behind its label; where a word of it, an id as a rule, would be broken there, and not in rows of
 * its own, it stands in those: at OWN, or as far to the left of that as it needs. */
void layout_value(struct text_layout *layout, int indent, int own, enum style style, const char *text);
void layout_blank(struct text_layout *layout);

/* TEXT as a paragraph that leads to ADDRESS, for terminals that know links. */
void layout_link(struct text_layout *layout, const struct item *item, const char *address, const char *text);

/* The terminal's cursor stands at this place of the row begun last, COLUMNS behind its end (or before it, negative). */
void layout_cursor(struct text_layout *layout, int columns);

void layout_cursor_off(struct text_layout *layout);

/* The items in order. Borrowed. */
gboolean layout_has_item(const struct text_layout *layout, const struct item *item);
const struct item *layout_first_item(const struct text_layout *layout);

/* The row beyond FROM, downwards if DIRECTION is 1, that contains TEXT without case; -1 if there is none. */
int layout_find(const struct text_layout *layout, const char *text, int from, int direction);

void scroller_clear(struct scroller *scroller);
void scroller_set_focus(struct scroller *scroller, const struct item *item);

/* Move the focus to the next item, STEP 1 down or -1 up; FALSE if there is none further. Without a focus: the first. */
gboolean scroller_move(struct scroller *scroller, const struct text_layout *layout, int step);

/* The same for one who reads: an item that is out of sight is first scrolled to, row by row. */
void scroller_step(struct scroller *scroller, const struct text_layout *layout, int step);

/* A page, with the focus going along to what is in sight; and to the first or last item. */
void scroller_page(struct scroller *scroller, const struct text_layout *layout, int rows);
void scroller_first(struct scroller *scroller, const struct text_layout *layout);
void scroller_last(struct scroller *scroller, const struct text_layout *layout);

/* How many rows are out of sight, as words for an edge: "3 more ↓", "1 ↑ 3 ↓"; BRIEF: "3 ↓". NULL: none is. Caller
 * frees. */
char *scroller_out_of_sight(const struct scroller *scroller, const struct text_layout *layout, gboolean brief);

/* Bring ROW into sight; its item, if it has one, gets the focus. */
void scroller_show_row(struct scroller *scroller, const struct text_layout *layout, int row);

void scroller_scroll(struct scroller *scroller, const struct text_layout *layout, int rows);

/* TRUE if a row of the focused item is in sight. */
gboolean scroller_sees_focus(const struct scroller *scroller, const struct text_layout *layout);

/* Bring the focused item into sight; call when the focus moved. */
void scroller_reveal(struct scroller *scroller, const struct text_layout *layout);

/* Draw into AREA. If ACTIVE the focused item is reversed and has a mark in the column before AREA (the checklist brings
 * its own), with the terminal's cursor on it, for braille displays and magnifiers. Items become mouse hits of KIND. */
void layout_draw(struct text_layout *layout, struct scroller *scroller, struct grid *grid, struct area area,
                 gboolean active, GArray *hits, enum hit_kind kind);

/* TEXT with line ends in place of blanks, so that no line but that of a longer word is wider than COLUMNS (0: any).
 * Caller frees. */
char *layout_wrap_text(const char *text, int columns);

#endif

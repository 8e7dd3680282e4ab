/*
 * A page: rows of styled text made anew from what is to be shown, with items in it that can be focused, and a view of
 * it that scrolls. Checklist, step, plan, prompts and help are all pages. Owned by the UI thread.
 *
 * An item is named by a text ("field:company"), so that the focus survives a page that was made anew.
 */
#ifndef PERCH_UI_PAGE_H
#define PERCH_UI_PAGE_H

#include "ui/grid.h"
#include "ui/target.h"

struct page;
typedef struct page Page;

/* Which item has the focus and which row is on top. */
struct page_view {
    int top;
    int rows;    /* as drawn last */
    char *focus; /* NULL: nothing */
};

/* An empty page for COLUMNS columns. Caller frees with page_free(). */
struct page *page_new(int columns);
void page_free(struct page *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Page, page_free)

int page_columns(const struct page *page);
int page_rows(const struct page *page);

/* The columns that the row begun last holds already. */
int page_last_columns(const struct page *page);

/* Begin a row that belongs to ITEM (NULL: to none). */
void page_row(struct page *page, const char *item);

/* Add TEXT to the row begun last. */
void page_text(struct page *page, enum style style, const char *text);
void page_format(struct page *page, enum style style, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* Add blanks up to COLUMN. */
void page_tab(struct page *page, int column);

/* TEXT at the right end of the row begun last; what is left of it is cut before it. */
void page_right(struct page *page, enum style style, const char *text);

/* TEXT in as many rows as it takes, broken at blanks and, where there are none, anywhere. Line ends in TEXT are kept.
 * page_paragraph begins a new row at INDENT; page_continue begins behind what the row begun last holds already, and
 * further rows at INDENT. */
void page_paragraph(struct page *page, const char *item, int indent, enum style style, const char *text);
void page_continue(struct page *page, int indent, enum style style, const char *text);
void page_blank(struct page *page);

/* The terminal's cursor stands at this place of the row begun last, COLUMNS behind its end (or before it, negative). */
void page_cursor(struct page *page, int columns);

void page_cursor_off(struct page *page);

/* The items in order. Borrowed. */
gboolean page_has_item(const struct page *page, const char *item);
const char *page_first_item(const struct page *page);

/* The row beyond FROM, downwards if DIRECTION is 1, that contains TEXT without case; -1 if there is none. */
int page_find(const struct page *page, const char *text, int from, int direction);

void page_view_clear(struct page_view *view);
void page_view_set_focus(struct page_view *view, const char *item);

/* Move the focus by STEP items; FALSE if there is none further. A view without a focus takes the first item. */
gboolean page_view_move(struct page_view *view, const struct page *page, int step);

void page_view_scroll(struct page_view *view, const struct page *page, int rows);

/* Bring the focused item into sight; call when the focus moved. */
void page_view_reveal(struct page_view *view, const struct page *page);

/* -1: the focused item lies above what is in sight, 1: below, 0: it can be seen or there is none. */
int page_view_focus_side(const struct page_view *view, const struct page *page);

/* Draw into AREA. The focused item is reversed if ACTIVE. Items become mouse targets of KIND. */
void page_draw(struct page *page, struct page_view *view, struct grid *grid, struct area area, gboolean active,
               struct targets *targets, enum target_kind kind);

#endif

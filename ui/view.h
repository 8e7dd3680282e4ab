/*
 * A view: what stands over the board, full screen or in a box. Each view is one file that ends in a const table of
 * these functions. Owned by the UI thread.
 */
#ifndef PERCH_UI_VIEW_H
#define PERCH_UI_VIEW_H

#include "ui/console_state.h"

struct view_ops {
    guint place;                                                            /* of its keys */
    char *(*title)(const struct console *console, const struct view *view); /* caller frees */
    void (*fill)(const struct console *console, struct view *view, struct page *page);
    void (*choose)(struct console *console, struct view *view);            /* Enter on the focused item; may be NULL */
    char *(*copy)(const struct console *console, const struct view *view); /* what y copies; NULL: nothing */
    void (*free)(gpointer data);
    gboolean box;     /* only as large as its text */
    gboolean focuses; /* moves a mark over items; else keys scroll */
};

struct view {
    const struct view_ops *ops;
    gpointer data;
    struct page_view page;
    int columns; /* of the page as drawn last */
    char *find;
};

/* Takes DATA. Caller frees with view_free(). */
struct view *view_new(const struct view_ops *ops, gpointer data);
void view_free(gpointer view);

/* The view's page for its present width. Caller frees. */
struct page *view_page(const struct console *console, struct view *view);

void view_draw(struct console *console, struct view *view, struct area area);

#endif

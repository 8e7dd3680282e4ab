/* SPDX-License-Identifier: MIT */
/*
 * A view: what stands over the board, full screen or in a box. Each view is one file that ends in a const table of
 * these functions. Owned by the UI thread.
 */
#ifndef PERCH_UI_VIEWS_OVERLAY_H
#define PERCH_UI_VIEWS_OVERLAY_H

#include "ui/console_state.h"

struct overlay_ops {
    guint place; /* of its keys */
    void (*fill)(const struct console *console, struct overlay *overlay, struct text_layout *layout);
    gboolean (*key)(struct console *console, struct overlay *overlay, const struct key_event *key); /* may be NULL */
    void (*choose)(struct console *console, struct overlay *overlay); /* Enter on the focused item; may be NULL */
    const char *enter; /* what Enter does, on the key bar; NULL: nothing */
    char *(*copy)(const struct console *console, const struct overlay *overlay); /* what y copies; NULL: nothing */
    void (*free)(gpointer data);
    gboolean bare;    /* without edges: all rows are needed */
    gboolean box;     /* only as large as its text */
    gboolean focuses; /* moves a mark over items; else keys scroll */
};

struct overlay {
    const struct overlay_ops *ops;
    gpointer data;
    char *title;
    struct scroller scroller;
    int columns;   /* of the page as drawn last */
    int unread;    /* rows below those in sight, as drawn last; 0 for good once the last one was on the screen */
    gboolean read; /* the last row was on the screen */
};

/* Takes DATA. Caller frees with overlay_free(). */
struct overlay *overlay_new(const struct overlay_ops *ops, const char *title, gpointer data);
void overlay_free(gpointer overlay);

/* The view's page for its present width. Caller frees. */
struct text_layout *overlay_layout(const struct console *console, struct overlay *overlay);

/* FALSE if what is marked is out of sight. */
gboolean overlay_sees_mark(const struct console *console, struct overlay *overlay);

void overlay_draw(struct console *console, struct overlay *overlay, struct area area);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What a row of text stands for: the thing that Enter, a click or y act on. A plain value that may be copied; its texts
 * are interned, so none is freed and the focus survives a layout that was made anew. Owned by the UI thread.
 */
#ifndef PERCH_UI_ITEM_H
#define PERCH_UI_ITEM_H

#include <glib.h>

enum item_kind {
    ITEM_NONE,
    ITEM_ACTION,  /* number: enum action_id */
    ITEM_STEP,    /* name: step id */
    ITEM_FIELD,   /* name: path of the answers file; number: of the choice or person on that row, 0: none; the same item
                   */
    ITEM_MEND,    /* name: key of an object that a person mends by hand */
    ITEM_CHOICE,  /* name: object key, value: of the struct board_choice */
    ITEM_DECIDED, /* name: key of an object that something was decided about */
    ITEM_LINE,    /* number: index of a guide's line */
    ITEM_REQUEST, /* number: index in a plan */
    ITEM_STAYS,   /* number: index of a leave_choice in a plan */
    ITEM_PASTED,  /* number: which of the values of a paste; see paste_view.c */
    ITEM_TENANT,  /* number: of tenant_list.h */
    ITEM_FILE,    /* name: a path */
    ITEM_BEGIN,   /* the greeting's way into the work */
    ITEM_PRACTISE, /* ... and into practice */
};

struct item {
    enum item_kind kind;
    int number;
    const char *name;  /* interned, or NULL */
    const char *value; /* interned, or NULL */
};

struct item item_numbered(enum item_kind kind, int number);
struct item item_named(enum item_kind kind, const char *name);
struct item item_choice(const char *object, const char *value);

/* NULL is the item of no kind. */
gboolean item_equal(const struct item *a, const struct item *b);

#endif

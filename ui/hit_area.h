/* SPDX-License-Identifier: MIT */
/*
 * What a click hits: areas of the screen that were drawn last, each with an action or an item. Owned by the UI thread.
 */
#ifndef PERCH_UI_HIT_AREA_H
#define PERCH_UI_HIT_AREA_H

#include <glib.h>

#include "ui/grid.h"
#include "ui/item.h"

enum hit_kind {
    HIT_ACTION, /* number: an enum action_id */
    HIT_CHECKLIST,
    HIT_STEP,
    HIT_LOG, /* number: the row */
    HIT_OVERLAY,
    HIT_KEY,    /* number: the enum key_kind that it stands for */
    HIT_ANSWER, /* of a question; number: 0 the button, 1 the way back */
};

struct hit_area {
    struct area area;
    enum hit_kind kind;
    int number;
    struct item item; /* of no kind: the pane itself */
};

/* The areas are an array of struct hit_area. */
void hit_areas_add(GArray *hits, struct area area, enum hit_kind kind, int number, const struct item *item);

/* The one drawn last at that place, or NULL. Borrowed until the next drawing. */
const struct hit_area *hit_areas_at(const GArray *hits, int column, int row);

#endif

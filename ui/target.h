/*
 * What a click hits: areas of the screen that were drawn last, each with an action or an item. Owned by the UI thread.
 */
#ifndef PERCH_UI_TARGET_H
#define PERCH_UI_TARGET_H

#include <glib.h>

#include "ui/grid.h"

enum target_kind {
    TARGET_ACTION, /* number: an enum action_id */
    TARGET_CHECKLIST,
    TARGET_STEP,
    TARGET_LOG, /* number: the row */
    TARGET_VIEW,
};

struct target {
    struct area area;
    enum target_kind kind;
    int number;
    char *item; /* NULL: the pane itself */
};

struct targets;
typedef struct targets Targets;

struct targets *targets_new(void);
void targets_free(struct targets *targets);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Targets, targets_free)

void targets_clear(struct targets *targets);
void targets_add(struct targets *targets, struct area area, enum target_kind kind, int number, const char *item);

/* The one drawn last at that place, or NULL. Borrowed until the next drawing. */
const struct target *targets_at(const struct targets *targets, int column, int row);

#endif

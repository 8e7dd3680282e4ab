/* SPDX-License-Identifier: MIT */
/*
 * What a colleague handed over and nobody has accepted yet: what it would change, what it says that others said.
 * Owned by the UI thread.
 */
#ifndef PERCH_UI_VIEWS_HANDED_VIEW_H
#define PERCH_UI_VIEWS_HANDED_VIEW_H

#include "ui/views/overlay.h"

/* BOARD is shown as it is told last, as long as it has something handed over. Caller pushes or frees. */
struct overlay *handed_view_new(const struct board *board);

gboolean handed_view_is(const struct overlay *view);

#endif

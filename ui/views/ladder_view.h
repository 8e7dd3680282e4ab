/* SPDX-License-Identifier: MIT */
/*
 * What to try when a portal refuses. Owned by the UI thread.
 */
#ifndef PERCH_UI_VIEWS_LADDER_VIEW_H
#define PERCH_UI_VIEWS_LADDER_VIEW_H

#include "ui/views/overlay.h"

/* What to try when the portal of STEP refuses, rung by rung, the one first that its refusal points to. STEP has a
 * trouble_title; it is copied. */
struct overlay *ladder_view_new(const struct board_step *step);

/* The step whose ladder VIEW is, or NULL if it is another kind of view (or NULL). Borrowed. */
const char *ladder_view_step(const struct overlay *overlay);

/* The rung to try, from 1, if the practice tenant can do it; else 0. */
int ladder_view_form(const struct overlay *overlay);

#endif

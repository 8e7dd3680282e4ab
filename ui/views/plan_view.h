/* SPDX-License-Identifier: MIT */
/*
 * The plan: every request that would be sent. Owned by the UI thread.
 */
#ifndef PERCH_UI_VIEWS_PLAN_VIEW_H
#define PERCH_UI_VIEWS_PLAN_VIEW_H

#include "ui/views/overlay.h"

/* The requests of PLAN for the tenant of BOARD; one of them may be open. A reference is taken. Caller pushes or frees.
 */
struct overlay *plan_view_new(struct plan *plan, const struct board *board);

/* The plan in VIEW, or NULL if it is another kind of view. Borrowed. */
struct plan *plan_view_plan(const struct overlay *overlay);

/* TRUE if OVERLAY is a plan's view in which something was decided that is not sent yet, or nothing was at all. */
gboolean plan_view_is_open(const struct overlay *overlay);

/* What Enter does to the marked row of VIEW, a view of any kind; NULL: nothing. Static. */
const char *plan_view_enter(const struct overlay *view);

/* Of a plan of leaving: send what was decided in OVERLAY, a plan's view, about what others made. FALSE if nothing was:
 * the plan is as it was agreed to. */
gboolean plan_view_send_decisions(const struct overlay *overlay, struct session *session);

#endif

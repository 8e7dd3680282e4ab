/* SPDX-License-Identifier: MIT */
/*
 * All keys. Owned by the UI thread.
 */
#ifndef PERCH_UI_VIEWS_HELP_VIEW_H
#define PERCH_UI_VIEWS_HELP_VIEW_H

#include "ui/views/overlay.h"

/* All actions with their keys, those of PLACE first; a list that is filtered while typing, and Enter does what is
 * marked.
 */
struct overlay *help_view_new(guint place);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The end: what is connected, what is proved and what only told, what comes by itself and when, and what is left to a
 * person. Owned by the UI thread.
 */
#ifndef PERCH_UI_VIEWS_END_VIEW_H
#define PERCH_UI_VIEWS_END_VIEW_H

#include "ui/views/overlay.h"

struct overlay *end_view_new(const struct board *board);

#endif

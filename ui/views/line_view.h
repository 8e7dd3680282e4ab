/* SPDX-License-Identifier: MIT */
/*
 * One line of the log with all that is known about it. Owned by the UI thread.
 */
#ifndef PERCH_UI_VIEWS_LINE_VIEW_H
#define PERCH_UI_VIEWS_LINE_VIEW_H

#include "ui/views/overlay.h"

/* LINE of the log with all that is known about it. It is copied. */
struct overlay *line_view_new(const struct log_line *line);

#endif

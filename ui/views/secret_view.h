/* SPDX-License-Identifier: MIT */
/*
 * A secret that is shown once and kept nowhere. Owned by the UI thread.
 */
#ifndef PERCH_UI_VIEWS_SECRET_VIEW_H
#define PERCH_UI_VIEWS_SECRET_VIEW_H

#include "ui/views/overlay.h"

/* A secret that is shown once. It is copied, and overwritten when the view is freed. */
struct overlay *secret_view_new(const struct shown_secret *secret);

/* TRUE if VIEW (NULL: no) is one of these: what is copied from it does not stay on the clipboard. */
gboolean secret_view_is(const struct overlay *view);

#endif

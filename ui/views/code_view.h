/* SPDX-License-Identifier: MIT */
/*
 * A QR code. Owned by the UI thread.
 */
#ifndef PERCH_UI_VIEWS_CODE_VIEW_H
#define PERCH_UI_VIEWS_CODE_VIEW_H

#include "ui/views/overlay.h"

/* TEXT as a QR code. */
struct overlay *code_view_new(const char *text);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Where and how to sign in. Owned by the UI thread.
 */
#ifndef PERCH_UI_VIEWS_SIGN_IN_VIEW_H
#define PERCH_UI_VIEWS_SIGN_IN_VIEW_H

#include "ui/views/overlay.h"

/* PROMPT is copied. */
struct overlay *sign_in_view_new(const struct prompt *prompt);

/* What Enter does in the view that is on top, a sign-in's, for the key bar. Static. */
const char *sign_in_view_enter(const struct console *console);

/* The address to open, or NULL if VIEW is another kind of view. Borrowed. */
const char *sign_in_view_url(const struct overlay *overlay);

/* The same for a browser of this machine, whose arguments other users can read. */
const char *sign_in_view_start(const struct overlay *overlay);

#endif

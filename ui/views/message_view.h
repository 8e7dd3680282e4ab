/* SPDX-License-Identifier: MIT */
/*
 * A message of two sentences. Owned by the UI thread.
 */
#ifndef PERCH_UI_VIEWS_MESSAGE_VIEW_H
#define PERCH_UI_VIEWS_MESSAGE_VIEW_H

#include "ui/views/overlay.h"

/* A message of two sentences; HINT may be "", and so may HEADLINE where it is something to read and no message. */
struct overlay *message_view_new(const char *title, const char *headline, const char *hint);

/* The same about LINK, which is what is copied from it; NULL: about none. */
struct overlay *message_view_new_about(const char *title, const char *headline, const char *hint, const char *link);

/* The link that OVERLAY, which may be NULL, is about; NULL if none. Borrowed. */
const char *message_view_link(const struct overlay *overlay);

/* OVERLAY, which may be NULL, is such a message under TITLE. */
gboolean message_view_is(const struct overlay *overlay, const char *title);

#endif

/*
 * Opening a link in the browser of this machine. Owned by the UI thread.
 */
#ifndef PERCH_UI_BROWSER_H
#define PERCH_UI_BROWSER_H

#include <glib.h>

/* Hand URL (http or https, nothing else) to xdg-open, with nothing of it on this terminal. FALSE and
 * PERCH_ERROR_USAGE if that cannot be started. Returns at once. */
gboolean browser_open(const char *url, GError **error);

#endif

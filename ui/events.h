/* SPDX-License-Identifier: MIT */
/*
 * What the session tells, taken into the console. Owned by the UI thread.
 */
#ifndef PERCH_UI_EVENTS_H
#define PERCH_UI_EVENTS_H

#include "ui/console_state.h"

/* So many are taken at most before a key is looked for. */
#define EVENTS_AT_ONCE 64

/* Take events that wait, not for long. TRUE if more may wait: the session's descriptor then stays readable. */
gboolean events_take(struct console *console);

/* Ring and read the tenant again when a wait has come to its end. */
void events_notice_due(struct console *console);

/* Take what was copied and is secret off the clipboard once its time is over, or at once when LEAVING. */
void events_notice_clipboard(struct console *console, gboolean leaving);

/* Say so when the browser that was asked could not open the page. */
void events_notice_browser(struct console *console);

/* Monotonic time of the next thing that changes on the screen by itself; G_MAXINT64 if there is none. */
gint64 events_deadline(const struct console *console);

#endif

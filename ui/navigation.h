/* SPDX-License-Identifier: MIT */
/*
 * Where the person is: the step that is shown and what stands over the board. Owned by the UI thread.
 */
#ifndef PERCH_UI_NAVIGATION_H
#define PERCH_UI_NAVIGATION_H

#include "ui/console_state.h"

/* Show STEP (an id); what is being typed in another step stays there. */
void console_select(struct console *console, const char *step);

/* Show an overlay on top of the board; takes it. */
void console_push(struct console *console, struct overlay *overlay);
void console_pop(struct console *console);

#endif

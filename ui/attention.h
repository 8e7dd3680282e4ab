/* SPDX-License-Identifier: MIT */
/*
 * How a person who looks elsewhere is called: the terminal's bell and a desktop notification, once for a thing, and the
 * window's title. UI thread.
 */
#ifndef PERCH_UI_ATTENTION_H
#define PERCH_UI_ATTENTION_H

#include "ui/console_state.h"

/* The title says what the board asks of the person now. */
void attention_show(struct console *console);

/* Something came up that waits for the person, as a sign-in does; WHY is a line for the desktop. */
void attention_ring(struct console *console, const char *why);

/* The wait that ended at DUE is over. */
void attention_due(struct console *console, const struct board_step *step);

/* A command ended. A run that leaves something to the person rings; one that the person stopped does not. */
void attention_done(struct console *console, const struct done *done);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * After a portal step perch looks for what was done there by itself, for two minutes, and says what it has not seen
 * yet. Owned by the UI thread.
 */
#ifndef PERCH_UI_LOOK_AGAIN_H
#define PERCH_UI_LOOK_AGAIN_H

#include "ui/console_state.h"

/* Something was done for STEP that the tenant shows with some delay: the tenant is read every few seconds until the
 * step is settled or two minutes have passed. Nothing where the step is settled already. */
void look_again_begin(struct console *console, const struct board_step *step);

/* Read once more if it is time to, and say so when it is seen or when the time is over. */
void look_again_tick(struct console *console);

/* Monotonic time of the next look; G_MAXINT64: none is due. */
gint64 look_again_deadline(const struct console *console);

/* Where STEP is what is looked for: until when, and what was not seen yet. */
void look_again_fill(const struct console *console, struct text_layout *layout, const struct board_step *step);

#endif

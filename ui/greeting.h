/* SPDX-License-Identifier: MIT */
/*
 * What stands in the step's pane at the first run: what perch is, what it needs, how long it takes. Pure drawing.
 */
#ifndef PERCH_UI_GREETING_H
#define PERCH_UI_GREETING_H

#include "ui/console_state.h"

/* What perch is for, what it promises, and what is to be at hand; NULL-terminated, static. PRACTICE: against a made-up
 * tenant. */
const char *const *greeting_sentences(gboolean practice);

void greeting_fill(const struct console *console, struct text_layout *layout);

#endif

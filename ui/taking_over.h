/* SPDX-License-Identifier: MIT */
/*
 * What a colleague handed over is shown and asked about before anything of it counts. Owned by the UI thread.
 */
#ifndef PERCH_UI_TAKING_OVER_H
#define PERCH_UI_TAKING_OVER_H

#include "ui/console_state.h"

/* Show what was handed over, and ask. */
void taking_over_offer(struct console *console);

/* Ask about what is shown. */
void taking_over_ask(struct console *console);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The step's pane: explanation, fields, decisions, guide, link, wait and proof of the step that is shown, as a page.
 * Owned by the UI thread.
 */
#ifndef PERCH_UI_STEP_PANE_H
#define PERCH_UI_STEP_PANE_H

#include "ui/console_state.h"

/* Caller frees. */
struct text_layout *step_pane_layout(struct console *console, int columns);

/* Where LAYOUT does not hold the focus, it goes to the first value that is missing, else to the first item. */
void step_pane_find_focus(struct console *console, const struct text_layout *layout);

/* How many of the values that are needed are there: "5 of 9 filled in". Caller frees. */
char *step_pane_values_count(const struct console *console);

/* Do what the focused item offers. */
void step_pane_choose(struct console *console);

/* Take the choice NUMBER, from 1, of the step's first open decision. FALSE if there is none such. */
gboolean step_pane_choose_number(struct console *console, int number);

/* What y copies with the present focus, and its name. Caller frees; NULL if there is nothing. */
char *step_pane_copy_text(const struct console *console, const char **what);

#endif

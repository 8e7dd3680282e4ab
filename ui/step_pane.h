/*
 * The step's pane: explanation, fields, decisions, guide, link, wait and proof of the step that is shown, as a page.
 * Owned by the UI thread.
 */
#ifndef PERCH_UI_STEP_PANE_H
#define PERCH_UI_STEP_PANE_H

#include "ui/console_state.h"

/* Items: "field:PATH", "decide:OBJECT:VALUE", "copy:N", "link", "form", "tell", "wait", "begin", "practise", "sign-in",
 * "device-code". Caller frees. */
struct page *step_pane_page(const struct console *console, int columns);

/* Do what the focused item offers. */
void step_pane_choose(struct console *console);

/* Take the choice NUMBER, from 1, of the step's first open decision. FALSE if there is none such. */
gboolean step_pane_choose_number(struct console *console, int number);

/* What y copies with the present focus, and its name. Caller frees; NULL if there is nothing. */
char *step_pane_copy_text(const struct console *console, const char **what);

#endif

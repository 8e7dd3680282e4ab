/*
 * A paste that holds more than one value: the partner's e-mail. Owned by the UI thread.
 */
#ifndef PERCH_UI_PASTE_OFFER_H
#define PERCH_UI_PASTE_OFFER_H

#include "ui/console_state.h"

/* TRUE if values of fields, of whichever step, were found in TEXT, which is more than a single value: they are shown in
 * a view with all that was found about them, and taken on the person's word. */
gboolean paste_offer(struct console *console, const char *text);

/* The question of paste_offer() was answered or refused: its view goes with it. */
void paste_offer_settle(struct console *console);

#endif

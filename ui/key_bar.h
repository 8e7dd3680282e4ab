/* SPDX-License-Identifier: MIT */
/*
 * The last line of the screen: the keys that do something here and now, made from the table of actions. Owned by the
 * UI thread.
 */
#ifndef PERCH_UI_KEY_BAR_H
#define PERCH_UI_KEY_BAR_H

#include "ui/console_state.h"

/* TRUE if the action is worth a place on the key bar now. */
gboolean key_bar_offers(const struct console *console, enum action_id id);

/* TRUE if the action is about one step, and none is shown: the greeting stands there, or the form of all values. */
gboolean key_bar_wants_one_step(const struct console *console, enum action_id id);

/* Draw the keys, which become mouse hits. */
void key_bar_draw(struct console *console, struct area area);

#endif

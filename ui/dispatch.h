/* SPDX-License-Identifier: MIT */
/*
 * Which part of the console a key event belongs to. Owned by the UI thread.
 */
#ifndef PERCH_UI_DISPATCH_H
#define PERCH_UI_DISPATCH_H

#include "ui/console_state.h"

/* Give KEY to the question, the field, or the action it stands for. */
void dispatch_key(struct console *console, const struct key_event *key);

#endif

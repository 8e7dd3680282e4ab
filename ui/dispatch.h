/*
 * Which part of the console a press belongs to. Owned by the UI thread.
 */
#ifndef PERCH_UI_DISPATCH_H
#define PERCH_UI_DISPATCH_H

#include "ui/console_state.h"

/* Give PRESS to the question, the field, or the action it stands for. */
void dispatch_press(struct console *console, const struct press *press);

#endif

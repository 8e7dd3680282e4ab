/* SPDX-License-Identifier: MIT */
/*
 * Ctrl-C in plain mode: it ends the questions as the end of the input does, and what is being sent is finished first.
 * The next one ends the program at once. For the thread that runs plain_run(), once a process at a time.
 */
#ifndef PERCH_UI_PLAIN_INTERRUPT_H
#define PERCH_UI_PLAIN_INTERRUPT_H

#include <glib.h>

/* A descriptor that can be read once Ctrl-C was pressed; -1 if there is none, and then it ends the program. */
int plain_interrupt_catch(void);
void plain_interrupt_release(void);

#endif

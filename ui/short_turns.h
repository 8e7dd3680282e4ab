/* SPDX-License-Identifier: MIT */
/*
 * How soon the thread that answers keys gets a processor when others are busy.
 */
#ifndef PERCH_UI_SHORT_TURNS_H
#define PERCH_UI_SHORT_TURNS_H

/* Ask the kernel for many short turns for the calling thread instead of few long ones (sched_setattr(2), Linux 6.12 or
 * newer; an older one does not look at it): whoever takes short turns gets the next one sooner. Its share of the
 * processor stays, and programs that it starts have the usual turns. */
void short_turns_ask(void);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The question whether a plan that is shown is to be sent. Enter on a button is soon pressed, at the end of a word that
 * was typed for another window too: the button comes only after the plan was in sight for half a second, and until then
 * no key is taken. A domain is typed by nobody who does not mean it, and is asked for at once, unless it was typed at a
 * plan before that had to be made anew. Owned by the UI thread.
 */
#ifndef PERCH_UI_PLAN_QUESTION_H
#define PERCH_UI_PLAN_QUESTION_H

#include "ui/console_state.h"

/* Ask about PLAN, the view on top. */
void plan_question_begin(struct console *console, const struct plan *plan);

/* Have PLAN, which names a day that has gone by, made anew, and ask again; TYPED is what was typed at it, which is not
 * typed again. */
void plan_question_make_anew(struct console *console, const struct plan *plan, const char *typed);

/* A key was pressed before the button came: it comes once none was for a while, so that a key that is held, or pressed
 * again as nothing seems to happen, agrees to nothing. */
void plan_question_put_off(struct console *console);

/* TRUE if the button was still to come: it does not any more, and the plan stays. */
gboolean plan_question_stop(struct console *console);

/* Show the button if it is time to. */
void plan_question_tick(struct console *console);

#endif

/*
 * A question in the last line of the screen: a text, or yes or no. Keys it does not need go on to what is under it, so
 * a plan can be scrolled while its question stands. Owned by the UI thread.
 */
#ifndef PERCH_UI_ASK_H
#define PERCH_UI_ASK_H

#include "ui/console_state.h"

/* Called with what was typed, after the question is gone; it may ask again. DATA as given. */
typedef void (*ask_answered)(struct console *console, const char *text, const char *data);

/* DATA is copied. TEXT stands in the line to begin with. */
void ask_text(struct console *console, const char *label, const char *text, ask_answered answered, const char *data);

/* Called on y only. */
void ask_yes_no(struct console *console, const char *label, ask_answered answered, const char *data);

/* A sentence above the question: why the last answer would not do. */
void ask_remark(struct console *console, const char *remark);

void ask_close(struct console *console);

/* TRUE if PRESS was the question's. */
gboolean ask_press(struct console *console, const struct press *press);

/* The rows the question takes at the bottom of the screen. */
int ask_rows(const struct console *console);
void ask_draw(struct console *console, struct area area);

#endif

/*
 * A question in the last lines of the screen: a text, or yes or no. Keys it does not need go on to what is under it, so
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

/* The question that stands, for COLUMNS columns, with its keys or the line that is typed. Caller frees. */
struct page *ask_page(const struct console *console, int columns);

#endif

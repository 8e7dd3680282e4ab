/* SPDX-License-Identifier: MIT */
/*
 * A question in the last lines of the screen: a text, a word that has to be typed whole, or a marked button.
 * While one stands no key is a command: what does not fit it is refused with a sentence, and only the keys that scroll
 * go on to what is under it, so that a plan can be read while its question stands. Owned by the UI thread.
 */
#ifndef PERCH_UI_ASK_H
#define PERCH_UI_ASK_H

#include "ui/agreement.h"
#include "ui/console_state.h"

/* Called with what was typed ("" for a button), after the question is gone; it may ask again. ABOUT as given. */
typedef void (*ask_answered)(struct console *console, const char *text, const struct item *about);

/* ABOUT (NULL: nothing) is copied. TEXT stands in the line to begin with. */
void ask_text(struct console *console, const char *label, const char *text, ask_answered answered,
              const struct item *about);

/* Answered only by WORD, typed whole in either case; what cannot become it is said to be wrong while it is typed. BEGUN
 * (NULL: nothing) is what is typed of it already. */
void ask_word(struct console *console, const char *label, const char *begun, const char *word, ask_answered answered);

/* Called when Enter is pressed on BUTTON, which is marked to begin with. A letter is refused and moves the mark to the
 * way back, so that the Enter at a word's end does nothing. */
void ask_button(struct console *console, const char *label, const char *button, ask_answered answered,
                const struct item *about);

/* The button that was just asked: the way back is marked to begin with. */
void ask_mark_way_back(struct console *console);

/* The question that was just asked is not answered as long as HELD gives a sentence (which is freed), which stands
 * above it: what there is to read first. */
void ask_hold(struct console *console, char *(*held)(const struct console *console));

/* The button of AGREEMENT, below what is SAID (NULL: its own words). Where it is careful the way back is marked to
 * begin with. */
void ask_agreement(struct console *console, enum agreement agreement, const char *said, ask_answered answered,
                   const struct item *about);

/* The question of AGREEMENT, if it stands, is gone unanswered: what it was about is over. */
void ask_withdraw(struct console *console, enum agreement agreement);

/* A sentence above the question: why the last answer would not do. */
void ask_remark(struct console *console, const char *remark);
gboolean ask_has_remark(const struct console *console);

/* Add the buttons of a question as drawn last in AREA, whose first row shows its row TOP, to HITS. */
void ask_add_hits(const struct console *console, struct area area, int top, GArray *hits);

/* A click on the button (0) or the way back (1). */
void ask_click(struct console *console, int place);

void ask_close(struct console *console);

/* TRUE if KEY was the question's. */
gboolean ask_key(struct console *console, const struct key_event *key);

/* The question that stands, for COLUMNS columns, with its keys or the line that is typed. Caller frees. */
struct text_layout *ask_layout(const struct console *console, int columns);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * A paste that holds more than one value: the partner's e-mail. Owned by the UI thread.
 */
#ifndef PERCH_UI_FORM_PASTE_OFFER_H
#define PERCH_UI_FORM_PASTE_OFFER_H

#include "input/paste.h"
#include "ui/console_state.h"

/* TRUE if TEXT, which is more than a single value, holds values of fields, of whichever step, or words that may be such
 * values, or says why it has none: all of it is shown in a view, and used together, one alone or not at all as the
 * person says. SOURCE is what the title calls it; NOTE (may be NULL) is about the paste and stands in the question. */
gboolean paste_offer(struct console *console, const char *text, const char *source, const char *note);

/* A remark in VALUES, which were found in TEXT, on each open field of BOARD that TEXT has a line for and that only
 * typing fills. */
void paste_tell_typed(const struct board *board, const char *text, struct paste_values *values);

/* The clear value of VALUES for FIELD of BOARD; NULL if there is none. Borrowed from VALUES. */
const char *paste_offer_value(const struct board *board, const struct board_field *field,
                              const struct paste_values *values);

#endif

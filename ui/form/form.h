/* SPDX-License-Identifier: MIT */
/*
 * The fields of a step: one of them may be edited in place, with a verdict while typing. Enter and Tab use what is
 * typed and go on to the next field; what cannot be used as it is stays as a draft until it is mended or dropped. Owned
 * by the UI thread.
 */
#ifndef PERCH_UI_FORM_FORM_H
#define PERCH_UI_FORM_FORM_H

#include "ui/console_state.h"

struct form *form_new(void);
void form_free(struct form *form);

/* Edit the field PATH of the step that is shown. */
void form_begin(struct console *console, const char *path);

/* The path of the field that is edited, or NULL. Borrowed. */
const char *form_editing(const struct console *console);

/* There is text in it that can be emptied. */
gboolean form_has_text(const struct console *console);

/* What is edited may be any text, so that a paste is not looked through for other values. */
gboolean form_takes_any_text(const struct console *console);

/* Stop editing. What is typed is used if it can be, else kept as a draft; a secret, or part of a name, is dropped. */
void form_leave(struct console *console);

/* The labels of the fields in which something was typed that is not taken over, in words: "“Event Hub”"; NULL if there
 * is none. Caller frees. */
char *form_unused_text(const struct console *console);

/* Take the choice or the person on row NUMBER (from 1) of the field that is edited. */
void form_pick(struct console *console, int number);

/* TRUE if KEY was the form's. */
gboolean form_key(struct console *console, const struct key_event *key);

/* A correction is on offer for the field that is edited, or for the draft that has the focus. */
gboolean form_has_fix(const struct console *console);
void form_take_fix(struct console *console);

/* A field that the new board has not any more is closed. */
void form_board_changed(struct console *console);

/* The session's answer to what was answered: ERROR NULL if it was taken. */
void form_answered(struct console *console, const GError *error);

/* The session's answer to a look-up. Takes nothing. */
void form_people_found(struct console *console, const struct people *people);

/* When form_tick() is to be called, monotonic; G_MAXINT64: not. */
gint64 form_deadline(const struct console *console);
void form_tick(struct console *console);

#endif

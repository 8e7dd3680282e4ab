/* SPDX-License-Identifier: MIT */
/*
 * A plan while it is carried out: its own rows turn from open to sent to proved, in the step's pane. Owned by the UI
 * thread.
 */
#ifndef PERCH_UI_PROGRESS_H
#define PERCH_UI_PROGRESS_H

#include "ui/console_state.h"

/* PLAN was sent off; a reference is taken. */
void progress_begin(struct console *console, struct plan *plan);

/* It has ended, or the person looks at something else. */
/* TRUE while what was carried out is still shown: the person takes it away by a key. */
gboolean progress_is_over(const struct console *console);

void progress_end(struct console *console);

/* "7 of 12". Caller frees. */
char *progress_count(const struct console *console);

/* Each row is an item; the one that is under way has the focus. */
void progress_fill(struct console *console, struct text_layout *layout);

#endif

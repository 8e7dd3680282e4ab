/* SPDX-License-Identifier: MIT */
/*
 * Making and freeing a console with all its parts. Owned by the UI thread.
 */
#ifndef PERCH_UI_CONSOLE_PARTS_H
#define PERCH_UI_CONSOLE_PARTS_H

#include "ui/console_state.h"

/* A console without a terminal, for SESSION. Caller frees with console_state_free(). */
struct console *console_state_new(struct session *session, const struct console_options *options);
void console_state_free(struct console *console);

#endif

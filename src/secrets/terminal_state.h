/* SPDX-License-Identifier: MIT */
/*
 * The state of the terminal before the console took it, and the way back to it from whatever state a killed console
 * left. Owned by the guardian's parent process.
 */
#ifndef PERCH_SECRETS_TERMINAL_STATE_H
#define PERCH_SECRETS_TERMINAL_STATE_H

#include <glib.h>

struct terminal_state;

/* NULL if standard input or output is no terminal. Caller frees. */
struct terminal_state *terminal_state_new(void);
void terminal_state_free(struct terminal_state *state);

/* Put the terminal back: line discipline, screen, cursor, mouse, paste, attributes. Input that nobody read is dropped,
 * since a shell would take it for commands. Does nothing from the background, and never blocks for more than 1 s. */
void terminal_state_restore(const struct terminal_state *state);

#endif

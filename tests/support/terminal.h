/* SPDX-License-Identifier: MIT */
/*
 * A real terminal for tests: starts a program on a pseudo-terminal, plays keys, mouse and pastes to it, and reads the
 * screen that libvterm makes of its output. What is waited for has a deadline (PATIENCE); a wait that fails prints the
 * screen.
 */
#ifndef PERCH_TESTS_TERMINAL_H
#define PERCH_TESTS_TERMINAL_H

#include "support/support.h"

struct terminal;
typedef struct terminal Terminal;

/* Start ARGUMENTS (NULL-terminated) on a screen of that size, with ENVIRONMENT ("NAME=VALUE" entries, may be NULL)
 * added to a small one with TERM xterm-256color and LC_ALL C.UTF-8. Caller frees with terminal_free(). */
struct terminal *terminal_start(const char *const *arguments, const char *const *environment, int columns, int rows);

/* Ends the program if it still runs. */
void terminal_free(struct terminal *terminal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Terminal, terminal_free)

/* Send bytes at once, as one key does that sends several. Much text at once counts as a paste: see terminal_type(). */
void terminal_send(struct terminal *terminal, const char *bytes);

/* Type TEXT, a character at a time. */
void terminal_type(struct terminal *terminal, const char *text);

/* Type TEXT into the question or field with the cursor, until all of it is shown there. */
void terminal_write(struct terminal *terminal, const char *text);

/* The same, and Enter: one that is read with the last letters would belong to a paste. */
void terminal_answer(struct terminal *terminal, const char *text);

/* Wait for the question about a plan, go to the plan's end where that is out of sight, and answer with DOMAIN. */
void terminal_agree(struct terminal *terminal, const char *domain);

/* Send TEXT as a paste, in brackets only if the program asked for them. */
void terminal_paste(struct terminal *terminal, const char *text);

/* Click with the left button; counted from 0. Sent only if the program asked for the mouse. */
void terminal_click(struct terminal *terminal, int column, int row);

void terminal_resize(struct terminal *terminal, int columns, int rows);

/* Wait for TEXT on the screen, then until nothing came for 150 ms. Fails the test if it does not come. */
void terminal_wait(struct terminal *terminal, const char *text);

/* Wait until TEXT is not on the screen. */
void terminal_wait_gone(struct terminal *terminal, const char *text);

/* Until perch's console says of nothing any more that it is under way. */
void terminal_wait_idle(struct terminal *terminal);

/* Until the last thing on the screen is the mark of a question of plain mode. */
void terminal_wait_question(struct terminal *terminal);

/* Answer - to each question of plain mode until TEXT is shown, and wait for its answer to be asked for. */
void terminal_decline_until(struct terminal *terminal, const char *text);

/* Until nothing came for 150 ms, and nothing that this program started is at work any more. */
void terminal_settle(struct terminal *terminal);

/* Until something comes, for a moment at most: to look again after. */
void terminal_listen(struct terminal *terminal);

/* TRUE if TEXT stands on one row of the screen now. */
gboolean terminal_shows(const struct terminal *terminal, const char *text);

/* The whole screen, one line a row, without trailing blanks. Caller frees. */
char *terminal_screen(const struct terminal *terminal);

/* The first cell of TEXT on the screen. */
struct terminal_cell {
    int column, row; /* -1: TEXT is not there */
    gboolean reverse, bold, underline;
    gboolean default_color; /* of the foreground */
};
struct terminal_cell terminal_find(const struct terminal *terminal, const char *text);

/* What the program put on the clipboard last by OSC 52, decoded; NULL if nothing. Borrowed. */
const char *terminal_clipboard(const struct terminal *terminal);

/* All bytes that the program wrote. Borrowed. */
const GString *terminal_output(const struct terminal *terminal);

/* How often the terminal's bell was rung. The BEL that ends an OSC sequence is none. */
int terminal_bells(const struct terminal *terminal);

/* The title of the window as set last; "" before. Borrowed. */
const char *terminal_title(const struct terminal *terminal);

/* Wait until the title is TEXT, then until nothing came for 150 ms. */
void terminal_wait_title(struct terminal *terminal, const char *text);

/* The alternate screen is on. */
gboolean terminal_alternate(const struct terminal *terminal);

gboolean terminal_cursor_shown(const struct terminal *terminal);

/* It echoes, and takes whole lines. */
gboolean terminal_is_cooked(const struct terminal *terminal);

/* TRUE once the program has ended; listens for a moment. */
gboolean terminal_has_ended(struct terminal *terminal);

/* Wait for the end of the program; its exit status, or 128 + signal. */
int terminal_exit_status(struct terminal *terminal);

int terminal_process(const struct terminal *terminal);

#endif

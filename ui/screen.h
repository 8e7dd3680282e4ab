/* SPDX-License-Identifier: MIT */
/*
 * The terminal: puts a grid on it, rings, sets its title and its clipboard, and leaves it as it was found. The one
 * module that includes curses.h. Owned by the UI thread; there is one at a time.
 *
 * Keys are not read through curses: the bytes of standard input are the caller's (see keyboard.h).
 */
#ifndef PERCH_UI_SCREEN_H
#define PERCH_UI_SCREEN_H

#include "ui/grid.h"

struct screen;
typedef struct screen Screen;

/* Load what the terminal is drawn with. */
void screen_prepare(void);

/* Take standard input and output over: alternate screen, raw keys, bracketed paste, mouse unless NO_MOUSE. NULL and
 * PERCH_ERROR_USAGE, pointing to --plain, if that terminal cannot be drawn on. Caller frees with screen_close(). */
struct screen *screen_open(gboolean no_mouse, gboolean no_color, GError **error);

/* Give the terminal back, with all modes as before. */
void screen_close(struct screen *screen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Screen, screen_close)

/* TRUE on the kernel's own console (TERM=linux), whose fonts of 512 glyphs have letters, and none of ours for sure. */
gboolean screen_lacks_glyphs(void);

void screen_size(const struct screen *screen, int *columns, int *rows);

/* Follow the terminal's size; the next paint draws everything. */
void screen_resize(struct screen *screen);

/* Show GRID, which has to have the screen's size. Only what changed is sent. */
void screen_paint(struct screen *screen, const struct grid *grid);

void screen_bell(struct screen *screen);

/* TITLE is made safe. What the window is called already is not sent again. */
void screen_set_title(struct screen *screen, const char *title);

/* Ask the terminal to put TEXT on its clipboard (OSC 52), through tmux and GNU screen too; nothing tells whether it
 * did.
 */
void screen_copy(struct screen *screen, const char *text);

/* Ask the desktop, through the terminal, to show TEXT, which is made safe (OSC 9, and OSC 777 for terminals of rxvt's
 * kind): for a person who looks elsewhere. Terminals that know neither ignore both. */
void screen_notify(struct screen *screen, const char *text);

/* This process was stopped, by whatever, and goes on: set the modes again and draw everything. */
void screen_resume(struct screen *screen);

/* Give the terminal back, stop this process as Ctrl-Z does, and take the terminal over again when it goes on. */
void screen_suspend(struct screen *screen);

#endif

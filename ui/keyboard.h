/* SPDX-License-Identifier: MIT */
/*
 * The person's side of the terminal: reads its bytes and gives out keys, mouse events and pastes. Owned by the UI
 * thread.
 */
#ifndef PERCH_UI_KEYBOARD_H
#define PERCH_UI_KEYBOARD_H

#include <glib.h>

#include "ui/key_event.h"

struct keyboard;
typedef struct keyboard Keyboard;

/* Called for each press, in order; with KEY_NONE where there is only a note. A paste's text is valid UTF-8. */
typedef void (*keyboard_handler)(gpointer data, const struct key_event *key);

/* Reads from FILE, which may be blocking: it is read only when poll() says so. Caller frees with keyboard_free(). */
struct keyboard *keyboard_new(int file, keyboard_handler handler, gpointer data);
void keyboard_free(struct keyboard *keyboard);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Keyboard, keyboard_free)

/* The file is readable: take what is there. FALSE at its end or on an error. */
gboolean keyboard_read(struct keyboard *keyboard);

/* When keyboard_tick() is to be called if nothing can be read before, monotonic; G_MAXINT64: not. */
gint64 keyboard_deadline(const struct keyboard *keyboard);
void keyboard_tick(struct keyboard *keyboard);

#endif

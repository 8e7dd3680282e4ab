/* SPDX-License-Identifier: MIT */
/*
 * What a person does at the terminal: a key, the mouse, a paste. And the decoder that makes keys and mouse events out
 * of the terminal's bytes. Nothing here reads or draws. Owned by the UI thread.
 */
#ifndef PERCH_UI_KEY_EVENT_H
#define PERCH_UI_KEY_EVENT_H

#include <glib.h>

enum key_kind {
    KEY_NONE,
    KEY_CHARACTER, /* character */
    KEY_CONTROL,   /* character: 'a' to 'z' held with Ctrl */
    KEY_FUNCTION,  /* number: 1 to 12 */
    KEY_ENTER,
    KEY_TAB,
    KEY_BACK_TAB,
    KEY_BACKSPACE,
    KEY_DELETE,
    KEY_INSERT,
    KEY_ESCAPE,
    KEY_UP,
    KEY_DOWN,
    KEY_LEFT,
    KEY_RIGHT,
    KEY_HOME,
    KEY_END,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_CLICK, /* column, row */
    KEY_WHEEL, /* column, row, number: -1 up, 1 down */
    KEY_PASTE, /* text */
};

struct key_event {
    enum key_kind kind;
    gunichar character;
    int number;
    int column, row;
    const char *text; /* borrowed while the event is handled */
    const char *note; /* of a paste, or with KEY_NONE: what is to be said of it; may be NULL */
};

/* The key that NAME stands for: one character, or "Enter", "Tab", "Shift-Tab", "Esc", "F1", "Ctrl-L", "Up", "PgDn"
 * ... KEY_NONE if it is no such name. */
struct key_event key_named(const char *name);

gboolean key_equal(const struct key_event *a, const struct key_event *b);

struct key_decoder {
    char bytes[64];
    gsize length;
};

/* Take BYTE. TRUE if it completes KEY. */
gboolean key_decode(struct key_decoder *decoder, char byte, struct key_event *key);

/* TRUE while bytes are held that may be the beginning of a longer sequence. */
gboolean key_pending(const struct key_decoder *decoder);

/* No more bytes came in time: what is held was an Esc by itself, or nothing. TRUE if it makes KEY. */
gboolean key_flush(struct key_decoder *decoder, struct key_event *key);

#endif

/*
 * What a person does at the terminal: a key, the mouse, a paste. And the decoder that makes keys and mouse events out
 * of the terminal's bytes. Nothing here reads or draws. Owned by the UI thread.
 */
#ifndef PERCH_UI_PRESS_H
#define PERCH_UI_PRESS_H

#include <glib.h>

enum press_kind {
    PRESS_NONE,
    PRESS_CHARACTER, /* character */
    PRESS_CONTROL,   /* character: 'a' to 'z' held with Ctrl */
    PRESS_FUNCTION,  /* number: 1 to 12 */
    PRESS_ENTER,
    PRESS_TAB,
    PRESS_BACK_TAB,
    PRESS_BACKSPACE,
    PRESS_DELETE,
    PRESS_INSERT,
    PRESS_ESCAPE,
    PRESS_UP,
    PRESS_DOWN,
    PRESS_LEFT,
    PRESS_RIGHT,
    PRESS_HOME,
    PRESS_END,
    PRESS_PAGE_UP,
    PRESS_PAGE_DOWN,
    PRESS_CLICK, /* column, row */
    PRESS_WHEEL, /* column, row, number: -1 up, 1 down */
    PRESS_PASTE, /* text */
};

struct press {
    enum press_kind kind;
    gunichar character;
    int number;
    int column, row;
    const char *text; /* borrowed while the press is handled */
};

/* The press that NAME stands for: one character, or "Enter", "Tab", "Shift-Tab", "Esc", "F1", "Ctrl-L", "Up", "PgDn"
 * ... PRESS_NONE if it is no such name. */
struct press press_named(const char *name);

gboolean press_equal(const struct press *a, const struct press *b);

struct press_decoder {
    char bytes[64];
    gsize length;
};

/* Take BYTE. TRUE if it completes PRESS. */
gboolean press_decode(struct press_decoder *decoder, char byte, struct press *press);

/* TRUE while bytes are held that may be the beginning of a longer sequence. */
gboolean press_pending(const struct press_decoder *decoder);

/* No more bytes came in time: what is held was an Esc by itself, or nothing. TRUE if it makes PRESS. */
gboolean press_flush(struct press_decoder *decoder, struct press *press);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The terminal's bytes, taken apart into keys and pastes (bracketed paste, mode 2004). Pure but for its own state: the
 * caller brings the bytes and the time. Owned by the UI thread.
 *
 * What holds: a byte of a paste never becomes a key. The first end mark ends a paste; what follows it without a pause
 * is dropped and reported, since a pasted end mark cannot be told from the terminal's. More than 5 bytes of text within
 * 5 ms count as a paste, for terminals without the mode; escape sequences and erasing are keys however fast they come.
 * A terminal that says that it knows the mode (its reply to DECRQM) has none of its keys held back for that. Replies in
 * strings (OSC, DCS, SOS, PM, APC) are swallowed whole, however late they come and however they are cut, also behind
 * their own Esc. So are reports of the mouse in the older forms (of three raw bytes, of decimal numbers), in which a
 * place on the screen may look like a key.
 */
#ifndef PERCH_UI_PASTE_DECODER_H
#define PERCH_UI_PASTE_DECODER_H

#include <glib.h>

#include "input/paste.h" /* PASTE_LIMIT */

enum paste_event_kind {
    DECODED_KEYS,    /* bytes for the key decoder */
    DECODED_PASTE,   /* a paste */
    DECODED_DROPPED, /* bytes came right behind an end mark and were dropped; dropped says how many */
};

struct paste_event {
    enum paste_event_kind kind;
    char *bytes;          /* keys: as they came; paste: the text, NUL-terminated, "" if it is refused; else NULL */
    gsize length;         /* of bytes, without the final NUL */
    gsize dropped;        /* bytes beyond the limit, which refuses the paste; or behind an end mark */
    gboolean had_nul;     /* refused: it contained a NUL byte */
    gboolean from_burst;  /* recognised by its speed, not by marks */
    gboolean never_ended; /* no end mark came, or Ctrl-C did instead; what came was taken */
};
typedef struct paste_event PasteEvent;

struct paste_decoder;
typedef struct paste_decoder PasteDecoder;

/* Caller frees with paste_decoder_free(), which wipes. */
struct paste_decoder *paste_decoder_new(void);
void paste_decoder_free(struct paste_decoder *decoder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PasteDecoder, paste_decoder_free)

/* How long an Esc waits for the rest of a sequence, microseconds; 100 ms unless it was set. */
void paste_decoder_set_escape_time(struct paste_decoder *decoder, gint64 time);

/* Take the N BYTES of one read() at NOW (microseconds, monotonic). */
void paste_decoder_feed(struct paste_decoder *decoder, const char *bytes, gsize n, gint64 now);

/* When paste_decoder_tick() has to be called if nothing more comes; -1 if nothing is held. */
gint64 paste_decoder_deadline(const struct paste_decoder *decoder);

/* Nothing came up to NOW: give out what was held back. */
void paste_decoder_tick(struct paste_decoder *decoder, gint64 now);

/* The next event in the order of the bytes; NULL if there is none. Caller frees with paste_event_free(). */
struct paste_event *paste_decoder_next(struct paste_decoder *decoder);
void paste_event_free(gpointer event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PasteEvent, paste_event_free)

#endif

/*
 * The terminal's bytes, taken apart into keys and pastes (bracketed paste, mode 2004). Pure but for its own state: the
 * caller brings the bytes and the time. Owned by the UI thread.
 *
 * What holds: a byte of a paste never becomes a key. The first end mark ends a paste; what follows it without a pause
 * is dropped and reported, since a pasted end mark cannot be told from the terminal's. More than 5 bytes of text within
 * 5 ms count as a paste, for terminals without the mode; escape sequences and erasing are keys however fast they come.
 */
#ifndef PERCH_INPUT_BRACKET_H
#define PERCH_INPUT_BRACKET_H

#include <glib.h>

#define BRACKET_LIMIT 16384 /* bytes kept of one paste */

enum bracket_event_kind {
    BRACKET_KEYS,    /* bytes for the key decoder */
    BRACKET_PASTE,   /* a paste */
    BRACKET_DROPPED, /* bytes came right behind an end mark and were dropped; dropped says how many */
};

struct bracket_event {
    enum bracket_event_kind kind;
    char *bytes;          /* keys: as they came; paste: the text, NUL-terminated, "" if it had a NUL; else NULL */
    gsize length;         /* of bytes, without the final NUL */
    gsize dropped;        /* bytes left out: over the limit, or behind an end mark */
    gboolean had_nul;     /* refused: it contained a NUL byte */
    gboolean from_burst;  /* recognised by its speed, not by marks */
    gboolean never_ended; /* no end mark came; what came was taken */
};
typedef struct bracket_event BracketEvent;

struct bracket;
typedef struct bracket Bracket;

/* Caller frees with bracket_free(), which wipes. */
struct bracket *bracket_new(void);
void bracket_free(struct bracket *bracket);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bracket, bracket_free)

/* Take the N BYTES of one read() at NOW (microseconds, monotonic). */
void bracket_feed(struct bracket *bracket, const char *bytes, gsize n, gint64 now);

/* When bracket_tick() has to be called if nothing more comes; -1 if nothing is held. */
gint64 bracket_deadline(const struct bracket *bracket);

/* Nothing came up to NOW: give out what was held back. */
void bracket_tick(struct bracket *bracket, gint64 now);

/* The next event in the order of the bytes; NULL if there is none. Caller frees with bracket_event_free(). */
struct bracket_event *bracket_next(struct bracket *bracket);
void bracket_event_free(struct bracket_event *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BracketEvent, bracket_event_free)

#endif

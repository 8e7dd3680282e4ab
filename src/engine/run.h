/* SPDX-License-Identifier: MIT */
/*
 * What is being done: the command that runs, and what the writes and refusals of this session came to. Worker thread.
 */
#ifndef PERCH_ENGINE_RUN_H
#define PERCH_ENGINE_RUN_H

#include <glib.h>

struct failure;
struct object;

/* What was answered to a write where that does not tell what came of it: not in Microsoft's words, or 5xx. */
struct answered {
    int status;
    char *what; /* one sentence */
    char *hint; /* what to do next; "" if there is nothing to say */
};

struct run_state {
    gboolean confirmed;     /* the tenant's domain was typed, or need not be */
    gboolean checking;      /* the tenant is being read */
    const char *working;    /* key of the object that is being written, NULL: none */
    GHashTable *failures;   /* object key -> struct failure */
    GHashTable *held_back;  /* set of object keys: what was to be written is not in the plan that was seen */
    GHashTable *answered;   /* object key -> struct answered: its last write was answered, and that did not tell */
    GHashTable *doubts;     /* object key -> how many of a run's writes got no answer and came to nothing */
    GHashTable *throttled;  /* object key -> struct retry_past: how long its write, which nothing has come of, was
                               waited for */
    GHashTable *refusals;   /* step id -> struct refusal: the last one that its ladder is about */
    GHashTable *challenged; /* set of steps for which the person signed in once more in this command */
    GHashTable *undo_notes; /* object key -> what the last undo has to say of it beside what is read: a sentence */
    GHashTable *ended;      /* set of request digests: what this command took away by a door, answered and read */
    GHashTable *surprises;  /* how Microsoft answered differently from what it documents: unexpected_key() -> the
                               first struct unexpected */
    gint64 shown_at;        /* the moment that all goes by what the command shows, so that plan, board and exit code
                               agree; 0: now */
    gboolean sent;          /* the command sent a write */
    guint answers;          /* how many answers were looked at for that */
    guint waves;            /* of the last check */
    GPtrArray *beside; /* objects (borrowed) to read in the same round trip as the proof of the write that is sent */
    GHashTable *just_read; /* keys of what the last round trip read, while nothing was sent since */
};

void run_init(struct run_state *run, gboolean confirmed);
void run_clear(struct run_state *run);

/* What the writes of an earlier run came to is of no account in the next. */
void run_begin_writes(struct run_state *run);

/* Remember why OBJECT's last write came to nothing, and what to do next (HINT, may be NULL). */
void run_fail(struct run_state *run, const struct object *object, const char *what, const char *hint);

/* The same of what undo could not take away and no object stands for: KEY of the journal, told with STEP (id).
 * Borrowed. */
struct failure *run_fail_left(struct run_state *run, const char *key, const char *step, const char *what,
                              const char *hint);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * A record of the journal: one thing that was intended, sent, answered, proved, decided, told or waited for.
 *
 * The types, the actions and the members have their words in the tables of journal_record.c, and nowhere else. A record
 * that is to be written is a value with borrowed texts:
 *     &(struct journal_record){.type = RECORD_SENT, .object = key}
 * One that was read back is counted and owns what it holds. Immutable then; worker thread.
 */
#ifndef PERCH_STORE_JOURNAL_RECORD_H
#define PERCH_STORE_JOURNAL_RECORD_H

#include <glib.h>

#include "base/decision.h"
#include "base/json_type.h"

/* What this perch writes into a journal's first record. A journal without a number is of format 1. */
#define JOURNAL_FORMAT 2

enum record_type {
    RECORD_BEGIN, /* whose journal it is */

    RECORD_INTENT,   /* a write is to be sent; nothing has left yet */
    RECORD_SENT,     /* it may leave from now on */
    RECORD_REPLIED,  /* the service said yes */
    RECORD_VERIFIED, /* it could be read back */
    RECORD_REFUSED,  /* the service said no, or it is known that nothing was carried out */
    RECORD_REMOVED,
    RECORD_GONE,     /* somebody else removed what perch had made; with an id: what a hand-over says was there */
    RECORD_NOT_OURS, /* what the answer to a creation named is somebody else's */
    RECORD_ADOPTED,  /* it was there as wanted, and is taken over */
    RECORD_ABSENT,   /* read as not there */
    RECORD_SEEN,     /* and then as there; with an id: who it is that an answer names */
    RECORD_DECIDED,
    RECORD_UNDECIDED, /* the decision is forgotten */
    RECORD_HANDED,    /* a colleague's decision, to be taken once it is offered */

    RECORD_TOLD,
    RECORD_UNTOLD,  /* what was told holds no longer */
    RECORD_SKIPPED, /* without a reason: no longer skipped */
    RECORD_WAIT,
    RECORD_OVERRIDDEN, /* a person ended the wait */
    RECORD_PROVED,     /* found done: first, and once a day after that */

    RECORD_HANDED_OVER, /* a colleague's document was taken over */
    RECORD_LEFT,        /* a person had the partner left; holds until something is made again */
    RECORD_UNDONE,      /* a colleague undid what perch had made; the same */
    RECORD_SHOWN,       /* what a person is asked about who leaves the partner */
    RECORD_STANDS_FOR,  /* whom of a list a key stands for, where no other record says so yet */
    RECORD_TAKING_BACK, /* format 1 only: an intent to remove a former object; nothing follows from it */
    RECORD_TYPES
};

enum write_action { WRITE_NONE, WRITE_CREATE, WRITE_REPAIR, WRITE_RESTORE, WRITE_REMOVE, WRITE_UNDO_REPAIR };

/* The request that takes away what perch made when its key is wanted for another: DELETE PATH. Counted. */
struct take_back {
    const char *path;
    const char *scope; /* "" for none */
    const char *title;
    const char *kind;
    const char *step; /* id */
};

/* Texts may be NULL, times and the status 0, where a type has no use for them. */
struct journal_record {
    enum record_type type;
    gint64 at;   /* step time when it was written */
    gint64 when; /* when it happened, where that was earlier: on a colleague's machine */
    const char *by;
    const char *object; /* key */
    const char *item;   /* the entry of a list of answers that the object is made for: said once of a key */
    const char *step;   /* id */

    enum write_action action; /* intent */
    const char *kind;
    const char *method;
    const char *target;
    const char *name; /* what a creation asks for it to be called; seen: whom an answer named */
    const char *body; /* its SHA-256 */
    const json *old;  /* what a repair overwrites, as it was read */
    gint64 absent_at; /* when it was read as not there, right before the intent */
    const char *path; /* about a former object under the same key, which this path removes */
    const char *id;   /* of the object, from the service; intent: of what is to be removed, or of whom a door's repair
                         takes away; refused: of what is there all the same */
    gint64 status;    /* HTTP */
    const char *code; /* of the service's error */
    const char *request_id;
    gboolean
        answer_lost; /* verified: it was found after the answer to perch's own request had been lost; replied: the
                        answer names nothing that was made; refused: no answer said so, and nothing of it was found */
    const struct take_back *take_back;

    const char *as;           /* absent, seen: hash of what it was looked for as; intent, adopted: of what makes it */
    struct decision decision; /* decided, handed; undecided: what stood in answers and was never to be decided */
    const char *note;         /* told; refused: in which words */
    const char *about;  /* told: the value that it was told about; absent: how many others stood there, and a hash of
                           each one's id; intent of a repair: what of the object it changes; adopted: in what it is
                           otherwise than wanted; decided, handed: what was seen (onboarding/seen.h); undecided: who of a
                           door is not there any more; shown: the code of what it was (engine/leave_decision.h) */
    const char *mark;   /* verified, adopted: a hash of what tells it from one that somebody made his own since */
    const char *reason; /* skipped */
    gint64 until;       /* wait: step time */
    const char *from;   /* handed over: by whom */
    const char *digest; /* handed over: SHA-256 of the document; begin: of the profile */

    gint64 format; /* begin; 0: none was written */
    const char *version;
    const char *tenant;
    const char *partner;
};

/* When what RECORD tells happened. */
gint64 journal_record_time(const struct journal_record *record);

/* RECORD as an object with one member for each text, time and number that it has. Caller frees. */
json *journal_record_encode(const struct journal_record *record);

/* The record that VALUE holds. NULL, and PERCH_ERROR_STATE with why in half a sentence ("the type “x” is not known"),
 * where the type or an action is not known, or a member that the type needs is missing. Caller unrefs. */
struct journal_record *journal_record_decode(const json *value, GError **error);
/* TRUE for what is said, decided, waited for or read; FALSE for what tells of a write. */
gboolean journal_record_is_said(enum record_type type);

/* RECORD at step time AT, as it would be read again. NULL and an error if it could not be. Caller unrefs. */
struct journal_record *journal_record_dated(const struct journal_record *record, gint64 at, GError **error);

struct journal_record *journal_record_ref(const struct journal_record *record);
void journal_record_unref(struct journal_record *record); /* NULL is fine */

/* Its own copy of what VALUES says. Caller unrefs. */
struct take_back *take_back_new(const struct take_back *values);
struct take_back *take_back_ref(const struct take_back *take_back);
void take_back_unref(struct take_back *take_back); /* NULL is fine */

/* "create", "repair", "restore", "remove", "undo-repair"; "" for none. Static. */
const char *write_action_word(enum write_action action);

#endif

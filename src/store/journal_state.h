/* SPDX-License-Identifier: MIT */
/*
 * The state of a journal: what its records come to, for each object and step, and what happened. Folded from the
 * records one after another, so that loading a journal and living through it give the same. Owned by the worker thread;
 * who only reads it takes it const.
 */
#ifndef PERCH_STORE_JOURNAL_STATE_H
#define PERCH_STORE_JOURNAL_STATE_H

#include <glib.h>

#include "store/journal_record.h"

/* How far the last write of an object has come. */
enum write_phase {
    PHASE_NONE,     /* nothing was ever written */
    PHASE_INTENT,   /* written down, surely not sent */
    PHASE_SENT,     /* may have reached the service */
    PHASE_REPLIED,  /* the service said yes; not yet read back */
    PHASE_VERIFIED, /* read back, or taken over as it was */
    PHASE_REFUSED,  /* the service said no, or it was not carried out */
    PHASE_REMOVED,  /* by perch */
    PHASE_GONE,     /* by somebody else */
};

/* What perch made under a key before another took its place, and has not removed. */
struct former {
    struct take_back *take_back;
    enum write_phase phase; /* of its removal */
    gint64 since;           /* step time of the last record about it */
    gboolean is_decided;    /* it was left through a decision that can be taken back: struct before_own */
};

/* What an entry held before a person said that perch had made one: taking that back restores it. */
struct before_own;

struct object_entry {
    char *item; /* the entry of a list that the key stands for; "" if it stands for none, or it was not noted */
    enum write_action action; /* of the write in phase */
    enum write_phase phase;
    gint64 since;          /* step time of the last record about a write */
    GArray *sends;         /* of gint64: step time of every send of this action of which no answer says that it came to
                              nothing, since something came of it */
    gint64 absent_at;      /* when it was read as not there, right before the last intent; 0: not noted */
    char *id;              /* "" if none */
    char *gone_id;         /* the id of what somebody else removed, to be looked for again; "" if nothing */
    gboolean gone_ours;    /* perch had made that */
    char *chosen;          /* the id that a person chose among several; "" if none */
    char *deleted_id;      /* what our own undo removed last; "" if nothing */
    gboolean deleted_ours; /* perch had made that */
    int refused;           /* HTTP status with which the last write was refused; 0 if it was not, */
    char *refused_said;    /* and in which words; "" if that was not noted */
    GArray *unanswered;    /* of struct unanswered */
    gboolean created;      /* perch made it, has not removed it, and has not found it gone */
    gboolean adopted;
    gboolean not_ours;           /* the answer to the creation in phase named somebody else's, which id is */
    gboolean answer_lost;        /* created, and known from a reading only: the answer did not come */
    gint64 first_seen;           /* when what is there now was read for the first time, 0: not noted, */
    gint64 last_seen;            /* and the last time that was written down */
    char *intended_as;           /* what the last intent asked for, hashed; "" if that was not noted, */
    char *intended_name;         /* and to be called; "" likewise */
    char *intended_about;        /* what of the object it changes, for a person; "" likewise */
    char *taken_away;            /* whom it takes away, of a door (onboarding/door.h); "" if nobody */
    char *made_as;               /* what perch made or took over was wanted as, hashed; "" if that was not noted */
    char *mark;                  /* what tells it from one that somebody made his own; "" if that was not noted */
    char *absent_as;             /* as what it was read as not there; "" if it never was */
    char *there_first;           /* what stood at the first reading where it may be found, see record.about; "" if that
                                    was not noted */
    gint64 seen_at;              /* when it was there for the first time after that; 0: not yet */
    struct take_back *take_back; /* what removes what perch made; NULL if that is not known */
    GPtrArray *left;             /* of struct former */
    json *old;                   /* array: before each of our repairs that came true; NULL if there was none or they
                                    were undone */
    json *repairing;             /* before the repair that is under way; NULL if none is */
    struct before_own *before;   /* NULL if nobody said whose it is, or something else has come of it since */
    struct decision decision;    /* the last one */
    char *name;                  /* what it was decided to be called, "" if nothing was */
    char *decided_about;         /* what whoever decided saw (onboarding/seen.h); "" where it was not noted */
    char *spent; /* the words of decisions that were carried out, or that others took the place of, a line each */
    char *decided_by;
    gint64 decided_at;
    struct decision handed; /* the decision of a colleague, to be taken once it is offered */
    char *handed_by;
    char *handed_from;  /* whose hand-over says so, */
    char *handed_about; /* and what whoever decided saw (onboarding/seen.h); "" where that was not noted */
    gint64 handed_at;
    char *named;       /* whom an answer named, when that one was read first, */
    char *named_id;    /* and who it was; both "" if nobody was */
    char *leave_shown; /* what whoever leaves the partner was asked about (engine/leave_decision.h); "" if nothing */
    guint removals;    /* how often perch took it away */
    struct journal_deed *last_write; /* borrowed from the history; NULL if none can be verified */
};

struct step_entry {
    char *told_by; /* "" if not told */
    char *told_note;
    char *told_from;  /* whose hand-over says so; "" if it was told here */
    char *told_about; /* the guide's tellAgain value as it stood then; NULL if there was none or it was not noted */
    gint64 told_at;
    char *skipped_by; /* "" if not skipped */
    char *skip_reason;
    char *skipped_from; /* the same */
    gint64 skipped_at;
    gint64 wait_started; /* 0: no wait */
    gint64 wait_until;
    gboolean wait_overridden;
    char *overridden_by; /* "" if not */
    gint64 proved_at;    /* when it was first found done, 0: never, */
    gint64 proved_last;  /* the last time that this was written down, */
    char *proved_from;   /* whose hand-over says so of that last time; "" if it was seen here, */
    char *proved_as;     /* and as what it was wanted then; "" if that was not noted */
};

/* One thing that was done, decided or said. */
struct journal_deed {
    const char
        *what; /* "create", "repair", "restore", "remove", "undo-repair", "adopt", "seen", "seen-again", "refused",
                  "decide", "undecide", "tell", "untell", "skip", "unskip", "wait", "override", "take-over"; static */
    struct journal_record *record; /* that tells it */
    char *id;                      /* of the object, "" if not known */
    char *text; /* decision, note, reason, error code, deadline of a wait, who handed over, what a repair changed, in
                   what the adopted is otherwise than wanted; or "" */
    struct journal_record *proof; /* that a write was read back; NULL if it was not */
};

struct journal_state {
    GHashTable *objects; /* key -> struct object_entry */
    GHashTable *steps;   /* id -> struct step_entry */
    GPtrArray *history;  /* of struct journal_deed, in the order of writing */
    gint64 left_at;      /* step time when the partner was left, 0: it was not, or was connected again; */
    char *left_by;       /* by whom; "" if that was not noted, */
    char *left_from;     /* and whose hand-over says so; "" if it was left here */
    gint64 undone_at;    /* the same of what a colleague undid; holds until something is taken over, too */
    char *undone_by;
    char *undone_from;
    gint64 first_said;              /* step time of what was noted first of what was read or done, 0: nothing was */
    gint64 last_write;              /* step time of what was noted last about a write, 0: nothing was */
    struct object_entry *no_object; /* what is read of a key that the journal never named */
    struct step_entry *no_step;
};

struct journal_state *journal_state_new(void);
void journal_state_free(struct journal_state *state); /* NULL is fine */

/* Take RECORD, which journal_record_decode() gave, into account. */
void journal_state_add(struct journal_state *state, const struct journal_record *record);

/* The entry of an object or step; an empty one if the journal never named it. Borrowed. */
const struct object_entry *journal_state_object(const struct journal_state *state, const char *key);
const struct step_entry *journal_state_step(const struct journal_state *state, const char *id);

/* How many objects perch made that are not known to be gone. */
int journal_state_created_count(const struct journal_state *state);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What the worker tells a front end. Events are immutable and belong to whoever took them from the session. Text is
 * safe for a terminal and free of secrets.
 */
#ifndef PERCH_BOARD_EVENT_H
#define PERCH_BOARD_EVENT_H

#include <glib.h>

#include "board/board.h"

enum event_kind {
    EVENT_BOARD,     /* board */
    EVENT_LOG,       /* log */
    EVENT_PLAN,      /* plan */
    EVENT_PROMPT,    /* prompt: the person has to sign in somewhere */
    EVENT_PEOPLE,    /* people */
    EVENT_HISTORY,   /* history */
    EVENT_SECRET,    /* secret: to be shown once and kept nowhere */
    EVENT_HAND_OVER, /* hand_over: the document for a colleague */
    EVENT_SEAL,      /* seal */
    EVENT_DIAGNOSES, /* diagnoses: what was found on this machine */
    EVENT_SURPRISES, /* surprises: where Microsoft answered differently, a document */
    EVENT_CONSENTS,  /* consents: what signing in left behind */
    EVENT_DONE,      /* done: a command ended */
};

enum log_severity {
    LOG_DEBUG, /* single requests and retries */
    LOG_INFO,
    LOG_NOTICE, /* something was written, adopted, decided or proved */
    LOG_WARNING,
    LOG_ERROR,
};

struct log_line {
    gint64 time; /* step time */
    enum log_severity severity;
    char *subject;    /* object or step in a word: "group" */
    char *text;       /* one line */
    char *detail;     /* more lines, for the opened line; "" if none */
    char *request_id; /* "" if it is not about a request */
    int status;       /* HTTP, 0 if none */
    gint64 until;     /* wall time until which this waits, microseconds since 1970; 0: it does not */
    gint64 duration;  /* wall microseconds, 0 if none */
    gboolean ends;    /* how a command failed; EVENT_DONE carries the same */
    guint dropped;    /* lines lost before this one because the front end was slow */
};

/* Of somebody, or of a permission, that gets in by a door. */
#define PLAN_VERB_END "end"
/* Why a request is not sent unattended. */
#define PLAN_FOR_PERSON "makes a Global Administrator, and --yes does not cover that"

struct planned_request {
    char *verb;     /* "create", "assign", "change", "remove", PLAN_VERB_END */
    char *sentence; /* "group “Red Canary”" */
    char *risk;     /* why it deserves a second look; "" if it does not */
    char *step;     /* step id */
    char *object;   /* object key */
    char *kind;
    char *method;
    char *url;  /* ids still to come as {group.id} */
    char *body; /* one-line JSON; "" for none */
    char *body_indented;
    GPtrArray *differences; /* of struct board_difference, for a change */
    gboolean for_person;    /* PLAN_FOR_PERSON: it is sent only where a person looks at it */
};

/* Of leaving: something of the partner's that perch did not make, and that is there. */
struct leave_choice {
    const char *key; /* "leave.KEY" of the answers decides it: "remove" or "keep" */
    const char *title;
    const char *code;     /* behind the word it is about this one, whatever was shown before or elsewhere: "#1f6a02";
                             "" where that is not known */
    const char *decided;  /* one of the two; "" as long as nobody decided */
    const char *obstacle; /* what the obstacles say of it as long as nobody did; "" else */
};

struct plan {
    gint references;      /* atomic */
    gboolean undo;        /* what undo would send */
    gboolean leave;       /* what leaving the partner would send */
    char *step;           /* only of this step and what it needs; "" for all */
    GPtrArray *requests;  /* of struct planned_request, in the order of sending */
    char *answers_sha256; /* of the answers that it follows from; "" for an undo */
    GPtrArray *obstacles; /* of char *: what has to come from a person first, one sentence each; of leaving, what of
                             the partner's stays as it is */
    char *day;            /* what its requests call today: "2026-11-24" */
    char *practice_port;  /* ":PORT" of a practice tenant, another each time it starts; else "" */
    GPtrArray *choices;   /* of struct leave_choice */
    GPtrArray *by_hand;   /* of struct board_line: of leaving, what only a person can do */
};

/* One thing that was done, decided or said, from the journal. Times are step time; 0 means never. */
struct deed {
    char *what; /* "create", "repair", "restore", "remove", "undo-repair", "adopt", "seen", "seen-again", "refused",
                   "decide", "undecide", "tell", "untell", "skip", "unskip", "wait", "override", "take-over" */
    gint64 at;
    char *by;         /* account; "" if the journal does not say */
    char *step;       /* id; "" for an object that the profile no longer has */
    char *object;     /* key; "" if it is about the step */
    char *id;         /* of the object, "" if none */
    char *text;       /* decision, note, reason, the deadline of a wait, or what was changed or is otherwise */
    char *request_id; /* "" if it is not about a request */
    int status;       /* HTTP, 0 if none */
    gint64 verified;  /* when a write was read back */
};

/* What happened in this tenant so far, and what a report says beside the board. */
struct history {
    gint references;   /* atomic */
    GPtrArray *deeds;  /* of struct deed, oldest first */
    GPtrArray *card;   /* of struct board_line: what the partner is to be given, in its order */
    GHashTable *facts; /* char * -> char *: what is known of the tenant ("policy.approval", "tenant.id") and the answers
                          about the partner's contact and the stricter recipe ("answers.stricter.reason") */
};

struct prompt {
    gboolean device_code;
    char *url;
    char *start;     /* what to give to a browser of this machine: short, and without what only this sign-in may know */
    char *user_code; /* "" for the browser way */
    char *account_hint; /* who is to sign in again; "" if that is open */
    char *application;  /* client id, with its name where known */
    char *reasons;      /* what it asks for and was not granted yet, with why, one a line: "User.Read: to ..." */
    char *granted;      /* the same of what it asks for again */
    char *tenant;
    char *message;  /* what to do, a sentence */
    gint64 expires; /* wall time, microseconds since 1970 */
    guint port;     /* loopback port of the browser way, for an ssh -L line; else 0 */
};

struct person {
    char *id;
    char *name;
    char *user_name;
    char *mail;
    gboolean guest;
    gboolean enabled;
};

struct people {
    guint serial;     /* of the question */
    char *error;      /* "" if it worked */
    GPtrArray *found; /* of struct person */
};

/* Only ever sent where a person looks on. */
struct shown_secret {
    char *title; /* what it is, a line */
    char *text;  /* overwritten with the event */
};

enum diagnosis_state {
    DIAGNOSIS_GOOD,
    DIAGNOSIS_WORTH_KNOWING, /* perch works all the same, with less comfort */
    DIAGNOSIS_BAD,
};

struct diagnosis {
    enum diagnosis_state state;
    const char *subject; /* "clock", or a host */
    const char *text;    /* what was found, a sentence */
    const char *next;    /* what to do about it; "" if there is nothing to do */
};

/* A consent that an application holds which perch signs in with. */
struct consent {
    char *id;
    char *application; /* its name and id */
    char *resource;    /* what the permissions are of: "Microsoft Graph" */
    char *scopes;      /* space separated */
    gboolean everyone; /* an administrator gave it for all users; else it is of the account that is signed in */
    gboolean taken_back;
};

/* That a text is this installation's: an Ed25519 signature. */
struct seal {
    const char *key;       /* the public one, 64 hexadecimal digits; "" where nothing could be sealed */
    const char *signature; /* 128 */
    const char *reason;    /* why nothing could be sealed; "" */
};

enum command_kind {
    COMMAND_SIGN_IN,
    COMMAND_SIGN_OUT,
    COMMAND_PROBE_KEYRING,
    COMMAND_UNLOCK_KEYRING,
    COMMAND_CHECK,
    COMMAND_PLAN,
    COMMAND_HISTORY,
    COMMAND_HAND_OVER,
    COMMAND_TAKE_OVER,
    COMMAND_APPLY,
    COMMAND_UNDO,
    COMMAND_LEAVE,
    COMMAND_DECIDE,
    COMMAND_ANSWER,
    COMMAND_TELL,
    COMMAND_SKIP,
    COMMAND_TAKE_BACK,
    COMMAND_OVERRIDE_WAIT,
    COMMAND_PRACTICE_FORM,
    COMMAND_PEOPLE,
    COMMAND_PASTE_BACK,
    COMMAND_DOCTOR,
    COMMAND_PASSWORD,
    COMMAND_SEAL,
    COMMAND_CONSENTS,
    COMMAND_REVOKE_SESSIONS,
    COMMAND_STOP,
};

struct done {
    enum command_kind command;
    GError *error; /* NULL if it did what it could; see exit_code then */
    int exit_code; /* enum exit_code of base/error.h */
    gboolean sent; /* a write went out */
};

struct event {
    enum event_kind kind;
    union {
        gpointer payload; /* whatever it is */
        struct board *board;
        struct log_line *log;
        struct plan *plan;
        struct prompt *prompt;
        struct people *people;
        struct history *history;
        struct shown_secret *secret;
        char *hand_over;
        struct seal *seal;
        GPtrArray *diagnoses; /* of struct diagnosis */
        char *surprises;
        GPtrArray *consents; /* of struct consent */
        struct done *done;
    };
};
typedef struct event Event;

void event_free(struct event *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Event, event_free)

/* The SHA-256 of what PLAN would send, in its order; the same for a practice tenant on another port.
 * Caller frees. */
char *plan_digest(const struct plan *plan);

struct plan *plan_ref(struct plan *plan);
void plan_unref(struct plan *plan);

/* Copies of the texts. Caller frees. */
struct leave_choice *leave_choice_new(const char *key, const char *title, const char *code, const char *decided,
                                      const char *obstacle);

/* TRUE if OBSTACLE is only there because nobody decided about one of PLAN's choices. */
gboolean plan_is_choice(const struct plan *plan, const char *obstacle);

/* How many of PLAN's choices nobody decided about. */
guint plan_undecided(const struct plan *plan);

/* TRUE if PLAN's requests name as today a day that is not that of NOW (step time). */
gboolean plan_names_another_day(const struct plan *plan, gint64 now);

/* How many of its choices stay, as decided. */
guint plan_kept(const struct plan *plan);

struct history *history_ref(struct history *history);
void history_unref(struct history *history); /* NULL is fine */
void deed_free(struct deed *deed);
struct log_line *log_line_copy(const struct log_line *line);
void log_line_free(struct log_line *line);
void planned_request_free(struct planned_request *request);
/* Caller frees. */
struct diagnosis *diagnosis_new(enum diagnosis_state state, const char *subject, const char *text, const char *next);
void consent_free(struct consent *consent);
/* Caller frees; FREE takes NULL. */
struct seal *seal_new(const char *key, const char *signature, const char *reason);
void person_free(struct person *person);

/* An event of KIND that takes PAYLOAD. */
struct event *event_new(enum event_kind kind, gpointer payload);

#endif

/*
 * The worker: one thread that owns the network, the journal and the onboarding, and does one command after another.
 *
 * Only engine/ includes this. All members belong to the worker thread, except that http_wake(), http_cancel(), the
 * queues and what says so may be used from the front end's thread.
 */
#ifndef PERCH_ENGINE_WORKER_H
#define PERCH_ENGINE_WORKER_H

#include <glib.h>

#include "base/clock.h"
#include "engine/event.h"
#include "engine/journal.h"
#include "engine/ledger.h"
#include "engine/log.h"
#include "engine/queue.h"
#include "engine/session.h"
#include "engine/state_dir.h"
#include "engine/token_keeper.h"
#include "microsoft/client.h"
#include "onboarding/onboarding.h"
#include "secrets/keyring.h"
#include "secrets/redact.h"

struct command {
    enum command_kind kind;
    char *subject; /* step, object key, path, text looked for or address; may be NULL */
    char *text;    /* typed domain, decision, value, note, reason, word; may be NULL */
    gboolean flag; /* sign-in: by device code; plan: of undo */
    guint serial;  /* of a people look-up; practice form: the rung of the ladder, 0: the step itself */
};

struct worker {
    struct queue *commands; /* of struct command */
    struct queue *urgent;   /* people look-ups and pasted-back addresses: served while a command runs */
    struct queue *events;   /* of struct event */
    struct http *http;

    struct cloud *cloud;
    char *tenant;        /* as given with --tenant or in the answers; NULL if not */
    json *given_answers; /* of the file given at the start, for whichever tenant is signed in to */
    char *state_base;
    gboolean device_code;
    gboolean headless;

    struct redactor *redactor;
    struct keyring *keyring;
    struct token_keeper keeper;
    gint abandoned; /* atomic: whoever waits for the keyring to be unlocked need not */
    struct log *log;
    struct certificate *certificate; /* NULL: a person signs in */
    struct sign_in *sign_in;
    struct client *client;
    struct clock clock;

    struct onboarding *onboarding;
    json *handed;          /* what a colleague handed over, NULL: nothing, or it was taken over before */
    struct state_dir *dir; /* NULL before sign-in, like the next two */
    struct journal *journal;
    struct ledger *ledger; /* never NULL */

    char *prompt_url;        /* of the sign-in that waits for a person, NULL: none */
    char *prompt_code;       /* its user code, NULL in a browser */
    gboolean defender_ready; /* a token for Defender can be had without asking */
    gboolean confirmed;      /* the tenant's domain was typed, or need not be */
    gboolean idle;           /* no command runs */
    int waiting;             /* 0 once a command came while idle */
    gint stopping;           /* atomic: the session ends, and commands that still wait are not begun */
    const char *working;     /* key of the object that is being written, NULL: none */
    gboolean checking;
    gint64 checked;         /* step time of the last whole check */
    GHashTable *failures;   /* object key -> why its last write was refused (two lines) */
    GHashTable *refusals;   /* step id -> struct refusal: the last one that its ladder is about */
    guint waves;            /* of the last check */
    GHashTable *secrets;    /* "NAME OWNER" -> struct secret: made in this session */
    GHashTable *challenged; /* set of steps for which the person signed in once more in this command */
    char *people_claims;    /* what the last look-up of people had to prove and did; NULL: nothing */
};

/* An event for the front end, which takes PAYLOAD. */
void worker_emit(struct worker *worker, enum event_kind kind, gpointer payload);

/* The user name of who is signed in; "" if nobody is. Borrowed. */
const char *worker_account(const struct worker *worker);

/* Step time now. */
gint64 worker_now(const struct worker *worker);

/* Wait WALL microseconds, serving what cannot wait. FALSE if cancelled. */
gboolean worker_pause(struct worker *worker, gint64 wall);

/* Wait until step time DEADLINE. FALSE if cancelled. */
gboolean worker_pause_until(struct worker *worker, gint64 deadline);

/* Note RECORD (taken) in the journal and the ledger, durably, with who is signed in as its "by" unless it has one.
 * Fails as worker_require_write() does, and with PERCH_ERROR_STATE. */
gboolean worker_note(struct worker *worker, json *record, GError **error);

/* Bring every object in line with the ledger: ids, origin, decisions. */
void worker_sync_objects(struct worker *worker);

/* One line for the log; what follows the first line end is detail. */
void worker_log(struct worker *worker, enum log_severity severity, const char *subject, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* Fails with PERCH_ERROR_SIGN_IN unless signed in, with PERCH_ERROR_LOCKED if another perch holds the tenant. */
gboolean worker_require_sign_in(struct worker *worker, GError **error);
gboolean worker_require_write(struct worker *worker, GError **error);

#endif

/* SPDX-License-Identifier: MIT */
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
#include "board/event.h"
#include "engine/log.h"
#include "engine/operator.h"
#include "engine/queue.h"
#include "engine/run.h"
#include "engine/session.h"
#include "engine/situation.h"
#include "engine/tenant.h"
#include "microsoft/client.h"
#include "secrets/redact.h"

#define PLAN_OF_LEAVING 1
#define CHECK_UNASKED 1

struct command {
    enum command_kind kind;
    char *subject;  /* step, object key, path, text looked for or address; may be NULL */
    char *text;     /* typed domain, decision, value, note, reason, word; may be NULL */
    char **answers; /* path, value, path, value, ..., NULL; NULL but for answers */
    char *plan;     /* apply: the digest of the plan that was approved; NULL for any */
    gboolean flag;  /* sign-in: by device code; plan: of undo */
    guint serial; /* plan: PLAN_OF_LEAVING or 0; check: CHECK_UNASKED or 0; of a people look-up; practice form: the rung
                     of the ladder, 0: the step itself */
};

struct worker {
    struct queue *commands; /* of struct command */
    struct queue *urgent;   /* people look-ups and pasted-back addresses: served while a command runs */
    struct queue *events;   /* of struct event */
    struct http *http;
    struct client *client;
    struct cloud *cloud;
    struct clock clock;
    struct redactor *redactor;
    struct log *log;
    gboolean headless;
    gboolean unattended;   /* nobody looks before something is sent */
    char *plan_sha256;     /* of the saved plan that had to be signed; NULL: none had to be */
    gboolean board_is_due; /* before the next event */
    gboolean idle;         /* no command runs */
    int waiting;           /* 0 once a command came while idle */
    gint stopping;         /* atomic: the session ends, and commands that still wait are not begun */

    struct tenant tenant;     /* what the tenant is and was read as */
    struct operator operator; /* who is signed in */
    struct run_state run;     /* what is being done */
};

/* An event for the front end, which takes PAYLOAD; a board that is due goes before. */
void worker_emit(struct worker *worker, enum event_kind kind, gpointer payload);

/* The user name of who is signed in; "" if nobody is. Borrowed. */
const char *worker_account(const struct worker *worker);

/* Step time now. */
gint64 worker_now(const struct worker *worker);

/* client_clock_func; DATA is the worker. Says so, and moves what was read in this session with the clock: a jump is no
 * time that passed. */
void worker_clock_corrected(gint64 shift, gpointer data);

/* Wait WALL microseconds, serving what cannot wait. FALSE if cancelled. */
gboolean worker_pause(struct worker *worker, gint64 wall);

/* Wait until step time DEADLINE. FALSE if cancelled. */
gboolean worker_pause_until(struct worker *worker, gint64 deadline);

/* Note RECORD in the journal and its state, durably, with who is signed in as its "by" unless it has one.
 * Fails as worker_require_write() does, and with PERCH_ERROR_STATE. */
gboolean worker_note(struct worker *worker, const struct journal_record *record, GError **error);

/* Bring every object in line with the journal: ids, origin, decisions. */
void worker_sync_objects(struct worker *worker);

/* What is known now. */
struct situation worker_situation(const struct worker *worker);

/* A board of this moment, with one reference for the caller; the same to the front end. */
struct board *worker_board(const struct worker *worker);

/* Which other Defender may be the tenant's, and how it is asked; NULL: there is only one. A tenant of GCC signs in like
 * any other, and only its Defender may be elsewhere: Microsoft moves such tenants one by one (Defender for Endpoint for
 * US Government customers). Static. */
const char *worker_other_defender(const struct worker *worker);

/* A board for the front end: at once where somebody looks on. Headless only the last before another event counts, and
 * to build one after each of its steps is a third of what an apply computes. */
void worker_emit_board(struct worker *worker);

/* One line for the log. */
void worker_log(struct worker *worker, enum log_severity severity, const char *subject, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* The same for what is waited for until the step time UNTIL, which it names; whoever watches sees it. */
void worker_log_wait(struct worker *worker, const char *subject, gint64 until, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* The same of ERROR; what to do next is its detail. */
void worker_log_error(struct worker *worker, enum log_severity severity, const char *subject, const GError *error);

/* A log line about OBJECT that keeps the whole exchange: what was asked and what was answered. TEXT may have more
 * lines; they come first. REQUEST still has placeholders where its secrets go. */
void worker_log_exchange(struct worker *worker, enum log_severity severity, const struct object *object,
                         const char *text, const struct request *request, const struct reply *reply);

/* Fails with PERCH_ERROR_SIGN_IN unless signed in, with PERCH_ERROR_LOCKED if another perch holds the tenant. */
gboolean worker_require_sign_in(struct worker *worker, GError **error);
gboolean worker_require_write(struct worker *worker, GError **error);

#endif

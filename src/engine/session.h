/* SPDX-License-Identifier: MIT */
/*
 * The session: the one door between a front end and the worker that does the onboarding.
 *
 * session_new() starts the worker thread; commands are queued and answered by events. All functions here are called
 * from the front end's thread, return at once and may be called at any time. Each command ends with one EVENT_DONE, in
 * order; people look-ups are served while other commands run and are answered by EVENT_PEOPLE alone.
 */
#ifndef PERCH_ENGINE_SESSION_H
#define PERCH_ENGINE_SESSION_H

#include <glib.h>

#include "board/event.h"

struct session;
typedef struct session Session;

struct session_options {
    const char *state_dir;            /* the folder that holds one folder a tenant */
    const char *tenant;               /* --tenant, or NULL */
    const char *cloud;                /* --cloud; NULL: global */
    const char *cloud_file;           /* or NULL */
    const char *practice_url;         /* http://127.0.0.1:PORT, or NULL */
    const char *client_id;            /* or NULL */
    const char *certificate;          /* file to sign in with as an application that only reads, or NULL */
    const char *const *answers_files; /* what a later one says counts; one may be a hand-over; NULL: none */
    /* Of the answers that the state folder keeps: NULL: all have to be as they ought; else this member alone ("":
     * none), and what is not so of the others is left out, with a line of LOG_ERROR, and stays in the folder. */
    const char *answers_needed;
    const char *partner_file; /* or NULL: the built-in profile */
    const char *log_file;     /* or NULL */
    /* What these files have to have, or NULL. */
    const char *cloud_sha256;
    const char *partner_sha256;
    const char *const *answers_sha256; /* in the order of the files */
    const char *allowed_signers;       /* whose signers profile, answers and plan have to be from: a file, or NULL */
    const char *plan_file;             /* the saved plan that is to be sent, or NULL */
    gboolean unattended;               /* nobody looks before something is sent or taken over */
    gboolean no_keyring;
    gboolean for_session;      /* keep the sign-in in the kernel's keyring of this login session */
    gboolean practice_keyring; /* keep a practice sign-in in the keyring too, apart from others */
    gboolean device_code;      /* sign in by device code where the front end does not say */
    gboolean headless;         /* sign-in prompts are events all the same */
    gboolean audit_log;        /* ask for the right to read the tenant's audit log, to say who changed what */
    gboolean started_over;     /* its folder was emptied on wish: what the keyring remembers of it is past */
    gboolean no_excess;        /* refuse a sign-in that can do more than was asked for */
    gboolean never_ask;        /* no prompts: without a kept sign-in a command fails with PERCH_ERROR_PERSON */
};

/* Everything that can be refused before anything is sent is refused here: a bad cloud, profile, answers file (with its
 * JSON path), an unusable state directory. Strings are copied. Caller frees with session_free(). */
struct session *session_new(const struct session_options *options, GError **error);

/* Stops the worker (a write in flight is waited for and journalled) and frees. */
void session_free(struct session *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Session, session_free)

/* Readable when events wait. For poll(). */
int session_event_fd(const struct session *session);

/* The next event, or NULL. Caller frees with event_free(). */
struct event *session_next_event(struct session *session);

/* Like session_next_event(), waiting until there is one or the wall microseconds TIMEOUT (-1: for ever) have passed. */
struct event *session_wait_event(struct session *session, gint64 timeout);

/* Stop what runs now as soon as it is safe: a write in flight is waited for. */
void session_cancel(struct session *session);

void session_sign_in(struct session *session, gboolean device_code);

/* Forget the tokens, here and in the keyring: of this tenant, or of all where none is known. Fails with
 * PERCH_ERROR_STATE if the keyring may still keep one. */
void session_sign_out(struct session *session);

/* Look whether the keyring is locked; the board then says so. At most 3 s. */
void session_probe_keyring(struct session *session);

/* Let the desktop ask the person to unlock the keyring, for at most 120 s or until session_cancel(). Without it the
 * session goes on in memory: that is no error. */
void session_unlock_keyring(struct session *session);

/* Look what on this machine stands in the way, without signing in: EVENT_DIAGNOSES. Asks the cloud's hosts for a page
 * that anybody may have. With TENANT also signs in and reads the tenant: where Microsoft answered differently from what
 * it documents is among the diagnoses, and EVENT_SURPRISES comes before them. */
void session_doctor(struct session *session, gboolean tenant);

void session_check(struct session *session);

/* The same where a sign-in was kept, as nobody has asked for anything yet; else PERCH_ERROR_PERSON. */
void session_check_unasked(struct session *session);

/* The same for a person who asks for it: a sign-in that was left out before is asked for once more. */
void session_check_all(struct session *session);

void session_plan(struct session *session, gboolean undo);

/* SHA-256 of the saved plan whose signature was checked when the session began; NULL: none had to be signed. Borrowed.
 */
const char *session_signed_plan(const struct session *session);

/* Only what STEP and the steps that it needs ask for. */
void session_plan_step(struct session *session, const char *step);

/* Show the first password of an account that perch made once more, as EVENT_SECRET. */
void session_password(struct session *session);

/* The consents that signing in left, as EVENT_CONSENTS; TAKE_BACK: and delete those that are this account's alone, and
 * those for everyone whose ids NAMED (with a blank between; NULL: none) holds. Fails with PERCH_ERROR_INPUT, and
 * nothing is deleted, where it names one that is not among them. */
void session_consents(struct session *session, gboolean take_back, const char *named);

/* End every session of the account that is signed in, here and everywhere. */
void session_revoke_sessions(struct session *session);

/* What was done so far, as EVENT_HISTORY. Reads nothing: check first. */
void session_history(struct session *session);

/* Put the seal of this installation on TEXT: EVENT_SEAL, which says why where no keyring keeps its key. */
void session_seal(struct session *session, const char *text);

/* What a colleague needs to go on, read anew: into FILE, for its owner only, or as EVENT_HAND_OVER where FILE is NULL.
 * Fails with PERCH_ERROR_IN_DOUBT while the outcome of a write is not known. */
void session_hand_over(struct session *session, const char *file);

/* What was handed over, and board->handed shows, is accepted: from now on it counts and is kept. Until then it is
 * looked at and nothing of it is written; whatever would write ends with PERCH_ERROR_PERSON. Does nothing where nothing
 * was handed over, or was taken over before. TYPED_DOMAIN: as for session_apply(), where the same answer confirms both;
 * a wrong one takes nothing over. NULL: somebody agreed to this alone. */
void session_take_over(struct session *session, const char *typed_domain);

/* STEP: only this step and what it needs; NULL: all. TYPED_DOMAIN: what the person typed to confirm the tenant; NULL if
 * the board says confirmed. A wrong one ends the command with PERCH_ERROR_TENANT and nothing was sent. */
void session_apply(struct session *session, const char *step, const char *typed_domain);

void session_undo(struct session *session, const char *typed_domain);

/* The same for what PLAN shows, an apply or an undo: if what would be sent is, after reading anew, still that. Else it
 * ends with PERCH_ERROR_PERSON and nothing was sent. */
void session_send_plan(struct session *session, const struct plan *plan, const char *typed_domain);

/* What leaving the partner would send, and what of the partner's would stay, as EVENT_PLAN; session_send_plan() leaves
 * it, and EVENT_PLAN then says what is left. */
void session_plan_leave(struct session *session);

/* DECISION: the value of a struct board_choice of the object, with the text added where it needs one. */
void session_decide(struct session *session, const char *object_key, const char *decision);

/* PATH of the answers file; VALUE as the person typed it, "" clears it. */
struct answer {
    const char *path;
    const char *value;
};

/* The COUNT ANSWERS (copied) as one command: all of them are taken, or none with PERCH_ERROR_INPUT and the first that
 * is not valid. What depends on them is read from the tenant again, and nothing else: what belongs together (a form, a
 * paste with two values) is sent together, since each command reads for itself. */
void session_answer_all(struct session *session, const struct answer *answers, guint count);

/* The same with one answer. */
void session_answer(struct session *session, const char *path, const char *value);

void session_tell(struct session *session, const char *step, const char *note);
void session_skip(struct session *session, const char *step, const char *reason); /* NULL reason: no longer skipped */
/* What was told about STEP, or decided about the object OBJECT_KEY, holds no longer; that is recorded, and what was
 * said stays in the record. Refused with PERCH_ERROR_INPUT where nothing was. */
void session_untell(struct session *session, const char *step);
void session_undecide(struct session *session, const char *object_key);

void session_override_wait(struct session *session, const char *step, const char *typed_word);

/* Only against a practice tenant: post the portal's form of STEP; NULL: approve the sign-in that is being asked for. */
void session_practice_form(struct session *session, const char *step);

/* The same for what RUNG (from 1) of the step's ladder asks for. */
void session_practice_rung(struct session *session, const char *step, int rung);

/* Members whose name, user name or mail begins with TEXT. SERIAL comes back in the answer. */
void session_find_people(struct session *session, const char *text, guint serial);

/* The address that the browser failed to open, for a browser on another machine. */
void session_paste_back(struct session *session, const char *address);

#endif

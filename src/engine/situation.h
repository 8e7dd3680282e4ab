/* SPDX-License-Identifier: MIT */
/*
 * What is known at one moment: all that deciding takes into account.
 *
 * Deciding is pure: the state of a step (step_status.h), what to do next (actions.h), the plan (plan.h) and the board
 * (board_build.h) follow from a situation and from nothing else. They know no thread, no network and no file, change
 * nothing, and are tested by tables. A situation is made for a question and is not kept; it borrows everything.
 */
#ifndef PERCH_ENGINE_SITUATION_H
#define PERCH_ENGINE_SITUATION_H

#include <glib.h>

#include "microsoft/cloud.h"
#include "onboarding/onboarding.h"
#include "secrets/redact.h"
#include "store/journal_state.h"

/* Why the last write of an object came to nothing. */
struct failure {
    char *what;       /* one sentence */
    char *hint;       /* what to do next; "" if there is nothing to say */
    char *step;       /* id: of what no object of the profile stands for; NULL for an object */
    gboolean of_undo; /* it could not be taken away, or not put back, */
    gboolean is_open; /* nothing failed: the same is asked for already, and somebody has to say yes */
    gboolean follows; /* only because of another that could not */
};

struct situation {
    const struct onboarding *onboarding;       /* what is wanted, and what was read */
    const struct journal_state *journal_state; /* what perch did, and what persons said */
    const struct cloud *cloud;
    struct redactor *redactor; /* what no text may show */
    GHashTable *failures;      /* object key -> struct failure, since the object was last read */
    GHashTable *held_back;     /* set of keys of objects that this run does not write; NULL: none */
    GHashTable *refusals;      /* step id -> struct refusal */
    GHashTable *undo_notes;    /* object key -> what the last undo said of it; NULL: none undid */
    GHashTable *audits;        /* step id -> struct step_audit, since the last whole check; NULL: none */
    GHashTable *assumed;       /* keys of objects to be taken as if they matched; NULL: none */
    const char *working;       /* key of the object that is being written; NULL: none */
    gboolean checking;         /* the tenant is being read */
    gboolean signed_in;        /* and what is kept of the tenant is open */
    gint64 now;                /* step time */
    double clock_rate;         /* step seconds in one of this machine's */
};

/* HINT may be NULL. Caller frees. */
struct failure *failure_new(const char *what, const char *hint);
void failure_free(gpointer failure);

/* TRUE if a plan assumes that OBJECT was made by then; who gets in by a door that is not there yet can only be read
 * afterwards, and is assumed to be nobody. */
gboolean situation_assumes(const struct situation *situation, const struct object *object);

/* TRUE if a plan assumes that a role was activated by then which is enough for STEP. */
gboolean situation_opens(const struct situation *situation, const char *step);

/* TRUE if OBJECT is as wanted, or is to be taken so. */
gboolean situation_matches(const struct situation *situation, const struct object *object);

const struct object_entry *situation_object(const struct situation *situation, const struct object *object);

/* TRUE if KIND is what was decided about OBJECT, and about what is shown of it now. */
gboolean situation_decides(const struct situation *situation, const struct object *object, enum decision_kind kind);

/* TRUE if the service refused to make OBJECT, and the portal makes it: it is a person's until it is there, though apply
 * may try again. */
gboolean situation_leaves_to_portal(const struct situation *situation, const struct object *object);
const struct step_entry *situation_step(const struct situation *situation, const struct step *step);

/* "Red Canary was left on 28 Nov by ann", as long as nothing was made since, "leaving Red Canary was begun on ..."
 * while some of what perch made here, or was decided to go, is there; NULL if it was not. Caller frees. */
char *situation_left(const struct situation *situation);

/* When, by whom ("": not noted), and whose hand-over says so (NULL, "": it was undone here). Borrowed. */
struct undone {
    gint64 at;
    const char *by;
    const char *from;
};

/* TRUE, and *UNDONE, as long as situation_undone() says so. */
gboolean situation_is_undone(const struct situation *situation, struct undone *undone);

/* "what perch had made was undone on 28 Nov by ann", "part of what ..." while some of it is left, as long as nothing
 * was made or changed since, on this machine or found so, and the partner was not left; NULL if it was not. Caller
 * frees. */
char *situation_undone(const struct situation *situation);

/* TEXT with whose word it is, where it came by the hand-over of FROM (NULL and "": it was said here). Caller frees. */
char *situation_claim(const char *text, const char *from);

/* TEXT (NULL: "") without secrets and safe for a terminal. Caller frees. */
char *situation_clean(const struct situation *situation, const char *text);

#endif

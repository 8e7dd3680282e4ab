/* SPDX-License-Identifier: MIT */
/*
 * The tenant: which one is meant, what is wanted of it and was read of it, and what is kept of it on disk. Worker
 * thread.
 *
 * What is kept (folder, lock, journal, answers) is open from the sign-in to the sign-out; before it dir and journal are
 * NULL and journal_state is empty.
 */
#ifndef PERCH_ENGINE_TENANT_H
#define PERCH_ENGINE_TENANT_H

#include "onboarding/onboarding.h"
#include "store/journal.h"
#include "store/journal_state.h"
#include "store/state_dir.h"

struct sign_in_account;
struct worker;
struct redactor;

struct tenant {
    char *named;             /* as given with --tenant or in the answers; NULL if not */
    json *given_answers;     /* of the file given at the start, for whichever tenant is signed in to */
    json *handed;            /* what a colleague handed over, NULL: nothing, or it was taken over before */
    char *handed_sha256;     /* of its file */
    json *kept_answers;      /* those of the folder, before what was handed over; NULL where that was accepted */
    char *answers_needed;    /* as in session_options */
    gboolean answers_pruned; /* something of the folder's answers was left out: they are not written */
    gboolean started_over;   /* as in session_options, until its folder was opened */
    gboolean proposed;       /* it is only looked at so far: nothing of it, or because of it, is written */
    char *state_base;
    struct onboarding *onboarding;
    struct state_dir *dir;
    struct journal *journal;
    struct journal_state *journal_state; /* never NULL */
    gint64 checked;                      /* step time of the last whole check */
    GHashTable *audits;                  /* step id -> struct step_audit, of the last whole check */
};

void tenant_init(struct tenant *tenant, const char *named, const char *state_base);
void tenant_clear(struct tenant *tenant);

/* Let {today} be the day of step time NOW, in UTC. */
void tenant_set_today(struct tenant *tenant, gint64 now);

/* Take secrets out of what was typed as a note or a reason in ANSWERS, which may hold anything. */
void tenant_clean_answers(struct redactor *redactor, json *answers);

/* Write the answers to disk, if the tenant is known and this perch may write. */
gboolean tenant_save_answers(struct tenant *tenant, GError **error);

/* Fails with PERCH_ERROR_TENANT if ACCOUNT is of another tenant than was named or handed over. */
gboolean tenant_check(const struct worker *worker, const struct sign_in_account *account, GError **error);

/* Open what is kept of the tenant of ACCOUNT, and bring every object in line with it. Nothing is open if it fails. */
gboolean tenant_open(struct worker *worker, const struct sign_in_account *account, GError **error);

/* Fold the journal anew: what was only noted in memory is forgotten. */
void tenant_replay(struct worker *worker);

/* Close what is kept, and forget what was answered, decided or read, so that none of it counts for the next tenant. */
void tenant_close(struct worker *worker);

#endif

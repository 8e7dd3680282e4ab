/*
 * The state of a step, from its objects, its answers, the steps it needs and what the ledger says. Worker thread.
 */
#ifndef PERCH_ENGINE_STEPS_H
#define PERCH_ENGINE_STEPS_H

#include "engine/worker.h"

struct step_status {
    enum step_state state;
    char *reason; /* one sentence, "" if there is nothing to say */
    char *next;   /* what to do next, "" if there is nothing to do */
    gint64 until; /* waiting: the deadline, step time; else 0 */
};

/* ASSUMED (may be NULL): keys of objects that are to be taken as if they matched. Fill STATUS; clear it afterwards. */
void step_status(struct worker *worker, const struct step *step, GHashTable *assumed, struct step_status *status);
void step_status_clear(struct step_status *status);

/* TRUE if every step that STEP needs is done, told or skipped, and the account may do it. */
gboolean step_needs_are_met(struct worker *worker, const struct step *step, GHashTable *assumed);

/* TRUE if the account that is signed in may not do what is left in STEP. */
gboolean step_lacks_role(struct worker *worker, const struct step *step);

/* TRUE if a person told that STEP is done and what is missing in it can be done unseen by perch. */
gboolean step_is_told(struct worker *worker, const struct step *step);

/* What STEP's guide says that telling is about, as it stands now: "" if it is not there yet, NULL if it names nothing.
 * Caller frees. */
char *step_told_about(const struct worker *worker, const struct step *step);

/* TRUE if what STEP was told about is another by now, so that it has to be told again. */
gboolean step_told_is_outdated(const struct worker *worker, const struct step *step);

/* Begin the waits whose cause is proved by now, durably. */
gboolean steps_begin_waits(struct worker *worker, GError **error);

/* The label of the first field of STEP that has no answer and without which the step cannot be told, or NULL. Borrowed
 * from the profile. */
const char *step_missing_to_tell(const struct worker *worker, const struct step *step);

/* What keeps STEP from being done: the first required field without an answer, or a day that has gone by before what it
 * is for was made. One sentence; NULL if nothing does. Caller frees. */
char *step_field_problem(const struct worker *worker, const struct step *step);

/* A sentence if FIELD of the profile does not take a day that has gone by and DAY ("2026-11-24", NULL, "") is one; else
 * NULL. Today is that of step time, in UTC. Caller frees. */
char *step_past_day(const struct worker *worker, const json *field, const char *day);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The answers that a run is given: one file over another, and at most one of them what a colleague handed over; and who
 * signed what decides for it. Reads files; the thread that makes the session.
 */
#ifndef PERCH_ENGINE_GIVEN_ANSWERS_H
#define PERCH_ENGINE_GIVEN_ANSWERS_H

#include "engine/session.h"
#include "onboarding/profile.h"

struct given_answers {
    json *answers;       /* an object */
    json *handed;        /* the hand-over, NULL if there is none */
    char *handed_sha256; /* of its file */
    char *plan_sha256;   /* of the saved plan that had to be signed; NULL: none had to be */
    GPtrArray *signers;  /* of char *: who signed which of them, the profile or the plan, a sentence each */
    GPtrArray *notices;  /* of char *: a sentence for each answer that a later file gave otherwise, or that a field
                            remarks on */
};
typedef struct given_answers GivenAnswers;

/* Read the files of OPTIONS in their order; what a later one says counts. PERCH_ERROR_INPUT or _USAGE for one that
 * cannot be used, or that has to be signed and is not: these, PROFILE's file and the plan. FALSE leaves GIVEN empty;
 * else the caller clears it. */
gboolean given_answers_load(struct given_answers *given, const struct session_options *options,
                            const struct profile *profile, GError **error);
void given_answers_clear(struct given_answers *given);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GivenAnswers, given_answers_clear)

#endif

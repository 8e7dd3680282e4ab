/* SPDX-License-Identifier: MIT */
/*
 * What is said and decided where the partner is left, once for the console, plain mode and headless
 * commands. Owned by the UI thread.
 */
#ifndef PERCH_UI_LEAVE_ANSWERS_H
#define PERCH_UI_LEAVE_ANSWERS_H

#include "engine/session.h"

/* What becomes of something that others made. */
#define LEAVING_REMOVE "remove"
#define LEAVING_KEEP "keep"

/* What stands before what PLAN leaves alone and nobody decided so: "Not in this plan yet". Static. */
const char *plan_obstacles_words(const struct plan *plan);

/* What stands before what no request does. */
#define PLAN_BY_HAND_WORDS "What only you can do"

/* What PLAN, of leaving, comes to where it sends nothing, in one sentence; NULL: it sends something. Static. */
const char *leave_sentence(const struct plan *plan);

/* Answer what was DECIDED: the key of a leave_choice -> one of the two words. FALSE, and nothing is sent, if nothing
 * was. */
gboolean leave_answers_send(struct session *session, GHashTable *decided);

#endif

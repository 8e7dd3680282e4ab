/* SPDX-License-Identifier: MIT */
/*
 * Asking and writing, with a person at hand for the one thing that a request may need of them: signing in once more
 * because the service challenged the claims of the token. Worker thread.
 */
#ifndef PERCH_ENGINE_CHALLENGE_RETRY_H
#define PERCH_ENGINE_CHALLENGE_RETRY_H

#include <glib.h>

struct reply;
struct request;
struct worker;

/* Like client_read() and client_write(). What is refused with a claims challenge is sent once more after the person has
 * signed in with the claims; a STEP (any text) gets one such sign-in for each command, so that a service which is never
 * content does not ask for ever. */
GPtrArray *challenge_retry_read(struct worker *worker, const char *step, GPtrArray *requests);
struct reply *challenge_retry_write(struct worker *worker, const char *step, const struct request *request);

/* TRUE if REPLY is such a challenge and STEP's sign-in is not used up, which it is now. */
gboolean challenge_retry_is_due(struct worker *worker, const char *step, const struct reply *reply);

/* Have the person meet the claims of REPLY to REQUEST. TRUE if it may be sent again. */
gboolean challenge_retry_meet(struct worker *worker, const char *step, const struct request *request,
                              const struct reply *reply);

/* REPLY was challenged again after the sign-in that the challenge asked for: from now on it is a refusal of that one
 * request, which says why, and no longer a reason to sign in. The second one says so in the log. */
void challenge_retry_give_up(struct reply *reply);
void challenge_retry_end(struct worker *worker, struct reply *reply);

#endif

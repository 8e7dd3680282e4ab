/* SPDX-License-Identifier: MIT */
/*
 * Whether a request goes again, and when: one policy for reads, writes, people look-ups and the sign-in service. Pure.
 *
 * 429 says that nothing was carried out, so anything may go again after it: when the service says, or after a wait that
 * grows from the throttled resource's own window; but a hunting query waits for its next cycle (a quarter of an hour,
 * advanced-hunting-limits), that is for another run. Directory_ConcurrencyViolation says the same of a change. Any
 * other refusal, 503 too, leaves open what happened: only what is harmless to do twice goes again. Asking earlier than
 * told counts as one more request, so it is never done.
 */
#ifndef PERCH_MICROSOFT_RETRY_H
#define PERCH_MICROSOFT_RETRY_H

#include "microsoft/request.h"

/* How a request ended. Times in wall microseconds. */
struct retry_answer {
    gboolean harmless; /* to do twice: a read, the refresh of a token */
    enum reply_outcome outcome;
    gboolean may_pass; /* there was no answer, for a reason that may be over in a moment */
    gboolean is_quota; /* of a query: its quota is the whole tenant's, and each try counts */
    gboolean collided; /* somebody else's change came at the same moment: nothing was carried out (409) */
    int status;
    gint64 told;   /* Retry-After; -1: none */
    gint64 window; /* retry_window() */
};

/* What was done for this request so far. */
struct retry_past {
    guint repeats;
    gint64 waited;
};

/* Wall microseconds until it goes again; -1: this answer is final. */
gint64 retry_wait(const struct retry_past *past, const struct retry_answer *answer);

/* The window over which the service counts, from its SENTENCE ("throttle.app.10s"); 0 if that names none. */
gint64 retry_window(const char *sentence);

#endif

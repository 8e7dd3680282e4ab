/* SPDX-License-Identifier: MIT */
/*
 * The engine on a bench: a worker of its own, signed in, its folder open, over the made-up onboarding, and in place of
 * network and clock what a row says. Nothing waits and nothing is sent. Whoever links it wraps what it stands in for
 * (tests/CMakeLists.txt).
 */
#ifndef PERCH_TESTS_ENGINE_BENCH_H
#define PERCH_TESTS_ENGINE_BENCH_H

#include "engine/worker.h"
#include "support/made_up.h"

#define BENCH_ACCOUNT "ann@contoso.com"
#define BENCH_TENANT "11111111-1111-4111-8111-111111111111"

struct bench {
    struct made_up *made_up;
    struct worker worker;
    char *folder;
    gint64 now;                 /* step time */
    GHashTable *reads;          /* key of an object -> GPtrArray of what its readings come to */
    GPtrArray *answers;         /* of what the writes are answered by */
    GString *sent;              /* "POST /v1.0/made-up; " */
    GHashTable *bodies;         /* end of a path -> the JSON that a read of it brings, with ' for " */
    GHashTable *statuses;       /* end of a path -> the status of a read of it */
    const char *const *granted; /* the scopes that were; NULL: all */
    guint asked;                /* requests that read */
    guint trips;                /* in so many round trips */
    int trip_seconds;           /* each of which takes so long */
    int look_seconds;           /* so much later is each reading of the clock than the one before */
    gboolean is_signed_out;
    gboolean stops;        /* the next wait is cancelled */
    gboolean stops_always; /* ... whatever begins anew */
};

/* ANSWERS: see made_up_new(). SCRIPT: see made_up_arrange(). */
struct bench *bench_new(const char *answers, const char *script);
void bench_free(struct bench *bench);

/* The readings of each object that SCRIPT names come to this, one after another, the last one for good:
 * "thing=absent,matches:t1; next=unread". STATE[/SIZE][:ID[@SECONDS]] (what differs is of SIZE 2, unless it says
 * otherwise; made so long after MADE_UP_NOW), "unread" for a 503, "challenged" for a 401 that wants a new sign-in,
 * "unauthorized" for one that does not, "offline", "busy", "stopped", "signed-out" or "foreign" for what fails so. What
 * is not named is as wanted. */
void bench_read(struct bench *bench, const char *script);

/* The writes are answered so, one after another: "201:t1 lost not-sent 400 429/30 challenged", with the seconds
 * of a Retry-After behind a stroke. After one with
 * "!" behind it the journal cannot be written any more. */
void bench_answer(struct bench *bench, const char *answers);

/* What was noted since it began: "intent sent replied verified". Caller frees. */
char *bench_journal(const struct bench *bench);

#endif

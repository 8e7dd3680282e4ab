/* SPDX-License-Identifier: MIT */
/*
 * The practice tenant: a strict stand-in, on this machine's loopback addresses only, for the part of Microsoft's cloud
 * that perch talks to.
 *
 * One struct practice lives as long as the program. Connection threads take its lock for the whole of a request's
 * work, so that everything but the fields named below belongs to whoever holds the lock. The tenant is one JSON
 * document (tenant.h), which --store keeps.
 */
#ifndef PERCH_PRACTICE_PRACTICE_H
#define PERCH_PRACTICE_PRACTICE_H

#include <pthread.h>
#include <stdio.h>

#include <glib.h>

#include "base/clock.h"
#include "base/embedded.h"
#include "base/json.h"
#include "base/loopback.h"

enum service {
    SERVICE_LOGIN, /* sign-in, portal forms, the practice tenant's own hooks */
    SERVICE_GRAPH,
    SERVICE_DEFENDER,
    SERVICE_GCC_DEFENDER, /* answers as SERVICE_DEFENDER does where the tenant's is here */
    SERVICE_COUNT
};

struct practice_options {
    int port;
    int sockets; /* descriptor of the first of SERVICE_COUNT that listen already; -1: none */
    char *scenario;
    gint64 seed;
    int latency; /* milliseconds before each answer */
    double clock_rate;
    char *clock_start; /* ISO 8601; NULL: now */
    gboolean auto_approve;
    char *account; /* who signs in unasked; NULL: the administrator of the company */
    char *store;
    char *record;
    char *tls_cert;
    char *tls_key;
    int device_interval;      /* seconds between two polls for a device code */
    gboolean end_with_parent; /* end at the end of standard input */
    char *client_certificate; /* PEM of the certificate that applications may sign in with; NULL: none */
};

struct practice {
    struct practice_options options; /* read-only after the start */
    char *origins[SERVICE_COUNT];    /* "http://127.0.0.1:PORT"; read-only after the start */
    pthread_mutex_t lock;            /* thread sanitizers see through it, unlike GMutex */
    pthread_cond_t stopped;
    gboolean stopping;
    json *state;           /* see tenant.h */
    json *company;         /* assets/practice/contoso.json with the scenario laid over it */
    json *schemas;         /* assets/practice/schemas.json */
    json *graph;           /* assets/practice/routes.json */
    GPtrArray *routes;     /* of struct route: Graph's */
    double replica_lag;    /* how far behind the directory's replica is that answers, as a factor of its usual lag */
    gint64 governance_lag; /* milliseconds that the service which asks the directory is behind it; 0: none */
    guint calls;           /* how many were answered, which decides the replica */
    gpointer signing_key;  /* NULL until an id token is signed */
    gboolean dirty;        /* the state differs from the store */
    gint64 kept;           /* monotonic time of the last write to the store */
    struct clock clock;
    FILE *record;
    GHashTable *attempts; /* "METHOD path" -> how often it was tried, for faults that are drawn */
    GHashTable *held;     /* the same key -> struct hold: how long it stays throttled */
    GPtrArray *faults;    /* of struct fault: armed through /practice/fault */
    char *proved;         /* the claims that the last sign-in was asked to prove; NULL: none */
};

/* Get ready what every practice tenant has, its options and clock aside. practice_clear() frees all that it holds. */
void practice_init(struct practice *practice);
void practice_clear(struct practice *practice);

/* What is below assets/practice; the file NAME of it as JSON, NULL if there is none such. Caller frees. */
extern const struct embedded practice_assets[];
json *practice_asset(const char *name);

/* Sleep MILLISECONDS, or until the program stops. Not to be called with the lock held. */
void practice_sleep(struct practice *practice, gint64 milliseconds);

/* The practice clock, microseconds since 1970, and the same as ISO 8601. Caller frees. */
gint64 practice_now(const struct practice *practice);
char *practice_time(const struct practice *practice);

#endif

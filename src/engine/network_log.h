/* SPDX-License-Identifier: MIT */
/*
 * What the network tells of itself, as lines of the log: each request with how it ended and how long is waited for it,
 * who vouches for a host, what Microsoft answered otherwise than documented. Callbacks of http, client and sign-in;
 * worker thread. DATA is the struct worker.
 */
#ifndef PERCH_ENGINE_NETWORK_LOG_H
#define PERCH_ENGINE_NETWORK_LOG_H

#include <glib.h>

struct reply;
struct request;
struct worker;

/* REQUEST was answered by REPLY; WAIT: microseconds until it goes again, 0 if that is its end. */
void network_log_reply(const struct request *request, const struct reply *reply, gint64 wait, gpointer data);

/* WHAT (a host, a service) is asked again in WAIT microseconds, since it answered STATUS (0: nothing). */
void network_log_wait(const char *what, int status, gint64 wait, gpointer data);

/* WHAT another program did while somebody signed in; a sentence. */
void network_log_interference(const char *what, gpointer data);

/* ISSUER, as its certificate says, vouches for HOST. One that is none of Microsoft's is kept for the board. */
void network_log_issuer(const char *host, const char *issuer, gpointer data);

/* Say where the authorities come from, if not from the system: whoever made that file decides whom perch believes. */
void network_log_authorities(struct worker *worker);

#endif

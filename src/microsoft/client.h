/* SPDX-License-Identifier: MIT */
/*
 * The signed-in client: sends requests to Graph and Defender with the right token, and nothing else with it.
 *
 * Owned by the worker thread. It finds the token for the service, refreshes it when it is about to end, repeats what
 * retry.h says, follows pages on the same host only, and turns Microsoft's answers into struct reply. A write goes
 * again only where it is known that nothing came of it: never after its answer was lost. How much of a list is read
 * stands in base/limits.h.
 */
#ifndef PERCH_MICROSOFT_CLIENT_H
#define PERCH_MICROSOFT_CLIENT_H

#include <glib.h>

#include "base/clock.h"
#include "microsoft/cloud.h"
#include "microsoft/http.h"
#include "microsoft/request.h"
#include "microsoft/retry.h"
#include "microsoft/sign_in.h"

struct client;
typedef struct client Client;

/* What happened, for the log; called in the worker thread. WAIT: wall microseconds that will be waited before another
 * try, 0 for a final one. */
typedef void (*client_report_func)(const struct request *request, const struct reply *reply, gint64 wait,
                                   gpointer data);

/* All are borrowed and outlive the client; CLOCK follows what the answers tell of the time. */
struct client *client_new(struct http *http, const struct cloud *cloud, struct sign_in *sign_in, struct clock *clock,
                          client_report_func report, gpointer data);
void client_free(struct client *client);

/* CORRECTED is called in the worker thread each time that Graph's answers set the clock by SHIFT microseconds.
 * Defender's API is not asked for the time: what it keeps bears no date that perch compares. */
typedef void (*client_clock_func)(gint64 shift, gpointer data);
void client_on_clock(struct client *client, client_clock_func corrected, gpointer data);

/* Send COUNT reads side by side and wait for all. An array of struct reply, in the order of REQUESTS, freed by the
 * caller with g_ptr_array_unref(); entries are PERCH_ERROR_CANCELLED if the person stopped it. Like client_write(), not
 * to be called from a callback of http_run(): client_start_read() is for those. */
GPtrArray *client_read(struct client *client, struct request *const *requests, guint count);

/* Send one write and wait for its reply. Repeated only if it was refused with 429 or for an ended token, or
 * never left this machine. Cancelling waits for a write that is under way, at most its 60 s. Caller frees. */
struct reply *client_write(struct client *client, const struct request *request);

/* The same, for who writes down first that nothing came of it: what client_write() would repeat after a wait is
 * answered by that wait, goes_again, which PAST counts. An ended token is renewed meanwhile. Caller frees. */
struct reply *client_write_once(struct client *client, const struct request *request, struct retry_past *past);

/* Begin a read that other work does not wait for; DONE gets the reply (taken) in the worker thread. */
typedef void (*client_done_func)(struct reply *reply, gpointer data);
void client_start_read(struct client *client, const struct request *request, client_done_func done, gpointer data);

/* Round trips begun so far: side-by-side reads count once. */
guint client_round_trips(const struct client *client);

/* The absolute URL of REQUEST, percent-encoded except for placeholders. Caller frees. */
char *client_url(const struct cloud *cloud, const struct request *request);

#endif

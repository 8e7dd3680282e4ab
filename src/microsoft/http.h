/* SPDX-License-Identifier: MIT */
/*
 * HTTP over libcurl, which no other module knows of.
 *
 * Owned by the worker thread; http_wake(), http_cancel(), http_cancel_reset() and http_is_cancelled() may be called
 * from any. Every transfer: https only (http only to 127.0.0.0/8), TLS 1.2 or newer, peer and host verified, no
 * redirects, no cookies, no netrc, 10 s to connect, 60 s in all, 1 byte/s for 30 s at least, at most 4 MiB of body and
 * 64 KiB of headers, a fresh client-request-id. A write goes out on a fresh connection, because libcurl repeats any
 * request once a reused connection breaks. Nothing is retried here.
 */
#ifndef PERCH_MICROSOFT_HTTP_H
#define PERCH_MICROSOFT_HTTP_H

#include <glib.h>

#include "microsoft/cloud.h"
#include "microsoft/request.h"
#include "secrets/redact.h"

struct http;
typedef struct http Http;

struct http_call {
    const char *method;
    const char *url;          /* absolute */
    const char *bearer;       /* access token; NULL: none */
    const char *content_type; /* of BODY */
    const char *body;         /* NULL: none */
    gsize body_length;
    gboolean eventual; /* ConsistencyLevel: eventual */
    gboolean fresh;    /* on a new connection; writes always are */
    gboolean must_end; /* cancelling waits for it rather than leave its outcome unknown */
};

struct http_reply {
    enum reply_outcome outcome;
    int status;
    GString *body;      /* raw bytes; never NULL */
    char *content_type; /* "" if none */
    char *request_id;
    char *client_request_id;
    char *www_authenticate; /* "" if none */
    char *location;         /* where a redirect points, which is never followed; "" if none */
    char *practice_time;    /* NULL unless told by a loopback server */
    char *practice_rate;
    gint64 retry_after; /* wall microseconds to wait; -1: not told */
    gint64 server_time; /* of the Date header, microseconds since 1970; 0: none */
    gint64 duration;
    char *peer_issuer;   /* issuer of the chain's last certificate, where known; "" otherwise */
    const char *problem; /* static word for what went wrong: "resolve", "connect", "tls" ...; "" if answered */
    GError *error;       /* NULL if answered */
};

void http_reply_free(struct http_reply *reply);

/* TRUE if there was no answer for a reason that may be over in a moment. */
gboolean http_failure_may_pass(const struct http_reply *reply);

/* Called in the worker thread when a transfer ended; REPLY is taken by the callee. */
typedef void (*http_done_func)(struct http_reply *reply, gpointer data);

/* Called in the worker thread each time http_run() was woken: the place to serve what cannot wait. */
typedef void (*http_woken_func)(gpointer data);

/* WOKEN may be NULL. NULL and PERCH_ERROR_INTERNAL if libsodium cannot be started. libcurl is loaded by the worker
 * thread, when it is first needed. Caller frees. */
struct http *http_new(http_woken_func woken, gpointer data, GError **error);

/* What still runs ends as cancelled: each DONE and DUE is called a last time. */
void http_free(struct http *http);

/* Called in the worker thread when the certificate of HOST was vouched for by an ISSUER not seen there before: the last
 * certificate's issuer as the server sent it, not made safe for a screen. Where a company inspects TLS it is the
 * company's own. */
typedef void (*http_peer_func)(const char *host, const char *issuer, gpointer data);
void http_on_peer(struct http *http, http_peer_func peer, gpointer data);

/* Called in the worker thread before WAIT wall microseconds are waited because WHAT answered with STATUS (0: not at
 * all), for whoever tells the person. */
typedef void (*http_wait_func)(const char *what, int status, gint64 wait, gpointer data);
void http_on_wait(struct http *http, http_wait_func wait, gpointer data);
void http_say_wait(const struct http *http, const char *what, int status, gint64 wait);

/* Begin CALL (copied); DONE comes from within http_run(). */
void http_start(struct http *http, const struct http_call *call, http_done_func done, gpointer data);

/* DUE is called once in DELAY wall microseconds from within http_run(), or at once if that is cancelled. */
void http_after(struct http *http, gint64 delay, http_woken_func due, gpointer data);

/* Run transfers until *PENDING is 0 or CANCEL is set or the monotonic time DEADLINE (-1: none) has come. PENDING may be
 * NULL: run until deadline or cancel. An additional descriptor may be watched with http_watch(). Returns FALSE only if
 * cancelled, once transfers that must end have ended. May be called from the callbacks that it makes. */
gboolean http_run(struct http *http, const int *pending, gint64 deadline);

/* Watch FD for reading too: READY is called from http_run(). FD -1 ends it. */
void http_watch(struct http *http, int fd, http_woken_func ready, gpointer data);

/* Let REDACTOR know the passwords of the proxies that the environment names. */
void http_redact_proxies(struct redactor *redactor);

/* The TCP ports that CLOUD's services, their proxies and look-ups of names need, ended by 0. Caller unrefs. */
GArray *http_ports(const struct cloud *cloud);

/* TRUE if ISSUER, as of http_on_peer(), is one that vouches for Microsoft's services (its list of certificate
 * authorities for Azure): where it is not, something on the way may read along. */
gboolean http_issuer_is_usual(const char *issuer);

/* What is in force from the environment: CA file, proxy (without its password), libraries. Caller frees. */
char *http_environment(void);

/* From any thread: let http_run() turn once more. */
void http_wake(struct http *http);

/* From any thread: http_run() returns FALSE and running transfers end with PERCH_ERROR_CANCELLED (those that must end
 * are waited for), until reset. */
void http_cancel(struct http *http);
void http_cancel_reset(struct http *http);
gboolean http_is_cancelled(const struct http *http);

#endif

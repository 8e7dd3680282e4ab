/* SPDX-License-Identifier: MIT */
/*
 * The loopback listener of the browser sign-in: one answer, on 127.0.0.1 and [::1] under one port of its own, only
 * while it is waited for. It has no thread; its owner, the worker, runs it. A request that does not fit is answered and
 * otherwise without effect: it neither ends the waiting nor changes what comes of it. The pages are static and repeat
 * nothing of what was sent. Who connects has to be this user, where the kernel tells whose a connection is.
 *
 * A browser is not given the authorize address, which other users can read in its arguments, but a short one here that
 * leads to it, and does so once.
 */
#ifndef PERCH_MICROSOFT_LISTENER_H
#define PERCH_MICROSOFT_LISTENER_H

#include <glib.h>

#include "secrets/secret.h"

struct listener;

/* What the browser brought. */
struct listener_result {
    struct secret *code; /* NULL: refused there */
    char *oauth_error;   /* "" if there is a code */
    char *description;
};

/* Something that should not happen, a sentence; called in the worker thread from listener_run(). */
typedef void (*listener_notice_func)(const char *what, gpointer data);

/* STATE: what an answer has to carry; copied. NULL and PERCH_ERROR_NETWORK if there is no port to be had. */
struct listener *listener_new(const char *state, listener_notice_func notice, gpointer data, GError **error);
void listener_free(struct listener *listener);

/* Stop listening; the result stays. */
void listener_close(struct listener *listener);

guint listener_port(const struct listener *listener);

/* The address that leads a browser to URL (copied), once: a second one that asks for it is told to the person. Caller
 * frees. */
char *listener_lead_to(struct listener *listener, const char *url);

/* Readable when listener_run() has something to do. */
int listener_fd(const struct listener *listener);

/* LISTENER is a struct listener, as http_watch() hands it. */
void listener_run(gpointer listener);

/* 1 until there is a result, then 0. */
const int *listener_pending(const struct listener *listener);

/* TRUE once the page with which the browser is sent home has been delivered. */
gboolean listener_is_delivered(const struct listener *listener);

/* The address that a browser elsewhere failed to open, as a person copied it: white space and what stands around it is
 * left out. PERCH_ERROR_INPUT if it does not belong to this sign-in or was shortened; the sign-in goes on then. */
gboolean listener_take_address(struct listener *listener, const char *address, GError **error);

/* NULL while pending. Borrowed. */
const struct listener_result *listener_result(const struct listener *listener);

#endif

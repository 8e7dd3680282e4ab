/* SPDX-License-Identifier: MIT */
/*
 * An HTTP/1.1 server on 127.0.0.1, .2 and .3 (one port) whose every byte a test decides: it can answer, drop, stall or
 * talk nonsense. A thread a connection; handlers run one at a time.
 */
#ifndef PERCH_TESTS_LOOPBACK_SERVER_H
#define PERCH_TESTS_LOOPBACK_SERVER_H

#include <glib.h>

struct server;

struct server_request {
    int connection; /* 0 for the first one accepted */
    int index;      /* on its connection, from 0 */
    int host;       /* last number of the address that was connected to: 1, 2 or 3 */
    const char *method;
    const char *target;
    const char *headers; /* all of them, as sent */
    const char *body;
};

/* The bytes to answer with (freed by the server); NULL closes the connection without any. */
typedef char *(*server_handler)(const struct server_request *request, gpointer data);

struct server *server_start(server_handler handler, gpointer data);
void server_stop(struct server *server);
guint server_port(const struct server *server);

/* "METHOD target" of each request so far that came to HOST (0: any) and whose line begins with PREFIX: how many. */
guint server_count(struct server *server, int host, const char *prefix);

/* The headers and body of the request before last, counting back from 0. Caller frees. */
char *server_seen(struct server *server, guint back);

/* 200 and others with a JSON body. EXTRA: header lines, each ended by CR LF, or NULL. Caller frees. */
char *server_json(int status, const char *extra, const char *body);

/* 200 with TEXT as JSON, packed by gzip; of the packed bytes only so many (CUT; 0: all). Caller frees. */
char *server_gzip(const char *text, gsize cut);

/* The value of NAME in the form BODY, decoded; NULL if there is none. Caller frees. */
char *form_value(const char *body, const char *name);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * One request and its answer. Made by the server, filled by the route's handler with the practice lock held, and sent
 * and recorded by the server. All strings are owned by the call.
 */
#ifndef PERCH_PRACTICE_CALL_H
#define PERCH_PRACTICE_CALL_H

#include "practice/practice.h"

#define CALL_PARAMETERS 3

struct route;
struct odata;

enum drop {
    DROP_NOTHING,
    DROP_BEFORE, /* the connection is cut and nothing was done */
    DROP_AFTER,  /* the connection is cut after the request was carried out */
};

/* What is wrong with an answer as it is sent. */
struct flaw {
    char *content_type; /* NULL: the right one */
    gint64 pad;         /* so many bytes of white space follow the body */
    gint64 cut;         /* after so many bytes the connection is cut; 0: never */
    gint64 drip;        /* milliseconds before each byte */
};

struct call {
    struct practice *practice;
    enum service service;
    char *method;
    char *raw_path;    /* percent-encoded, as sent */
    char *path;        /* decoded */
    char *raw_query;   /* "" if there is none */
    GHashTable *query; /* char * -> char * */
    GHashTable *form;  /* of an url-encoded body; NULL otherwise */
    GString *body_text;
    json *body;         /* NULL unless the body is JSON */
    char *content_type; /* the next five: NULL if not sent */
    char *host;
    gboolean from_elsewhere; /* a page of another site lets a browser send it */
    char *authorization;
    char *consistency;
    char *client_request_id;
    gint64 page_size;     /* Prefer: odata.maxpagesize; 0: not sent */
    gboolean no_metadata; /* Accept: odata.metadata=none */
    gboolean wants_other; /* Accept names no form in which a service answers */
    gboolean malformed;   /* a percent sign of the address begins nothing, or it is not UTF-8 */
    char *request_id;

    const struct route *route;
    char *parameters[CALL_PARAMETERS]; /* what the route's {} stood for, decoded */
    const json *token;                 /* the access token's entry; NULL before it was checked */
    const json *user;                  /* who signed in */
    struct odata *odata;               /* of Graph; NULL before the query was read */
    json *made;                        /* what a creation made; borrowed from the state */

    int status;
    json *answer; /* NULL: no body, or html */
    char *html;
    char *plain;     /* plain text; NULL: none */
    char *location;  /* of a redirect, or of what was made */
    char *challenge; /* WWW-Authenticate */
    int retry_after; /* seconds; 0: not sent */
    enum drop drop;
    gint64 delay;      /* milliseconds to wait before answering */
    json *disguise;    /* the fault that changes the answer of what was carried out; NULL: none */
    struct flaw *flaw; /* how the answer is spoilt on its way; NULL: not at all */
};

/* A request for URI, percent-encoded path and query as sent; the rest of what was sent is the caller's to fill in. */
struct call *call_new(struct practice *practice, enum service service, const char *uri);
void call_free(struct call *call);

/* Read raw_path and raw_query, of which Graph and Defender take the names of the options in any case, which sign-in
 * does not; malformed where they cannot be read. */
void call_read_address(struct call *call);

/* Read body_text as its content type says. */
void call_read_body(struct call *call);

/* The value of the query's or the form's NAME; NULL if it is not there. Borrowed. */
const char *call_query(const struct call *call, const char *name);
const char *call_form(const struct call *call, const char *name);

/* Answer with BODY (taken). */
void answer_json(struct call *call, int status, json *body);
void answer_nothing(struct call *call, int status);
void answer_html(struct call *call, int status, char *html); /* HTML is taken */
void answer_redirect(struct call *call, char *location);     /* LOCATION is taken */

/* An error in Graph's form. Returns FALSE, so that a check can end with it. */
gboolean graph_error(struct call *call, int status, const char *code, const char *format, ...) G_GNUC_PRINTF(4, 5);

/* Graph's 400 Request_BadRequest, 404 for the directory object ID, and 403 for want of rights. */
gboolean graph_bad_request(struct call *call, const char *format, ...) G_GNUC_PRINTF(2, 3);
gboolean graph_not_found(struct call *call, const char *id);
gboolean graph_denied(struct call *call);

/* An error in the form of the Defender for Endpoint API. Returns FALSE. */
gboolean defender_error(struct call *call, int status, const char *code, const char *format, ...) G_GNUC_PRINTF(4, 5);

/* An error in the form of SERVICE of the call. Returns FALSE. */
gboolean service_error(struct call *call, int status, const char *code, const char *message);

#endif

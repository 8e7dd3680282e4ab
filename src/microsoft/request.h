/* SPDX-License-Identifier: MIT */
/*
 * One call of Microsoft's APIs as data: what to ask, not how it is sent.
 *
 * The onboarding builds requests and reads replies; only the client sends. Path, query values and body may hold
 * placeholders such as {group.id}; request_fill() replaces them by what is known, and a request with one left cannot
 * be sent. That is also how a plan prints ids which are still to come. Requests and replies belong to the worker
 * thread.
 */
#ifndef PERCH_MICROSOFT_REQUEST_H
#define PERCH_MICROSOFT_REQUEST_H

#include <glib.h>

#include "base/json_type.h"

enum service {
    SERVICE_GRAPH,    /* path starts with /v1.0/ or /beta/ */
    SERVICE_DEFENDER, /* path starts with /api/ */
};

struct query_parameter {
    char *name;
    char *value; /* plain, not percent-encoded */
};

struct request {
    enum service service;
    char *method;
    char *path;          /* plain, not percent-encoded; an id goes through path_segment() first */
    GPtrArray *query;    /* of struct query_parameter, in order */
    json *body;          /* NULL: none */
    const char *scope;   /* the delegated scope it needs, static or owned by the profile; NULL: whatever is there */
    gboolean if_granted; /* asked only where SCOPE was given anyhow; never a reason to ask for it */
    gboolean if_decided; /* the same, until a person decided on what it is about: then SCOPE is asked for */
    gboolean unlicensed_is_none; /* a 400 says that nothing of it is there: Privileged Identity Management is not had */
    gboolean all_pages;          /* follow @odata.nextLink and give one value array */
    gboolean eventual;           /* ConsistencyLevel: eventual */
    gboolean asks;               /* a POST that changes nothing: its body is a question */
};
typedef struct request Request;

/* A GET of PATH (printf-like). Caller frees with request_free(). */
struct request *request_get(enum service service, const char *path_format, ...) G_GNUC_PRINTF(2, 3);

/* METHOD with BODY (taken; may be NULL). Caller frees. */
struct request *request_write(const char *method, enum service service, json *body, const char *path_format, ...)
    G_GNUC_PRINTF(4, 5);

/* Add NAME=VALUE (printf-like) to the query, in order. Literals from outside go through odata_literal() first. */
void request_query(struct request *request, const char *name, const char *value_format, ...) G_GNUC_PRINTF(3, 4);

/* Caller frees. */
struct request *request_copy(const struct request *request);
void request_free(struct request *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Request, request_free)

/* TRUE for anything but GET and what only asks. */
gboolean request_is_write(const struct request *request);

/* VALUES: char * name -> char * value. Replaces each {name} that is known, everywhere. */
void request_fill(struct request *request, GHashTable *values);

/* The first placeholder left ("group.id"), or NULL. Caller frees. */
char *request_missing(const struct request *request);

/* Path and query as they are sent, percent-encoded except for placeholders. Caller frees. */
char *request_target(const struct request *request);

/* SHA-256 of what REQUEST asks for: method, path, query and body. Caller frees. */
char *request_digest(const struct request *request);

/* TEXT as an OData string literal: quotes doubled, in quotes. Caller frees. */
char *odata_literal(const char *text);

/* SEGMENT percent-encoded so that it stays one segment of a path. Caller frees. */
char *path_segment(const char *segment);

/* What came back. */
enum reply_outcome {
    REPLY_ANSWERED, /* a status and perhaps a body */
    REPLY_NOT_SENT, /* no byte of the request left this machine: nothing happened there */
    REPLY_LOST,     /* sent, and no complete answer: what happened is not known */
};

struct reply {
    enum reply_outcome outcome;
    int status;              /* 0 unless answered */
    json *body;              /* NULL: none, or not JSON (then unreadable is TRUE) */
    gboolean sent_elsewhere; /* a redirect, which is never followed, to another host than the service's own */
    char *location_id;       /* of what a redirect to the service's own host says was made there; NULL if none */
    gboolean unreadable;     /* there was a body and it is not usable JSON */
    char *request_id;        /* Microsoft's, "" if none */
    char *client_request_id; /* ours, for every request */
    gint64 duration;         /* wall microseconds */
    gint64 goes_again; /* nothing came of it, and it may go again after so many wall microseconds; 0: it may not */
    GError *error;     /* why there is no answer, or what a status of 400 and more says; NULL for success */
    char *error_code;  /* Microsoft's innermost code, "" if none */
    char *claims;      /* JSON text: a 401 wants a sign-in that proves these; NULL if not */
};
typedef struct reply Reply;

void reply_free(struct reply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reply, reply_free)

/* Answered with 2xx and, if there was a body, a readable one. */
gboolean reply_is_success(const struct reply *reply);

/* What is listed in REPLY, its "value"; NULL where it is no success. Borrowed. */
const json *reply_rows(const struct reply *reply);

/* TRUE if somebody else changed the directory at the same moment: nothing was carried out, and nothing is said about
 * the object (409 Directory_ConcurrencyViolation; Microsoft: "try the request again"). */
gboolean reply_says_collided(const struct reply *reply);

/* TRUE if the reply says that the object exists already (409, or one of the 400 texts known for it). */
gboolean reply_says_exists(const struct reply *reply);

/* TRUE for a 404, or the 400 that says a reference is not there (yet). */
gboolean reply_says_missing(const struct reply *reply);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Answers that do not fit what perch was built on: a status that is not documented, an answer that cannot be read, a
 * member that is missing, a value that is not among those that Microsoft documents (assets/expected.json). They are
 * noticed and never guessed at. Pure but for the table; worker thread.
 */
#ifndef PERCH_MICROSOFT_UNEXPECTED_H
#define PERCH_MICROSOFT_UNEXPECTED_H

#include "microsoft/request.h"

enum unexpected_kind {
    UNEXPECTED_STATUS,
    UNEXPECTED_UNREADABLE,
    UNEXPECTED_VALUE,
    UNEXPECTED_MISSING,
};

/* One thing that differs. None of the answer's values is in it. */
struct unexpected {
    enum unexpected_kind kind;
    char *method;
    char *path;       /* with "*" for whatever names one object */
    char *member;     /* "" if it is about the whole answer */
    char *request_id; /* the service's, which is not safe to show, or perch's own */
    int status;
    guint times; /* how many answers had it; 1 at first */
};

/* What differs in REPLY to REQUEST, of struct unexpected: empty where nothing does. Caller unrefs. */
GPtrArray *unexpected_in(const struct request *request, const struct reply *reply);

/* "GET /v1.0/groups: “displayName” is missing (request 0a1b...)", not safe to show. Caller frees. */
char *unexpected_sentence(const struct unexpected *unexpected);

/* The same for each answer of that kind: the sentence without the request. Caller frees. */
char *unexpected_key(const struct unexpected *unexpected);

/* "status", "unreadable", "value" or "missing". */
const char *unexpected_word(enum unexpected_kind kind);

void unexpected_free(struct unexpected *unexpected);

#endif

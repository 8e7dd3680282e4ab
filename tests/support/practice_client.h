/* SPDX-License-Identifier: MIT */
/*
 * A plain HTTP client for tests of the practice tenant itself: sign in with chosen scopes, send one request.
 */
#ifndef PERCH_TESTS_PRACTICE_CLIENT_H
#define PERCH_TESTS_PRACTICE_CLIENT_H

#include <glib.h>

#include "base/json_type.h"

#define GRAPH_CLIENT "14d82eec-204b-4c2f-b7e8-296a70dab67e"
#define DEFENDER_CLIENT "1950a258-227b-4e31-a9cf-717495945fc2"
#define OWN_CLIENT "11111111-2222-4333-8444-555555555555"

struct client_answer {
    int status; /* 0: the connection broke */
    json *body; /* NULL unless JSON */
    char *text;
    char *location;
    char *headers;
};
typedef struct client_answer ClientAnswer;

void client_answer_free(struct client_answer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClientAnswer, client_answer_free)

/* The same tenant on another of its addresses: 2 is Graph, 3 is Defender. Caller frees. */
char *client_origin(const char *login, int host);

/* Send one request: TOKEN and BODY (JSON) may be NULL, FORM is url-encoded; every query is an advanced one. Caller
 * frees. */
struct client_answer *client_send(const char *method, const char *url, const char *token, const char *body);

/* The same with HEADER ("Name: value", NULL: none) in place of the one that makes a query advanced. */
struct client_answer *client_send_with(const char *method, const char *url, const char *token, const char *body,
                                       const char *header);

struct client_answer *client_post_form(const char *url, const char *form);

/* The answer of the token endpoint after a sign-in by code. SCOPES blank-separated, HINT (may be NULL) the account. The
 * answer of the authorize page instead, if that refused. Caller frees. */
struct client_answer *client_sign_in(const char *login, const char *client, const char *scopes, const char *hint);

/* The access token of such a sign-in. Fails the test if there is none. Caller frees. */
char *client_token(const char *login, const char *client, const char *scopes);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * A client that is signed in by a stored refresh token, and a server whose part for Graph and Defender is each test's
 * own. For tests of the client.
 */
#ifndef PERCH_TESTS_CLIENT_FIXTURE_H
#define PERCH_TESTS_CLIENT_FIXTURE_H

#include "microsoft/client.h"
#include "support/fake_authority.h"

struct client_fixture {
    struct server *server;
    struct cloud *cloud;
    struct http *http;
    struct sign_in *sign_in;
    struct clock clock;
    struct client *client;
    server_handler api;
    guint tokens_given;
    int calls;        /* of api */
    guint reported;   /* answers */
    gint64 waits[16]; /* as reported, in order */
    guint wait_count;
};

int client_set_up(void **state);
int client_tear_down(void **state);

/* GET PATH of Graph. Caller frees. */
struct reply *read_one(struct client_fixture *fixture, const char *path, gboolean all_pages);

/* POST a group. Caller frees. */
struct reply *write_one(struct client_fixture *fixture);

#endif

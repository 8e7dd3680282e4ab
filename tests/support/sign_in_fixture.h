/* SPDX-License-Identifier: MIT */
/*
 * A sign-in against a made-up authority on loopback: what the server answers, what is kept between runs, and a person
 * with a browser. For tests of signing in.
 */
#ifndef PERCH_TESTS_SIGN_IN_FIXTURE_H
#define PERCH_TESTS_SIGN_IN_FIXTURE_H

#include "microsoft/sign_in.h"
#include "support/fake_authority.h"

#define OTHER_TENANT "aaaaaaaa-2222-4333-8444-555555555555"
#define OWN_CLIENT "22222222-2222-4333-8444-555555555555"
#define GRAPH_CLIENT "14d82eec-204b-4c2f-b7e8-296a70dab67e"
#define DEFENDER_CLIENT "1950a258-227b-4e31-a9cf-717495945fc2"

extern const char *const two_scopes[];

/* The server's part; a test changes what it needs. */
struct sign_in_fixture {
    struct server *server;
    struct cloud *cloud;
    struct http *http;
    struct sign_in *sign_in;
    struct token_backend store;
    GHashTable *kept; /* key -> refresh token */
    const char *tenant;
    const char *object_id; /* who signs in */
    const char *user_name;
    const char *issuer_tenant;
    const char *audience; /* NULL: the client that asks */
    const char *nonce;    /* NULL: the one of the authorize address */
    char *asked_nonce;
    const char *more_claims; /* of the id token; NULL: that it is good */
    char *granted;           /* NULL: what was asked for */
    const char
        *script;         /* device code: one letter a poll, of p(ending) s(low_down) d(eclined) e(xpired) x(drop), or a
                            service that cannot answer: b(usy, 429 for a second) u(navailable, 503) t(emporarily so) h(TML) */
    const char *refusal; /* OAuth error of every token request */
    int refusal_code;
    const char *refusal_claims;
    const char *unconsented; /* refused with AADSTS65001 */
    const char *bad_scope;   /* refused with AADSTS500011 */
    int drops;               /* token requests to leave unanswered */
    int code_lifetime;       /* seconds that a device code is good */
    int busy;                /* ... and then to answer with 503 */
    int lifetime;
    const char *documented; /* the tenant whose endpoints are where Microsoft documents them; NULL: elsewhere */
    GHashTable *asked;      /* "ENDPOINT CLIENT" of what was asked for so far */
    guint together;         /* nothing is answered before so many of them were asked for; 0: at once */
    guint given;
    /* the browser's part */
    GThread *browser;
    const char *query; /* NULL: the right one; %s: the state */
    char *browser_url;
    char *browser_answer;
    GError *paste_error;
    int wrongly_taken;
    gint64 expires;
    char *prompted_code;
    char *prompted_url;
};

int sign_in_set_up(void **state);
int sign_in_tear_down(void **state);

/* Start over as a new process would, with what is kept. */
void sign_in_begin(struct sign_in_fixture *fixture, const char *tenant, const char *client_id);

/* Prompt functions; DATA is the fixture. open_browser() lets a thread act as the browser. */
void remember_prompt(const struct sign_in_prompt *prompt, gpointer data);
void open_browser(const struct sign_in_prompt *prompt, gpointer data);
void remember_url(struct sign_in_fixture *fixture, const char *url);

gboolean ask_by_device(struct sign_in_fixture *fixture, GError **error);

/* By the browser, whose thread is then the caller's to join. */
gboolean ask_by_browser(struct sign_in_fixture *fixture, GError **error);

/* Signing in where the way does not matter: by the browser, which needs no waiting. */
gboolean ask(struct sign_in_fixture *fixture, const char *const *scopes, GError **error);

/* The value of NAME in URL's query. Caller frees. */
char *url_parameter(const char *url, const char *name);

/* The port that URL's redirect_uri names. */
guint redirect_port(const char *url);

/* Ask 127.0.0.1:PORT for TARGET as METHOD, with HOST as header (NULL: the right one). All that it says; caller frees.
 */
char *browser_fetch(guint port, const char *method, const char *target, const char *host);

/* "/?" and QUERY with %s replaced by URL's state. Caller frees. */
char *browser_target(const char *url, const char *query);

/* What the browser's thread does: go to the listener with the fixture's query. */
gpointer browse(gpointer data);

#endif

/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include <gio/gio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "microsoft/cloud.h"
#include "microsoft/environment.h"
#include "microsoft/http.h"
#include "support/loopback_server.h"

#define CANCEL_LIMIT ((gint64)200 * 1000)

struct fixture {
    struct server *server;
    struct http *http;
    int pending;
    struct http_reply *reply;
    server_handler handler;
    const char *date;
    const char *offers; /* of a proxy: how one may sign in to it */
    gint executed;      /* atomic: requests that the server carried out */
    guint woken;
    const char *retry_after;
    const char *none; /* what is no answer */
};

static char *dispatch(const struct server_request *request, gpointer data)
{
    struct fixture *fixture = data;
    return fixture->handler(request, fixture);
}

static void woken(gpointer data)
{
    ((struct fixture *)data)->woken++;
}

static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    fixture->server = server_start(dispatch, fixture);
    fixture->http = http_new(woken, fixture, NULL);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    http_free(fixture->http);
    server_stop(fixture->server);
    http_reply_free(fixture->reply);
    g_free(fixture);
    return 0;
}

static void keep_reply(struct http_reply *reply, gpointer data)
{
    struct fixture *fixture = data;
    http_reply_free(fixture->reply);
    fixture->reply = reply;
    fixture->pending--;
}

static void start_call(struct fixture *fixture, const char *method, const char *path, const char *body)
{
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u%s", server_port(fixture->server), path);
    const struct http_call call = {
        .method = method,
        .url = url,
        .bearer = "secret-token",
        .content_type = "application/json",
        .body = body,
        .body_length = body != NULL ? strlen(body) : 0,
    };
    fixture->pending++;
    http_start(fixture->http, &call, keep_reply, fixture);
}

static const struct http_reply *call(struct fixture *fixture, const char *method, const char *path, const char *body)
{
    start_call(fixture, method, path, body);
    http_run(fixture->http, &fixture->pending, -1);
    return fixture->reply;
}

static char *say_ok(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return server_json(200,
                       "request-id: r-1\r\nX-Practice-Time: 2026-11-24T00:00:00Z\r\nX-Practice-Rate: 60\r\n"
                       "WWW-Authenticate: Bearer a\r\nWWW-Authenticate: Bearer b\r\n",
                       "{\"a\":1}");
}

static void test_answer_is_read(void **state)
{
    struct fixture *fixture = *state;
    fixture->handler = say_ok;
    const struct http_reply *reply = call(fixture, "GET", "/v1.0/me", NULL);
    assert_int_equal(reply->outcome, REPLY_ANSWERED);
    assert_int_equal(reply->status, 200);
    assert_string_equal(reply->body->str, "{\"a\":1}");
    assert_string_equal(reply->request_id, "r-1");
    assert_string_equal(reply->content_type, "application/json");
    assert_string_equal(reply->www_authenticate, "Bearer a, Bearer b");
    assert_string_equal(reply->practice_rate, "60");
    assert_int_equal(reply->retry_after, -1);
    assert_null(reply->error);
    g_autofree char *seen = server_seen(fixture->server, 0);
    assert_non_null(strstr(seen, "Authorization: Bearer secret-token\r\n"));
    g_autofree char *id = g_strdup_printf("client-request-id: %s\r\n", reply->client_request_id);
    assert_non_null(strstr(seen, id));
}

static char *say_no_content(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return g_strdup("HTTP/1.1 204 No Content\r\n\r\n");
}

static void test_bodies_are_sent(void **state)
{
    struct fixture *fixture = *state;
    fixture->handler = say_no_content;
    static const char *const methods[] = {"POST", "PATCH", "PUT"};
    for (gsize i = 0; i < G_N_ELEMENTS(methods); i++) {
        assert_int_equal(call(fixture, methods[i], "/v1.0/groups", "{\"displayName\":\"x\"}")->status, 204);
        g_autofree char *seen = server_seen(fixture->server, 0);
        assert_true(g_str_has_prefix(seen, methods[i]));
        assert_non_null(strstr(seen, "Content-Type: application/json\r\n"));
        assert_true(g_str_has_suffix(seen, "\r\n\r\n{\"displayName\":\"x\"}"));
        assert_null(strstr(seen, "Expect:"));
    }
    assert_int_equal(call(fixture, "DELETE", "/v1.0/groups/1", NULL)->status, 204);
    assert_int_equal(server_count(fixture->server, 0, "DELETE /v1.0/groups/1"), 1);
}

/* Keeps GETs alive; the first write is carried out and its connection dropped without a byte. */
static char *drop_first_write(const struct server_request *request, gpointer data)
{
    struct fixture *fixture = data;
    if (strcmp(request->method, "GET") == 0)
        return server_json(200, NULL, "{}");
    return g_atomic_int_add(&fixture->executed, 1) == 0 ? NULL : server_json(201, NULL, "{}");
}

static void test_write_that_dies_on_a_reused_connection_runs_once(void **state)
{
    struct fixture *fixture = *state;
    fixture->handler = drop_first_write;
    assert_int_equal(call(fixture, "GET", "/v1.0/me", NULL)->status, 200);
    const struct http_reply *reply = call(fixture, "POST", "/v1.0/groups", "{}");
    assert_int_equal(g_atomic_int_get(&fixture->executed), 1);
    assert_int_equal(reply->outcome, REPLY_LOST);
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_NETWORK));
    assert_string_equal(reply->problem, "closed");
}

static char *keep_alive_per_connection(const struct server_request *request, gpointer data)
{
    (void)data;
    g_autofree char *body = g_strdup_printf("{\"connection\":%d}", request->connection);
    return server_json(200, NULL, body);
}

static void test_reads_reuse_a_connection_and_writes_do_not(void **state)
{
    struct fixture *fixture = *state;
    fixture->handler = keep_alive_per_connection;
    g_autofree char *first = g_strdup(call(fixture, "GET", "/v1.0/a", NULL)->body->str);
    assert_string_equal(call(fixture, "GET", "/v1.0/b", NULL)->body->str, first);
    assert_string_not_equal(call(fixture, "POST", "/v1.0/c", "{}")->body->str, first);
}

static void test_refused_connection_was_never_sent(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *url = NULL;
    struct server *gone = server_start(say_ok, NULL);
    url = g_strdup_printf("http://127.0.0.1:%u/v1.0/groups", server_port(gone));
    server_stop(gone);
    const struct http_call post = {
        .method = "POST", .url = url, .content_type = "application/json", .body = "{}", .body_length = 2};
    fixture->pending++;
    http_start(fixture->http, &post, keep_reply, fixture);
    http_run(fixture->http, &fixture->pending, -1);
    assert_int_equal(fixture->reply->outcome, REPLY_NOT_SENT);
    assert_string_equal(fixture->reply->problem, "connect");
}

static char *redirect(const struct server_request *request, gpointer data)
{
    (void)request;
    struct fixture *fixture = data;
    return g_strdup_printf("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:%u/elsewhere\r\nContent-Length: 0\r\n\r\n",
                           server_port(fixture->server));
}

static void test_redirect_is_not_followed(void **state)
{
    struct fixture *fixture = *state;
    fixture->handler = redirect;
    assert_int_equal(call(fixture, "GET", "/v1.0/me", NULL)->status, 302);
    assert_int_equal(call(fixture, "POST", "/v1.0/groups", "{}")->status, 302);
    assert_int_equal(server_count(fixture->server, 2, ""), 0);
}

static char *answer_hugely(const struct server_request *request, gpointer data)
{
    (void)data;
    gboolean told = strcmp(request->target, "/told") == 0;
    g_autofree char *big = g_strnfill(4 * 1024 * 1024 + 1, ' ');
    if (told)
        return server_json(200, NULL, big);
    return g_strconcat("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", big, NULL);
}

static void test_answer_over_4_mib_is_cut_off(void **state)
{
    struct fixture *fixture = *state;
    fixture->handler = answer_hugely;
    static const char *const paths[] = {"/told", "/untold"};
    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        const struct http_reply *reply = call(fixture, "GET", paths[i], NULL);
        assert_int_equal(reply->outcome, REPLY_LOST);
        assert_string_equal(reply->problem, "too-large");
        assert_true(reply->body->len <= 4 * 1024 * 1024);
        assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    }
}

static char *answer_full_size(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    g_autofree char *big = g_strnfill(4 * 1024 * 1024, ' ');
    return server_json(200, NULL, big);
}

static void test_answer_of_4_mib_is_taken(void **state)
{
    struct fixture *fixture = *state;
    fixture->handler = answer_full_size;
    assert_int_equal(call(fixture, "GET", "/", NULL)->outcome, REPLY_ANSWERED);
}

static char *answer_packed(const struct server_request *request, gpointer data)
{
    (void)data;
    g_autofree char *big = g_strnfill(4 * 1024 * 1024 + 1, ' ');
    if (strcmp(request->target, "/bomb") == 0)
        return server_gzip(big, 0);
    return server_gzip("{\"displayName\":\"Contoso\"}", strcmp(request->target, "/cut") == 0 ? 20 : 0);
}

/* The limit is that of what is read: some kilobytes may be gigabytes. */
static void test_a_packed_answer_is_unpacked_within_limits(void **state)
{
    struct fixture *fixture = *state;
    fixture->handler = answer_packed;
    const struct http_reply *reply = call(fixture, "GET", "/", NULL);
    assert_int_equal(reply->outcome, REPLY_ANSWERED);
    g_autofree char *text = g_strndup(reply->body->str, reply->body->len);
    assert_string_equal(text, "{\"displayName\":\"Contoso\"}");
    g_autofree char *seen = server_seen(fixture->server, 0);
    assert_non_null(strstr(seen, "gzip"));
    reply = call(fixture, "GET", "/bomb", NULL);
    assert_int_equal(reply->outcome, REPLY_LOST);
    assert_string_equal(reply->problem, "too-large");
    assert_true(reply->body->len <= 4 * 1024 * 1024);
    /* libcurl does not notice that the end is missing; whoever reads JSON does. */
    reply = call(fixture, "GET", "/cut", NULL);
    g_autoptr(json) document = json_parse(reply->body->str, (gssize)reply->body->len, NULL);
    assert_null(document);
}

static char *answer_with_many_headers(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    g_autoptr(GString) headers = g_string_new(NULL);
    g_autofree char *filler = g_strnfill(1000, 'x');
    while (headers->len < 70000)
        g_string_append_printf(headers, "X-Filler: %s\r\n", filler);
    return server_json(200, headers->str, "{}");
}

static void test_headers_over_64_kib_are_cut_off(void **state)
{
    struct fixture *fixture = *state;
    fixture->handler = answer_with_many_headers;
    const struct http_reply *reply = call(fixture, "GET", "/", NULL);
    assert_int_equal(reply->outcome, REPLY_LOST);
    assert_string_equal(reply->problem, "too-large");
}

static char *answer_half(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return g_strdup("HTTP/1.1 201 Created\r\nConnection: close\r\nContent-Length: 100\r\n\r\n{\"id\":");
}

static void test_half_an_answer_is_lost(void **state)
{
    struct fixture *fixture = *state;
    fixture->handler = answer_half;
    const struct http_reply *reply = call(fixture, "POST", "/v1.0/groups", "{}");
    assert_int_equal(reply->outcome, REPLY_LOST);
    assert_int_equal(reply->status, 0);
}

static char *answer_with_what_is_none(const struct server_request *request, gpointer data)
{
    (void)request;
    return g_strdup(((const struct fixture *)data)->none);
}

/* What has no status, and what is only said on the way to an answer, says nothing of a write. */
static void test_what_is_no_answer_is_lost(void **state)
{
    static const struct {
        const char *none;
        const char *problem;
    } rows[] = {
        {"HTTP/200 OK\r\nConnection: close\r\n\r\n{\"id\":\"1\"}", "garbled"},
        {"HTTP/1.1 101 Switching Protocols\r\nConnection: close\r\n\r\n{\"id\":\"1\"}", "garbled"},
        {"HTTP/1.1 100 Continue\r\nConnection: close\r\n\r\n", "closed"},
        {"HTTP/1.1 103 Early Hints\r\nConnection: close\r\n\r\n", "closed"},
        {"HTTP/1.1 199 Odd\r\nConnection: close\r\nContent-Length: 10\r\n\r\n{\"id\":\"1\"}", "garbled"},
    };
    struct fixture *fixture = *state;
    fixture->handler = answer_with_what_is_none;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        fixture->none = rows[i].none;
        const struct http_reply *reply = call(fixture, "POST", "/v1.0/groups", "{}");
        if (reply->outcome != REPLY_LOST || reply->status != 0 || g_strcmp0(reply->problem, rows[i].problem) != 0)
            fail_msg("%s: outcome %d, %d, %s", rows[i].none, reply->outcome, reply->status, reply->problem);
        assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_NETWORK));
    }
}

static char *say_wait(const struct server_request *request, gpointer data)
{
    (void)request;
    struct fixture *fixture = data;
    g_autofree char *header = g_strdup_printf("Retry-After: %s\r\n", fixture->retry_after);
    return server_json(429, header, "{}");
}

static void test_retry_after_forms(void **state)
{
    struct fixture *fixture = *state;
    fixture->handler = say_wait;
    static const struct {
        const char *told;
        gint64 seconds;
    } rows[] = {{"7", 7},
                {"0", 0},
                {"315", 315},
                {"2.0", 2},
                {"1, 2", 2},
                {"4,1", 4},
                {"99999999999999999999", 1000000000},
                {"nonsense", -1},
                {"soon, 5", -1},
                {"", -1},
                {"Wed, 21 Oct 2015 07:28:00 GMT", 0},
                {"Fri, 01 Jan 2999 00:00:00 GMT", 1000000000},
                {"-5", 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        fixture->retry_after = rows[i].told;
        gint64 told = call(fixture, "GET", "/", NULL)->retry_after;
        assert_int_equal(told, rows[i].seconds < 0 ? -1 : rows[i].seconds * G_USEC_PER_SEC);
    }
}

static char *say_date(const struct server_request *request, gpointer data)
{
    (void)request;
    g_autofree char *date = g_strdup_printf("Date: %s\r\n", ((const struct fixture *)data)->date);
    return server_json(200, date, "{}");
}

static void test_dates(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *date;
        gint64 seconds;
    } rows[] = {{"Wed, 21 Oct 2015 07:28:00 GMT", 1445412480},
                {"Fri, 31 Dec 9999 23:59:59 GMT", 253402300799},
                {"Sat, 28 Nov 2042060 00:00:00 GMT", 0},
                {"Sat, 28 Nov 1901 00:00:00 GMT", 0},
                {"nonsense", 0}};
    fixture->handler = say_date;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        fixture->date = rows[i].date;
        assert_int_equal(call(fixture, "GET", "/", NULL)->server_time, rows[i].seconds * G_USEC_PER_SEC);
    }
}

static void test_only_https_and_loopback(void **state)
{
    struct fixture *fixture = *state;
    static const char *const urls[] = {
        "http://graph.microsoft.com/v1.0/me",
        "http://localhost/v1.0/me",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "http://127.0.0.1.evil.test/",
        "http://user@127.0.0.1/",
        "https://user:pw@127.0.0.1/",
        "http://[::ffff:127.0.0.1]/",
        "127.0.0.1/",
        "http://0177.0.0.1/",
        "http://10.0.0.1/",
        "",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(urls); i++) {
        const struct http_call get = {.method = "GET", .url = urls[i], .bearer = "secret-token"};
        fixture->pending++;
        http_start(fixture->http, &get, keep_reply, fixture);
        http_run(fixture->http, &fixture->pending, -1);
        assert_int_equal(fixture->reply->outcome, REPLY_NOT_SENT);
        assert_string_equal(fixture->reply->problem, "address");
    }
}

static void test_proxy_is_not_asked_for_loopback(void **state)
{
    struct fixture *fixture = *state;
    fixture->handler = say_ok;
    g_setenv("http_proxy", "http://127.0.0.1:1", TRUE);
    g_setenv("all_proxy", "http://127.0.0.1:1", TRUE);
    assert_int_equal(call(fixture, "GET", "/v1.0/me", NULL)->status, 200);
    g_unsetenv("http_proxy");
    g_unsetenv("all_proxy");
}

static char *refuse_tunnel(const struct server_request *request, gpointer data)
{
    (void)data;
    return strstr(request->target, "login") != NULL ? server_json(407, "Proxy-Authenticate: Basic\r\n", "")
                                                    : server_json(403, NULL, "");
}

static void test_refusing_proxy_is_named_and_gets_no_token(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *url;
        const char *problem;
        const char *says;
    } rows[] = {{"https://graph.microsoft.com/v1.0/me", "proxy", "answered 403 for the connection to graph."},
                {"https://login.microsoftonline.com/x", "proxy-password", "answered 407"}};
    g_autofree char *proxy = g_strdup_printf("http://127.0.0.1:%u", server_port(fixture->server));
    fixture->handler = refuse_tunnel;
    g_setenv("https_proxy", proxy, TRUE);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct http_call get = {.method = "GET", .url = rows[i].url, .bearer = "secret-token"};
        fixture->pending++;
        http_start(fixture->http, &get, keep_reply, fixture);
        http_run(fixture->http, &fixture->pending, -1);
        assert_int_equal(fixture->reply->outcome, REPLY_NOT_SENT);
        assert_string_equal(fixture->reply->problem, rows[i].problem);
        g_autofree char *seen = server_seen(fixture->server, 0);
        assert_true(g_str_has_prefix(seen, "CONNECT "));
        assert_null(strstr(seen, "secret-token"));
        assert_non_null(strstr(fixture->reply->error->message, proxy + strlen("http://")));
        assert_non_null(strstr(fixture->reply->error->message, rows[i].says));
    }
    g_unsetenv("https_proxy");
}

static char *want_sign_in(const struct server_request *request, gpointer data)
{
    (void)request;
    g_autofree char *offer = g_strdup_printf("Proxy-Authenticate: %s\r\n", ((const struct fixture *)data)->offers);
    return server_json(407, offer, "");
}

/* Name and password are there: they go to a proxy only in a way that it offers, and it is said what it offers. */
static void test_a_proxy_that_wants_a_sign_in_says_how(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *offers;
        const char *problem;
        const char *says;
        const char *sent; /* NULL: nothing that signs in */
    } rows[] = {
        {"Basic realm=\"corp\"", "proxy-refused", "it offers Basic (", "Proxy-Authorization: Basic "},
        {"Digest realm=\"x\", nonce=\"y\", algorithm=MD5", "proxy-refused", "it offers Digest (",
         "Proxy-Authorization: Digest "},
        {"NTLM", "proxy-refused", "it offers NTLM (", "Proxy-Authorization: NTLM "},
        {"Negotiate", "proxy-method", "it offers Negotiate (", NULL},
    };
    g_autofree char *proxy = g_strdup_printf("http://svc:Secr3tX@127.0.0.1:%u", server_port(fixture->server));
    g_setenv("https_proxy", proxy, TRUE);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct http_call get = {.method = "GET", .url = "https://graph.microsoft.com/v1.0/me"};
        guint before = server_count(fixture->server, 0, "CONNECT");
        fixture->handler = want_sign_in;
        fixture->offers = rows[i].offers;
        fixture->pending++;
        http_start(fixture->http, &get, keep_reply, fixture);
        http_run(fixture->http, &fixture->pending, -1);
        assert_string_equal(fixture->reply->problem, rows[i].problem);
        assert_non_null(strstr(fixture->reply->error->message, rows[i].says));
        guint asked = server_count(fixture->server, 0, "CONNECT") - before;
        g_autofree char *first = server_seen(fixture->server, asked - 1);
        g_autofree char *seen = server_seen(fixture->server, 0);
        assert_null(strstr(first, "Proxy-Authorization"));
        assert_true((strstr(seen, rows[i].sent != NULL ? rows[i].sent : "Proxy-Authorization") != NULL) ==
                    (rows[i].sent != NULL));
    }
    g_unsetenv("https_proxy");
}

/* What failed is the way to the proxy, not Microsoft's host; no name or password is said. */
static void test_a_proxy_that_is_not_reached_is_named(void **state)
{
    struct fixture *fixture = *state;
    const struct {
        const char *scheme;
        guint port;
        const char *problem;
    } rows[] = {
        {"http", 1, "proxy"},
        {"https", server_port(fixture->server), "proxy-tls"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct http_call get = {.method = "GET", .url = "https://graph.microsoft.com/v1.0/me"};
        g_autofree char *proxy = g_strdup_printf("%s://ann:hunter2@127.0.0.1:%u", rows[i].scheme, rows[i].port);
        g_autofree char *named = g_strdup_printf("127.0.0.1:%u", rows[i].port);
        g_setenv("https_proxy", proxy, TRUE);
        fixture->pending++;
        http_start(fixture->http, &get, keep_reply, fixture);
        http_run(fixture->http, &fixture->pending, -1);
        assert_string_equal(fixture->reply->problem, rows[i].problem);
        assert_non_null(strstr(fixture->reply->error->message, named));
        assert_null(strstr(fixture->reply->error->message, "hunter2"));
    }
    g_unsetenv("https_proxy");
}

static gpointer answer_without_tls(gpointer listener)
{
    static const char answer[] = "HTTP/1.1 400 Bad Request\r\n\r\n";
    g_autoptr(GSocketConnection) connection = g_socket_listener_accept(listener, NULL, NULL, NULL);
    GOutputStream *out = g_io_stream_get_output_stream(G_IO_STREAM(connection));
    g_output_stream_write_all(out, answer, strlen(answer), NULL, NULL, NULL);
    return NULL;
}

/* Why no secure connection to the proxy came about is what its administrator needs. */
static void test_a_proxy_that_speaks_no_tls_is_told_in_the_librarys_words(void **state)
{
    struct fixture *fixture = *state;
    const struct http_call get = {.method = "GET", .url = "https://graph.microsoft.com/v1.0/me"};
    g_autoptr(GSocketListener) listener = g_socket_listener_new();
    guint16 port = g_socket_listener_add_any_inet_port(listener, NULL, NULL);
    g_autofree char *proxy = g_strdup_printf("https://ann:hunter2@127.0.0.1:%u", (guint)port);
    g_setenv("https_proxy", proxy, TRUE);
    GThread *thread = g_thread_new("proxy", answer_without_tls, listener);
    fixture->pending++;
    http_start(fixture->http, &get, keep_reply, fixture);
    http_run(fixture->http, &fixture->pending, -1);
    g_thread_join(thread);
    g_unsetenv("https_proxy");
    assert_string_equal(fixture->reply->problem, "proxy-tls");
    assert_non_null(strstr(fixture->reply->error->message, "wrong version number"));
    assert_null(strstr(fixture->reply->error->message, "hunter2"));
}

/* A character that ends the address early, unless it is percent-encoded. */
static void test_nothing_of_a_proxys_password_is_said(void **state)
{
    struct fixture *fixture = *state;
    static const char *const proxies[] = {
        "http://svc:Wint3r#Pa55w@127.0.0.1:1",   "http://svc:Wint3r/Pa55w@127.0.0.1:1",
        "http://svc:Wint3r?Pa55w@127.0.0.1:1",   "http://svc:Wint3r Pa55w@127.0.0.1:1",
        "http://svc:Wint3r@Pa55w@127.0.0.1:1",   "http://svc:1234/Pa55w@127.0.0.1:1",
        "svc:Wint3r#Pa55w@127.0.0.1:1",          "http://svc:Wint3r\\Pa55w@127.0.0.1:1",
        "http://svc:Wint3r%23Pa55w@127.0.0.1:1", "ftp://svc:Wint3rPa55w@127.0.0.1:1",
    };
    const struct http_call get = {.method = "GET", .url = "https://graph.microsoft.com/v1.0/me"};
    for (gsize i = 0; i < G_N_ELEMENTS(proxies); i++) {
        g_setenv("https_proxy", proxies[i], TRUE);
        fixture->pending++;
        http_start(fixture->http, &get, keep_reply, fixture);
        http_run(fixture->http, &fixture->pending, -1);
        g_autofree char *environment = http_environment();
        g_autofree char *said = g_strconcat(fixture->reply->error->message, " ", environment, NULL);
        assert_int_equal(fixture->reply->outcome, REPLY_NOT_SENT);
        assert_string_equal(fixture->reply->problem, i < 8 ? "proxy-address" : "proxy");
        if (strstr(said, "Wint3r") != NULL || strstr(said, "Pa55w") != NULL || strstr(said, "1234") != NULL)
            fail_msg("of %s is said: %s", proxies[i], said);
    }
    g_unsetenv("https_proxy");
}

static void test_the_proxy_in_force_is_libcurls(void **state)
{
    (void)state;
    static const struct {
        const char *https_proxy, *all_proxy, *no_proxy, *host, *wanted;
    } rows[] = {
        {"", "", "", "graph.microsoft.com", NULL},
        {"http://p:1", "http://q:2", "", "graph.microsoft.com", "http://p:1"},
        {"", "http://ann:x@q:2", "", "graph.microsoft.com", "http://q:2"},
        {"p:1", "", "*", "graph.microsoft.com", NULL},
        {"p:1", "", "contoso.com, .microsoft.com", "graph.microsoft.com", NULL},
        {"p:1", "", "microsoft.com", "graph.microsoft.com", NULL},
        {"p:1", "", "soft.com", "graph.microsoft.com", "p:1"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_setenv("https_proxy", rows[i].https_proxy, TRUE);
        g_setenv("all_proxy", rows[i].all_proxy, TRUE);
        g_setenv("no_proxy", rows[i].no_proxy, TRUE);
        g_autofree char *proxy = environment_proxy(rows[i].host);
        assert_string_equal(proxy != NULL ? proxy : "none", rows[i].wanted != NULL ? rows[i].wanted : "none");
    }
    g_unsetenv("https_proxy");
    g_unsetenv("all_proxy");
    g_unsetenv("no_proxy");
}

/* What the sandbox lets through, and nothing else. The Defender that a tenant of GCC may have is asked from here too.
 */
static void test_the_ports_that_are_connected_to(void **state)
{
    static const struct {
        const char *proxy;
        guint16 port; /* of the proxy; 443: none of its own */
    } rows[] = {
        {"", 443},
        {"http://proxy.contoso.com:3129", 3129},
        {"proxy.contoso.com:3129", 3129},
        {"proxy.contoso.com", 1080},
        {"http://proxy.contoso.com", 1080},
        {"https://proxy.contoso.com", 443},
        {"https://proxy.contoso.com:8443", 8443},
    };
    (void)state;
    g_autoptr(Cloud) cloud = cloud_named("global", NULL);
    g_setenv("no_proxy", ".microsoft.com,.microsoftonline.com", TRUE);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gboolean allowed = FALSE;
        g_setenv("https_proxy", rows[i].proxy, TRUE);
        g_autoptr(GArray) ports = http_ports(cloud);
        for (guint k = 0; k < ports->len; k++) {
            guint16 port = g_array_index(ports, guint16, k);
            allowed = allowed || port == rows[i].port;
            if (port != 443 && port != 53 && port != 853 && port != rows[i].port)
                fail_msg("%s: %d", rows[i].proxy, port);
        }
        if (!allowed)
            fail_msg("%s: not %d", rows[i].proxy, rows[i].port);
    }
    g_unsetenv("https_proxy");
    g_unsetenv("no_proxy");
    /* A practice tenant's own, which is none of these. */
    g_autoptr(Cloud) practice = cloud_practice("http://127.0.0.1:4711", NULL);
    g_autoptr(GArray) ports = http_ports(practice);
    gboolean allowed = FALSE;
    for (guint i = 0; i < ports->len; i++)
        allowed = allowed || g_array_index(ports, guint16, i) == 4711;
    assert_true(allowed);
}

static char *stall(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    /* Half an answer: the connection stays, and the rest never comes. */
    return g_strdup("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
}

static gpointer cancel_when_under_way(gpointer data)
{
    struct fixture *fixture = data;
    while (server_count(fixture->server, 0, "") == 0)
        g_thread_yield();
    gint64 *when = g_new(gint64, 1);
    *when = g_get_monotonic_time();
    http_cancel(fixture->http);
    return when;
}

static void test_cancel_from_another_thread_is_quick(void **state)
{
    struct fixture *fixture = *state;
    fixture->handler = stall;
    start_call(fixture, "GET", "/v1.0/me", NULL);
    GThread *thread = g_thread_new("cancel", cancel_when_under_way, fixture);
    assert_false(http_run(fixture->http, &fixture->pending, -1));
    gint64 ended = g_get_monotonic_time();
    g_autofree gint64 *asked = g_thread_join(thread);
    assert_true(ended - *asked < CANCEL_LIMIT);
    assert_int_equal(fixture->pending, 0);
    assert_true(g_error_matches(fixture->reply->error, PERCH_ERROR, PERCH_ERROR_CANCELLED));
    assert_int_equal(fixture->reply->outcome, REPLY_LOST);
    http_cancel_reset(fixture->http);
    fixture->handler = say_ok;
    assert_int_equal(call(fixture, "GET", "/v1.0/me", NULL)->status, 200);
}

static gpointer wake_now(gpointer data)
{
    http_wake(data);
    return NULL;
}

static void test_wake_is_served_while_waiting(void **state)
{
    struct fixture *fixture = *state;
    GThread *thread = g_thread_new("wake", wake_now, fixture->http);
    gint64 end = g_get_monotonic_time() + PATIENCE;
    while (fixture->woken == 0 && g_get_monotonic_time() < end)
        http_run(fixture->http, NULL, g_get_monotonic_time() + 10000);
    g_thread_join(thread);
    assert_int_equal(fixture->woken, 1);
}

static void count_due(gpointer data)
{
    (*(int *)data)--;
}

static void test_timers_come_in_time(void **state)
{
    struct fixture *fixture = *state;
    int left = 2;
    gint64 begun = g_get_monotonic_time();
    http_after(fixture->http, 60000, count_due, &left);
    http_after(fixture->http, 0, count_due, &left);
    assert_true(http_run(fixture->http, &left, -1));
    gint64 passed = g_get_monotonic_time() - begun;
    assert_true(passed >= 60000 && passed < 10 * G_USEC_PER_SEC);
}

static void test_environment_hides_passwords(void **state)
{
    (void)state;
    g_setenv("https_proxy", "http://user:hunter2@proxy.contoso.com:3128", TRUE);
    g_unsetenv("CURL_CA_BUNDLE");
    g_setenv("SSL_CERT_FILE", "/etc/contoso.pem", TRUE);
    g_autofree char *text = http_environment();
    g_unsetenv("https_proxy");
    g_unsetenv("SSL_CERT_FILE");
    assert_non_null(strstr(text, "proxy.contoso.com:3128"));
    assert_non_null(strstr(text, "/etc/contoso.pem (SSL_CERT_FILE)"));
    assert_null(strstr(text, "hunter2"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

static void test_a_proxys_password_is_a_secret(void **state)
{
    (void)state;
    static const char *const proxies[] = {"http://svc:Wint3r%23Pass@proxy.contoso.com:3128", "svc:Wint3r%23Pass@proxy",
                                          "http://svc:Wint3r#Pass@proxy.contoso.com:3128"};
    for (gsize i = 0; i < G_N_ELEMENTS(proxies); i++) {
        g_autoptr(Redactor) redactor = redactor_new();
        g_setenv("https_proxy", proxies[i], TRUE);
        http_redact_proxies(redactor);
        g_unsetenv("https_proxy");
        g_autofree char *clean = redact(redactor, "407: who are you, Wint3r#Pass?");
        assert_string_equal(clean, "407: who are you, " REDACTED "?");
    }
}

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        TEST(test_answer_is_read),
        TEST(test_bodies_are_sent),
        TEST(test_write_that_dies_on_a_reused_connection_runs_once),
        TEST(test_reads_reuse_a_connection_and_writes_do_not),
        TEST(test_refused_connection_was_never_sent),
        TEST(test_redirect_is_not_followed),
        TEST(test_answer_over_4_mib_is_cut_off),
        TEST(test_answer_of_4_mib_is_taken),
        TEST(test_a_packed_answer_is_unpacked_within_limits),
        TEST(test_headers_over_64_kib_are_cut_off),
        TEST(test_half_an_answer_is_lost),
        TEST(test_what_is_no_answer_is_lost),
        TEST(test_retry_after_forms),
        TEST(test_dates),
        TEST(test_only_https_and_loopback),
        TEST(test_proxy_is_not_asked_for_loopback),
        TEST(test_refusing_proxy_is_named_and_gets_no_token),
        TEST(test_a_proxy_that_wants_a_sign_in_says_how),
        TEST(test_a_proxy_that_speaks_no_tls_is_told_in_the_librarys_words),
        TEST(test_a_proxy_that_is_not_reached_is_named),
        TEST(test_nothing_of_a_proxys_password_is_said),
        TEST(test_the_proxy_in_force_is_libcurls),
        TEST(test_cancel_from_another_thread_is_quick),
        TEST(test_wake_is_served_while_waiting),
        TEST(test_timers_come_in_time),
        cmocka_unit_test(test_environment_hides_passwords),
        cmocka_unit_test(test_a_proxys_password_is_a_secret),
        cmocka_unit_test(test_the_ports_that_are_connected_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

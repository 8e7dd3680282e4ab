#include "support/support.h"

#include <string.h>

#include "base/error.h"
#include "microsoft/client.h"
#include "secrets/secret.h"
#include "support/fake_authority.h"

#define CLIENT_ID "22222222-2222-4333-8444-555555555555"
#define CANCEL_LIMIT ((gint64)200 * 1000)

/* Signed in by a stored refresh token; the server's part for Graph and Defender is each test's own. */
struct fixture {
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

static char *dispatch(const struct server_request *request, gpointer data)
{
    struct fixture *fixture = data;
    guint port = server_port(fixture->server);
    if (is_discovery(request))
        return fake_discovery(port, FAKE_TENANT);
    if (request->host == 1 && strcmp(request->target, "/token") == 0) {
        g_autofree char *access = g_strdup_printf("access-%u", ++fixture->tokens_given);
        return fake_tokens(port, FAKE_TENANT, CLIENT_ID, "", access, "refresh-2", 3600, "User.Read");
    }
    fixture->calls++;
    return fixture->api(request, fixture);
}

static struct secret *load_token(const char *key, gpointer data)
{
    (void)key;
    (void)data;
    return secret_new("refresh-1", -1);
}

static void count_report(const struct request *request, const struct reply *reply, gint64 wait, gpointer data)
{
    (void)request;
    (void)reply;
    struct fixture *fixture = data;
    fixture->reported++;
    if (wait > 0 && fixture->wait_count < G_N_ELEMENTS(fixture->waits))
        fixture->waits[fixture->wait_count++] = wait;
}

static int set_up(void **state)
{
    static const struct token_store store = {.load = load_token};
    static const char *const scopes[] = {"User.Read", NULL};
    struct fixture *fixture = g_new0(struct fixture, 1);
    fixture->server = server_start(dispatch, fixture);
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u", server_port(fixture->server));
    fixture->cloud = cloud_practice(url, NULL);
    fixture->http = http_new(NULL, NULL, NULL);
    fixture->sign_in = sign_in_new(fixture->http, fixture->cloud, FAKE_TENANT, CLIENT_ID, &store);
    fixture->clock = clock_wall();
    fixture->client =
        client_new(fixture->http, fixture->cloud, fixture->sign_in, &fixture->clock, count_report, fixture);
    *state = fixture;
    return sign_in_silently(fixture->sign_in, scopes, NULL) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    client_free(fixture->client);
    sign_in_free(fixture->sign_in);
    http_free(fixture->http);
    server_stop(fixture->server);
    cloud_free(fixture->cloud);
    g_free(fixture);
    return 0;
}

static struct reply *read_one(struct fixture *fixture, const char *path, gboolean all_pages)
{
    g_autoptr(Request) request = request_get(SERVICE_GRAPH, "%s", path);
    request->all_pages = all_pages;
    GPtrArray *replies = client_read(fixture->client, &request, 1);
    struct reply *reply = g_steal_pointer(&replies->pdata[0]);
    g_ptr_array_unref(replies);
    return reply;
}

static struct reply *write_one(struct fixture *fixture)
{
    g_autoptr(Request) request = request_write("POST", SERVICE_GRAPH, json_from("{'displayName':'x'}"), "/v1.0/groups");
    return client_write(fixture->client, request);
}

static char *say_host(const struct server_request *request, gpointer data)
{
    (void)data;
    g_autofree char *body = g_strdup_printf("{\"host\":%d}", request->host);
    return server_json(200, "request-id: r-9\r\nX-Practice-Time: 2030-01-01T00:00:00Z\r\nX-Practice-Rate: 60\r\n",
                       body);
}

static void test_each_service_gets_its_own_token(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = say_host;
    g_autoptr(Reply) graph = read_one(fixture, "/v1.0/me", FALSE);
    assert_true(reply_is_success(graph));
    assert_int_equal(json_get_int(graph->body, "host", 0), 2);
    assert_string_equal(graph->request_id, "r-9");
    g_autofree char *seen = server_seen(fixture->server, 0);
    assert_non_null(strstr(seen, "Authorization: Bearer access-1\r\n"));
    g_autoptr(Request) request = request_get(SERVICE_DEFENDER, "/api/dataExportSettings");
    g_autoptr(GPtrArray) replies = client_read(fixture->client, &request, 1);
    const struct reply *defender = g_ptr_array_index(replies, 0);
    assert_int_equal(json_get_int(defender->body, "host", 0), 3);
    g_autofree char *seen_defender = server_seen(fixture->server, 0);
    assert_non_null(strstr(seen_defender, "Authorization: Bearer access-2\r\n"));
}

static void test_practice_clock_is_followed(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = say_host;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/me", FALSE);
    assert_true(fixture->clock.rate == 60);
    assert_true(clock_now(&fixture->clock) >= clock_parse("2030-01-01T00:00:00Z"));
}

static void test_practice_clock_is_ignored_in_a_real_cloud(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = say_host;
    fixture->cloud->practice = FALSE;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/me", FALSE);
    assert_true(fixture->clock.rate == 1);
}

static char *throttle_once(const struct server_request *request, gpointer data)
{
    (void)request;
    struct fixture *fixture = data;
    if (fixture->calls == 1)
        return server_json(429, "Retry-After: 1\r\n",
                           "{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"slow\"}}");
    return server_json(201, NULL, "{\"id\":\"g\"}");
}

static void test_retry_after_is_waited_out_to_the_second(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = throttle_once;
    gint64 begun = g_get_monotonic_time();
    g_autoptr(Reply) reply = write_one(fixture);
    gint64 passed = g_get_monotonic_time() - begun;
    assert_true(reply_is_success(reply));
    assert_int_equal(fixture->calls, 2);
    assert_int_equal(fixture->wait_count, 1);
    assert_int_equal(fixture->waits[0], G_USEC_PER_SEC);
    assert_true(passed >= G_USEC_PER_SEC && passed < G_USEC_PER_SEC * 3 / 2);
}

static char *say_unavailable(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return server_json(503, NULL, "{\"error\":{\"code\":\"ServiceUnavailable\",\"message\":\"later\"}}");
}

static void test_write_refused_without_retry_after_is_not_repeated(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = say_unavailable;
    g_autoptr(Reply) reply = write_one(fixture);
    assert_int_equal(reply->status, 503);
    assert_int_equal(fixture->calls, 1);
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_NETWORK));
}

static char *drop_always(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return NULL;
}

static void test_lost_write_is_sent_once(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = drop_always;
    g_autoptr(Reply) reply = write_one(fixture);
    assert_int_equal(reply->outcome, REPLY_LOST);
    assert_int_equal(fixture->calls, 1);
}

static char *drop_first(const struct server_request *request, gpointer data)
{
    struct fixture *fixture = data;
    return fixture->calls == 1 ? NULL : say_host(request, data);
}

static void test_lost_read_is_tried_again(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = drop_first;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/me", FALSE);
    assert_true(reply_is_success(reply));
}

static void test_write_that_never_left_is_tried_again_and_says_so(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *nowhere = g_strdup("http://127.0.0.2:1");
    g_free(fixture->cloud->graph);
    fixture->cloud->graph = g_steal_pointer(&nowhere);
    g_autoptr(Reply) reply = write_one(fixture);
    assert_int_equal(reply->outcome, REPLY_NOT_SENT);
    assert_int_equal(fixture->wait_count, 2);
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_NETWORK));
}

static char *expire_first_token(const struct server_request *request, gpointer data)
{
    (void)data;
    if (strstr(request->headers, "Bearer access-1\r\n") != NULL)
        return server_json(401, NULL, "{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"expired\"}}");
    return server_json(200, NULL, "{}");
}

static void test_ended_token_is_renewed_once_for_all(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = expire_first_token;
    struct request *requests[6];
    for (gsize i = 0; i < G_N_ELEMENTS(requests); i++)
        requests[i] = request_get(SERVICE_GRAPH, "/v1.0/%zu", i);
    g_autoptr(GPtrArray) replies = client_read(fixture->client, requests, G_N_ELEMENTS(requests));
    for (gsize i = 0; i < G_N_ELEMENTS(requests); i++) {
        assert_true(reply_is_success(g_ptr_array_index(replies, i)));
        request_free(requests[i]);
    }
    assert_int_equal(fixture->tokens_given, 2);
}

static char *refuse_every_token(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return server_json(401, NULL, "{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"no\"}}");
}

static void test_refused_token_ends_after_one_renewal(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = refuse_every_token;
    g_autoptr(Reply) reply = write_one(fixture);
    assert_int_equal(reply->status, 401);
    assert_int_equal(fixture->calls, 2);
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
}

static char *challenge(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return server_json(401, "WWW-Authenticate: Bearer realm=\"\", error=\"insufficient_claims\", claims=\"e30=\"\r\n",
                       "{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"no\"}}");
}

static void test_claims_challenge_asks_for_the_person(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = challenge;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/me", FALSE);
    assert_int_equal(fixture->calls, 1);
    assert_string_equal(reply->error_code, "insufficient_claims");
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
}

static char *page(const char *next, const char *elements)
{
    g_autofree char *link = next != NULL ? g_strdup_printf("\"@odata.nextLink\":\"%s\",", next) : g_strdup("");
    g_autofree char *body = g_strdup_printf("{\"@odata.context\":\"c\",%s\"value\":[%s]}", link, elements);
    return server_json(200, NULL, body);
}

static char *three_pages(const struct server_request *request, gpointer data)
{
    struct fixture *fixture = data;
    guint port = server_port(fixture->server);
    g_autofree char *second = g_strdup_printf("http://127.0.0.2:%u/v1.0/users?$skiptoken=a%%20b", port);
    g_autofree char *third = g_strdup_printf("http://127.0.0.2:%u/v1.0/users?$skiptoken=c", port);
    if (strcmp(request->target, "/v1.0/users") == 0)
        return page(second, "{\"n\":1},{\"n\":2}");
    if (strcmp(request->target, "/v1.0/users?$skiptoken=a%20b") == 0)
        return page(third, "");
    return page(NULL, "{\"n\":3}");
}

static void test_pages_become_one_list(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = three_pages;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/users", TRUE);
    g_autofree char *body = json_text(reply->body);
    assert_string_equal(body, "{\"@odata.context\":\"c\",\"value\":[{\"n\":1},{\"n\":2},{\"n\":3}]}");
    assert_int_equal(client_round_trips(fixture->client), 3);
    assert_int_equal(fixture->calls, 3);
}

static char *page_fails(const struct server_request *request, gpointer data)
{
    return strcmp(request->target, "/v1.0/users") == 0
               ? three_pages(request, data)
               : server_json(403, NULL, "{\"error\":{\"code\":\"Forbidden\",\"message\":\"no\"}}");
}

static void test_missing_page_spoils_the_list(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = page_fails;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/users", TRUE);
    assert_false(reply_is_success(reply));
    assert_int_equal(reply->status, 403);
    assert_null(json_get(reply->body, "value"));
}

static const char *evil_link;

static char *link_astray(const struct server_request *request, gpointer data)
{
    (void)request;
    struct fixture *fixture = data;
    g_autofree char *link = g_strdup_printf(evil_link, server_port(fixture->server));
    return page(link, "{\"n\":1}");
}

static void test_next_page_elsewhere_is_refused(void **state)
{
    struct fixture *fixture = *state;
    static const char *const links[] = {
        "http://127.0.0.3:%u/v1.0/users?p=2",
        "http://127.0.0.1:%u/v1.0/users?p=2",
        "https://127.0.0.2:%u/v1.0/users?p=2",
        "http://127.0.0.2:1/v1.0/%u",
        "http://127.0.0.2:%u/elsewhere",
        "http://x@127.0.0.2:%u/v1.0/users?p=2",
        "/v1.0/users?p=%u",
        "http://127.0.0.2:%u@evil.test/v1.0/",
        "file:///v1.0/%u",
    };
    fixture->api = link_astray;
    for (gsize i = 0; i < G_N_ELEMENTS(links); i++) {
        evil_link = links[i];
        fixture->calls = 0;
        g_autoptr(Reply) reply = read_one(fixture, "/v1.0/users", TRUE);
        assert_false(reply_is_success(reply));
        assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
        assert_int_equal(fixture->calls, 1);
    }
}

static char *link_to_itself(const struct server_request *request, gpointer data)
{
    (void)request;
    struct fixture *fixture = data;
    g_autofree char *link = g_strdup_printf("http://127.0.0.2:%u/v1.0/users?p=2", server_port(fixture->server));
    return page(link, "{\"n\":1}");
}

static void test_pages_in_a_circle_end(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = link_to_itself;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/users", TRUE);
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    assert_int_equal(fixture->calls, 2);
}

static const char *odd_body;

static char *say_odd_body(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return server_json(200, NULL, odd_body);
}

static void test_unreadable_answer_is_no_success(void **state)
{
    struct fixture *fixture = *state;
    static const char *const bodies[] = {"<html>proxy</html>",  "{\"a\":1",     "{\"a\":1} x",      "{\"a\":01}",
                                         "{\"a\":\"\\u0000\"}", "{\"a\":\xff}", "{\"a\":1,\"a\":2}"};
    fixture->api = say_odd_body;
    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
        odd_body = bodies[i];
        g_autoptr(Reply) reply = read_one(fixture, "/v1.0/me", FALSE);
        assert_true(reply->unreadable);
        assert_null(reply->body);
        assert_false(reply_is_success(reply));
        assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    }
}

static void test_list_without_list_is_no_success(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = say_odd_body;
    odd_body = "{\"id\":\"x\"}";
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/users", TRUE);
    assert_false(reply_is_success(reply));
}

static char *redirect(const struct server_request *request, gpointer data)
{
    (void)request;
    struct fixture *fixture = data;
    g_autofree char *location =
        g_strdup_printf("Location: http://127.0.0.3:%u/stolen\r\n", server_port(fixture->server));
    return server_json(307, location, "");
}

static void test_redirect_carries_no_token_anywhere(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = redirect;
    g_autoptr(Reply) reply = write_one(fixture);
    assert_int_equal(reply->status, 307);
    assert_false(reply_is_success(reply));
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    assert_int_equal(server_count(fixture->server, 3, ""), 0);
}

static char *refuse_in_detail(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return server_json(400, "request-id: r-7\r\n",
                       "{\"error\":{\"code\":\"Request_BadRequest\",\"message\":\"Bad\\u001b[31m \\u202eone\","
                       "\"innerError\":{\"code\":\"outer\",\"innererror\":{\"code\":\"InnerMost\"}}}}");
}

static void test_refusal_names_code_text_and_request(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = refuse_in_detail;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/me", FALSE);
    assert_string_equal(reply->error_code, "InnerMost");
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_REFUSED));
    g_autofree char *line = error_headline(reply->error);
    assert_string_equal(line, "400 Bad request: Bad<U+001B>[31m <U+202E>one (InnerMost, request r-7)");
    assert_true(strlen(error_hint(reply->error)) > 10);
}

static void test_request_with_a_gap_is_not_sent(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = say_host;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/groups/{group.id}", FALSE);
    assert_int_equal(reply->outcome, REPLY_NOT_SENT);
    assert_non_null(strstr(reply->error->message, "{group.id}"));
    assert_int_equal(fixture->calls, 0);
}

static void test_reads_side_by_side_are_one_round_trip(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = say_host;
    struct request *requests[3];
    for (gsize i = 0; i < G_N_ELEMENTS(requests); i++)
        requests[i] = request_get(SERVICE_GRAPH, "/v1.0/%zu", i);
    g_autoptr(GPtrArray) replies = client_read(fixture->client, requests, G_N_ELEMENTS(requests));
    assert_int_equal(replies->len, 3);
    assert_int_equal(client_round_trips(fixture->client), 1);
    for (gsize i = 0; i < G_N_ELEMENTS(requests); i++)
        request_free(requests[i]);
}

static char *stall(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return g_strdup("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{");
}

struct canceller {
    struct fixture *fixture;
    gint64 asked;
};

static gpointer cancel_when_api_was_asked(gpointer data)
{
    struct canceller *canceller = data;
    while (server_count(canceller->fixture->server, 2, "") == 0)
        g_thread_yield();
    canceller->asked = g_get_monotonic_time();
    http_cancel(canceller->fixture->http);
    return NULL;
}

static void assert_cancelled_quickly(struct fixture *fixture, struct reply *(*work)(struct fixture *))
{
    struct canceller canceller = {.fixture = fixture};
    GThread *thread = g_thread_new("cancel", cancel_when_api_was_asked, &canceller);
    g_autoptr(Reply) reply = work(fixture);
    gint64 ended = g_get_monotonic_time();
    g_thread_join(thread);
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_CANCELLED));
    assert_true(ended - canceller.asked < CANCEL_LIMIT);
}

static struct reply *read_me(struct fixture *fixture)
{
    return read_one(fixture, "/v1.0/me", FALSE);
}

static void test_cancel_ends_a_stalled_read_quickly(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = stall;
    assert_cancelled_quickly(fixture, read_me);
}

static char *throttle_for_long(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return server_json(429, "Retry-After: 120\r\n", "{}");
}

static void test_cancel_ends_a_throttled_write_quickly(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = throttle_for_long;
    assert_cancelled_quickly(fixture, write_one);
    assert_int_equal(fixture->calls, 1);
}

static char *answer_once_cancelled(const struct server_request *request, gpointer data)
{
    (void)request;
    struct fixture *fixture = data;
    while (!http_is_cancelled(fixture->http))
        g_thread_yield();
    return server_json(201, NULL, "{\"id\":\"made\"}");
}

static gpointer cancel_soon(gpointer data)
{
    struct fixture *fixture = data;
    /* The server's lock is held by the handler that waits for this. */
    while (g_atomic_int_get(&fixture->calls) == 0)
        g_thread_yield();
    http_cancel(fixture->http);
    return NULL;
}

static void test_write_under_way_is_waited_for_when_cancelled(void **state)
{
    struct fixture *fixture = *state;
    fixture->api = answer_once_cancelled;
    GThread *thread = g_thread_new("cancel", cancel_soon, fixture);
    g_autoptr(Reply) reply = write_one(fixture);
    g_thread_join(thread);
    assert_true(reply_is_success(reply));
    assert_string_equal(json_get_string(reply->body, "id"), "made");
}

struct later {
    int pending;
    struct reply *reply;
};

static void read_arrived(struct reply *reply, gpointer data)
{
    struct later *later = data;
    later->reply = reply;
    later->pending = 0;
}

static void test_started_read_comes_while_other_work_waits(void **state)
{
    struct fixture *fixture = *state;
    struct later later = {.pending = 1};
    fixture->api = say_host;
    g_autoptr(Request) request = request_get(SERVICE_GRAPH, "/v1.0/users");
    client_start_read(fixture->client, request, read_arrived, &later);
    assert_true(http_run(fixture->http, &later.pending, g_get_monotonic_time() + 10 * G_USEC_PER_SEC));
    assert_non_null(later.reply);
    assert_true(reply_is_success(later.reply));
    reply_free(later.reply);
}

static void test_started_read_may_outlive_the_client(void **state)
{
    struct fixture *fixture = *state;
    struct later later = {.pending = 1};
    fixture->api = stall;
    g_autoptr(Request) request = request_get(SERVICE_GRAPH, "/v1.0/users");
    client_start_read(fixture->client, request, read_arrived, &later);
    while (server_count(fixture->server, 2, "") == 0)
        http_run(fixture->http, NULL, g_get_monotonic_time() + 1000);
    client_free(fixture->client);
    fixture->client = NULL;
    http_cancel(fixture->http);
    assert_false(http_run(fixture->http, NULL, -1));
    assert_null(later.reply);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        TEST(test_each_service_gets_its_own_token),
        TEST(test_practice_clock_is_followed),
        TEST(test_practice_clock_is_ignored_in_a_real_cloud),
        TEST(test_retry_after_is_waited_out_to_the_second),
        TEST(test_write_refused_without_retry_after_is_not_repeated),
        TEST(test_lost_write_is_sent_once),
        TEST(test_lost_read_is_tried_again),
        TEST(test_write_that_never_left_is_tried_again_and_says_so),
        TEST(test_ended_token_is_renewed_once_for_all),
        TEST(test_refused_token_ends_after_one_renewal),
        TEST(test_claims_challenge_asks_for_the_person),
        TEST(test_pages_become_one_list),
        TEST(test_missing_page_spoils_the_list),
        TEST(test_next_page_elsewhere_is_refused),
        TEST(test_pages_in_a_circle_end),
        TEST(test_unreadable_answer_is_no_success),
        TEST(test_list_without_list_is_no_success),
        TEST(test_redirect_carries_no_token_anywhere),
        TEST(test_refusal_names_code_text_and_request),
        TEST(test_request_with_a_gap_is_not_sent),
        TEST(test_reads_side_by_side_are_one_round_trip),
        TEST(test_cancel_ends_a_stalled_read_quickly),
        TEST(test_cancel_ends_a_throttled_write_quickly),
        TEST(test_write_under_way_is_waited_for_when_cancelled),
        TEST(test_started_read_comes_while_other_work_waits),
        TEST(test_started_read_may_outlive_the_client),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

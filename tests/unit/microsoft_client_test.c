/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "support/client_fixture.h"

#define CANCEL_LIMIT ((gint64)200 * 1000)
#define GROUPS_PATH "/v1.0/groups"

static char *say_host(const struct server_request *request, gpointer data)
{
    (void)data;
    g_autofree char *body = g_strdup_printf("{\"host\":%d}", request->host);
    return server_json(200, "request-id: r-9\r\nX-Practice-Time: 2030-01-01T00:00:00Z\r\nX-Practice-Rate: 60\r\n",
                       body);
}

static void test_each_service_gets_its_own_token(void **state)
{
    struct client_fixture *fixture = *state;
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
    struct client_fixture *fixture = *state;
    fixture->api = say_host;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/me", FALSE);
    assert_true(fixture->clock.rate == 60);
    assert_true(clock_now(&fixture->clock) >= clock_parse("2030-01-01T00:00:00Z"));
}

static void test_practice_clock_is_ignored_in_a_real_cloud(void **state)
{
    struct client_fixture *fixture = *state;
    fixture->api = say_host;
    fixture->cloud->practice = FALSE;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/me", FALSE);
    assert_true(fixture->clock.rate == 1);
}

/* What a service says of the time whose clock is two hours ahead of this machine's. */
static char *tell_a_date(const struct server_request *request, gpointer data)
{
    (void)data;
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autoptr(GDateTime) ahead = g_date_time_add_hours(now, 2);
    g_autofree char *date = g_date_time_format(ahead, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n");
    return server_json(strstr(request->target, "missing") != NULL ? 404 : 200, date, "{}");
}

static gint64 seconds_ahead(const struct client_fixture *fixture)
{
    return (clock_now(&fixture->clock) - g_get_real_time()) / G_USEC_PER_SEC;
}

static void note_shift(gint64 shift, gpointer data)
{
    *(gint64 *)data += shift;
}

static void test_graphs_own_answers_set_the_clock(void **state)
{
    struct client_fixture *fixture = *state;
    gint64 shifted = 0;
    fixture->api = tell_a_date;
    fixture->cloud->practice = FALSE;
    client_on_clock(fixture->client, note_shift, &shifted);
    for (int i = 0; i < CLOCK_ANSWERS; i++) {
        g_autoptr(Reply) refused = read_one(fixture, "/v1.0/missing", FALSE);
        g_autoptr(Request) request = request_get(SERVICE_DEFENDER, "/api/machines");
        g_autoptr(GPtrArray) defender = client_read(fixture->client, &request, 1);
    }
    assert_int_equal(seconds_ahead(fixture), 0);
    for (int i = 0; i < CLOCK_ANSWERS; i++) {
        assert_int_equal(shifted, 0);
        g_autoptr(Reply) reply = read_one(fixture, "/v1.0/me", FALSE);
    }
    assert_in_range(seconds_ahead(fixture), 7190, 7200);
    assert_in_range(shifted / G_USEC_PER_SEC, 7190, 7200);
}

static char *throttle_once(const struct server_request *request, gpointer data)
{
    (void)request;
    struct client_fixture *fixture = data;
    if (fixture->calls == 1)
        return server_json(429, "Retry-After: 1\r\n",
                           "{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"slow\"}}");
    return server_json(201, NULL, "{\"id\":\"g\"}");
}

static void test_retry_after_is_waited_out_to_the_second(void **state)
{
    struct client_fixture *fixture = *state;
    fixture->api = throttle_once;
    gint64 begun = g_get_monotonic_time();
    g_autoptr(Reply) reply = write_one(fixture);
    gint64 passed = g_get_monotonic_time() - begun;
    assert_true(reply_is_success(reply));
    assert_int_equal(fixture->calls, 2);
    assert_int_equal(fixture->wait_count, 1);
    assert_int_equal(fixture->waits[0], G_USEC_PER_SEC);
    assert_true(passed >= G_USEC_PER_SEC && passed < PATIENCE);
}

/* Who writes down first that nothing came of it repeats it alone. */
static void test_a_throttled_write_may_be_left_to_who_sends_it(void **state)
{
    struct client_fixture *fixture = *state;
    struct retry_past past = {0};
    fixture->api = throttle_once;
    g_autoptr(Request) request = request_write("POST", SERVICE_GRAPH, json_from("{'displayName':'x'}"), GROUPS_PATH);
    g_autoptr(Reply) refused = client_write_once(fixture->client, request, &past);
    assert_int_equal(refused->status, 429);
    assert_int_equal(refused->goes_again, G_USEC_PER_SEC);
    assert_int_equal(fixture->waits[0], G_USEC_PER_SEC);
    assert_int_equal(past.waited, G_USEC_PER_SEC);
    assert_int_equal(fixture->calls, 1);
    g_autoptr(Reply) reply = client_write_once(fixture->client, request, &past);
    assert_true(reply_is_success(reply));
    assert_int_equal(reply->goes_again, 0);
}

static char *say_unavailable(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return server_json(503, "Retry-After: 1\r\n",
                       "{\"error\":{\"code\":\"ServiceUnavailable\",\"message\":\"later\"}}");
}

static void test_write_that_may_have_been_done_is_not_repeated(void **state)
{
    struct client_fixture *fixture = *state;
    fixture->api = say_unavailable;
    g_autoptr(Reply) reply = write_one(fixture);
    assert_int_equal(reply->status, 503);
    assert_int_equal(fixture->calls, 1);
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_NETWORK));
}

static char *throttle_without_a_time(const struct server_request *request, gpointer data)
{
    struct client_fixture *fixture = data;
    return fixture->calls == 1 ? server_json(429, NULL, "<html>busy</html>") : throttle_once(request, data);
}

static void test_throttled_write_goes_again_without_being_told_when(void **state)
{
    struct client_fixture *fixture = *state;
    fixture->api = throttle_without_a_time;
    g_autoptr(Reply) reply = write_one(fixture);
    assert_true(reply_is_success(reply));
    assert_int_equal(fixture->calls, 2);
    assert_int_equal(fixture->waits[0], G_USEC_PER_SEC);
}

static char *throttle_for_a_day(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return server_json(429, "Retry-After: 86400\r\n", "{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"no\"}}");
}

static void test_longer_than_perch_waits_is_told_and_not_waited(void **state)
{
    struct client_fixture *fixture = *state;
    fixture->api = throttle_for_a_day;
    g_autoptr(Reply) reply = write_one(fixture);
    assert_int_equal(fixture->calls, 1);
    g_autofree char *tomorrow = clock_format(g_get_real_time() + 86400 * (gint64)G_USEC_PER_SEC);
    g_autofree char *day = clock_day_of(tomorrow);
    assert_non_null(strstr(reply->error->message, day));
    assert_non_null(strstr(reply->error->message, "Nothing was carried out"));
}

static char *drop_always(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return NULL;
}

static void test_lost_write_is_sent_once(void **state)
{
    struct client_fixture *fixture = *state;
    fixture->api = drop_always;
    g_autoptr(Reply) reply = write_one(fixture);
    assert_int_equal(reply->outcome, REPLY_LOST);
    assert_int_equal(fixture->calls, 1);
}

static char *drop_first(const struct server_request *request, gpointer data)
{
    struct client_fixture *fixture = data;
    return fixture->calls == 1 ? NULL : say_host(request, data);
}

static void test_lost_read_is_tried_again(void **state)
{
    struct client_fixture *fixture = *state;
    fixture->api = drop_first;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/me", FALSE);
    assert_true(reply_is_success(reply));
}

static void test_write_that_never_left_is_tried_again_and_says_so(void **state)
{
    struct client_fixture *fixture = *state;
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
    struct client_fixture *fixture = *state;
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
    struct client_fixture *fixture = *state;
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
    struct client_fixture *fixture = *state;
    fixture->api = challenge;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/me", FALSE);
    assert_int_equal(fixture->calls, 1);
    assert_string_equal(reply->error_code, "insufficient_claims");
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
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
    struct client_fixture *fixture = *state;
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
    struct client_fixture *fixture = *state;
    fixture->api = say_odd_body;
    odd_body = "{\"id\":\"x\"}";
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/users", TRUE);
    assert_false(reply_is_success(reply));
}

static char *redirect(const struct server_request *request, gpointer data)
{
    (void)request;
    struct client_fixture *fixture = data;
    g_autofree char *location =
        g_strdup_printf("Location: http://127.0.0.3:%u/stolen\r\n", server_port(fixture->server));
    return server_json(307, location, "");
}

static void test_redirect_carries_no_token_anywhere(void **state)
{
    struct client_fixture *fixture = *state;
    fixture->api = redirect;
    g_autoptr(Reply) reply = write_one(fixture);
    assert_int_equal(reply->status, 307);
    assert_false(reply_is_success(reply));
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    assert_int_equal(server_count(fixture->server, 3, ""), 0);
}

static const char *pointed_to;

static char *point(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    g_autofree char *location = g_strdup_printf("Location: %s\r\n", pointed_to);
    return server_json(302, location, "");
}

/* An id that a portal could have made up is none; only the service's own host says what it made. */
static void test_a_redirect_counts_towards_the_own_host_only(void **state)
{
    static const char id[] = "5a2f4c1e-0d2b-4a7e-9c34-3c1f0a6b7d88";
    static const struct {
        const char *location; /* the id behind it where it ends in a slash */
        gboolean elsewhere;
        gboolean says_id;
    } rows[] = {
        {"http://127.0.0.3:80" GROUPS_PATH "/", TRUE, FALSE},
        {"https://login.example" GROUPS_PATH "/", TRUE, FALSE},
        {"https://login.example/", TRUE, FALSE},
        {"http://127.0.0.1.example" GROUPS_PATH "/", TRUE, FALSE},
        {"http://127.0.0.2:80" GROUPS_PATH "/", FALSE, TRUE},
        {GROUPS_PATH "/", FALSE, TRUE},
        {"http://127.0.0.2:80/v1.0/other/", FALSE, FALSE},
        {"http://127.0.0.2:80" GROUPS_PATH, FALSE, FALSE},
        {"http://127.0.0.2:80" GROUPS_PATH "/x", FALSE, FALSE},
    };
    struct client_fixture *fixture = *state;
    fixture->api = point;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *location =
            g_strconcat(rows[i].location, g_str_has_suffix(rows[i].location, "/") ? id : NULL, NULL);
        pointed_to = location;
        g_autoptr(Reply) reply = write_one(fixture);
        assert_int_equal(reply->status, 302);
        assert_false(reply_is_success(reply));
        if (reply->sent_elsewhere != rows[i].elsewhere)
            fail_msg("%s is %s", location, rows[i].elsewhere ? "another host" : "the own host");
        assert_string_equal(reply->location_id != NULL ? reply->location_id : "", rows[i].says_id ? id : "");
    }
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
    struct client_fixture *fixture = *state;
    fixture->api = refuse_in_detail;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/me", FALSE);
    assert_string_equal(reply->error_code, "InnerMost");
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_REFUSED));
    g_autofree char *line = error_headline(reply->error);
    assert_string_equal(line, "400 Bad request: Bad<U+001B>[31m <U+202E>one (InnerMost, request r-7)");
    assert_true(strlen(error_hint(reply->error)) > 10);
}

static char *refuse_without_header(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return server_json(
        403, "", "{\"error\":{\"code\":\"Forbidden\",\"message\":\"No.\",\"innerError\":{\"request-id\":\"r-8\"}}}");
}

static void test_request_id_is_taken_from_the_error_where_no_header_has_it(void **state)
{
    struct client_fixture *fixture = *state;
    fixture->api = refuse_without_header;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/me", FALSE);
    g_autofree char *line = error_headline(reply->error);
    assert_string_equal(line, "403 Forbidden: No. (Forbidden, request r-8)");
}

static void test_request_with_a_gap_is_not_sent(void **state)
{
    struct client_fixture *fixture = *state;
    fixture->api = say_host;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/groups/{group.id}", FALSE);
    assert_int_equal(reply->outcome, REPLY_NOT_SENT);
    assert_non_null(strstr(reply->error->message, "{group.id}"));
    assert_int_equal(fixture->calls, 0);
}

static void test_reads_side_by_side_are_one_round_trip(void **state)
{
    struct client_fixture *fixture = *state;
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
    struct client_fixture *fixture;
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

static void assert_cancelled_quickly(struct client_fixture *fixture, struct reply *(*work)(struct client_fixture *))
{
    struct canceller canceller = {.fixture = fixture};
    GThread *thread = g_thread_new("cancel", cancel_when_api_was_asked, &canceller);
    g_autoptr(Reply) reply = work(fixture);
    gint64 ended = g_get_monotonic_time();
    g_thread_join(thread);
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_CANCELLED));
    assert_true(ended - canceller.asked < CANCEL_LIMIT);
}

static struct reply *read_me(struct client_fixture *fixture)
{
    return read_one(fixture, "/v1.0/me", FALSE);
}

static void test_cancel_ends_a_stalled_read_quickly(void **state)
{
    struct client_fixture *fixture = *state;
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
    struct client_fixture *fixture = *state;
    fixture->api = throttle_for_long;
    assert_cancelled_quickly(fixture, write_one);
    assert_int_equal(fixture->calls, 1);
}

static char *answer_once_cancelled(const struct server_request *request, gpointer data)
{
    (void)request;
    struct client_fixture *fixture = data;
    while (!http_is_cancelled(fixture->http))
        g_thread_yield();
    return server_json(201, NULL, "{\"id\":\"made\"}");
}

static gpointer cancel_soon(gpointer data)
{
    struct client_fixture *fixture = data;
    /* The server's lock is held by the handler that waits for this. */
    while (g_atomic_int_get(&fixture->calls) == 0)
        g_thread_yield();
    http_cancel(fixture->http);
    return NULL;
}

static void test_write_under_way_is_waited_for_when_cancelled(void **state)
{
    struct client_fixture *fixture = *state;
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
    struct client_fixture *fixture = *state;
    struct later later = {.pending = 1};
    fixture->api = say_host;
    g_autoptr(Request) request = request_get(SERVICE_GRAPH, "/v1.0/users");
    client_start_read(fixture->client, request, read_arrived, &later);
    assert_true(http_run(fixture->http, &later.pending, g_get_monotonic_time() + PATIENCE));
    assert_non_null(later.reply);
    assert_true(reply_is_success(later.reply));
    reply_free(later.reply);
}

static void test_started_read_may_outlive_the_client(void **state)
{
    struct client_fixture *fixture = *state;
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

#define TEST(function) cmocka_unit_test_setup_teardown(function, client_set_up, client_tear_down)

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        TEST(test_each_service_gets_its_own_token),
        TEST(test_practice_clock_is_followed),
        TEST(test_practice_clock_is_ignored_in_a_real_cloud),
        TEST(test_graphs_own_answers_set_the_clock),
        TEST(test_retry_after_is_waited_out_to_the_second),
        TEST(test_a_throttled_write_may_be_left_to_who_sends_it),
        TEST(test_write_that_may_have_been_done_is_not_repeated),
        TEST(test_throttled_write_goes_again_without_being_told_when),
        TEST(test_longer_than_perch_waits_is_told_and_not_waited),
        TEST(test_lost_write_is_sent_once),
        TEST(test_lost_read_is_tried_again),
        TEST(test_write_that_never_left_is_tried_again_and_says_so),
        TEST(test_ended_token_is_renewed_once_for_all),
        TEST(test_refused_token_ends_after_one_renewal),
        TEST(test_claims_challenge_asks_for_the_person),
        TEST(test_unreadable_answer_is_no_success),
        TEST(test_list_without_list_is_no_success),
        TEST(test_redirect_carries_no_token_anywhere),
        TEST(test_a_redirect_counts_towards_the_own_host_only),
        TEST(test_refusal_names_code_text_and_request),
        TEST(test_request_id_is_taken_from_the_error_where_no_header_has_it),
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

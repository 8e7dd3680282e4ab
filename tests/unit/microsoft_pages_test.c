/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/limits.h"
#include "support/client_fixture.h"

static char *page(const char *next, const char *elements)
{
    g_autofree char *link = next != NULL ? g_strdup_printf("\"@odata.nextLink\":\"%s\",", next) : g_strdup("");
    g_autofree char *body = g_strdup_printf("{\"@odata.context\":\"c\",%s\"value\":[%s]}", link, elements);
    return server_json(200, NULL, body);
}

static char *three_pages(const struct server_request *request, gpointer data)
{
    struct client_fixture *fixture = data;
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
    struct client_fixture *fixture = *state;
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
    struct client_fixture *fixture = *state;
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
    struct client_fixture *fixture = data;
    g_autoptr(GString) link = g_string_new(evil_link);
    g_autofree char *port = g_strdup_printf("%u", server_port(fixture->server));
    g_string_replace(link, "PORT", port, 0);
    return page(link->str, "{\"n\":1}");
}

static void test_next_page_elsewhere_is_refused(void **state)
{
    struct client_fixture *fixture = *state;
    static const char *const links[] = {
        "http://127.0.0.3:PORT/v1.0/users?p=2",
        "http://127.0.0.1:PORT/v1.0/users?p=2",
        "https://127.0.0.2:PORT/v1.0/users?p=2",
        "http://127.0.0.2:1/v1.0/PORT",
        "http://127.0.0.2:PORT/elsewhere",
        "http://x@127.0.0.2:PORT/v1.0/users?p=2",
        "/v1.0/users?p=PORT",
        "http://127.0.0.2:PORT@evil.test/v1.0/",
        "file:///v1.0/PORT",
    };
    fixture->api = link_astray;
    for (gsize i = 0; i < G_N_ELEMENTS(links); i++) {
        evil_link = links[i];
        fixture->calls = 0;
        g_autoptr(Reply) reply = read_one(fixture, "/v1.0/users", TRUE);
        assert_false(reply_is_success(reply));
        assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
        assert_non_null(strstr(reply->error->message, "tampering"));
        assert_int_equal(fixture->calls, 1);
    }
}

static char *link_to_itself(const struct server_request *request, gpointer data)
{
    (void)request;
    struct client_fixture *fixture = data;
    g_autofree char *link = g_strdup_printf("http://127.0.0.2:%u/v1.0/users?p=2", server_port(fixture->server));
    return page(link, "{\"n\":1}");
}

static void test_pages_in_a_circle_end(void **state)
{
    struct client_fixture *fixture = *state;
    fixture->api = link_to_itself;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/users", TRUE);
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    assert_null(strstr(reply->error->message, "tampering"));
    assert_int_equal(fixture->calls, 2);
}

/* Two pages that point to each other. */
static char *to_and_fro(const struct server_request *request, gpointer data)
{
    struct client_fixture *fixture = data;
    gboolean even = strstr(request->target, "p=2") != NULL;
    g_autofree char *link =
        g_strdup_printf("http://127.0.0.2:%u/v1.0/users?p=%d", server_port(fixture->server), even ? 3 : 2);
    return page(link, "{\"n\":1}");
}

static void test_two_pages_in_a_circle_end(void **state)
{
    struct client_fixture *fixture = *state;
    fixture->api = to_and_fro;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/users", TRUE);
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    assert_int_equal(fixture->calls, 3);
}

/* Each page is allowed; all of them together are not. */
static char *fat_page(const struct server_request *request, gpointer data)
{
    (void)request;
    struct client_fixture *fixture = data;
    g_autofree char *link =
        g_strdup_printf("http://127.0.0.2:%u/v1.0/users?p=%d", server_port(fixture->server), fixture->calls + 1);
    g_autofree char *padding = g_strnfill((gsize)(LIMIT_BODY_MIB * 1024 - 1) * 1024, 'x');
    g_autofree char *element = g_strdup_printf("\"%s\"", padding);
    return page(link, element);
}

static void test_all_pages_together_have_a_limit(void **state)
{
    struct client_fixture *fixture = *state;
    fixture->api = fat_page;
    g_autoptr(Reply) reply = read_one(fixture, "/v1.0/users", TRUE);
    assert_true(g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    assert_non_null(strstr(reply->error->message, "64 MiB"));
    assert_int_equal(fixture->calls, LIMIT_LIST_MIB / LIMIT_BODY_MIB + 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, client_set_up, client_tear_down)

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        TEST(test_pages_become_one_list),          TEST(test_missing_page_spoils_the_list),
        TEST(test_next_page_elsewhere_is_refused), TEST(test_pages_in_a_circle_end),
        TEST(test_two_pages_in_a_circle_end),      TEST(test_all_pages_together_have_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

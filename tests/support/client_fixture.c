/* SPDX-License-Identifier: MIT */
#include "support/client_fixture.h"

#include <string.h>

#include "base/json.h"
#include "secrets/secret.h"

#define CLIENT_ID "22222222-2222-4333-8444-555555555555"

static char *dispatch(const struct server_request *request, gpointer data)
{
    struct client_fixture *fixture = data;
    guint port = server_port(fixture->server);
    if (is_discovery(request))
        return fake_documented_discovery(port, FAKE_TENANT);
    if (request->host == 1 && g_str_has_suffix(request->target, "/token")) {
        g_autofree char *access = g_strdup_printf("access-%u", ++fixture->tokens_given);
        return fake_tokens(port, FAKE_TENANT, FAKE_ACCOUNT, FAKE_USER_NAME, CLIENT_ID, "", access, "refresh-2", 3600,
                           "User.Read", NULL);
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
    struct client_fixture *fixture = data;
    fixture->reported++;
    if (wait > 0 && fixture->wait_count < G_N_ELEMENTS(fixture->waits))
        fixture->waits[fixture->wait_count++] = wait;
}

int client_set_up(void **state)
{
    static const struct token_backend store = {.load = load_token};
    static const char *const scopes[] = {"User.Read", NULL};
    struct client_fixture *fixture = g_new0(struct client_fixture, 1);
    fixture->server = server_start(dispatch, fixture);
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u", server_port(fixture->server));
    fixture->cloud = cloud_practice(url, NULL);
    fixture->http = http_new(NULL, NULL, NULL);
    fixture->sign_in = sign_in_new(fixture->http, fixture->cloud, FAKE_TENANT, CLIENT_ID, &store);
    fixture->clock = clock_wall();
    fixture->client =
        client_new(fixture->http, fixture->cloud, fixture->sign_in, &fixture->clock, count_report, fixture);
    *state = fixture;
    return sign_in_silently(fixture->sign_in, scopes, FALSE, NULL) ? 0 : -1;
}

int client_tear_down(void **state)
{
    struct client_fixture *fixture = *state;
    client_free(fixture->client);
    sign_in_free(fixture->sign_in);
    http_free(fixture->http);
    server_stop(fixture->server);
    cloud_free(fixture->cloud);
    g_free(fixture);
    return 0;
}

struct reply *read_one(struct client_fixture *fixture, const char *path, gboolean all_pages)
{
    g_autoptr(Request) request = request_get(SERVICE_GRAPH, "%s", path);
    request->all_pages = all_pages;
    GPtrArray *replies = client_read(fixture->client, &request, 1);
    struct reply *reply = g_steal_pointer(&replies->pdata[0]);
    g_ptr_array_unref(replies);
    return reply;
}

struct reply *write_one(struct client_fixture *fixture)
{
    g_autoptr(Request) request = request_write("POST", SERVICE_GRAPH, json_from("{'displayName':'x'}"), "/v1.0/groups");
    return client_write(fixture->client, request);
}

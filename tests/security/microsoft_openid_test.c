/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "microsoft/http.h"
#include "microsoft/reply_read.h"
#include "microsoft/sign_in.h"
#include "support/script_peer.h"

#define TENANT "11111111-2222-4333-8444-555555555555"
#define CLIENT "22222222-2222-4333-8444-555555555555"

static const char *const scopes[] = {"User.Read", "Directory.Read.All", NULL};

/* One provider and one set of certificates for all tests. */
struct peers {
    char *folder;
    char *ca_file;
    char *other_ca;
    struct script_peer *provider;
    struct script_peer *http2;
};

struct fixture {
    const struct peers *peers;
    struct http *http;
    struct cloud *cloud;
    struct sign_in *sign_in;
    GThread *person;
    char *url;
    char *user_code;
    const char *verdict; /* /test/approve or /test/deny */
    char *seen;          /* by the person */
};

static int start_peers(void **state)
{
    struct peers *peers = g_new0(struct peers, 1);
    peers->folder = certificates_new();
    peers->ca_file = g_build_filename(peers->folder, "ca.pem", NULL);
    peers->other_ca = g_build_filename(peers->folder, "other.pem", NULL);
    g_autofree char *key = g_build_filename(peers->folder, "key.pem", NULL);
    g_autofree char *cert = g_build_filename(peers->folder, "cert.pem", NULL);
    const char *const provider[] = {key, cert, TENANT, CLIENT, NULL};
    const char *const http2[] = {key, cert, NULL};
    peers->provider = script_peer_start("openid_provider.mjs", "oidc-provider", provider);
    peers->http2 = script_peer_start("http2_server.mjs", NULL, http2);
    *state = peers;
    return 0;
}

static int stop_peers(void **state)
{
    struct peers *peers = *state;
    script_peer_stop(peers->provider);
    script_peer_stop(peers->http2);
    scratch_remove(peers->folder);
    g_free(peers->folder);
    g_free(peers->ca_file);
    g_free(peers->other_ca);
    g_free(peers);
    return 0;
}

static struct cloud *cloud_at(const struct peers *peers, const char *host)
{
    g_autofree char *file = g_build_filename(peers->folder, "cloud.json", NULL);
    g_autofree char *text =
        g_strdup_printf("{\"name\":\"test\",\"title\":\"Test\",\"login\":\"https://%s:%u\",\"graph\":\"https://%s:%u\","
                        "\"graphClientId\":\"" CLIENT "\",\"defenderClientId\":\"" CLIENT "\"}",
                        host, script_peer_port(peers->provider), host, script_peer_port(peers->provider));
    assert_true(g_file_set_contents(file, text, -1, NULL));
    struct cloud *cloud = cloud_from_file(file, NULL, NULL);
    assert_non_null(cloud);
    return cloud;
}

static struct fixture *fixture_new(const struct peers *peers, const char *ca_file, const char *host)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    g_unsetenv("CURL_CA_BUNDLE");
    g_setenv("SSL_CERT_FILE", ca_file, TRUE);
    fixture->peers = peers;
    fixture->http = http_new(NULL, NULL, NULL);
    fixture->cloud = cloud_at(peers, host);
    fixture->sign_in = sign_in_new(fixture->http, fixture->cloud, TENANT, NULL, NULL);
    fixture->verdict = "/test/approve";
    return fixture;
}

static void fixture_free(struct fixture *fixture)
{
    if (fixture->person != NULL)
        g_thread_join(fixture->person);
    sign_in_free(fixture->sign_in);
    cloud_free(fixture->cloud);
    http_free(fixture->http);
    g_free(fixture->url);
    g_free(fixture->user_code);
    g_free(fixture->seen);
    g_free(fixture);
}

static gpointer act_as_person(gpointer data)
{
    struct fixture *fixture = data;
    g_autofree char *decision =
        g_strdup_printf("https://localhost:%u%s?user_code=%s", script_peer_port(fixture->peers->provider),
                        fixture->verdict, fixture->user_code != NULL ? fixture->user_code : "");
    fixture->seen =
        script_run("browser.mjs", fixture->peers->ca_file, fixture->user_code != NULL ? decision : fixture->url);
    return NULL;
}

static void send_person(const struct sign_in_prompt *prompt, gpointer data)
{
    struct fixture *fixture = data;
    fixture->url = g_strdup(prompt->url);
    fixture->user_code = g_strdup(prompt->user_code);
    fixture->person = g_thread_new("person", act_as_person, fixture);
}

static gboolean ask(struct fixture *fixture, enum sign_in_method method, GError **error)
{
    return sign_in_ask(fixture->sign_in, method, scopes, send_person, fixture, error);
}

static void test_browser_sign_in_with_a_certified_provider(void **state)
{
    struct fixture *fixture = fixture_new(*state, ((struct peers *)*state)->ca_file, "localhost");
    g_autoptr(GError) error = NULL;
    if (!ask(fixture, SIGN_IN_BROWSER, &error)) {
        g_thread_join(g_steal_pointer(&fixture->person));
        fail_msg("%s; the browser saw: %s", error->message, fixture->seen);
    }
    g_thread_join(g_steal_pointer(&fixture->person));
    assert_true(g_str_has_prefix(fixture->seen, "200 "));
    assert_string_equal(sign_in_account(fixture->sign_in)->tenant_id, TENANT);
    assert_string_equal(sign_in_account(fixture->sign_in)->user_name, "admin@contoso.com");
    assert_true(sign_in_has_scope(fixture->sign_in, "User.Read"));
    g_autofree char *first = g_strdup(sign_in_token(fixture->sign_in, SERVICE_GRAPH, FALSE, NULL));
    const char *second = sign_in_token(fixture->sign_in, SERVICE_GRAPH, TRUE, &error);
    if (second == NULL)
        fail_msg("%s", error->message);
    assert_string_not_equal(first, second);
    /* The provider rotates: a third one proves that the new refresh token is used. */
    assert_non_null(sign_in_token(fixture->sign_in, SERVICE_GRAPH, TRUE, NULL));
    fixture_free(fixture);
}

static void test_device_code_with_a_certified_provider(void **state)
{
    struct fixture *fixture = fixture_new(*state, ((struct peers *)*state)->ca_file, "localhost");
    g_autoptr(GError) error = NULL;
    if (!ask(fixture, SIGN_IN_DEVICE_CODE, &error))
        fail_msg("%s", error->message);
    assert_string_equal(sign_in_account(fixture->sign_in)->name, "Ada");
    assert_non_null(sign_in_token(fixture->sign_in, SERVICE_GRAPH, TRUE, NULL));
    fixture_free(fixture);
}

static void test_denied_device_code(void **state)
{
    struct fixture *fixture = fixture_new(*state, ((struct peers *)*state)->ca_file, "localhost");
    fixture->verdict = "/test/deny";
    g_autoptr(GError) error = NULL;
    assert_false(ask(fixture, SIGN_IN_DEVICE_CODE, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
    assert_non_null(strstr(error->message, "access_denied"));
    fixture_free(fixture);
}

/* Nobody should be asked anything by a service that is not trusted. */
static void stop_at_prompt(const struct sign_in_prompt *prompt, gpointer data)
{
    struct fixture *fixture = data;
    fixture->url = g_strdup(prompt->url);
    http_cancel(fixture->http);
}

static void assert_untrusted(struct fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    assert_false(sign_in_ask(fixture->sign_in, SIGN_IN_BROWSER, scopes, stop_at_prompt, fixture, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_NETWORK));
    assert_non_null(strstr(error->message, "certificate"));
    assert_non_null(strstr(error_hint(error), "SSL_CERT_FILE"));
    assert_null(fixture->url);
    fixture_free(fixture);
}

static void test_certificate_of_an_unknown_authority_is_refused(void **state)
{
    assert_untrusted(fixture_new(*state, ((struct peers *)*state)->other_ca, "localhost"));
}

static void test_certificate_for_another_name_is_refused(void **state)
{
    assert_untrusted(fixture_new(*state, ((struct peers *)*state)->ca_file, "127.0.0.1"));
}

struct waiting {
    int pending;
    struct http_reply *reply;
};

static void reply_arrived(struct http_reply *reply, gpointer data)
{
    struct waiting *waiting = data;
    waiting->reply = reply;
    waiting->pending = 0;
}

static struct http_reply *call_http2(struct fixture *fixture, const char *method, const char *path)
{
    struct waiting waiting = {.pending = 1};
    g_autofree char *url = g_strdup_printf("https://localhost:%u%s", script_peer_port(fixture->peers->http2), path);
    const struct http_call call = {
        .method = method,
        .url = url,
        .content_type = "application/json",
        .body = strcmp(method, "POST") == 0 ? "{}" : NULL,
        .body_length = strcmp(method, "POST") == 0 ? 2 : 0,
    };
    http_start(fixture->http, &call, reply_arrived, &waiting);
    http_run(fixture->http, &waiting.pending, -1);
    return waiting.reply;
}

static void test_http2_write_that_dies_runs_once(void **state)
{
    struct fixture *fixture = fixture_new(*state, ((struct peers *)*state)->ca_file, "localhost");
    struct http_reply *first = call_http2(fixture, "GET", "/");
    assert_int_equal(first->status, 200);
    assert_non_null(strstr(first->peer_issuer, "Test authority ca"));
    struct http_reply *write = call_http2(fixture, "POST", "/die");
    assert_int_equal(write->outcome, REPLY_LOST);
    struct http_reply *count = call_http2(fixture, "GET", "/count");
    assert_string_equal(count->body->str, "{\"executed\":1}");
    http_reply_free(first);
    http_reply_free(write);
    http_reply_free(count);
    fixture_free(fixture);
}

#define AT_ONCE 12

struct crowd {
    int pending;
    int answered;
};

static void one_arrived(struct http_reply *reply, gpointer data)
{
    struct crowd *crowd = data;
    crowd->pending--;
    crowd->answered += reply->outcome == REPLY_ANSWERED && reply->status == 200 ? 1 : 0;
    http_reply_free(reply);
}

/* Graph's headers may be large, and several answers come over one connection. */
static void test_large_headers_of_answers_that_share_a_connection(void **state)
{
    struct fixture *fixture = fixture_new(*state, ((struct peers *)*state)->ca_file, "localhost");
    struct crowd crowd = {.pending = AT_ONCE};
    g_autofree char *url = g_strdup_printf("https://localhost:%u/large", script_peer_port(fixture->peers->http2));
    const struct http_call call = {.method = "GET", .url = url};
    for (int i = 0; i < AT_ONCE; i++)
        http_start(fixture->http, &call, one_arrived, &crowd);
    http_run(fixture->http, &crowd.pending, -1);
    assert_int_equal(crowd.answered, AT_ONCE);
    fixture_free(fixture);
}

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_browser_sign_in_with_a_certified_provider),
        cmocka_unit_test(test_device_code_with_a_certified_provider),
        cmocka_unit_test(test_denied_device_code),
        cmocka_unit_test(test_certificate_of_an_unknown_authority_is_refused),
        cmocka_unit_test(test_certificate_for_another_name_is_refused),
        cmocka_unit_test(test_http2_write_that_dies_runs_once),
        cmocka_unit_test(test_large_headers_of_answers_that_share_a_connection),
    };
    return cmocka_run_group_tests(tests, start_peers, stop_peers);
}

/* SPDX-License-Identifier: MIT */
/*
 * Whom perch talks to, and how: nobody but the cloud, and nothing older than TLS 1.2.
 */
#include <curl/curl.h>
#include <gio/gio.h>
#include <string.h>

#include "microsoft/http.h"
#include "support/loopback_server.h"
#include "support/practice.h"
#include "support/script_peer.h"

/* ---- nobody else ---- */

static char *refuse_tunnel(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return server_json(403, NULL, "");
}

/* The proxy of everything: whatever would leave this machine comes to PROXY. */
static struct run *run_behind(struct server *proxy, const char *const *line)
{
    g_autofree char *http = g_strdup_printf("http_proxy=http://127.0.0.1:%u", server_port(proxy));
    g_autofree char *https = g_strdup_printf("https_proxy=http://127.0.0.1:%u", server_port(proxy));
    g_autofree char *all = g_strdup_printf("all_proxy=http://127.0.0.1:%u", server_port(proxy));
    const char *environment[] = {http, https, all, "no_proxy=", NULL};
    return run_program(line, environment, "");
}

static void test_a_whole_run_asks_nobody_but_its_cloud(void **state)
{
    (void)state;
    struct server *proxy = server_start(refuse_tunnel, NULL);
    struct practice_tenant *tenant = practice_begin("complete", NULL);
    const char *apply[] = {"apply", "--yes", NULL};
    const char *report[] = {"report", "--format", "html", NULL};
    g_auto(GStrv) apply_line = perch_command_line(tenant, apply);
    g_auto(GStrv) report_line = perch_command_line(tenant, report);
    g_autoptr(Run) applied = run_behind(proxy, (const char *const *)apply_line);
    g_autoptr(Run) reported = run_behind(proxy, (const char *const *)report_line);
    assert_non_null(strstr(applied->output, "Analysts' group"));
    assert_non_null(strstr(reported->output, "<html"));
    assert_int_equal(server_count(proxy, 0, ""), 0);
    practice_end(tenant);
    server_stop(proxy);
}

/* What would have been seen: the real cloud's sign-in is the first and, refused, the only thing asked for. */
static void test_the_real_cloud_is_asked_at_its_sign_in_alone(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    struct server *proxy = server_start(refuse_tunnel, NULL);
    const char *line[] = {PERCH_BINARY,   "check",       "--tenant", "contoso.com",
                          "--no-keyring", "--state-dir", folder,     NULL};
    g_autoptr(Run) run = run_behind(proxy, line);
    assert_int_not_equal(run->status, 0);
    guint sign_in = server_count(proxy, 0, "CONNECT login.microsoftonline.com:443");
    assert_true(sign_in > 0);
    assert_int_equal(server_count(proxy, 0, ""), sign_in);
    server_stop(proxy);
    scratch_remove(folder);
}

/* ---- no old TLS ---- */

#define OLD_TLS                                                                                                        \
    "openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = old\n"                                         \
    "[old]\nMinProtocol = TLSv1\nCipherString = ALL:@SECLEVEL=0\n"

/* A machine that still speaks the old versions, so that it is perch which refuses them. Read by OpenSSL once, when it
 * is first used. Caller frees the folder's name. */
static char *allow_old_tls(void)
{
    char *folder = scratch_new();
    g_autofree char *file = g_build_filename(folder, "openssl.cnf", NULL);
    assert_true(g_file_set_contents(file, OLD_TLS, -1, NULL));
    g_setenv("OPENSSL_CONF", file, TRUE);
    return folder;
}

struct tls_server {
    GSubprocess *process;
    GDataInputStream *output;
    char *port;
};

/* "ACCEPT 127.0.0.1:40123" tells the port. */
static void read_port(struct tls_server *server)
{
    g_autofree char *line = NULL;
    while ((line = g_data_input_stream_read_line(server->output, NULL, NULL, NULL)) != NULL) {
        if (g_str_has_prefix(line, "ACCEPT ")) {
            server->port = g_strdup(strrchr(line, ':') + 1);
            return;
        }
        g_clear_pointer(&line, g_free);
    }
    fail_msg("openssl s_server did not come up");
}

static struct tls_server start_tls(const char *certificates, const char *version)
{
    struct tls_server server = {0};
    g_autofree char *key = g_build_filename(certificates, "key.pem", NULL);
    g_autofree char *cert = g_build_filename(certificates, "cert.pem", NULL);
    server.process = g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                                      "openssl", "s_server", "-accept", "127.0.0.1:0", "-key", key, "-cert", cert,
                                      "-www", version, "-cipher", "ALL@SECLEVEL=0", NULL);
    assert_non_null(server.process);
    server.output = g_data_input_stream_new(g_subprocess_get_stdout_pipe(server.process));
    read_port(&server);
    return server;
}

static void stop_tls(struct tls_server *server)
{
    g_subprocess_force_exit(server->process);
    g_subprocess_wait(server->process, NULL, NULL);
    g_object_unref(server->output);
    g_object_unref(server->process);
    g_free(server->port);
}

struct waiting {
    int pending;
    struct http_reply *reply;
};

static void arrived(struct http_reply *reply, gpointer data)
{
    struct waiting *waiting = data;
    waiting->reply = reply;
    waiting->pending = 0;
}

/* What another program that leaves the version to the machine gets, so that the test can fail. */
static gboolean is_spoken_here(const char *port, const char *authority)
{
    g_autofree char *url = g_strdup_printf("https://localhost:%s/", port);
    CURL *easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, 10L);
    curl_easy_setopt(easy, CURLOPT_CAINFO, authority);
    CURLcode code = curl_easy_perform(easy);
    curl_easy_cleanup(easy);
    return code == CURLE_OK;
}

static struct http_reply *ask(const char *port)
{
    struct http *http = http_new(NULL, NULL, NULL);
    g_autofree char *url = g_strdup_printf("https://localhost:%s/", port);
    const struct http_call call = {.method = "GET", .url = url, .bearer = "token"};
    struct waiting waiting = {.pending = 1};
    http_start(http, &call, arrived, &waiting);
    http_run(http, &waiting.pending, -1);
    http_free(http);
    return waiting.reply;
}

static void test_nothing_older_than_tls_1_2_is_spoken(void **state)
{
    (void)state;
    static const struct {
        const char *version;
        gboolean spoken;
    } rows[] = {{"-tls1_3", TRUE}, {"-tls1_2", TRUE}, {"-tls1_1", FALSE}, {"-tls1", FALSE}};
    g_autofree char *certificates = certificates_new();
    g_autofree char *authority = g_build_filename(certificates, "ca.pem", NULL);
    g_setenv("CURL_CA_BUNDLE", authority, TRUE);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct tls_server server = start_tls(certificates, rows[i].version);
        assert_true(is_spoken_here(server.port, authority));
        struct http_reply *reply = ask(server.port);
        if ((reply->outcome == REPLY_ANSWERED) != rows[i].spoken)
            fail_msg("%s: %s", rows[i].version, reply->error != NULL ? reply->error->message : "answered");
        assert_true(rows[i].spoken || reply->outcome == REPLY_NOT_SENT);
        http_reply_free(reply);
        stop_tls(&server);
    }
    scratch_remove(certificates);
}

int main(void)
{
    json_init();
    g_autofree char *configuration = allow_old_tls();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_whole_run_asks_nobody_but_its_cloud),
        cmocka_unit_test(test_the_real_cloud_is_asked_at_its_sign_in_alone),
        cmocka_unit_test(test_nothing_older_than_tls_1_2_is_spoken),
    };
    int failed = cmocka_run_group_tests_name("who is asked", tests, NULL, NULL);
    scratch_remove(configuration);
    return failed;
}

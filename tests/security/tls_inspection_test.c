/* SPDX-License-Identifier: MIT */
/*
 * Whoever vouches for a server's certificate stands in the log, once a host: a company that reads along is seen there.
 * Nobody reads along by the secrets of a connection: they are written to no file.
 */
#include <string.h>

#include "support/practice.h"
#include "support/script_peer.h"

struct scene {
    char *certificates;
    struct practice_tenant *tenant;
    char *log;
    char *key_log; /* where the environment asks for the secrets of connections */
};

/* Each service of the practice tenant has an address of its own: the certificate holds for all of them. */
static void certify_addresses(const char *folder)
{
    static const char script[] =
        "cd \"$0\" && echo subjectAltName=DNS:localhost,IP:127.0.0.1,IP:127.0.0.2 > names && "
        "openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -days 2 -extfile names -out cert.pem";
    g_autoptr(Run) run = run_program((const char *const[]){"/bin/sh", "-c", script, folder, NULL}, NULL, "");
    assert_status(run, 0);
}

static int set_up(void **state)
{
    struct scene *scene = g_new0(struct scene, 1);
    scene->certificates = certificates_new();
    certify_addresses(scene->certificates);
    g_autofree char *key = g_build_filename(scene->certificates, "key.pem", NULL);
    g_autofree char *cert = g_build_filename(scene->certificates, "cert.pem", NULL);
    const char *options[] = {"--tls-cert", cert, "--tls-key", key, NULL};
    scene->tenant = practice_begin("fresh", options);
    scene->log = g_build_filename(practice_folder(scene->tenant), "log.txt", NULL);
    scene->key_log = g_build_filename(practice_folder(scene->tenant), "keys", NULL);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    practice_end(scene->tenant);
    scratch_remove(scene->certificates);
    g_free(scene->certificates);
    g_free(scene->log);
    g_free(scene->key_log);
    g_free(scene);
    return 0;
}

static char *cloud_file(const struct scene *scene, const char *login)
{
    const char *port = strrchr(practice_address(scene->tenant), ':') + 1;
    g_autofree char *text =
        g_strdup_printf("{\"name\":\"own\",\"title\":\"Own\",\"login\":\"https://%s:%s\",\"graph\":"
                        "\"https://127.0.0.2:%s\",\"graphClientId\":\"14d82eec-204b-4c2f-b7e8-296a70dab67e\","
                        "\"defenderClientId\":\"b\"}",
                        login, port, port);
    char *file = g_build_filename(practice_folder(scene->tenant), "cloud.json", NULL);
    assert_true(g_file_set_contents(file, text, -1, NULL));
    return file;
}

/* Reading fails later, since nobody signs in; what is looked at is the log. Caller frees. */
static char *log_of_a_run(const struct scene *scene, const char *authority)
{
    g_autofree char *file = cloud_file(scene, "localhost");
    g_autofree char *trusted = g_build_filename(scene->certificates, authority, NULL);
    g_autofree char *trust = g_strconcat("CURL_CA_BUNDLE=", trusted, NULL);
    g_autofree char *state_dir = g_build_filename(practice_folder(scene->tenant), "state", NULL);
    g_autofree char *key_log = g_strconcat("SSLKEYLOGFILE=", scene->key_log, NULL);
    const char *environment[] = {trust, key_log, NULL};
    const char *words[] = {PERCH_BINARY,   "check",      "--tenant", "contoso.com", "--cloud-file", file,
                           "--no-keyring", "--log-file", scene->log, "--state-dir", state_dir,      NULL};
    g_autoptr(Run) run = run_program(words, environment, "");
    assert_int_not_equal(run->status, 0);
    return read_text(scene->log);
}

static guint count(const char *text, const char *wanted)
{
    g_auto(GStrv) parts = g_strsplit(text, wanted, -1);
    return g_strv_length(parts) - 1;
}

static void test_who_vouches_stands_in_the_log_once(void **state)
{
    g_autofree char *log = log_of_a_run(*state, "ca.pem");
    assert_int_equal(count(log, "TLS of localhost is vouched for by "), 1);
    assert_non_null(strstr(log, "Test authority ca"));
    assert_non_null(strstr(log, "who is none of Microsoft's: whoever that is may read along"));
    assert_non_null(strstr(log, "warning network: the authorities to trust come from "));
}

static void test_the_secrets_of_a_connection_are_not_written_down(void **state)
{
    const struct scene *scene = *state;
    g_autofree char *log = log_of_a_run(scene, "ca.pem");
    assert_int_equal(count(log, "TLS of localhost is vouched for by "), 1);
    assert_false(g_file_test(scene->key_log, G_FILE_TEST_EXISTS));
}

static void test_nobody_vouches_for_a_stranger(void **state)
{
    g_autofree char *log = log_of_a_run(*state, "other.pem");
    assert_int_equal(count(log, "is vouched for by"), 0);
}

/* One run that signs in and reads the tenant, with WORDS, trusting the test's authority. Caller frees. */
static struct run *read_along(const struct scene *scene, const char *const *words)
{
    g_autofree char *file = cloud_file(scene, "127.0.0.1");
    g_autofree char *trust = g_strdup_printf("CURL_CA_BUNDLE=%s/ca.pem", scene->certificates);
    g_autofree char *state_dir = g_build_filename(practice_folder(scene->tenant), "state", NULL);
    const char *environment[] = {trust, NULL};
    const char *all[20] = {PERCH_BINARY,   "--tenant",    "contoso.com", "--cloud-file", file,
                           "--no-keyring", "--state-dir", state_dir,     "--device-code"};
    guint count = 9;
    for (; *words != NULL; words++)
        all[count++] = *words;
    return run_program(all, environment, "");
}

/* No information line that nobody reads: whoever looks at the board, its JSON or any report sees who may read along. */
static void test_who_reads_along_stands_on_the_board_and_in_each_report(void **state)
{
    static const char *const runs[][4] = {{"check"},
                                          {"check", "--json"},
                                          {"report", "--format", "text"},
                                          {"report", "--format", "markdown"},
                                          {"report", "--format", "html"},
                                          {"report", "--format", "json"},
                                          {"report", "--format", "oscal"}};
    for (gsize i = 0; i < G_N_ELEMENTS(runs); i++) {
        g_autoptr(Run) run = read_along(*state, runs[i]);
        g_autofree char *lines = text_unbroken(run->output);
        if (strstr(lines, "The connection to 127.0.0.2 is vouched for by") == NULL ||
            strstr(lines, "Test authority ca") == NULL ||
            strstr(lines, "a proxy of the company may read it, tokens included.") == NULL)
            fail_msg("%s %s: %s\n%s", runs[i][0], runs[i][2] != NULL ? runs[i][2] : "", run->output, run->errors);
    }
}

/* The certificates of one's own that are trusted by a variable alone are said before anything else. */
static void test_authorities_from_the_environment_are_a_warning(void **state)
{
    static const char *const check[] = {"check", NULL};
    g_autoptr(Run) run = read_along(*state, check);
    assert_non_null(strstr(run->errors, "perch: network: the authorities to trust come from "));
    assert_non_null(strstr(run->errors, "(CURL_CA_BUNDLE), not from the system"));
}

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_who_vouches_stands_in_the_log_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_secrets_of_a_connection_are_not_written_down, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_who_reads_along_stands_on_the_board_and_in_each_report, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_authorities_from_the_environment_are_a_warning, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nobody_vouches_for_a_stranger, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("TLS inspection", tests, NULL, NULL);
}

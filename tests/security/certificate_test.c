/* SPDX-License-Identifier: MIT */
/*
 * Unattended reading: an application signs in with a certificate, and perch as such an application reads and nothing
 * else. The practice tenant verifies the assertion as Microsoft documents it.
 */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "support/practice.h"
#include "support/practice_client.h"

struct scene {
    char *folder;
    char *registered; /* the public part, as the tenant knows it */
    char *file;       /* key and certificate */
    struct practice_tenant *tenant;
};

static const char make_certificates[] =
    "set -e; cd \"$0\"; umask 077\n"
    "for name in own other; do openssl req -x509 -newkey rsa:2048 -nodes -keyout $name.key -out $name.crt -days 2"
    " -subj /CN=$name; cat $name.key $name.crt > $name.pem; done\n"
    "openssl rsa -in own.key -aes128 -passout pass:secret -out locked.key; cat locked.key own.crt > locked.pem\n"
    "cat own.key other.crt > mixed.pem\n"
    "openssl ecparam -genkey -name prime256v1 -out curve.key; openssl req -x509 -new -key curve.key -out curve.crt"
    " -days 2 -subj /CN=curve; cat curve.key curve.crt > curve.pem\n"
    "cp own.pem open.pem; chmod 644 open.pem; ln -s own.pem link.pem; cp own.crt alone.pem; echo nothing > empty.pem\n";

static int set_up(void **state)
{
    struct scene *scene = g_new0(struct scene, 1);
    scene->folder = scratch_by_openssl(make_certificates);
    scene->registered = g_build_filename(scene->folder, "own.crt", NULL);
    scene->file = g_build_filename(scene->folder, "own.pem", NULL);
    const char *options[] = {"--client-certificate", scene->registered, NULL};
    scene->tenant = practice_begin("drifted", options);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    practice_end(scene->tenant);
    scratch_remove(scene->folder);
    g_free(scene->folder);
    g_free(scene->registered);
    g_free(scene->file);
    g_free(scene);
    return 0;
}

static struct run *run_with(const struct scene *scene, const char *command, const char *file)
{
    g_autofree char *path = g_build_filename(scene->folder, file, NULL);
    g_autofree char *log = g_build_filename(practice_folder(scene->tenant), "log.txt", NULL);
    const char *words[] = {"--certificate", path,         "--client-id", OWN_CLIENT, "--tenant",
                           "contoso.com",   "--log-file", log,           command,    NULL};
    return perch_run(scene->tenant, words);
}

static int asked(const struct practice_tenant *tenant, const char *suffix)
{
    g_autoptr(json) record = practice_record(tenant);
    int count = 0;
    json_for_each (entry, record) {
        count += g_str_has_suffix(json_get_string(entry, "path"), suffix);
    }
    return count;
}

static void test_it_reads_the_tenant_and_asks_nobody(void **state)
{
    const struct scene *scene = *state;
    const char *words[] = {"check",    "--json",   "--certificate", scene->file, "--client-id",
                           OWN_CLIENT, "--tenant", "contoso.com",   NULL};
    g_autoptr(Run) run = perch_run(scene->tenant, words);
    g_autoptr(json) document = run_document(run);
    assert_string_equal(json_get_string(json_get(document, "tenant"), "domain"), "contoso.onmicrosoft.com");
    assert_step(document, "group", "differs");
    assert_step(document, "catalog", "differs");
    assert_int_equal(asked(scene->tenant, "/authorize") + asked(scene->tenant, "/devicecode"), 0);
    g_autoptr(json) record = practice_record(scene->tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
}

/* A role of one's own is asked for through /me, which an application has not: never "not an administrator". */
static void test_an_application_has_no_roles_of_its_own(void **state)
{
    const struct scene *scene = *state;
    const char *words[] = {"check",    "--json",   "--certificate", scene->file, "--client-id",
                           OWN_CLIENT, "--tenant", "contoso.com",   NULL};
    g_autoptr(Run) run = perch_run(scene->tenant, words);
    g_autoptr(json) document = run_document(run);
    int roles = 0;
    json_for_each (object, json_get(find_step(document, "sign-in"), "objects")) {
        if (strcmp(json_get_string(object, "kind"), "admin-role") != 0)
            continue;
        assert_string_equal(json_get_string(object, "state"), "matches");
        assert_non_null(strstr(json_get_string(object, "sentence"), "application"));
        roles++;
    }
    assert_int_equal(roles, 1);
}

#define MADE "{\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"],\"skip\":{%s}}"
#define LEFT_OUT(step) "\"" step "\":{\"by\":\"ann\",\"reason\":\"not here\"}"

/* What a person made is as it was: 0, though another than the group's creator reads it; then one thing is not. */
static void test_its_end_tells_drift_from_all_is_well(void **state)
{
    const struct scene *scene = *state;
    const char *options[] = {"--client-certificate", scene->registered, NULL};
    struct practice_tenant *tenant = practice_begin("fresh", options);
    g_autofree char *out = g_strjoin(",", LEFT_OUT("account"), LEFT_OUT("invitation"), LEFT_OUT("streaming"),
                                     LEFT_OUT("consent"), LEFT_OUT("defender-role"), LEFT_OUT("device-groups"),
                                     LEFT_OUT("graph-alerts"), LEFT_OUT("access-link"), NULL);
    g_autofree char *answers = g_strdup_printf(MADE, out);
    g_autofree char *file = practice_answers(tenant, answers);
    g_autoptr(json) made = perch_apply(tenant, answers);
    assert_step(made, "group", "done");
    const char *const rows[][2] = {{"check", "--json"}, {"report", "--json"}, {"check", "--json-line"}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const char *words[] = {rows[i][0], rows[i][1],    "--certificate", scene->file, "--client-id", OWN_CLIENT,
                               "--tenant", "contoso.com", "--answers",     file,        NULL};
        g_autoptr(Run) run = perch_run(tenant, words);
        assert_status(run, 0);
    }
    practice_change_by_hand(tenant, "groups", "Red Canary", "description", "Changed by hand");
    const char *words[] = {"check",    "--json",   "--certificate", scene->file, "--client-id",
                           OWN_CLIENT, "--tenant", "contoso.com",   NULL};
    g_autoptr(Run) drifted = perch_run(tenant, words);
    assert_status(drifted, 7);
    g_autoptr(json) document = run_document(drifted);
    assert_non_null(json_get_string(find_step(document, "group"), "provedBefore"));
    g_autoptr(Run) person = perch(tenant, "check", "--json", NULL);
    assert_status(person, 5);
    practice_end(tenant);
}

static void test_every_other_command_refuses_it(void **state)
{
    const struct scene *scene = *state;
    static const char *const commands[] = {"apply", "undo", "plan", "sign-in", "sign-out", "whoami", NULL};
    for (const char *const *command = commands;; command++) {
        g_autoptr(Run) run = run_with(scene, *command, "own.pem");
        assert_status(run, 2);
        assert_non_null(strstr(run->errors, "a person signs in"));
        if (*command == NULL)
            break;
    }
    g_autoptr(json) record = practice_record(scene->tenant);
    assert_int_equal(json_length(record), 0);
}

static void test_it_needs_to_know_who_and_where(void **state)
{
    const struct scene *scene = *state;
    const char *nobody[] = {"check", "--certificate", scene->file, "--tenant", "contoso.com", NULL};
    const char *nowhere[] = {"check", "--certificate", scene->file, "--client-id", OWN_CLIENT, NULL};
    g_autoptr(Run) first = perch_run(scene->tenant, nobody);
    g_autoptr(Run) second = perch_run(scene->tenant, nowhere);
    assert_status(first, 2);
    assert_status(second, 2);
}

static void test_files_that_are_refused(void **state)
{
    const struct scene *scene = *state;
    static const struct {
        const char *file;
        const char *why;
    } rows[] = {
        {"open.pem", "chmod 600"},
        {"link.pem", "a link"},
        {"locked.pem", "without a password"},
        {"mixed.pem", "do not belong together"},
        {"curve.pem", "not RSA"},
        {"alone.pem", "no private key"},
        {"empty.pem", "no private key"},
        {"missing.pem", "No such file"},
        {".", "no plain file"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(Run) run = run_with(scene, "check", rows[i].file);
        assert_status(run, 2);
        if (strstr(run->errors, rows[i].why) == NULL)
            fail_msg("%s: %s", rows[i].file, run->errors);
    }
    g_autoptr(json) record = practice_record(scene->tenant);
    assert_int_equal(json_length(record), 0);
}

static void test_a_stranger_is_not_let_in(void **state)
{
    const struct scene *scene = *state;
    g_autoptr(Run) run = run_with(scene, "check", "other.pem");
    assert_status(run, 5);
    assert_non_null(strstr(run->errors, "AADSTS700027"));
    assert_int_equal(asked(scene->tenant, "/devicecode"), 0);
}

static void expect_not_in(const char *where, const char *text, const char *key)
{
    g_auto(GStrv) lines = g_strsplit(key, "\n", -1);
    assert_null(strstr(text, "PRIVATE KEY"));
    /* The first part of every assertion: {"alg":"PS256" */
    if (strstr(text, "eyJhbGciOiJQUzI1NiI") != NULL)
        fail_msg("%s holds an assertion", where);
    for (char **line = lines; *line != NULL; line++)
        if (strlen(*line) > 40 && strstr(text, *line) != NULL)
            fail_msg("%s holds a line of the key", where);
}

static void expect_not_below(const char *folder, const char *key)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    for (const char *name = g_dir_read_name(entries); name != NULL; name = g_dir_read_name(entries)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *text = NULL;
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            expect_not_below(path, key);
        else if (g_file_get_contents(path, &text, NULL, NULL))
            expect_not_in(path, text, key);
    }
}

static void test_key_and_assertion_stay_where_they_are(void **state)
{
    const struct scene *scene = *state;
    g_autofree char *key_file = g_build_filename(scene->folder, "own.key", NULL);
    g_autofree char *key = read_text(key_file);
    g_autoptr(Run) run = run_with(scene, "check", "own.pem");
    expect_not_in("standard output", run->output, key);
    expect_not_in("standard error", run->errors, key);
    expect_not_below(practice_folder(scene->tenant), key);
}

#define SCENE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        SCENE(test_it_reads_the_tenant_and_asks_nobody),
        SCENE(test_an_application_has_no_roles_of_its_own),
        SCENE(test_its_end_tells_drift_from_all_is_well),
        SCENE(test_every_other_command_refuses_it),
        SCENE(test_it_needs_to_know_who_and_where),
        SCENE(test_files_that_are_refused),
        SCENE(test_a_stranger_is_not_let_in),
        SCENE(test_key_and_assertion_stay_where_they_are),
    };
    return cmocka_run_group_tests_name("certificate", tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/*
 * The command line as scripts use it: exit statuses, one JSON document on standard output and nothing else, errors in
 * two sentences.
 */
#include <string.h>

#include "support/background.h"
#include "support/practice_client.h"

#define OTHER_CLIENT "00000000-0000-4000-8000-000000000002"
#define STATUS_FAILED 1
#define STATUS_USAGE 2
#define STATUS_LEFT 3
#define STATUS_PERSON 5

/* Run perch with WORDS only. */
static struct run *plain_perch(const char *const *words)
{
    g_autoptr(GPtrArray) line = g_ptr_array_new();
    g_ptr_array_add(line, (gpointer)PERCH_BINARY);
    for (const char *const *word = words; *word != NULL; word++)
        g_ptr_array_add(line, (gpointer)*word);
    g_ptr_array_add(line, NULL);
    return run_program((const char *const *)line->pdata, NULL, NULL);
}

/* The error in RUN's one document, after its form was checked. Caller frees the document. */
static json *error_document(const struct run *run)
{
    json *document = run_document(run);
    const json *error = json_get(document, "error");
    assert_non_null(error);
    assert_int_equal(json_length(document), 1);
    assert_string_not_equal(json_get_string(error, "code"), "");
    assert_string_not_equal(json_get_string(error, "message"), "");
    assert_non_null(json_get_string(error, "hint"));
    assert_null(strchr(json_get_string(error, "message"), '\n'));
    return document;
}

static void assert_error(const struct run *run, int status, const char *code, const char *words)
{
    assert_status(run, status);
    g_autoptr(json) document = error_document(run);
    const json *error = json_get(document, "error");
    assert_string_equal(json_get_string(error, "code"), code);
    if (strstr(json_get_string(error, "message"), words) == NULL)
        fail_msg("expected “%s” in %s", words, run->output);
}

/* Nobody signs in for a file that is not there. */
static void test_a_file_that_is_not_there_is_said_first(void **state)
{
    (void)state;
    static const struct {
        const char *words[7];
        const char *sentence;
    } cases[] = {
        {{"apply", "--json", "--plan", "/nowhere/plan.json", "--practice-url", "http://127.0.0.1:1", NULL},
         "The saved plan /nowhere/plan.json cannot be read"},
        {{"fleet", "--json", "/nowhere/runs", NULL}, "/nowhere/runs cannot be read: it is not there."},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Run) run = plain_perch(cases[i].words);
        assert_error(run, STATUS_USAGE, "input", cases[i].sentence);
    }
}

static void test_wrong_words_are_usage_errors(void **state)
{
    (void)state;
    static const struct {
        const char *words[11];
        const char *sentence;
    } cases[] = {
        {{"check", "--json", "--tenant", "a.com", "--tenant", "b.com", NULL},
         "--tenant is given twice, as “a.com” and as “b.com”: leave one out."},
        {{"check", "--json", "--state-dir=/a", "--state-dir", "/b", NULL}, "--state-dir is given twice"},
        {{"check", "--json", "--cloud", "gcc", "--cloud=dod", NULL}, "--cloud is given twice"},
        {{"check", "--json", "--partner", "a", "--partner", "b", NULL}, "--partner is given twice"},
        {{"check", "--json", "--partner", "a", "--partner-sha256", "0", "--partner-sha256", "1", NULL},
         "--partner-sha256 is given twice"},
        {{"check", "--json", "--client-id", OWN_CLIENT, "--client-id", OTHER_CLIENT, NULL},
         "--client-id is given twice"},
        {{"check", "--json", "--practice-url", "http://127.0.0.1:1", "--practice-url", "http://127.0.0.1:2", NULL},
         "--practice-url is given twice"},
        {{"check", "--json", "--practice=fresh", "--practice=half-done", NULL}, "--practice is given twice"},
        {{"report", "--json", "--output", "a.json", "--output", "b.json", NULL}, "--output is given twice"},
        {{"check", "--json", "--state-dir", "", NULL}, "--state-dir is given an empty value"},
        {{"check", "--json", "--tenant", "--state-dir", "/a", NULL},
         "--tenant is followed by another option, --state-dir"},
        {{"apply", "--json", "--yes", "--tenant", "", NULL}, "--tenant is given an empty value"},
        {{"check", "--json", "--answers", "a", "--answers=", NULL}, "--answers is given an empty value"},
        {{"verify", "--json", "--seal-key", "", "x", NULL}, "--seal-key is given an empty value"},
        {{"check", "--json", "--practice", "--cloud", "gcc", NULL}, "--cloud and --practice do not go together"},
        {{"check", "--json", "--practice-url", "http://127.0.0.1:1", "--cloud-file", "x", NULL},
         "--cloud-file and --practice-url do not go together"},
        {{"check", "--json", "--no-keyring", "--for-session", NULL}, "--for-session and --no-keyring do not go"},
        {{"check", "--json", "--practice", "--no-keyring", "--practice-keyring", NULL}, "do not go together"},
        {{"check", "--json", "--certificate", "c", "--device-code", "--tenant", "a.com", "--client-id", OWN_CLIENT,
          NULL},
         "--certificate and --device-code do not go together"},
        {{"check", "--json", "--certificate", "c", "--no-excess", "--tenant", "a.com", "--client-id", OWN_CLIENT, NULL},
         "--certificate and --no-excess do not go together"},
        {{"check", "--json", "--certificate", "c", "--tenant", "a.com", NULL}, "--certificate goes with --client-id"},
        {{"check", "--json", "--allowed-signers", "f", NULL},
         "--allowed-signers goes with --answers or --partner or --plan"},
        {{"check", "--json", "--cloud-sha256", "00", NULL}, "--cloud-sha256 goes with --cloud-file"},
        {{"check", "--json", "--partner-sha256", "00", NULL}, "--partner-sha256 goes with --partner"},
        {{"check", "--json", "--answers-sha256", "00", NULL}, "--answers-sha256 goes with --answers"},
        {{"check", "--json", "--answers", "a", "--answers", "b", "--answers-sha256", "00", NULL},
         "--answers-sha256 is given once for each --answers"},
        {{"consents", "--json", "--consent", "x", NULL}, "--consent goes with --take-back"},
        {{"plan", "--json", "--force", NULL}, "--force goes with --output or --bundle"},
        {{"report", "--json", "--bundle", "x.tar", NULL}, "do not go together"},
        {{"apply", "--json", "--plan", "p.json", "--wait", NULL}, "--plan and --wait do not go together"},
        {{"partner", "check", "x.json", "--json", "--output", "y.json", NULL}, "--output goes with “partner new”"},
        {{"--json", "frobnicate", NULL}, "There is no command “frobnicate”"},
        {{"--json", "check", "now", NULL}, "takes no further word: now"},
        {{"check", "--json", "--client-id", "mine", NULL}, "--client-id is not a GUID"},
        {{"check", "--json", "--practice", "--practice-url", "http://127.0.0.1:1", NULL}, "do not go together"},
        {{"check", "--json", "--practice-new", NULL}, "--practice-new goes with --practice"},
        {{"check", "--json", "--cloud", "gcc", "--cloud-file", "x", NULL}, "do not go together"},
        {{"check", "--json", "--frob", NULL}, "--frob"},
        {{"check", "--frob", "--json", NULL}, "--frob"},
        {{"check", "--json", "--tenant", NULL}, "--tenant"},
        {{"check", "--json", "--practice=No Such", NULL}, "No Such"},
        {{"check", "--json", "--practice=nowhere", NULL}, "nowhere"},
    };
    g_autofree char *folder = scratch_new();
    g_setenv("XDG_STATE_HOME", folder, TRUE);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Run) run = plain_perch(cases[i].words);
        assert_error(run, STATUS_USAGE, "usage", cases[i].sentence);
        assert_string_equal(run->errors, "");
    }
    g_unsetenv("XDG_STATE_HOME");
    scratch_remove(folder);
}

static void test_bad_values_are_input_errors_that_name_the_place(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    static const struct {
        const char *option;
        const char *content;
        const char *sentence;
    } cases[] = {
        {"--answers", "{\"compny\":\"x\"}", "compny"},
        {"--answers", "{\"reviewers\":[\"a@contoso.com\",7]}", "reviewers[1]"},
        {"--answers", "{\"company\":", "given"},
        {"--partner", "{\"id\":7}", "id"},
        {"--partner", "nonsense", "given"},
        {"--partner", "{}", "given"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *file = g_build_filename(practice_folder(tenant), "given.json", NULL);
        assert_true(g_file_set_contents(file, cases[i].content, -1, NULL));
        /* With --yes a profile from a file is refused before it is read, unless its sum is given. */
        gboolean profile = strcmp(cases[i].option, "--partner") == 0;
        g_autoptr(Run) run = profile ? perch(tenant, "plan", "--json", cases[i].option, file, NULL)
                                     : perch(tenant, "apply", "--yes", "--json", cases[i].option, file, NULL);
        assert_error(run, STATUS_USAGE, "input", cases[i].sentence);
    }
    g_autoptr(Run) missing = perch(tenant, "apply", "--yes", "--json", "--answers", "/nowhere/answers.json", NULL);
    assert_error(missing, STATUS_USAGE, "input", "/nowhere/answers.json");
    g_autoptr(Run) cloud = plain_perch((const char *const[]){"check", "--json", "--cloud", "mars", NULL});
    assert_status(cloud, STATUS_USAGE);
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(json_length(record), 0);
    practice_end(tenant);
}

static void test_only_a_practice_tenant_on_this_machine_is_taken_as_one(void **state)
{
    (void)state;
    static const char *const addresses[] = {
        "http://192.0.2.1:8080", "http://example.com:80",           "ftp://127.0.0.1:21",
        "127.0.0.1:80",          "http://127.0.0.1.example.com:80", "http://127.0.0.1@example.com:80"};
    for (gsize i = 0; i < G_N_ELEMENTS(addresses); i++) {
        const char *words[] = {"apply", "--yes", "--json", "--practice-url", addresses[i], NULL};
        g_autoptr(Run) run = plain_perch(words);
        assert_status(run, STATUS_USAGE);
        g_autoptr(json) document = error_document(run);
    }
}

/* The same twice is one, so that a script may add what a person gave already. */
static void test_the_same_value_twice_is_one(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autoptr(Run) run = plain_perch((const char *const[]){"tenants", "--json", "--state-dir", folder, "--state-dir",
                                                           folder, "--tenant", "a.com", "--tenant=a.com", NULL});
    assert_status(run, 0);
    scratch_remove(folder);
}

/* --yes confirms for the one tenant that was named; practice needs no name. */
static void test_yes_goes_with_the_tenants_name(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    const char *words[] = {"apply", "--yes", "--json", "--no-keyring", "--state-dir", folder, NULL};
    g_autoptr(Run) run = plain_perch(words);
    assert_status(run, STATUS_USAGE);
    g_autoptr(json) document = error_document(run);
    assert_non_null(strstr(run->output, "--tenant"));
    scratch_remove(folder);
}

static void test_apply_without_yes_and_without_a_terminal_sends_nothing(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = perch(tenant, "apply", "--json", NULL);
    assert_error(run, STATUS_PERSON, "needs-person", "Nothing was sent");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    practice_end(tenant);
}

/* There is nobody to ask, and nothing to ask about: what is left is told, as after any apply. */
static void test_apply_with_nothing_to_send_asks_nobody(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("not-admin", NULL);
    g_autoptr(Run) run = perch(tenant, "apply", NULL);
    assert_status(run, STATUS_PERSON);
    assert_non_null(strstr(run->output, "This needs Global Administrator or Privileged Role Administrator"));
    assert_null(strstr(run->errors, "nobody to ask"));
    practice_end(tenant);
}

/* Yes is no decision: it ends where a person has to choose, and names the answer that would. */
static void test_yes_decides_nothing(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("wrong-group", NULL);
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", "--json", NULL);
    assert_status(run, STATUS_PERSON);
    assert_non_null(strstr(run->output, "decisions.group"));
    assert_int_equal(count_requests(tenant, "POST", "/v1.0/groups"), 0);
    practice_end(tenant);
}

static void test_statuses_follow_what_is_left(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) before = perch(tenant, "check", "--json", NULL);
    assert_status(before, STATUS_LEFT);
    g_autoptr(Run) plan = perch(tenant, "plan", "--json", NULL);
    assert_status(plan, STATUS_LEFT);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", NULL);
    assert_status(apply, STATUS_PERSON);
    g_autoptr(Run) after = perch(tenant, "check", "--json", NULL);
    assert_status(after, STATUS_PERSON);
    g_autoptr(Run) again = perch(tenant, "plan", "--json", NULL);
    assert_status(again, STATUS_PERSON);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    g_autoptr(Run) nothing = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(nothing, 0);
    practice_end(tenant);
}

static void test_the_document_has_the_promised_members(void **state)
{
    (void)state;
    static const char *const counts[] = {"done", "left",    "waiting", "needsPerson",
                                         "told", "skipped", "failed",  "inDoubt"};
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = perch(tenant, "check", "--json", NULL);
    g_autoptr(json) document = run_document(run);
    const json *who = json_get(document, "tenant");
    const json *summary = json_get(document, "summary");
    gint64 sum = 0;
    assert_string_equal(json_get_string(who, "name"), "Contoso");
    assert_string_equal(json_get_string(who, "domain"), "contoso.onmicrosoft.com");
    assert_true(g_uuid_string_is_valid(json_get_string(who, "id")));
    assert_true(json_get_bool(document, "practice", FALSE));
    assert_non_null(json_get_string(document, "partner"));
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
        assert_non_null(json_get(summary, counts[i]));
        sum += json_get_int(summary, counts[i], 0);
    }
    assert_int_equal(sum, json_length(json_get(document, "steps")));
    practice_end(tenant);
}

/* That it can say so is tested where a keyring keeps the sign-in: here nothing does. */
static void test_whoami_signs_nobody_in(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) whoami = perch(tenant, "whoami", "--json", NULL);
    assert_error(whoami, STATUS_PERSON, "needs-person", "Nobody is signed in");
    assert_string_equal(whoami->errors, "");
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(json_length(record), 0);
    practice_end(tenant);
}

static void test_who_is_signed_in(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) sign_in = perch(tenant, "sign-in", "--json", NULL);
    assert_status(sign_in, 0);
    g_autoptr(json) signed_in = run_document(sign_in);
    assert_string_equal(json_get_string(signed_in, "account"), "admin@contoso.onmicrosoft.com");
    assert_string_equal(json_get_string(json_get(signed_in, "tenant"), "domain"), "contoso.onmicrosoft.com");
    g_autoptr(Run) sign_out = perch(tenant, "sign-out", "--json", NULL);
    assert_status(sign_out, 0);
    g_autoptr(json) signed_out = run_document(sign_out);
    assert_true(json_get_bool(signed_out, "signedOut", FALSE));
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
    practice_end(tenant);
}

/* Prompts and progress are for people and stay away from what a script reads. */
static void test_prompts_go_to_standard_error(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) json_run = perch(tenant, "check", "--json", NULL);
    g_autoptr(json) document = run_document(json_run);
    assert_non_null(strstr(json_run->errors, "type the code"));
    g_autoptr(Run) text_run = perch(tenant, "check", NULL);
    assert_non_null(strstr(text_run->errors, "type the code"));
    assert_null(strstr(text_run->output, "type the code"));
    assert_non_null(strstr(text_run->output, "Analysts' group"));
    practice_end(tenant);
}

static void test_version_and_help(void **state)
{
    (void)state;
    g_autoptr(Run) version = plain_perch((const char *const[]){"--version", NULL});
    assert_status(version, 0);
    assert_true(g_str_has_prefix(version->output, "perch "));
    assert_non_null(strstr(version->output, "libcurl "));
    assert_non_null(strstr(version->output, "no core dumps, memory closed to other processes"));
    g_autoptr(Run) told = plain_perch((const char *const[]){"--version", "--json", NULL});
    g_autoptr(json) document = run_document(told);
    assert_string_equal(json_get_string(document, "version"), PERCH_VERSION);
    assert_true(json_length(json_get(document, "libraries")) > 5);
    assert_true(json_length(json_get(document, "protections")) >= 2);
    g_autoptr(Run) help = plain_perch((const char *const[]){"--help", NULL});
    assert_status(help, 0);
    assert_non_null(strstr(help->output, "Exit codes"));
}

/* Without --json an error is two lines on standard error. */
static void test_errors_for_people_go_to_standard_error(void **state)
{
    (void)state;
    g_autoptr(Run) run = plain_perch((const char *const[]){"frobnicate", NULL});
    assert_status(run, STATUS_USAGE);
    assert_string_equal(run->output, "");
    assert_true(g_str_has_prefix(run->errors, "perch: There is no command “frobnicate”"));
    assert_non_null(strstr(run->errors, "perch --help"));
}

static void assert_said(const struct run *run, const char *words)
{
    if (strstr(run->errors, words) == NULL)
        fail_msg("expected “%s” in:\n%s", words, run->errors);
}

/* Scripts give the same options to each command. */
static void test_an_option_for_other_commands_is_told_and_no_error(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_setenv("XDG_STATE_HOME", folder, TRUE);
    g_autoptr(Run) told = plain_perch((const char *const[]){"tenants", "--wait", NULL});
    assert_status(told, 0);
    assert_string_equal(told->errors, "perch: --wait does nothing with “tenants”.\n");
    g_autoptr(Run) agreed = plain_perch((const char *const[]){"tenants", "--yes", NULL});
    assert_status(agreed, 0);
    assert_string_equal(agreed->errors, "perch: --yes does nothing with “tenants”.\n");
    g_autoptr(Run) quiet = plain_perch((const char *const[]){"tenants", "--wait", "--json", NULL});
    assert_status(quiet, 0);
    assert_string_equal(quiet->errors, "");
    g_unsetenv("XDG_STATE_HOME");
    scratch_remove(folder);
}

static void test_mistyped_words_get_advice(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *state_option = g_strconcat("--state-dir=", folder, NULL);
    const struct {
        const char *words[5];
        const char *advice;
    } cases[] = {
        {{"chek", NULL}, "There is no command “chek”. Did you mean “check”?"},
        {{"report", "--formt", "html", NULL}, "There is no option --formt. Did you mean “--format”?"},
        {{"report", "--format=htm", NULL}, "There is no report format “htm”. Did you mean “html”?"},
        {{"validate", "compny", NULL}, "There is no field “compny”. Did you mean “company”?"},
        {{"check", "--cloud=gcc-hihg", state_option, NULL}, "Did you mean “gcc-high”?"},
        {{"check", "--practice=fresch", state_option, NULL}, "no practice scenario “fresch”. Did you mean “fresh”?"},
        {{"plan", "--practice", "foo", NULL}, "A scenario stands behind “=”; --practice=help lists them."},
        {{"check", "--practice=../up", state_option, NULL}, "classic-rbac, complete,"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Run) run = plain_perch(cases[i].words);
        assert_status(run, STATUS_USAGE);
        assert_said(run, cases[i].advice);
        assert_string_equal(run->output, "");
    }
    g_autofree char *practice = g_build_filename(folder, "practice", NULL);
    assert_false(g_file_test(practice, G_FILE_TEST_EXISTS));
    scratch_remove(folder);
}

static void test_the_scenarios_are_listed_with_what_they_show(void **state)
{
    (void)state;
    g_autoptr(Run) run = plain_perch((const char *const[]){"--practice=help", NULL});
    assert_status(run, 0);
    assert_non_null(strstr(run->output, "fresh "));
    assert_non_null(strstr(run->output, "Two groups have the wanted name."));
    assert_null(strstr(run->output, "part-"));
    g_autofree char *folder = g_build_filename(PERCH_SOURCE_DIR, "assets", "practice", "scenarios", NULL);
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    guint scenarios = 0;
    for (const char *name = g_dir_read_name(files); name != NULL; name = g_dir_read_name(files))
        scenarios += g_str_has_prefix(name, "part-") ? 0 : 1;
    g_auto(GStrv) lines = g_strsplit(run->output, "\n", -1);
    assert_int_equal(g_strv_length(lines), scenarios + 1);
}

static int count_of(const char *text, const char *part)
{
    int count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part))
        count++;
    return count;
}

/* What COMMAND says where nobody listens: it fails on the network, once and in the same form. */
static gpointer fail_on_the_network(gpointer command)
{
    g_autofree char *folder = scratch_new();
    const char *words[] = {command, "--no-keyring", "--practice-url", "http://127.0.0.1:1", "--state-dir", folder, NULL,
                           NULL};
    if (strcmp(command, "apply") == 0 || strcmp(command, "undo") == 0)
        words[6] = "--yes";
    struct run *run = plain_perch(words);
    scratch_remove(folder);
    return run;
}

/* Side by side, since each asks again and again for seconds before it gives up. */
static void test_every_command_says_its_error_once_behind_one_name(void **state)
{
    (void)state;
    static const char *const commands[] = {"check",  "plan",    "apply",     "undo",
                                           "report", "sign-in", "hand-over", "--plain"};
    GThread *threads[G_N_ELEMENTS(commands)];
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
        threads[i] = g_thread_new(NULL, fail_on_the_network, (gpointer)commands[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_autoptr(Run) run = g_thread_join(threads[i]);
        g_autofree char *all = g_strconcat(run->errors, run->output, NULL);
        if (strstr(all, "perch: perch:") != NULL || count_of(all, "No connection to 127.0.0.1") != 1)
            fail_msg("perch %s: %s", commands[i], all);
        assert_int_not_equal(run->status, 0);
        if (strcmp(commands[i], "--plain") != 0) {
            assert_string_equal(run->output, "");
            assert_true(g_str_has_prefix(run->errors, "perch: "));
        }
    }
}

/* Run perch with WORDS, and its standard output into a full disk. */
/* A script tells by the exit status whether it has both values, or somebody has to choose. */
static void test_a_paste_is_told_value_by_value(void **state)
{
    (void)state;
    static const char both[] = "Resource id: /subscriptions/d8bd0ea4-5d2c-4f06-8b6a-7a4e0a6f3c55/resourceGroups/rg/"
                               "providers/Microsoft.EventHub/namespaces/mdr-eh-ns02\nEvent Hub name: telemetry\n";
    static const char unclear[] = "Hello.\nEvent Hub name: insights or telemetry\n";
    const char *const words[] = {PERCH_BINARY, "validate", "paste", NULL};
    const char *const json_words[] = {PERCH_BINARY, "validate", "paste", "--json", NULL};
    g_autoptr(Run) found = run_program(words, NULL, both);
    assert_status(found, 0);
    assert_non_null(strstr(found->output, "/namespaces/mdr-eh-ns02\nevent-hub-name: telemetry\n"));
    g_autoptr(Run) asked = run_program(words, NULL, unclear);
    assert_status(asked, STATUS_PERSON);
    assert_non_null(strstr(asked->output, "event-hub-name, perhaps, line 2, column 17: insights\n"
                                          "    It stands behind its own label.\n"));
    g_autoptr(Run) as_json = run_program(json_words, NULL, unclear);
    assert_status(as_json, STATUS_PERSON);
    g_autoptr(json) document = run_document(as_json);
    const json *candidate = json_at(json_get(document, "candidates"), 0);
    assert_string_equal(json_get_string(candidate, "value"), "insights");
    assert_string_equal(json_string(json_at(json_get(candidate, "reasons"), 0)), "It stands behind its own label.");
    g_autoptr(Run) nothing = run_program(words, NULL, "Hello.\n");
    assert_status(nothing, STATUS_USAGE);
}

/* How many programs run that were told of FOLDER. */
static int count_running(const char *folder)
{
    int count = 0;
    g_autoptr(GDir) processes = g_dir_open("/proc", 0, NULL);
    for (const char *name = g_dir_read_name(processes); name != NULL; name = g_dir_read_name(processes)) {
        g_autofree char *path = g_build_filename("/proc", name, "cmdline", NULL);
        g_autofree char *line = NULL;
        gsize length = 0;
        if (g_ascii_isdigit(name[0]) && g_file_get_contents(path, &line, &length, NULL))
            count += memmem(line, length, folder, strlen(folder)) != NULL;
    }
    return count;
}

/* Its tenant has written what it knows, and is gone, once perch is: the next run may begin at once. */
static void test_a_practice_ends_before_perch_does(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *state_option = g_strdup_printf("--state-dir=%s", folder);
    g_autoptr(Run) run = plain_perch((const char *const[]){"check", "--practice", state_option, NULL});
    assert_int_equal(count_running(folder), 0);
    assert_status(run, 3);
    scratch_remove(folder);
}

static struct run *perch_into_full(const char *words)
{
    g_autofree char *command = g_strdup_printf("%s %s > /dev/full", PERCH_BINARY, words);
    return run_program((const char *const[]){"/bin/sh", "-c", command, NULL}, NULL, NULL);
}

/* A script that keeps what was printed must not take half of it for the whole. */
static void test_what_could_not_be_printed_is_a_failure(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *check = g_strdup_printf("check --practice --json --state-dir=%s", folder);
    const char *const commands[] = {"--version", check, "validate company --json < /dev/null"};
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_autoptr(Run) run = perch_into_full(commands[i]);
        assert_status(run, STATUS_FAILED);
        assert_said(run, "Standard output cannot be written");
    }
    scratch_remove(folder);
}

static void test_help_of_a_command_is_about_it_alone(void **state)
{
    (void)state;
    static const struct {
        const char *words[4];
        const char *has;
        const char *lacks;
    } cases[] = {
        {{"report", "--help", NULL}, "--format=FORMAT", "--wait"},
        {{"help", "report", NULL}, "perch report --format html", "--wait"},
        {{"apply", "-h", NULL}, "--wait", "--format"},
        {{"check", "--help", NULL}, "--certificate=FILE", "--output"},
        {{"validate", "--help", NULL}, "resource-group", "--tenant"},
        {{"help", "exit-codes", NULL}, "6 in doubt", "--json"},
        {{"help", "fields", NULL}, "mail-nickname", "password"},
        {{"help", NULL}, "--certificate=FILE", "perch report --format html"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Run) run = plain_perch(cases[i].words);
        assert_status(run, 0);
        if (strstr(run->output, cases[i].has) == NULL || strstr(run->output, cases[i].lacks) != NULL)
            fail_msg("%s %s: %s", cases[i].words[0], cases[i].words[1], run->output);
    }
    g_autoptr(Run) unknown = plain_perch((const char *const[]){"help", "exit-code", NULL});
    assert_status(unknown, STATUS_USAGE);
    assert_said(unknown, "Did you mean “exit-codes”?");
}

static void test_a_closed_pipe_is_no_error(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *command =
        g_strdup_printf("{ %s --help; echo $? > %s/status; } 2> %s/errors | true; cat %s/status %s/errors",
                        PERCH_BINARY, folder, folder, folder, folder);
    g_autoptr(Run) run = run_program((const char *const[]){"/bin/bash", "-c", command, NULL}, NULL, NULL);
    assert_string_equal(run->output, "0\n");
    scratch_remove(folder);
}

static void test_another_locale_gets_ascii(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    static const char *const commands[] = {"check", "plan", "report"};
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_autoptr(Run) spoken = perch(tenant, commands[i], "--ascii", NULL);
        assert_string_not_equal(spoken->output, "");
        assert_true(g_str_is_ascii(spoken->output));
        assert_true(g_str_is_ascii(spoken->errors));
    }
    g_setenv("LC_ALL", "C", TRUE);
    g_autoptr(Run) run = perch(tenant, "check", NULL);
    g_setenv("LC_ALL", "C.UTF-8", TRUE);
    assert_non_null(strstr(run->output, "Red Canary - Contoso - "));
    assert_true(g_str_is_ascii(run->output));
    practice_end(tenant);
}

/* Where perch keeps the answers of TENANT, which it was signed in to. Caller frees. */
static char *kept_answers(const struct practice_tenant *tenant)
{
    g_autofree char *base = g_build_filename(practice_folder(tenant), "state", NULL);
    g_autoptr(GDir) folder = g_dir_open(base, 0, NULL);
    const char *name = NULL;
    while ((name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *file = g_build_filename(base, name, "answers.json", NULL);
        if (g_file_test(file, G_FILE_TEST_IS_REGULAR))
            return g_steal_pointer(&file);
    }
    fail_msg("no answers below %s", base);
    return NULL;
}

static void test_answers_that_name_nothing_are_refused_before_anything_is_kept(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *bad = practice_answers(tenant, "{\"done\":{\"nosuch\":{\"by\":\"x\"}}}");
    g_autoptr(Run) refused = perch(tenant, "check", "--answers", bad, NULL);
    assert_status(refused, 2);
    assert_non_null(strstr(refused->errors, "$.done.nosuch: there is no such step."));
    assert_null(strstr(refused->errors, "/devicelogin"));
    g_autoptr(Run) after = perch(tenant, "check", NULL);
    assert_status(after, 3);
    practice_end(tenant);
}

/* Another perch, or a hand, wrote it there: whoever ends what there is or reports it still can. */
static void test_kept_answers_that_name_nothing_block_what_needs_them_alone(void **state)
{
    (void)state;
    static const struct {
        const char *command;
        const char *kept;
        int status;
        const char *words;
    } rows[] = {
        {"check", "{\"skip\":{\"nosuch\":{\"reason\":\"x\"}}}", 2, "move the file away"},
        {"plan", "{\"skip\":{\"nosuch\":{\"reason\":\"x\"}}}", 2, "move the file away"},
        {"undo", "{\"skip\":{\"nosuch\":{\"reason\":\"x\"}}}", 0, "there is no such step. That is left out here."},
        {"report", "{\"skip\":{\"nosuch\":{\"reason\":\"x\"}}}", 3, "there is no such step. That is left out here."},
        {"leave", "{\"skip\":{\"nosuch\":{\"reason\":\"x\"}}}", 5, "there is no such step. That is left out here."},
        {"leave", "{\"leave\":{\"grp\":\"remove\"}}", 2, "$.leave.grp: there is no such object."},
        {"check", "{broken", 2, "move the file away"},
        {"undo", "{broken", 0, "All of it is left out here."},
        {"report", "{broken", 3, "All of it is left out here."},
        {"leave", "{broken", 5, "All of it is left out here."},
    };
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) first = perch(tenant, "check", NULL);
    assert_status(first, 3);
    g_autofree char *file = kept_answers(tenant);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *left = NULL;
        assert_true(g_file_set_contents(file, rows[i].kept, -1, NULL));
        g_autoptr(Run) run = perch(tenant, rows[i].command, NULL);
        assert_status(run, rows[i].status);
        if (strstr(run->errors, rows[i].words) == NULL || strstr(run->errors, "answers.json: ") == NULL)
            fail_msg("%s: no “%s” in: %s", rows[i].command, rows[i].words, run->errors);
        assert_true(g_file_get_contents(file, &left, NULL, NULL));
        assert_string_equal(left, rows[i].kept);
    }
    practice_end(tenant);
}

/* What a form asks for is asked for again, and nothing of the file is lost; where nobody would be asked it is refused.
 */
static void test_a_kept_value_that_is_refused_is_asked_for(void **state)
{
    (void)state;
    static const char twice[] = "{\"company\":\"Contoso\",\"sponsor\":\"sponsor@contoso.com\","
                                "\"reviewers\":[\"reviewer@contoso.com\",\"Reviewer@contoso.com\"]}";
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) first = perch(tenant, "check", NULL);
    g_autofree char *file = kept_answers(tenant);
    g_autofree char *folder = g_path_get_dirname(file);
    assert_true(g_file_set_contents(file, twice, -1, NULL));
    g_autoptr(Run) unattended = perch(tenant, "apply", "--yes", NULL);
    assert_status(unattended, STATUS_USAGE);
    assert_non_null(strstr(unattended->errors, "move the file away"));
    g_autoptr(Run) check = perch(tenant, "check", "--json", NULL);
    assert_status(check, 3);
    assert_non_null(strstr(check->errors, "stands here twice; once is enough. That is left out here."));
    g_autofree char *left = NULL;
    assert_true(g_file_get_contents(file, &left, NULL, NULL));
    assert_non_null(strstr(left, "sponsor@contoso.com"));
    assert_null(strstr(left, "reviewer"));
    g_autoptr(GDir) names = g_dir_open(folder, 0, NULL);
    g_autofree char *kept = NULL;
    for (const char *name = g_dir_read_name(names); name != NULL; name = g_dir_read_name(names)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_str_has_prefix(name, "answers.refused-"))
            assert_true(g_file_get_contents(path, &kept, NULL, NULL));
    }
    assert_non_null(kept);
    assert_string_equal(kept, twice);
    g_autoptr(Run) again = perch(tenant, "check", NULL);
    assert_status(again, 3);
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrong_words_are_usage_errors),
        cmocka_unit_test(test_a_file_that_is_not_there_is_said_first),
        cmocka_unit_test(test_a_kept_value_that_is_refused_is_asked_for),
        cmocka_unit_test(test_the_same_value_twice_is_one),
        cmocka_unit_test(test_bad_values_are_input_errors_that_name_the_place),
        cmocka_unit_test(test_only_a_practice_tenant_on_this_machine_is_taken_as_one),
        cmocka_unit_test(test_answers_that_name_nothing_are_refused_before_anything_is_kept),
        cmocka_unit_test(test_kept_answers_that_name_nothing_block_what_needs_them_alone),
        cmocka_unit_test(test_yes_goes_with_the_tenants_name),
        cmocka_unit_test(test_apply_without_yes_and_without_a_terminal_sends_nothing),
        cmocka_unit_test(test_apply_with_nothing_to_send_asks_nobody),
        cmocka_unit_test(test_yes_decides_nothing),
        cmocka_unit_test(test_statuses_follow_what_is_left),
        cmocka_unit_test(test_the_document_has_the_promised_members),
        cmocka_unit_test(test_whoami_signs_nobody_in),
        cmocka_unit_test(test_who_is_signed_in),
        cmocka_unit_test(test_help_of_a_command_is_about_it_alone),
        cmocka_unit_test(test_a_closed_pipe_is_no_error),
        cmocka_unit_test(test_another_locale_gets_ascii),
        cmocka_unit_test(test_prompts_go_to_standard_error),
        cmocka_unit_test(test_version_and_help),
        cmocka_unit_test(test_errors_for_people_go_to_standard_error),
        cmocka_unit_test(test_an_option_for_other_commands_is_told_and_no_error),
        cmocka_unit_test(test_mistyped_words_get_advice),
        cmocka_unit_test(test_the_scenarios_are_listed_with_what_they_show),
        cmocka_unit_test(test_every_command_says_its_error_once_behind_one_name),
        cmocka_unit_test(test_a_paste_is_told_value_by_value),
        cmocka_unit_test(test_a_practice_ends_before_perch_does),
        cmocka_unit_test(test_what_could_not_be_printed_is_a_failure),
    };
    json_init();
    g_setenv("LC_ALL", "C.UTF-8", TRUE);
    return run_journeys("usage", tests, argc, argv);
}

/* SPDX-License-Identifier: MIT */
/*
 * The secrets of a console on a real terminal with a real keyring, in which a new onboarding account is made: the
 * tokens of the sign-in and the account's first password. However the console ends, neither is in what it drew, in what
 * it left in files, nor in what the system shows of its process.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "support/keyring_world.h"
#include "support/practice.h"
#include "support/side_by_side.h"
#include "support/terminal.h"

#define TOKEN_MARK "practice-token-"
#define DOMAIN "contoso.onmicrosoft.com"
#define RUNS_VARIABLE "PERCH_TEST_RUNS"
#define FEW_RUNS "3"
#define ANSWERS                                                                                                        \
    "{\"account\":{\"mode\":\"create\",\"userPrincipalName\":\"onboarding@contoso.com\","                              \
    "\"displayName\":\"MDR onboarding\"}}"

/* 0: by the key q. */
static const int ends[] = {0, SIGTERM, SIGSEGV, SIGKILL, SIGABRT};

struct search {
    GPtrArray *needles; /* char * */
    guint tokens;       /* how many of them are of tokens; the password itself comes next */
    guint places;
    gsize bytes;
    guint leaks;
};

static void add_needle(struct search *search, const char *value)
{
    GString *hex = g_string_new(NULL);
    for (const char *at = value; *at != '\0'; at++)
        g_string_append_printf(hex, "%02x", (guint)(guchar)*at);
    char *base64 = g_base64_encode((const guchar *)value, strlen(value) / 3 * 3);
    g_ptr_array_add(search->needles, g_strdup(value));
    g_ptr_array_add(search->needles, g_uri_escape_string(value, NULL, FALSE));
    g_ptr_array_add(search->needles, base64);
    g_ptr_array_add(search->needles, g_string_free(hex, FALSE));
}

static void look_at(struct search *search, const char *place, const char *bytes, gsize length)
{
    search->places++;
    search->bytes += length;
    for (guint i = 0; i < search->needles->len; i++) {
        const char *needle = search->needles->pdata[i];
        if (memmem(bytes, length, needle, strlen(needle)) == NULL)
            continue;
        print_message("a secret (number %u) is in %s\n", i, place);
        search->leaks++;
    }
}

static void look_at_file(struct search *search, const char *file)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (g_file_get_contents(file, &bytes, &length, NULL))
        look_at(search, file, bytes, length);
}

static void look_at_folder(struct search *search, const char *folder)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    for (const char *name = entries != NULL ? g_dir_read_name(entries) : NULL; name != NULL;
         name = g_dir_read_name(entries)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            look_at_folder(search, path);
        else if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
            look_at_file(search, path);
    }
}

static void look_at_process(struct search *search, int process)
{
    static const char *const files[] = {"environ", "cmdline", "comm"};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *file = g_strdup_printf("/proc/%d/%s", process, files[i]);
        guint places = search->places;
        look_at_file(search, file);
        /* The processes are not dumpable: only root can read all of it. */
        assert_true(geteuid() != 0 || search->places == places + 1);
    }
}

/* From the greeting until the account is made and the password kept. */
static void make_the_account(struct terminal *terminal)
{
    terminal_wait(terminal, "Begin");
    terminal_send(terminal, "\r");
    terminal_wait(terminal, "Sign in with a code on another device");
    terminal_send(terminal, "d");
    terminal_wait(terminal, DOMAIN);
    terminal_wait_idle(terminal);
    terminal_send(terminal, "a");
    terminal_wait(terminal, "Type the tenant's domain");
    terminal_agree(terminal, DOMAIN);
    terminal_wait(terminal, "✓  1 Onboarding account");
    terminal_wait(terminal, "Shown once");
    terminal_wait_idle(terminal);
    terminal_settle(terminal);
}

/* The password that the account was made with, as Microsoft got it. */
static void take_password(struct search *search, const struct practice_tenant *tenant)
{
    g_autoptr(json) record = practice_record(tenant);
    guint found = 0;
    json_for_each (entry, record) {
        if (strcmp(json_get_string(entry, "method"), "POST") != 0 ||
            strcmp(json_get_string(entry, "path"), "/v1.0/users") != 0)
            continue;
        const char *password = json_get_string(json_get_path(entry, "requestBody.passwordProfile"), "password");
        assert_int_equal(strlen(password), 24);
        add_needle(search, password);
        found++;
    }
    assert_int_equal(found, 1);
}

/* The console itself, which its guardian started. */
static int console_process(const struct terminal *terminal)
{
    int guardian = terminal_process(terminal);
    g_autofree char *file = g_strdup_printf("/proc/%d/task/%d/children", guardian, guardian);
    g_autofree char *children = NULL;
    assert_true(g_file_get_contents(file, &children, NULL, NULL));
    int process = (int)g_ascii_strtoll(children, NULL, 10);
    assert_true(process > 1);
    return process;
}

static void close_password(struct terminal *terminal, const char *password)
{
    assert_true(terminal_shows(terminal, password));
    terminal_send(terminal, "\033");
    terminal_wait_gone(terminal, "Shown once");
    terminal_settle(terminal);
}

static void end_by(struct terminal *terminal, int signal)
{
    if (signal == 0)
        terminal_send(terminal, "q");
    else
        kill(console_process(terminal), signal);
    int status = terminal_exit_status(terminal);
    if (signal == SIGSEGV || signal == SIGABRT || signal == SIGKILL)
        assert_int_equal(status, 128 + signal);
}

/* Every other console that a signal ends has the password on the screen then. */
static void end_console(struct search *search, struct terminal *terminal, guint number)
{
    const char *password = search->needles->pdata[search->tokens];
    int signal = ends[number % G_N_ELEMENTS(ends)];
    const GString *output = terminal_output(terminal);
    look_at_process(search, terminal_process(terminal));
    look_at_process(search, console_process(terminal));
    if (signal == 0 || number % 2 == 0)
        close_password(terminal, password);
    gsize closed = output->len;
    end_by(terminal, signal);
    look_at(search, "what was drawn without the view", output->str + closed, output->len - closed);
    const char *first = strstr(output->str, password);
    assert_non_null(first);
    look_at(search, "what was drawn before the view", output->str, (gsize)(first - output->str));
    assert_null(strstr(output->str, TOKEN_MARK));
}

/* What was copied does not lie about after the console, nor when its time is over. */
static void test_a_copied_password_is_taken_off_the_clipboard(void **state)
{
    (void)state;
    struct world *world = world_with_keyring();
    g_auto(GStrv) environment = world_environment(world);
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *answers = practice_answers(tenant, ANSWERS);
    const char *words[] = {"--practice-keyring", "--answers", answers, NULL};
    g_auto(GStrv) line = perch_command_line(tenant, words);
    {
        g_autoptr(Terminal) terminal =
            terminal_start((const char *const *)line, (const char *const *)environment, 110, 40);
        make_the_account(terminal);
        terminal_send(terminal, "y");
        terminal_wait(terminal, "Copied");
        assert_int_equal(strlen(terminal_clipboard(terminal)), 24);
        terminal_send(terminal, "\033");
        terminal_wait_gone(terminal, "Shown once");
        terminal_send(terminal, "q");
        assert_int_not_equal(terminal_exit_status(terminal), -1);
        assert_string_equal(terminal_clipboard(terminal), "");
    }
    practice_end(tenant);
    world_free(world);
}

static void one_run(guint number, struct search *search)
{
    struct world *world = world_with_keyring();
    g_auto(GStrv) environment = world_environment(world);
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *answers = practice_answers(tenant, ANSWERS);
    g_autofree char *state = g_build_filename(practice_folder(tenant), "state", NULL);
    g_autofree char *log = g_build_filename(state, "perch.log", NULL);
    const char *words[] = {"--practice-keyring", "--answers", answers, "--log-file", log, NULL};
    g_auto(GStrv) line = perch_command_line(tenant, words);
    g_ptr_array_set_size(search->needles, 0);
    add_needle(search, TOKEN_MARK);
    search->tokens = search->needles->len;
    {
        g_autoptr(Terminal) terminal =
            terminal_start((const char *const *)line, (const char *const *)environment, 110, 40);
        make_the_account(terminal);
        take_password(search, tenant);
        assert_int_equal(world_count_items(world, "kind", "practice/accountPassword"), 1);
        end_console(search, terminal, number);
    }
    g_autoptr(Run) report = perch(tenant, "report", "--format", "json", NULL);
    look_at(search, "the report", report->output, strlen(report->output));
    assert_true(g_file_test(log, G_FILE_TEST_EXISTS));
    look_at_folder(search, state);
    look_at_folder(search, world->home);
    look_at_folder(search, world->runtime);
    practice_end(tenant);
    world_free(world);
}

static void test_no_secret_gets_out_of_a_console(void **state)
{
    (void)state;
    const char *wanted = g_getenv(RUNS_VARIABLE) != NULL ? g_getenv(RUNS_VARIABLE) : FEW_RUNS;
    guint runs = (guint)g_ascii_strtoull(wanted, NULL, 10);
    struct search search = {.needles = g_ptr_array_new_with_free_func(g_free)};
    struct rlimit core;
    getrlimit(RLIMIT_CORE, &core);
    core.rlim_cur = core.rlim_max;
    setrlimit(RLIMIT_CORE, &core);
    for (guint i = 0; i < runs; i++)
        one_run(i, &search);
    print_message("%u consoles, %u places, %zu bytes: %u leaks\n", runs, search.places, search.bytes, search.leaks);
    g_ptr_array_unref(search.needles);
    assert_true(runs > 0);
    assert_int_equal(search.leaks, 0);
}

static void test_the_search_finds_what_leaks(void **state)
{
    (void)state;
    static const char *const leaking[] = {"Bearer practice-token-1", "70726163746963652d746f6b656e2d31",
                                          "cHJhY3RpY2UtdG9rZW4tMQ=="};
    struct search search = {.needles = g_ptr_array_new_with_free_func(g_free)};
    add_needle(&search, TOKEN_MARK);
    for (gsize i = 0; i < G_N_ELEMENTS(leaking); i++) {
        guint before = search.leaks;
        look_at(&search, "a text made to leak", leaking[i], strlen(leaking[i]));
        assert_true(search.leaks > before);
    }
    g_ptr_array_unref(search.needles);
}

int main(int argc, char **argv)
{
    json_init();
    if (!g_file_test(PERCH_BINARY, G_FILE_TEST_IS_EXECUTABLE) ||
        !g_file_test(PERCH_PRACTICE_BINARY, G_FILE_TEST_IS_EXECUTABLE))
        skip_program("perch and perch-practice are not built");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_search_finds_what_leaks),
        cmocka_unit_test(test_a_copied_password_is_taken_off_the_clipboard),
        cmocka_unit_test(test_no_secret_gets_out_of_a_console),
    };
    return run_tests_side_by_side("screen leak", tests, G_N_ELEMENTS(tests), argc, argv);
}

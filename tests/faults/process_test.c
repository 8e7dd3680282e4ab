/* SPDX-License-Identifier: MIT */
/*
 * What the machine denies the program itself: memory, room on the disk, a disk that keeps what was synced. Whatever
 * call meets it, the journal stays good, nothing is made twice, and the terminal is whole.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/background.h"
#include "support/side_by_side.h"
#include "support/terminal.h"

#define STATUS_PERSON 5
#define STATUS_IN_DOUBT 6
#define ALLOCATIONS 160 /* places tried where everything is */
#define CONSOLES 40
#define ENTER "\r"

static const char *const apply[] = {"apply", "--yes", "--json", "--answers", PERCH_TEST_DATA "/answers.json", NULL};

/* Run apply with CALL failing (support/failing_calls.c). Caller frees. */
static struct run *apply_with(const struct practice_tenant *tenant, const char *setting)
{
    const char *environment[] = {"LD_PRELOAD=" FAILING_CALLS, setting, NULL};
    g_auto(GStrv) line = perch_command_line(tenant, apply);
    return run_program((const char *const *)line, environment, "");
}

/* How many calls of each kind the program's COUNT file tells of first. */
static void read_counts(const char *file, long counts[3])
{
    g_autofree char *text = read_text(file);
    if (sscanf(text, "%ld %ld %ld", &counts[0], &counts[1], &counts[2]) != 3)
        fail_msg("no counts but “%s”", text);
}

static void assert_journal_is_good(const struct practice_tenant *tenant)
{
    g_autofree char *folder = state_folder(tenant);
    g_autofree char *journal = folder != NULL ? g_build_filename(folder, "journal.jsonl", NULL) : NULL;
    g_autofree char *text = journal_text(tenant);
    if (strchr(text, '\n') == NULL)
        return;
    g_autoptr(Run) verified = perch(tenant, "verify", journal, NULL);
    assert_status(verified, 0);
}

/* Where there is no memory GLib ends the program: by SIGTRAP, or because its regular expressions and messages do not
 * ask whether they got any. */
static void assert_known_end(const struct run *run, gboolean lacks_memory)
{
    gboolean is_glibs = run->status == 128 + SIGTRAP || run->status == 128 + SIGABRT || run->status == 128 + SIGSEGV;
    if (run->status > STATUS_IN_DOUBT && !(lacks_memory && is_glibs))
        fail_msg("it ended with %d: %s", run->status, run->errors);
}

/* Apply, and again as long as it cannot be told yet what came of a request: half an hour for a role in Defender. */
static struct run *apply_until_known(struct practice_tenant *tenant)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    struct run *run = perch_run(tenant, apply);
    while (run->status == STATUS_IN_DOUBT && g_get_monotonic_time() < deadline) {
        run_free(run);
        run = perch_run(tenant, apply);
    }
    return run;
}

static void test_case(void **state)
{
    const char *name = *state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *setting = g_strconcat("PERCH_FAIL=", name, NULL);
    g_autoptr(Run) run = apply_with(tenant, setting);
    assert_known_end(run, g_str_has_prefix(name, "alloc "));
    assert_journal_is_good(tenant);
    g_autoptr(Run) again = apply_until_known(tenant);
    assert_status(again, STATUS_PERSON);
    g_autoptr(json) document = run_document(again);
    assert_step(document, "group", "done");
    assert_step(document, "access-package", "done");
    assert_int_equal(count_held(tenant, "groups", "displayName", "Red Canary"), 1);
    assert_nothing_twice(tenant);
    practice_end(tenant);
}

static void test_no_call_that_fails_makes_anything_twice(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "counts", NULL);
    g_autofree char *setting = g_strconcat("PERCH_FAIL_COUNT=", file, NULL);
    long counts[3] = {0};
    g_autoptr(Run) run = apply_with(tenant, setting);
    assert_status(run, STATUS_PERSON);
    read_counts(file, counts);
    practice_end(tenant);
    if (counts[0] < 10000 || counts[1] < 50 || counts[2] < 50)
        fail_msg("only %ld allocations, %ld writes, %ld syncs", counts[0], counts[1], counts[2]);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (long i = 0; i < ALLOCATIONS; i++)
        g_ptr_array_add(names, g_strdup_printf("alloc %ld%s", counts[0] * (2 * i + 1) / (2 * ALLOCATIONS),
                                               i % 2 == 0 ? "" : " for ever"));
    for (long i = 1; i <= counts[1]; i++)
        g_ptr_array_add(names, g_strdup_printf("write %ld", i));
    for (long i = 1; i <= counts[2]; i++)
        g_ptr_array_add(names, g_strdup_printf("sync %ld", i));
    keep_some(names, 24);
    run_side_by_side(names);
}

/* The console with SETTING, through a sign-in and a check to its end. Its exit status. */
static int use_console(const struct practice_tenant *tenant, const char *setting)
{
    static const char *const keys[] = {ENTER, "d", "\033", "q", "\003", "\003"};
    const char *environment[] = {"LD_PRELOAD=" FAILING_CALLS, setting, NULL};
    const char *const none[] = {NULL};
    g_auto(GStrv) line = perch_command_line(tenant, none);
    g_autoptr(Terminal) terminal = terminal_start((const char *const *)line, environment, 100, 30);
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        terminal_settle(terminal);
        terminal_send(terminal, keys[i]);
    }
    /* Where it is slow to begin, these keys have come too early to end it. */
    for (gint64 end = g_get_monotonic_time() + PATIENCE;
         !terminal_has_ended(terminal) && g_get_monotonic_time() < end;) {
        terminal_settle(terminal);
        terminal_send(terminal, "\003");
    }
    int status = terminal_exit_status(terminal);
    if (terminal_alternate(terminal) || !terminal_cursor_shown(terminal) || !terminal_is_cooked(terminal)) {
        const GString *output = terminal_output(terminal);
        g_autofree char *last = g_strescape(output->str + (output->len > 300 ? output->len - 300 : 0), NULL);
        fail_msg("%s: the terminal is not whole after %d: alternate %d, cursor %d, cooked %d, last “%s”", setting,
                 status, terminal_alternate(terminal), terminal_cursor_shown(terminal), terminal_is_cooked(terminal),
                 last);
    }
    return status;
}

static void test_a_console_out_of_memory_leaves_the_terminal_whole(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "counts", NULL);
    g_autofree char *setting = g_strconcat("PERCH_FAIL_COUNT=", file, NULL);
    long counts[3] = {0};
    use_console(tenant, setting);
    read_counts(file, counts);
    int tries = g_getenv(TEST_ALL) != NULL ? CONSOLES : 4;
    int ended = 0;
    /* How many there are follows the terminal's pace: the last quarter may not come to pass. */
    for (int i = 0; i < tries; i++) {
        g_autofree char *failing = g_strdup_printf("PERCH_FAIL=alloc %ld%s", counts[0] * 3 * (2 * i + 1) / (8 * tries),
                                                   i % 2 == 0 ? "" : " for ever");
        ended += use_console(tenant, failing) >= 128;
        assert_journal_is_good(tenant);
    }
    assert_true(ended > 0);
    practice_end(tenant);
}

int main(int argc, char **argv)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    skip_program("a sanitizer brings an allocator of its own, and nothing may stand before that");
#endif
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_console_out_of_memory_leaves_the_terminal_whole),
        cmocka_unit_test(test_no_call_that_fails_makes_anything_twice),
    };
    json_init();
    if (argc > 1)
        return run_case(argv[1], test_case);
    return journeys_status(cmocka_run_group_tests_name("process", tests, NULL, NULL));
}

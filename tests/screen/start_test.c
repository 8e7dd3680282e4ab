/* SPDX-License-Identifier: MIT */
/*
 * How the console starts: a list where several tenants are known, and what is set for good.
 */
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "support/side_by_side.h"
#include "support/terminal.h"

#define FIRST "11111111-1111-4111-8111-111111111111"
#define SECOND "22222222-2222-4222-8222-222222222222"

/* DUE: "" or ISO 8601. */
static void know_tenant(const char *state, const char *id, const char *name, const char *domain, const char *due)
{
    g_autofree char *folder = g_build_filename(state, id, NULL);
    g_autofree char *journal = g_build_filename(folder, "journal.jsonl", NULL);
    g_autofree char *last = g_build_filename(folder, "last.json", NULL);
    g_autofree char *text =
        g_strdup_printf("{\"tenant\":{\"id\":\"%s\",\"name\":\"%s\",\"domain\":\"%s\"},"
                        "\"checkedAt\":\"2026-11-26T10:00:00Z\",\"due\":\"%s\",\"summary\":{\"done\":9,\"left\":3}}",
                        id, name, domain, due);
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    assert_true(g_file_set_contents(journal, "", -1, NULL));
    assert_true(g_file_set_contents(last, text, -1, NULL));
}

static void several_tenants_are_listed_to_choose_from(void **state)
{
    static const int sizes[][2] = {{80, 24}, {40, 10}, {120, 36}};
    (void)state;
    g_autofree char *folder = scratch_new();
    know_tenant(folder, FIRST, "Contoso", "contoso.onmicrosoft.com", "2026-11-29T10:00:00Z");
    know_tenant(folder, SECOND, "Fabrikam", "fabrikam.com", "");
    const char *const arguments[] = {PERCH_BINARY, "--state-dir", folder, "--no-keyring", NULL};
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(Terminal) terminal = terminal_start(arguments, NULL, sizes[i][0], sizes[i][1]);
        terminal_wait(terminal, "Tenants: which one?");
        terminal_wait(terminal, "2 known");
        terminal_wait(terminal, "▸ contoso.onmicrosoft.com");
        terminal_wait(terminal, "3 left");
        if (sizes[i][0] >= 80) {
            terminal_wait(terminal, "3 left, 9 done · due 29 Nov 2026");
            terminal_wait(terminal, "3 left, 9 done · read 26 Nov 2026");
        }
        terminal_type(terminal, "FAB");
        terminal_wait(terminal, "▸ fabrikam.com");
        assert_false(terminal_shows(terminal, "contoso.onmicrosoft.com"));
        assert_true(terminal_shows(terminal, "another tenant …"));
        terminal_send(terminal, "\033");
        terminal_wait(terminal, "contoso.onmicrosoft.com");
        terminal_send(terminal, "\033");
        assert_int_equal(terminal_exit_status(terminal), 0);
        assert_false(terminal_alternate(terminal));
    }
    scratch_remove(folder);
}

/* Nobody signs in to another tenant than the one that was chosen for want of its name on the screen. */
static void the_chosen_tenant_is_named_before_the_sign_in(void **state)
{
    static const struct {
        int columns, rows;
        const char *title;
    } screens[] = {{80, 24, "Fabrikam · fabrikam.com · not signed in"}, {40, 10, "fabrikam.com"}};
    (void)state;
    g_autofree char *folder = scratch_new();
    know_tenant(folder, FIRST, "Contoso", "contoso.onmicrosoft.com", "");
    know_tenant(folder, SECOND, "Fabrikam", "fabrikam.com", "");
    const char *const arguments[] = {PERCH_BINARY, "--state-dir", folder, "--no-keyring", NULL};
    for (gsize i = 0; i < G_N_ELEMENTS(screens); i++) {
        g_autoptr(Terminal) terminal = terminal_start(arguments, NULL, screens[i].columns, screens[i].rows);
        terminal_wait(terminal, "Tenants: which one?");
        terminal_type(terminal, "FAB");
        terminal_wait(terminal, "▸ fabrikam.com");
        terminal_send(terminal, "\r");
        terminal_wait(terminal, "0 Sign in");
        terminal_wait(terminal, screens[i].title);
        terminal_send(terminal, "q");
        terminal_exit_status(terminal);
    }
    scratch_remove(folder);
}

static void a_tenant_is_forgotten_by_its_typed_domain_only(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    know_tenant(folder, FIRST, "Contoso", "contoso.onmicrosoft.com", "");
    know_tenant(folder, SECOND, "Fabrikam", "fabrikam.com", "");
    const char *const arguments[] = {PERCH_BINARY, "--state-dir", folder, "--no-keyring", NULL};
    g_autofree char *kept = g_build_filename(folder, FIRST, "journal.jsonl", NULL);
    g_autofree char *other = g_build_filename(folder, SECOND, "journal.jsonl", NULL);
    {
        g_autoptr(Terminal) terminal = terminal_start(arguments, NULL, 40, 10);
        terminal_wait(terminal, "▸ contoso.onmicrosoft.com");
        terminal_send(terminal, "\033[3~");
        terminal_wait(terminal, "Forget contoso.onmicrosoft.com");
        terminal_answer(terminal, "fabrikam.com");
        terminal_settle(terminal);
        assert_true(g_file_test(kept, G_FILE_TEST_EXISTS));
        terminal_send(terminal, "\025");
        terminal_answer(terminal, "contoso.onmicrosoft.com");
        terminal_wait(terminal, "1 known");
        assert_false(terminal_shows(terminal, "contoso.onmicrosoft.com"));
        terminal_send(terminal, "\033");
        assert_int_equal(terminal_exit_status(terminal), 0);
    }
    assert_false(g_file_test(kept, G_FILE_TEST_EXISTS));
    assert_true(g_file_test(other, G_FILE_TEST_EXISTS));
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    int aside = 0;
    for (const char *name; (name = g_dir_read_name(entries)) != NULL;)
        aside += g_str_has_prefix(name, "forgotten-" FIRST);
    assert_int_equal(aside, 1);
    scratch_remove(folder);
}

static void a_wrong_setting_is_named_and_the_others_hold(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *kept = g_build_filename(folder, "state", NULL);
    g_autofree char *config = g_build_filename(folder, "perch", NULL);
    g_autofree char *file = g_build_filename(config, "config", NULL);
    g_autofree char *home = g_strconcat("XDG_CONFIG_HOME=", folder, NULL);
    const char *const environment[] = {home, NULL};
    const char *const arguments[] = {PERCH_BINARY, "--practice", "--state-dir", kept, NULL};
    assert_int_equal(g_mkdir_with_parents(config, 0700), 0);
    assert_true(g_file_set_contents(file, "[console]\nascii=true\nbell=maybe\n[keys]\nzoom=F6\n", -1, NULL));
    {
        g_autoptr(Terminal) terminal = terminal_start(arguments, environment, 80, 24);
        terminal_wait(terminal, "Settings that were left out");
        terminal_wait(terminal, "[console] bell: true or false, nothing else.");
        terminal_send(terminal, "\r");
        terminal_wait(terminal, "> Welcome");
        terminal_send(terminal, "\033[17~");
        terminal_wait_gone(terminal, "Checklist");
        terminal_send(terminal, "q");
        terminal_exit_status(terminal);
    }
    scratch_remove(folder);
}

/* A practice tenant beside a copy of perch that comes up when FOLDER/go is opened. */
static char *install_slow_practice(const char *folder)
{
    g_autofree char *perch = g_build_filename(folder, "perch", NULL);
    g_autofree char *practice = g_build_filename(folder, "perch-practice", NULL);
    g_autofree char *go = g_build_filename(folder, "go", NULL);
    g_autofree char *script =
        g_strdup_printf("#!/bin/sh\nread -r line < '%s'\nexec '%s' \"$@\"\n", go, PERCH_PRACTICE_BINARY);
    g_autoptr(GFile) from = g_file_new_for_path(PERCH_BINARY);
    g_autoptr(GFile) to = g_file_new_for_path(perch);
    assert_true(g_file_copy(from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
    assert_true(g_file_set_contents_full(practice, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
    assert_int_equal(mkfifo(go, 0600), 0);
    return g_steal_pointer(&perch);
}

static void the_screen_does_not_wait_for_the_practice_tenant(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *kept = g_build_filename(folder, "state", NULL);
    g_autofree char *program = install_slow_practice(folder);
    g_autofree char *go = g_build_filename(folder, "go", NULL);
    const char *const arguments[] = {program, "--practice", "--state-dir", kept, NULL};
    {
        g_autoptr(Terminal) terminal = terminal_start(arguments, NULL, 80, 24);
        terminal_wait(terminal, "Welcome");
        terminal_send(terminal, "\r");
        terminal_wait(terminal, "Checklist");
        terminal_type(terminal, "j");
        FILE *gate = fopen(go, "we");
        assert_non_null(gate);
        fputs("go\n", gate);
        fclose(gate);
        terminal_wait(terminal, "Sign in");
    }
    scratch_remove(folder);
}

static void a_practice_tenant_that_does_not_come_up_is_told(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *kept = g_build_filename(folder, "practice", "fresh", NULL);
    g_autofree char *store = g_build_filename(kept, "store.json", NULL);
    const char *const arguments[] = {PERCH_BINARY, "--practice", "--state-dir", folder, NULL};
    assert_int_equal(g_mkdir_with_parents(kept, 0700), 0);
    assert_true(g_file_set_contents(store, "{", -1, NULL));
    g_autoptr(Terminal) terminal = terminal_start(arguments, NULL, 80, 24);
    assert_int_equal(terminal_exit_status(terminal), 1);
    assert_false(terminal_alternate(terminal));
    assert_true(terminal_shows(terminal, "The practice tenant did not come up."));
    assert_true(terminal_shows(terminal, "--practice-new starts it over."));
    scratch_remove(folder);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(several_tenants_are_listed_to_choose_from),
        cmocka_unit_test(the_chosen_tenant_is_named_before_the_sign_in),
        cmocka_unit_test(a_tenant_is_forgotten_by_its_typed_domain_only),
        cmocka_unit_test(a_wrong_setting_is_named_and_the_others_hold),
        cmocka_unit_test(the_screen_does_not_wait_for_the_practice_tenant),
        cmocka_unit_test(a_practice_tenant_that_does_not_come_up_is_told),
    };
    return run_tests_side_by_side("start", tests, G_N_ELEMENTS(tests), argc, argv);
}

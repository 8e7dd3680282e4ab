/* SPDX-License-Identifier: MIT */
/*
 * The real console against the practice tenant, with the keyboard only.
 */
#include <string.h>

#include "support/practice.h"
#include "support/side_by_side.h"
#include "support/terminal.h"

#define ENTER "\r"
#define DOMAIN "contoso.onmicrosoft.com"

static struct terminal *open_console(const struct practice_tenant *tenant, const char *option, int columns, int rows)
{
    const char *const options[] = {option, NULL};
    g_auto(GStrv) line = perch_command_line(tenant, options);
    return terminal_start((const char *const *)line, NULL, columns, rows);
}

static struct terminal *sign_in(const struct practice_tenant *tenant, int columns, int rows)
{
    struct terminal *terminal = open_console(tenant, NULL, columns, rows);
    terminal_wait(terminal, "Begin");
    terminal_send(terminal, ENTER);
    terminal_wait(terminal, "Sign in with a code on another device");
    terminal_send(terminal, "d");
    terminal_wait(terminal, DOMAIN);
    terminal_wait_idle(terminal);
    return terminal;
}

static void confirm_plan(struct terminal *terminal)
{
    terminal_send(terminal, "a");
    terminal_agree(terminal, DOMAIN);
}

static void the_group_is_made_with_the_keyboard_only(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    {
        g_autoptr(Terminal) terminal = sign_in(tenant, 100, 30);
        terminal_send(terminal, "a");
        terminal_wait(terminal, "role-assignable: cannot be changed later");
        g_autoptr(json) before = practice_record(tenant);
        assert_int_equal(count_writes(before, "POST", "/v1.0"), 0);
        terminal_send(terminal, "\033");
        terminal_wait_gone(terminal, "Type the tenant's domain");
        terminal_send(terminal, "\033");
        terminal_wait(terminal, "Checklist");
        confirm_plan(terminal);
        terminal_wait(terminal, "≈  5 Analysts' group");
        terminal_wait(terminal, "✓  8 Access catalog");
        terminal_wait(terminal, "It is over");
        terminal_send(terminal, "q");
        assert_int_equal(terminal_exit_status(terminal), 5);
    }
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", "/v1.0/groups"), 1);
    practice_end(tenant);
}

static void a_sponsor_is_picked_and_the_organization_made(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    {
        g_autoptr(Terminal) terminal = sign_in(tenant, 110, 40);
        terminal_type(terminal, "6");
        terminal_wait(terminal, "6 Connected organization ─");
        terminal_send(terminal, ENTER);
        terminal_wait(terminal, "Enter use");
        terminal_send(terminal, "\025");
        terminal_type(terminal, "spons");
        terminal_wait(terminal, "Sam Sponsor");
        terminal_send(terminal, ENTER);
        terminal_wait_gone(terminal, "Enter use");
        terminal_wait_idle(terminal);
        confirm_plan(terminal);
        terminal_wait(terminal, "✓  6 Connected organization");
        terminal_wait(terminal, "It is over");
        terminal_send(terminal, "q");
        terminal_exit_status(terminal);
    }
    practice_end(tenant);
}

static void names_of_others_cannot_steer_the_terminal(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("hostile-names", NULL);
    {
        g_autoptr(Terminal) terminal = sign_in(tenant, 80, 24);
        terminal_type(terminal, "n");
        terminal_settle(terminal);
        const char *output = terminal_output(terminal)->str;
        assert_null(strstr(output, "\xE2\x80\xAE"));
        assert_null(strstr(output, "\033]0;pwned"));
        assert_null(terminal_clipboard(terminal));
        terminal_send(terminal, "q");
        terminal_exit_status(terminal);
    }
    practice_end(tenant);
}

/* Signed in to read, and the second sign-in stopped before anybody gave it. */
static struct terminal *sign_in_once(const char *folder)
{
    const char *const line[] = {PERCH_BINARY, "--practice", "--state-dir", folder, NULL};
    struct terminal *terminal = terminal_start(line, NULL, 80, 24);
    terminal_wait(terminal, "Begin");
    terminal_send(terminal, ENTER);
    terminal_wait(terminal, "Sign in with a code on another device");
    terminal_send(terminal, "s");
    terminal_wait(terminal, "Sign-in 1 of 2");
    terminal_send(terminal, "f");
    terminal_wait(terminal, "Sign-in 2 of 2");
    terminal_send(terminal, "\033");
    terminal_wait(terminal, DOMAIN);
    terminal_wait_idle(terminal);
    return terminal;
}

/* KEY offers the stopped second sign-in again. */
static void offered_again_by(const char *key)
{
    g_autofree char *folder = scratch_new();
    {
        g_autoptr(Terminal) terminal = sign_in_once(folder);
        terminal_wait(terminal, "s signs in once more, for Defender");
        terminal_wait(terminal, "s sign in");
        terminal_send(terminal, key);
        terminal_wait(terminal, "Sign-in 2 of 2");
        terminal_send(terminal, "f");
        terminal_wait_gone(terminal, "Sign-in 2 of 2");
        terminal_wait_gone(terminal, "s sign in");
        terminal_wait_idle(terminal);
        terminal_send(terminal, "s");
        terminal_wait(terminal, "already; O signs out");
        terminal_send(terminal, "q");
        terminal_exit_status(terminal);
    }
    scratch_remove(folder);
}

static void a_second_sign_in_that_was_stopped_is_offered_again(void **state)
{
    (void)state;
    offered_again_by("s");
}

static void a_check_offers_a_second_sign_in_again(void **state)
{
    (void)state;
    offered_again_by("c");
}

static void plain_mode_makes_the_group(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    {
        g_autoptr(Terminal) terminal = open_console(tenant, "--plain", 120, 80);
        terminal_wait(terminal, "d signs in with a code instead");
        terminal_type(terminal, "d" ENTER);
        terminal_wait(terminal, "perch: step 1,");
        terminal_decline_until(terminal, "Type the tenant's domain");
        terminal_type(terminal, DOMAIN ENTER);
        terminal_wait(terminal, "group “Red Canary”: verified");
        terminal_type(terminal, "q" ENTER);
        terminal_exit_status(terminal);
        assert_null(strchr(terminal_output(terminal)->str, '\033'));
    }
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", "/v1.0/groups"), 1);
    practice_end(tenant);
}

static void a_second_console_on_the_same_tenant_only_looks(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    {
        g_autoptr(Terminal) first = sign_in(tenant, 100, 30);
        g_autoptr(Terminal) second = open_console(tenant, NULL, 100, 30);
        terminal_wait(second, "▸[ Sign in with the browser ]");
        terminal_send(second, "d");
        terminal_wait(second, "read only");
        terminal_wait_idle(second);
        terminal_send(second, "a");
        terminal_wait(second, "only look");
    }
    practice_end(tenant);
}

/* Nothing runs beforehand: the console brings its own practice tenant, and no browser is needed. */
static void practice_needs_nothing_but_the_keyboard(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    const char *const arguments[] = {PERCH_BINARY, "--practice", "--state-dir", folder, NULL};
    {
        g_autoptr(Terminal) terminal = terminal_start(arguments, NULL, 100, 30);
        terminal_wait(terminal, "Begin");
        terminal_send(terminal, ENTER);
        terminal_wait(terminal, "Sign in with the browser");
        terminal_send(terminal, ENTER);
        terminal_wait(terminal, "f signs in here");
        terminal_send(terminal, "f");
        terminal_wait(terminal, "securitycenter");
        terminal_send(terminal, "f");
        terminal_wait(terminal, "Contoso · " DOMAIN);
        terminal_wait(terminal, "Checklist");
        terminal_wait_idle(terminal);
        terminal_send(terminal, "a");
        terminal_agree(terminal, DOMAIN);
        terminal_wait(terminal, "f signs in here");
        terminal_send(terminal, "f");
        terminal_wait(terminal, "≈  5 Analysts' group");
        terminal_wait_idle(terminal);
        terminal_send(terminal, "q");
        terminal_exit_status(terminal);
    }
    /* A later start asks Microsoft for nothing by itself: the way in is marked, and Enter goes it. */
    static const int sizes[][2] = {{80, 24}, {40, 10}, {120, 36}};
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(Terminal) again = terminal_start(arguments, NULL, sizes[i][0], sizes[i][1]);
        terminal_wait(again, "Nobody is signed in here");
        terminal_wait(again, "▸[ Sign in with the browser ]");
        terminal_settle(again);
        assert_false(terminal_shows(again, "Open the page"));
        terminal_send(again, ENTER);
        terminal_wait(again, "f signs in");
        terminal_send(again, "\033");
        terminal_wait(again, "▸[ Sign in with the browser ]");
        terminal_send(again, "q");
        terminal_exit_status(again);
    }
    scratch_remove(folder);
}

/* Into the checklist and to step NUMBER, called TITLE. Esc would stop what runs. */
static void go_to(struct terminal *terminal, int number, const char *title)
{
    g_autofree char *heading = g_strdup_printf("%d %s ─", number, title);
    g_autofree char *digits = g_strdup_printf("%d", number);
    terminal_wait_idle(terminal);
    terminal_settle(terminal);
    terminal_send(terminal, "\033");
    terminal_settle(terminal);
    terminal_type(terminal, digits);
    terminal_wait(terminal, heading);
}

static void do_portal_step(struct terminal *terminal, int number, const char *title)
{
    go_to(terminal, number, title);
    terminal_send(terminal, "f");
    terminal_wait_idle(terminal);
    terminal_settle(terminal);
}

static void tell(struct terminal *terminal, int number, const char *title)
{
    go_to(terminal, number, title);
    terminal_send(terminal, "t");
    terminal_wait(terminal, "A note for the report");
    terminal_send(terminal, ENTER);
    terminal_wait_gone(terminal, "A note for the report");
    terminal_wait_idle(terminal);
}

/* Rung by rung to the last one, with the Event Hub's values masked on the way. */
static void climb_the_ladder(struct terminal *terminal)
{
    static const char *const rungs[] = {"1  The values",       "2  The second value", "3  The boxes",
                                        "4  The browser",      "5  The invitation",   "6  The role",
                                        "7  None of it helped"};
    terminal_send(terminal, "L");
    for (gsize i = 0; i < G_N_ELEMENTS(rungs); i++) {
        terminal_wait(terminal, rungs[i]);
        assert_false(terminal_shows(terminal, "mdr-eh-ns01"));
        if (i + 1 < G_N_ELEMENTS(rungs))
            terminal_send(terminal, ENTER);
    }
    terminal_send(terminal, "\033");
    terminal_wait_gone(terminal, "7  None of it helped");
}

static void from_the_greeting_to_the_report_with_the_keyboard_only(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *answers = g_build_filename(PERCH_TEST_DATA, "answers.json", NULL);
    g_autofree char *option = g_strconcat("--answers=", answers, NULL);
    g_autofree char *written = g_build_filename(practice_folder(tenant), "r.html", NULL);
    {
        g_autoptr(Terminal) terminal = open_console(tenant, option, 80, 24);
        terminal_wait(terminal, "Begin");
        terminal_send(terminal, ENTER);
        terminal_wait(terminal, "Sign in with a code on another device");
        terminal_send(terminal, "d");
        terminal_wait(terminal, DOMAIN);
        terminal_wait(terminal, "✓  1 Onboarding account");
        terminal_wait_idle(terminal);
        do_portal_step(terminal, 2, "Accept the invitation");
        tell(terminal, 2, "Accept the invitation");
        go_to(terminal, 3, "Stream events");
        climb_the_ladder(terminal);
        do_portal_step(terminal, 3, "Stream events");
        terminal_wait(terminal, "✓  3 Stream events");
        confirm_plan(terminal);
        terminal_wait(terminal, "✓  9 Access package");
        terminal_wait_idle(terminal);
        do_portal_step(terminal, 4, "Consent");
        terminal_wait(terminal, "✓  4 Consent");
        tell(terminal, 10, "Hand the link over");
        do_portal_step(terminal, 12, "Graph alerts");
        tell(terminal, 12, "Graph alerts");
        go_to(terminal, 14, "Report");
        terminal_wait(terminal, "◌ 14 Report");
        terminal_send(terminal, "r");
        terminal_wait(terminal, "perch-report-" DOMAIN);
        terminal_send(terminal, "\025");
        terminal_answer(terminal, written);
        terminal_wait(terminal, "Wrote the report");
        terminal_wait(terminal, "✓ 14 Report");
        terminal_send(terminal, "q");
        assert_int_equal(terminal_exit_status(terminal), 0);
    }
    g_autofree char *document = read_text(written);
    assert_non_null(strstr(document, "<html"));
    assert_non_null(strstr(document, "Hand the link over"));
    g_autoptr(Run) report = perch(tenant, "report", NULL);
    assert_status(report, 0);
    assert_non_null(strstr(report->output, "Hand the link over"));
    practice_end(tenant);
}

static void what_was_refused_shows_its_whole_exchange_on_a_key(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("refused-right", NULL);
    g_autofree char *answers = g_build_filename(PERCH_TEST_DATA, "answers.json", NULL);
    g_autofree char *option = g_strconcat("--answers=", answers, NULL);
    {
        g_autoptr(Terminal) terminal = open_console(tenant, option, 120, 50);
        terminal_wait(terminal, "Begin");
        terminal_send(terminal, ENTER);
        terminal_wait(terminal, "Sign in with a code on another device");
        terminal_send(terminal, "d");
        terminal_wait(terminal, "✓  1 Onboarding account");
        terminal_wait_idle(terminal);
        confirm_plan(terminal);
        terminal_wait(terminal, "✓  9 Access package");
        go_to(terminal, 7, "Defender role");
        terminal_send(terminal, "e");
        terminal_wait(terminal, "Asked: POST /");
        terminal_wait(terminal, "allowedResourceActions");
        terminal_wait(terminal, "client-request-id");
        terminal_wait(terminal, "Request id");
        terminal_send(terminal, "G");
        terminal_wait(terminal, "Answered: 400 Request_BadRequest");
        terminal_wait(terminal, "is not a valid permission for storage");
    }
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(practice_needs_nothing_but_the_keyboard),
        cmocka_unit_test(the_group_is_made_with_the_keyboard_only),
        cmocka_unit_test(a_sponsor_is_picked_and_the_organization_made),
        cmocka_unit_test(names_of_others_cannot_steer_the_terminal),
        cmocka_unit_test(plain_mode_makes_the_group),
        cmocka_unit_test(a_second_sign_in_that_was_stopped_is_offered_again),
        cmocka_unit_test(a_check_offers_a_second_sign_in_again),
        cmocka_unit_test(a_second_console_on_the_same_tenant_only_looks),
        cmocka_unit_test(what_was_refused_shows_its_whole_exchange_on_a_key),
        cmocka_unit_test(from_the_greeting_to_the_report_with_the_keyboard_only),
    };
    return run_tests_side_by_side("practice", tests, G_N_ELEMENTS(tests), argc, argv);
}

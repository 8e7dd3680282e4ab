/* SPDX-License-Identifier: MIT */
/*
 * Activating a role on a real screen and line by line: the choice, what its rules want, the plan, and the steps that it
 * opens.
 */
#include <string.h>

#include "support/practice.h"
#include "support/side_by_side.h"
#include "support/terminal.h"

#define ENTER "\r"
#define ESCAPE "\033"
#define DOMAIN "contoso.onmicrosoft.com"
#define ROLES "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests"

static struct terminal *sign_in(const struct practice_tenant *tenant, int columns, int rows)
{
    g_autofree char *answers = g_build_filename(PERCH_TEST_DATA, "answers.json", NULL);
    const char *const options[] = {"--answers", answers, NULL};
    g_auto(GStrv) line = perch_command_line(tenant, options);
    struct terminal *terminal = terminal_start((const char *const *)line, NULL, columns, rows);
    terminal_wait(terminal, "Begin");
    terminal_send(terminal, ENTER);
    terminal_wait(terminal, "Sign in with a code on another device");
    terminal_send(terminal, "d");
    terminal_wait(terminal, "contoso.onmicrosoft.com");
    terminal_wait_idle(terminal);
    return terminal;
}

/* Four hours of it are longer than what a person does here. */
static const char *const slower[] = {"--clock-rate", "100", NULL};

static void a_role_is_activated_in_the_console(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("eligible-admin", slower);
    {
        g_autoptr(Terminal) terminal = sign_in(tenant, 100, 34);
        terminal_wait(terminal, "1 Activate Global Administrator for 4 hours");
        terminal_send(terminal, "1");
        terminal_settle(terminal);
        terminal_send(terminal, ENTER);
        terminal_wait(terminal, "[ Decide so ]");
        terminal_send(terminal, ENTER);
        terminal_wait(terminal, "want a reason: enter it");
        terminal_wait_idle(terminal);
        g_autoptr(json) before = practice_record(tenant);
        assert_int_equal(count_writes(before, NULL, NULL), 0);
        terminal_send(terminal, ENTER);
        terminal_settle(terminal);
        terminal_answer(terminal, "Defender onboarding");
        terminal_wait(terminal, "is to be activated for 4 hours");
        terminal_send(terminal, ESCAPE);
        terminal_wait_idle(terminal);
        terminal_send(terminal, "a");
        terminal_wait(terminal, "Type the tenant's domain");
        assert_true(terminal_shows(terminal, "Global Administrator, for some hours"));
        terminal_agree(terminal, DOMAIN);
        /* Defender's roles could not be read before. */
        terminal_wait(terminal, "Make the plan anew");
        g_autoptr(json) activated = practice_record(tenant);
        assert_int_equal(count_writes(activated, NULL, NULL), 1);
        terminal_send(terminal, ESCAPE);
        terminal_wait_gone(terminal, "Make the plan anew");
        terminal_wait_idle(terminal);
        terminal_send(terminal, "a");
        terminal_wait(terminal, "[ Send 12 requests to " DOMAIN " ]");
        terminal_send(terminal, ENTER);
        terminal_wait(terminal, "≈  5 Analysts' group");
        terminal_wait(terminal, "✓  0 Sign in");
        terminal_wait(terminal, "It is over");
        terminal_send(terminal, "q");
        terminal_exit_status(terminal);
    }
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, ROLES), 1);
    practice_end(tenant);
}

static void a_role_is_activated_line_by_line(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("eligible-admin", slower);
    {
        g_autofree char *answers = practice_answers(tenant, "{\"activation\":{\"reason\":\"Defender onboarding\"}}");
        const char *const options[] = {"--plain", "--answers", answers, NULL};
        g_auto(GStrv) line = perch_command_line(tenant, options);
        g_autoptr(Terminal) terminal = terminal_start((const char *const *)line, NULL, 120, 100);
        terminal_wait(terminal, "d signs in with a code instead");
        terminal_type(terminal, "d" ENTER);
        terminal_wait(terminal, "1 Activate Global Administrator for 4 hours; its rules want a reason");
        terminal_wait_question(terminal);
        terminal_type(terminal, "1" ENTER);
        terminal_wait(terminal, "Type “decide” to decide so");
        terminal_wait_question(terminal);
        terminal_type(terminal, "decide" ENTER);
        terminal_decline_until(terminal, "Type the tenant's domain");
        assert_true(
            terminal_shows(terminal, "activate Global Administrator, for some hours. Mind: you hold this role"));
        terminal_wait_question(terminal);
        terminal_type(terminal, DOMAIN ENTER);
        terminal_wait(terminal, "group “Red Canary”: verified");
        terminal_type(terminal, "q" ENTER);
        terminal_exit_status(terminal);
    }
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, ROLES), 1);
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_role_is_activated_in_the_console),
        cmocka_unit_test(a_role_is_activated_line_by_line),
    };
    return run_tests_side_by_side("activation", tests, G_N_ELEMENTS(tests), argc, argv);
}

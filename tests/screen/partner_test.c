/* SPDX-License-Identifier: MIT */
/*
 * A partner's own questions in the console and in plain mode: its region is chosen, its ticket typed, and both are
 * kept.
 */
#include <string.h>

#include "support/practice.h"
#include "support/side_by_side.h"
#include "support/terminal.h"

#define ENTER "\r"
#define PROFILE PERCH_TEST_DATA "/partners/northwind-defence.json"
#define DOMAIN "contoso.onmicrosoft.com"

static struct terminal *open_with(const struct practice_tenant *tenant, const char *option, int columns, int rows)
{
    const char *const options[] = {"--partner", PROFILE, option, NULL};
    g_auto(GStrv) line = perch_command_line(tenant, options);
    return terminal_start((const char *const *)line, NULL, columns, rows);
}

/* The answer at PATH, as a later run says it back in its hand-over. Caller frees. */
static char *kept(const struct practice_tenant *tenant, const char *path)
{
    g_autofree char *file = g_build_filename(practice_folder(tenant), "kept.json", NULL);
    g_autoptr(Run) run = perch(tenant, "hand-over", "--partner", PROFILE, "--output", file, NULL);
    g_autofree char *text = read_text(file);
    g_autoptr(json) document = json_parse(text, -1, NULL);
    const json *value = json_get_path(document, path);
    return value != NULL ? json_text(value) : g_strdup("");
}

static void its_questions_are_answered_in_the_console(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    {
        g_autoptr(Terminal) terminal = open_with(tenant, NULL, 110, 40);
        terminal_wait(terminal, "Begin");
        terminal_send(terminal, ENTER);
        terminal_wait(terminal, "Sign in with a code on another device");
        terminal_send(terminal, "d");
        terminal_wait(terminal, DOMAIN);
        terminal_wait(terminal, "1 Tell the desk");
        terminal_wait(terminal, "Still missing: Region.");
        terminal_wait(terminal, "Region");
        terminal_send(terminal, ENTER);
        terminal_wait(terminal, "Denver");
        terminal_send(terminal, "\033[B\033[B");
        terminal_settle(terminal);
        terminal_send(terminal, ENTER);
        terminal_wait(terminal, "Still missing: Ticket.");
        terminal_send(terminal, "\033");
        terminal_wait_gone(terminal, "Enter use");
        terminal_send(terminal, "q");
        terminal_exit_status(terminal);
    }
    g_autofree char *region = kept(tenant, "answers.siem.region");
    assert_string_equal(region, "\"us\"");
    practice_end(tenant);
}

static void its_questions_are_asked_line_by_line(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    {
        g_autoptr(Terminal) terminal = open_with(tenant, "--plain", 120, 80);
        terminal_wait(terminal, "d signs in with a code instead");
        terminal_type(terminal, "d" ENTER);
        terminal_wait(terminal, "Region");
        terminal_wait_question(terminal);
        terminal_type(terminal, "2" ENTER);
        terminal_wait(terminal, "Ticket");
        terminal_wait_question(terminal);
        terminal_type(terminal, "4711" ENTER);
        terminal_wait(terminal, "Ticket: 4711");
        terminal_wait(terminal, "By day");
        terminal_wait_question(terminal);
        terminal_type(terminal, "q" ENTER);
        terminal_exit_status(terminal);
    }
    g_autofree char *region = kept(tenant, "answers.siem.region");
    g_autofree char *ticket = kept(tenant, "answers.ticket");
    assert_string_equal(region, "\"us\"");
    assert_string_equal(ticket, "4711");
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_questions_are_answered_in_the_console),
        cmocka_unit_test(its_questions_are_asked_line_by_line),
    };
    json_init();
    return run_tests_side_by_side("partner", tests, G_N_ELEMENTS(tests), argc, argv);
}

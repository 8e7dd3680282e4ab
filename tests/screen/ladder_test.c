/* SPDX-License-Identifier: MIT */
/*
 * The ladder on a small screen: the practice tenant refuses the streaming form for one reason after another, and a
 * person with nothing but the keyboard climbs rung by rung until it is saved.
 */
#include <string.h>

#include "support/practice.h"
#include "support/side_by_side.h"
#include "support/terminal.h"

#define ENTER "\r"
#define ESCAPE "\033"
#define MOST_STEPS 16

static struct terminal *sign_in(const struct practice_tenant *tenant)
{
    g_autofree char *answers = g_build_filename(PERCH_TEST_DATA, "answers.json", NULL);
    const char *const options[] = {"--answers", answers, NULL};
    g_auto(GStrv) line = perch_command_line(tenant, options);
    struct terminal *terminal = terminal_start((const char *const *)line, NULL, 80, 24);
    terminal_wait(terminal, "Begin");
    terminal_send(terminal, ENTER);
    terminal_wait(terminal, "Sign in with a code on another device");
    terminal_send(terminal, "d");
    terminal_wait(terminal, "contoso.onmicrosoft.com");
    terminal_wait_idle(terminal);
    return terminal;
}

static void go_to_streaming(struct terminal *terminal)
{
    terminal_send(terminal, ESCAPE);
    terminal_settle(terminal);
    terminal_send(terminal, "g");
    for (int i = 0; i < MOST_STEPS && !terminal_shows(terminal, "3 Stream events ─"); i++) {
        terminal_send(terminal, "j");
        terminal_settle(terminal);
    }
    terminal_wait(terminal, "3 Stream events ─");
}

/* The form is refused, and the ladder stands at RUNG with what was SAID above it. */
static void save_and_be_refused(struct terminal *terminal, const char *said, const char *rung)
{
    terminal_send(terminal, "f");
    terminal_wait(terminal, rung);
    if (!terminal_shows(terminal, said)) {
        g_autofree char *screen = terminal_screen(terminal);
        fail_msg("“%s” is not on the screen:\n%s", said, screen);
    }
    assert_true(terminal_shows(terminal, "The portal refuses"));
    assert_false(terminal_shows(terminal, "mdr-eh-ns01"));
}

static void next_rung(struct terminal *terminal, const char *rung)
{
    terminal_send(terminal, ENTER);
    terminal_wait(terminal, rung);
}

static void do_rung(struct terminal *terminal)
{
    terminal_wait(terminal, "[ Do this in the practice tenant ]");
    terminal_send(terminal, "f");
    terminal_wait(terminal, "Esc, then f saves");
    terminal_send(terminal, ESCAPE);
    terminal_wait_gone(terminal, "The portal refuses");
    terminal_wait_idle(terminal);
}

static void a_person_climbs_from_refusal_to_refusal(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("streaming-refused", NULL);
    {
        g_autoptr(Terminal) terminal = sign_in(tenant);
        go_to_streaming(terminal);
        save_and_be_refused(terminal, "AADSTS50020", "4  The browser");
        do_rung(terminal);
        save_and_be_refused(terminal, "You do not have the role", "6  The role");
        do_rung(terminal);
        save_and_be_refused(terminal, "Failed to created", "1  The values");
        next_rung(terminal, "2  The second value");
        next_rung(terminal, "3  The boxes");
        do_rung(terminal);
        save_and_be_refused(terminal, "Failed to created", "1  The values");
        next_rung(terminal, "2  The second value");
        next_rung(terminal, "3  The boxes");
        next_rung(terminal, "4  The browser");
        next_rung(terminal, "5  The invitation");
        do_rung(terminal);
        terminal_send(terminal, "f");
        terminal_wait(terminal, "✓  3 Stream events");
        assert_false(terminal_shows(terminal, "The portal refuses"));
        terminal_send(terminal, "q");
        terminal_exit_status(terminal);
    }
    practice_end(tenant);
}

static void leaving_out_what_others_need_says_so(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("streaming-refused", NULL);
    {
        g_autoptr(Terminal) terminal = sign_in(tenant);
        go_to_streaming(terminal);
        terminal_send(terminal, "x");
        terminal_wait(terminal, "Without it this will not work: “Consent”");
        assert_true(terminal_shows(terminal, "Leave this step out. Why?"));
        terminal_send(terminal, ESCAPE);
        terminal_wait_gone(terminal, "Leave this step out. Why?");
        assert_false(terminal_shows(terminal, "left out by"));
    }
    practice_end(tenant);
}

/* Enter goes from the rung that was pointed to over all the others, and L comes back to it. */
static void the_other_rungs_follow_the_one_pointed_to(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("eligible-admin", NULL);
    {
        g_autoptr(Terminal) terminal = sign_in(tenant);
        go_to_streaming(terminal);
        save_and_be_refused(terminal, "You do not have the role", "6  The role");
        next_rung(terminal, "1  The values");
        next_rung(terminal, "2  The second value");
        next_rung(terminal, "3  The boxes");
        next_rung(terminal, "4  The browser");
        next_rung(terminal, "5  The invitation");
        next_rung(terminal, "7  None of it helped");
        assert_true(terminal_shows(terminal, "This was the last thing to try"));
        terminal_send(terminal, "y");
        terminal_settle(terminal);
        assert_non_null(strstr(terminal_clipboard(terminal), "request "));
        terminal_send(terminal, ESCAPE);
        terminal_wait_gone(terminal, "7  None of it helped");
        terminal_send(terminal, "L");
        terminal_wait(terminal, "6  The role");
        assert_false(terminal_shows(terminal, "1  The values"));
    }
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_climbs_from_refusal_to_refusal),
        cmocka_unit_test(leaving_out_what_others_need_says_so),
        cmocka_unit_test(the_other_rungs_follow_the_one_pointed_to),
    };
    return run_tests_side_by_side("ladder", tests, G_N_ELEMENTS(tests), argc, argv);
}

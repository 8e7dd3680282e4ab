/* SPDX-License-Identifier: MIT */
/*
 * How perch calls a person who looks elsewhere: the terminal's bell, once for a thing, and the window's title.
 */
#include <string.h>

#include "support/practice.h"
#include "support/side_by_side.h"
#include "support/terminal.h"

#define ENTER "\r"
#define DOMAIN "contoso.onmicrosoft.com"
#define ADMINISTRATOR "admin@contoso.onmicrosoft.com"
#define FORM "application/x-www-form-urlencoded"
#define NAMESPACE                                                                                                      \
    "/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg-mdr/providers/Microsoft.EventHub/"          \
    "namespaces/mdr-eh-ns01"
#define ANSWERS                                                                                                        \
    "{\"company\":\"Contoso\",\"account\":{\"userPrincipalName\":\"" ADMINISTRATOR "\"},"                              \
    "\"eventHub\":{\"resourceId\":\"" NAMESPACE "\",\"name\":\"telemetry\"},"                                          \
    "\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"],\"defenderRoles\":\"unified\","      \
    "\"deviceGroups\":{\"used\":false},"                                                                               \
    "\"done\":{\"account\":{\"by\":\"test\"},\"invitation\":{\"by\":\"test\"}}}"

static struct terminal *sign_in(const struct practice_tenant *tenant, const char *text, const char *option)
{
    g_autofree char *answers = practice_answers(tenant, text);
    const char *const options[] = {"--answers", answers, option, NULL};
    g_auto(GStrv) line = perch_command_line(tenant, options);
    struct terminal *terminal = terminal_start((const char *const *)line, NULL, 100, 30);
    terminal_wait(terminal, "Begin");
    terminal_send(terminal, ENTER);
    terminal_wait(terminal, "Sign in with a code on another device");
    terminal_send(terminal, "d");
    terminal_wait(terminal, "read ");
    terminal_wait_idle(terminal);
    return terminal;
}

static void stream(const struct practice_tenant *tenant)
{
    practice_form(tenant, "/portal/invitation", "action=accept");
    practice_form(tenant, "/portal/streaming",
                  "name=MXDRPartner-Contoso&resourceId=" NAMESPACE "&hubName=telemetry&tables=all&action=save");
}

static void apply(struct terminal *terminal)
{
    terminal_send(terminal, "a");
    terminal_agree(terminal, DOMAIN);
    terminal_wait(terminal, "Ended: ");
    terminal_settle(terminal);
}

/* The directory shows a consent some seconds after it was given. */
static void check_until(struct terminal *terminal, const char *text)
{
    enum { MOST_CHECKS = 5 };
    for (int i = 0; i < MOST_CHECKS && !terminal_shows(terminal, text); i++) {
        terminal_send(terminal, "c");
        terminal_settle(terminal);
        terminal_wait_idle(terminal);
    }
    terminal_wait(terminal, text);
}

/* 15 minutes are 7.5 s here. The run is over and everything else done long before. */
static void the_bell_rings_once_when_the_wait_is_over(void **state)
{
    (void)state;
    static const char *const slower[] = {"--clock-rate", "120", NULL};
    struct practice_tenant *tenant = practice_begin("fresh", slower);
    stream(tenant);
    {
        g_autoptr(Terminal) terminal = sign_in(tenant, ANSWERS, NULL);
        terminal_wait(terminal, "4 Consent");
        assert_null(strstr(terminal_title(terminal), "Consent"));
        int before = terminal_bells(terminal);
        terminal_wait_title(terminal, "perch: Consent needs you");
        terminal_wait_idle(terminal);
        assert_int_equal(terminal_bells(terminal), before + 1);
        assert_non_null(strstr(terminal_output(terminal)->str, "\033]9;Consent: the wait is over\a"));
        assert_non_null(strstr(terminal_output(terminal)->str, "\033]777;notify;perch;Consent: the wait is over\a"));
        assert_non_null(strstr(terminal_output(terminal)->str, "\033]8;;http"));
        /* What was said of the reading before must not pass for what is said of this one. */
        terminal_send(terminal, "\033[B");
        terminal_wait_gone(terminal, "Read: ");
        terminal_send(terminal, "c");
        terminal_wait(terminal, "Read: ");
        terminal_settle(terminal);
        assert_int_equal(terminal_bells(terminal), before + 1);
        practice_form(tenant, "/portal/consent", "client_id=69561a74-a59d-43f4-a113-8bc2da00f822&action=accept");
        check_until(terminal, "✓  4 Consent");
        assert_int_equal(terminal_bells(terminal), before + 1);
        assert_string_not_equal(terminal_title(terminal), "perch: Consent needs you");
    }
    practice_end(tenant);
}

/* Several steps need the person afterwards: that is one end of one run. The sign-in that its writes ask for rings too.
 */
static void the_bell_rings_once_when_a_run_leaves_something_to_a_person(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    {
        g_autoptr(Terminal) terminal = sign_in(tenant, ANSWERS, NULL);
        int before = terminal_bells(terminal);
        apply(terminal);
        assert_int_equal(terminal_bells(terminal), before + 2);
        terminal_wait_title(terminal, "perch: Stream events needs you");
        terminal_send(terminal, "c");
        terminal_wait(terminal, "Read: ");
        terminal_settle(terminal);
        assert_int_equal(terminal_bells(terminal), before + 2);
    }
    practice_end(tenant);
}

/* What an administrator stops himself he knows. */
static void a_run_that_was_stopped_does_not_ring(void **state)
{
    (void)state;
    static const char *const slower[] = {"--clock-rate", "20", NULL};
    struct practice_tenant *tenant = practice_begin("slow-replication", slower);
    {
        g_autoptr(Terminal) terminal = sign_in(tenant, ANSWERS, NULL);
        int before = terminal_bells(terminal);
        terminal_send(terminal, "a");
        terminal_agree(terminal, DOMAIN);
        terminal_wait(terminal, "waiting until it can be read");
        assert_int_equal(terminal_bells(terminal), before + 1);
        terminal_send(terminal, "\033");
        terminal_wait_gone(terminal, "writing …");
        terminal_settle(terminal);
        assert_int_equal(terminal_bells(terminal), before + 1);
    }
    practice_end(tenant);
}

/* Between the sequence's beginning and its end stands nothing that a terminal obeys. */
static void assert_titles_are_plain(const GString *output)
{
    static const char begin[] = "\033]0;";
    int titles = 0;
    for (const char *at = strstr(output->str, begin); at != NULL; at = strstr(at, begin), titles++) {
        at += strlen(begin);
        gsize length = strcspn(at, "\033\a");
        assert_true(at[length] == '\a' || at[length + 1] == '\\');
        assert_true(g_utf8_validate(at, (gssize)length, NULL));
        for (const char *c = at; c < at + length; c = g_utf8_next_char(c))
            assert_false(g_unichar_iscntrl(g_utf8_get_char(c)));
        g_autofree char *title = g_strndup(at, length);
        assert_null(strstr(title, "\xE2\x80\xAE"));
    }
    assert_true(titles > 0);
}

/* With nothing that needs the person at the top the title is the tenant's name, which holds escape sequences there. */
static void names_cannot_break_out_of_the_title(void **state)
{
    (void)state;
    static const char text[] =
        "{\"company\":\"Contoso\",\"account\":{\"userPrincipalName\":\"" ADMINISTRATOR
        "\"},\"done\":{\"account\":{\"by\":\"test\"},\"invitation\":{\"by\":\"test\"}},\"skip\":{\"streaming\":{"
        "\"reason\":\"later\"},\"consent\":{\"reason\":\"later\"},\"group\":{\"reason\":\"later\"},\"organization\":{"
        "\"reason\":\"later\"},\"defender-role\":{\"reason\":\"later\"},\"catalog\":{\"reason\":\"later\"},\"access-"
        "package\":{\"reason\":\"later\"},\"access-link\":{\"reason\":\"later\"},\"graph-alerts\":{\"reason\":"
        "\"later\"},\"device-groups\":{\"reason\":\"later\"}}}";
    struct practice_tenant *tenant = practice_begin("hostile-names", NULL);
    {
        g_autoptr(Terminal) terminal = sign_in(tenant, text, NULL);
        assert_non_null(strstr(terminal_title(terminal), "Contoso"));
        assert_titles_are_plain(terminal_output(terminal));
    }
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bell_rings_once_when_the_wait_is_over),
        cmocka_unit_test(the_bell_rings_once_when_a_run_leaves_something_to_a_person),
        cmocka_unit_test(a_run_that_was_stopped_does_not_ring),
        cmocka_unit_test(names_cannot_break_out_of_the_title),
    };
    return run_tests_side_by_side("attention", tests, G_N_ELEMENTS(tests), argc, argv);
}

/* SPDX-License-Identifier: MIT */
/*
 * The whole journey in few keys: from the greeting and the partner's e-mail to the written report, counted; and what
 * was told by mistake, taken back.
 */
#include <string.h>

#include "support/side_by_side.h"
#include "support/terminal.h"

#define DOMAIN "contoso.onmicrosoft.com"
#define MOST_KEYS 150

struct journey {
    struct terminal *terminal;
    char *folder;
    int keys;
};

static void begin(struct journey *journey, int columns, int rows)
{
    journey->folder = scratch_new();
    g_autofree char *home = g_strconcat("HOME=", journey->folder, NULL);
    const char *const environment[] = {home, NULL};
    const char *const arguments[] = {PERCH_BINARY, "--practice", "--state-dir", journey->folder, NULL};
    journey->terminal = terminal_start(arguments, environment, columns, rows);
    terminal_wait(journey->terminal, "Begin");
}

static void end(struct journey *journey)
{
    terminal_free(journey->terminal);
    scratch_remove(journey->folder);
    g_free(journey->folder);
}

/* One key, then TEXT is waited for (NULL: only that nothing moves any more). */
static void press(struct journey *journey, const char *key, const char *text)
{
    terminal_send(journey->terminal, key);
    journey->keys++;
    if (text != NULL)
        terminal_wait(journey->terminal, text);
    else
        terminal_settle(journey->terminal);
}

static void type(struct journey *journey, const char *text)
{
    terminal_type(journey->terminal, text);
    journey->keys += (int)strlen(text);
}

/* Typed into what has the cursor, then Enter. */
static void answer(struct journey *journey, const char *text, const char *shown)
{
    terminal_write(journey->terminal, text);
    journey->keys += (int)strlen(text);
    press(journey, "\r", shown);
}

static void wait_idle(struct journey *journey)
{
    terminal_wait_idle(journey->terminal);
    terminal_settle(journey->terminal);
}

static void sign_in(struct journey *journey)
{
    press(journey, "\r", "Sign in with the browser");
    press(journey, "\r", "f signs in here");
    press(journey, "f", "securitycenter");
    press(journey, "f", "Contoso · " DOMAIN);
    wait_idle(journey);
}

/* Every value in the one form: those of the e-mail by a key, the others one after another. */
static void fill_in(struct journey *journey)
{
    press(journey, "b", "0 of 9 filled in");
    press(journey, "E", "Use all of them");
    press(journey, "\r", "3 of 9 filled in");
    press(journey, "\r", "Enter use");
    press(journey, "\r", "4 of 9 filled in");
    terminal_wait(journey->terminal, "Becomes part of the export's");
    answer(journey, "Contoso", "5 of 9 filled in");
    type(journey, "spons");
    terminal_wait(journey->terminal, "Sam Sponsor");
    press(journey, "\r", "6 of 9 filled in");
    press(journey, "1", "▸ 1 ");
    press(journey, "\r", "7 of 9 filled in");
    type(journey, "revi");
    terminal_wait(journey->terminal, "Robin Reviewer");
    press(journey, "\033[B", NULL);
    press(journey, "\r", NULL);
    press(journey, "\r", "8 of 9 filled in");
    press(journey, "2", "▸ 2 ");
    press(journey, "\r", "9 of 9 filled in");
    press(journey, "b", NULL);
    wait_idle(journey);
}

/* Down the checklist to the step with NUMBER, by its digits. */
static void go_to(struct journey *journey, const char *number, const char *title)
{
    type(journey, number);
    terminal_wait(journey->terminal, title);
}

static void tell(struct journey *journey)
{
    press(journey, "t", "A note for the report");
    press(journey, "\r", NULL);
    wait_idle(journey);
}

static void do_form(struct journey *journey)
{
    press(journey, "f", "practice portal");
    wait_idle(journey);
}

static void carry_out(struct journey *journey)
{
    press(journey, "a", "Type the tenant's domain");
    press(journey, "\033[F", NULL);
    terminal_wait_gone(journey->terminal, "↓: PgDn");
    answer(journey, DOMAIN, "f signs in here");
    terminal_wait(journey->terminal, "New this time:");
    assert_true(terminal_shows(journey->terminal, "+ Group.ReadWrite.All"));
    assert_false(terminal_shows(journey->terminal, "+ User.Read"));
    press(journey, "f", "It is over: 11 of 12 proved, 1 deviates.");
    terminal_wait(journey->terminal, "✓  9 Access package");
    wait_idle(journey);
}

static void the_journey_takes_few_keys(void **state)
{
    (void)state;
    struct journey journey = {0};
    begin(&journey, 80, 24);
    sign_in(&journey);
    fill_in(&journey);
    go_to(&journey, "2", "2 Accept the invitation ─");
    do_form(&journey);
    tell(&journey);
    go_to(&journey, "3", "3 Stream events ─");
    do_form(&journey);
    terminal_wait(journey.terminal, "✓  3 Stream events");
    carry_out(&journey);
    go_to(&journey, "4", "4 Consent ─");
    do_form(&journey);
    terminal_wait(journey.terminal, "✓  4 Consent");
    go_to(&journey, "10", "10 Hand the link over ─");
    tell(&journey);
    go_to(&journey, "12", "12 Graph alerts ─");
    do_form(&journey);
    terminal_wait(journey.terminal, "Proved: the partner's application for alerts");
    wait_idle(&journey);
    tell(&journey);
    terminal_wait(journey.terminal, "Contoso is connected to");
    terminal_wait(journey.terminal, "9 steps proved, 4 told, 1 left out");
    terminal_wait(journey.terminal, "Told, and not proved: 2 Accept the invitation");
    press(&journey, "r", "perch-report-");
    press(&journey, "\025", NULL);
    answer(&journey, "~/r.html", "Wrote the report");
    press(&journey, "q", NULL);
    assert_int_equal(terminal_exit_status(journey.terminal), 0);
    g_autofree char *report = g_build_filename(journey.folder, "r.html", NULL);
    g_autofree char *document = read_text(report);
    assert_non_null(strstr(document, "Graph alerts"));
    print_message("the whole journey: %d keys\n", journey.keys);
    assert_true(journey.keys <= MOST_KEYS);
    end(&journey);
}

static void what_was_told_by_mistake_is_taken_back(void **state)
{
    (void)state;
    struct journey journey = {0};
    begin(&journey, 80, 24);
    sign_in(&journey);
    press(&journey, "\r", "Enter use");
    press(&journey, "\r", "✓  1 Onboarding account");
    press(&journey, "\033", NULL);
    wait_idle(&journey);
    go_to(&journey, "2", "2 Accept the invitation ─");
    tell(&journey);
    terminal_wait(journey.terminal, "○  2 Invitation");
    press(&journey, "T", "[ Take back that it is done ]");
    press(&journey, "x", "is no answer here");
    press(&journey, "\033", NULL);
    terminal_wait_gone(journey.terminal, "is no answer here");
    terminal_wait(journey.terminal, "○  2 Invitation");
    press(&journey, "T", "[ Take back that it is done ]");
    press(&journey, "\r", "!  2 Invitation");
    press(&journey, "q", NULL);
    assert_int_equal(terminal_exit_status(journey.terminal), 3);
    end(&journey);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_journey_takes_few_keys),
        cmocka_unit_test(what_was_told_by_mistake_is_taken_back),
    };
    return run_tests_side_by_side("keys", tests, G_N_ELEMENTS(tests), argc, argv);
}

/* SPDX-License-Identifier: MIT */
/*
 * The whole journey line by line on a terminal of 40 columns, from the greeting to the written report; and on the way
 * what people do wrong: a bare number where a word is wanted, another step in the middle of a question.
 */
#include <string.h>

#include "support/side_by_side.h"
#include "support/terminal.h"

#define DOMAIN "contoso.onmicrosoft.com"
#define COLUMNS 40
#define ROWS 120
#define MOST_LINES 60

struct talk {
    struct terminal *terminal;
    char *folder;
    int lines;
};

static void begin(struct talk *talk)
{
    talk->folder = scratch_new();
    g_autofree char *home = g_strconcat("HOME=", talk->folder, NULL);
    const char *const environment[] = {home, NULL};
    const char *const arguments[] = {PERCH_BINARY, "--practice", "--plain", "--state-dir", talk->folder, NULL};
    talk->terminal = terminal_start(arguments, environment, COLUMNS, ROWS);
    terminal_wait(talk->terminal, "asks for 16 rights.");
}

static void end(struct talk *talk)
{
    terminal_free(talk->terminal);
    scratch_remove(talk->folder);
    g_free(talk->folder);
}

/* All that was said, with a blank for each line end: at 40 columns a sentence is broken wherever it ends up. Caller
 * frees. */
static char *said(const struct talk *talk)
{
    const char *output = terminal_output(talk->terminal)->str;
    g_autoptr(GRegex) ends = g_regex_new("\\s+", 0, 0, NULL);
    return g_regex_replace_literal(ends, output, -1, 0, " ", 0, NULL);
}

static gboolean was_said(const struct talk *talk, const char *text, gsize from)
{
    g_autofree char *all = said(talk);
    return strlen(all) > from && strstr(all + from, text) != NULL;
}

/* Wait until TEXT was said after FROM bytes of what was said, which LINE was the answer to. */
static void await(struct talk *talk, const char *text, gsize from, const char *line)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    talk->lines++;
    while (!was_said(talk, text, from)) {
        if (g_get_monotonic_time() > deadline) {
            g_autofree char *all = said(talk);
            fail_msg("“%s” was not said after “%s”: %s", text, line, all + from);
        }
        terminal_listen(talk->terminal);
    }
    terminal_settle(talk->terminal);
}

/* Say LINE once a question stands, then wait until TEXT was said. */
static void answer(struct talk *talk, const char *line, const char *text)
{
    g_autofree char *before = said(talk);
    terminal_type(talk->terminal, line);
    terminal_type(talk->terminal, "\r");
    await(talk, text, strlen(before), line);
}

/* The same with LINES at once. */
static void paste(struct talk *talk, const char *lines, const char *text)
{
    g_autofree char *before = said(talk);
    terminal_send(talk->terminal, lines);
    await(talk, text, strlen(before), lines);
}

static void sign_in(struct talk *talk)
{
    answer(talk, "f", "Sign-in 2 of 2");
    answer(talk, "f", "Account? Type part of a name");
}

static void fill_in(struct talk *talk)
{
    paste(talk, "Hello Avery,\rthe name is in the next mail.\rRobin\r",
          "Several lines came at once, and one is wanted here: nothing of it was taken.");
    answer(talk, "", "2, Accept the invitation: needs you. 1 do it");
    answer(talk, "1", "2 say that it is done Which one?");
    answer(talk, "1", "nothing in the tenant shows it. Step 2, Accept the invitation. That you say so is recorded");
    answer(talk, "1", "Type “tell” to tell that it is done, - for no; q leaves.");
    answer(talk, "tell", "A note for the report?");
    answer(talk, "", "Company?");
    answer(talk, "Contoso", "Company: Contoso Resource ID?");
    answer(talk, "list", "12 Graph alerts: needs you");
    answer(talk, "E", "Enter takes it");
    answer(talk, "", "Event Hub?");
    answer(talk, "", "3 values are filled in. 1 do it");
    answer(talk, "1", "2 I have done it in the portal: look for it");
    answer(talk, "1", "perch: step 3, Stream events: done, read back from the tenant.");
    answer(talk, "step 6", "Sponsor? Type part of a name");
    answer(talk, "spons", "1 Sam Sponsor");
    answer(talk, "1", "step 6, Connected organization: to do.");
}

/* The wait may be over by now: both ways lead to the portal's page. */
static void hand_over_and_consent(struct talk *talk)
{
    answer(talk, "step 10", "Step 10, Hand the link over: needs you.");
    answer(talk, "1", "Step 10, Hand the link over. That you say so is recorded");
    answer(talk, "tell", "A note for the report?");
    answer(talk, "by mail", "Consent");
    if (!was_said(talk, "perch: step 4, Consent. Needs you.", 0))
        answer(talk, "wait", "perch: step 4, Consent. Needs you.");
    answer(talk, "1", "2 I have done it in the portal: look for it");
    answer(talk, "1", "perch: step 4, Consent: done, read back from the tenant.");
    answer(talk, "2", "2 change a value: not now, it is about a step: step 7 goes to one.");
    assert_true(was_said(talk, "Nothing else is asked now. No step but the report is open.", 0));
    assert_true(was_said(talk, "perch: Contoso is connected to Red Canary. 9 steps proved, 3 told, 2 left out.", 0));
}

static void write_report(struct talk *talk)
{
    answer(talk, "7", "Write the report to which file?");
    answer(talk, "~/r.md", "which only you can read, is in");
    g_autofree char *file = g_build_filename(talk->folder, "r.md", NULL);
    g_autofree char *document = read_text(file);
    assert_non_null(strstr(document, "by mail"));
    assert_non_null(strstr(document, "not used"));
    assert_non_null(strstr(document, "11 objects were created"));
}

static void the_journey_is_walked_at_forty_columns(void **state)
{
    (void)state;
    struct talk talk = {0};
    begin(&talk);
    sign_in(&talk);
    fill_in(&talk);
    answer(&talk, "step 9", "Reviewers? Type part of a name");
    answer(&talk, "revi", "A number, - goes back to the name.");
    answer(&talk, "1", "One more?");
    answer(&talk, "", "perch: step 9, Access package");
    answer(&talk, "step 7", "Role model?");
    answer(&talk, "1", "perch: step 7, Defender role");
    answer(&talk, "step 11", "In use?");
    answer(&talk, "2", "told by an answer, not proved");
    answer(&talk, "step 12", "Application id?");
    answer(&talk, "-", "Step 12, Graph alerts: needs you.");
    answer(&talk, "9", "Why is this step left out?");
    paste(&talk, "one\rtwo\r", "Several lines came at once");
    answer(&talk, "not used", "Graph alerts: left out.");
    answer(&talk, "5", "requests; ? shows the requests in full");
    answer(&talk, DOMAIN, "f signs in without a browser");
    answer(&talk, "f", "perch: it is over: 11 of 12 proved, 1 deviates.");
    hand_over_and_consent(&talk);
    write_report(&talk);
    answer(&talk, "q", "perch: nothing is left to do in Contoso: 9 steps proved, 3 told, 2 left out.");
    assert_int_equal(terminal_exit_status(talk.terminal), 0);
    print_message("the whole journey in plain mode: %d lines\n", talk.lines);
    assert_true(talk.lines <= MOST_LINES);
    end(&talk);
}

/* What was typed ahead of a sign-in is for the next question; the end of the input at one leaves, and waits for
 * nobody. */
static void a_script_may_end_anywhere(void **state)
{
    static const struct {
        const char *heard;
        const char *said;
    } rows[] = {
        {"", "perch: nobody is signed in, and nothing was sent; the next start begins with the sign-in."},
        {"f\n", "is next in Contoso; the next start goes on from here."},
        {"f\nf\n", "Enter alone takes: admin@contoso.onmicrosoft.com"},
        {"f\nf\n\n", "perch: step 1, Onboarding account: done"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *folder = scratch_new();
        const char *const line[] = {PERCH_BINARY, "--practice", "--plain", "--state-dir", folder, NULL};
        gint64 began = g_get_monotonic_time();
        g_autoptr(Run) run = run_program(line, NULL, rows[i].heard);
        assert_non_null(strstr(run->output, rows[i].said));
        assert_null(strstr(run->output, "nothing is left to do"));
        assert_null(strstr(run->output, "Sign in at the address above"));
        assert_true(g_get_monotonic_time() - began < 60 * G_USEC_PER_SEC);
        scratch_remove(folder);
    }
}

/* Whoever was ended is counted as gone, also where perch was never told what connecting needs. */
static void who_was_ended_counts_as_gone(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    const char *const line[] = {PERCH_BINARY, "--practice=open-requests", "--plain", "--state-dir", folder, NULL};
    g_autoptr(Run) run = run_program(line, NULL, "f\nf\n-\n-\n-\n-\nleave\ndecide\n3\n" DOMAIN "\nf\nlist\nq\n");
    assert_non_null(strstr(run->output, "1. open request Riley Analyst\n2. assignment quinn_redcanary.com"));
    assert_non_null(strstr(run->output, "perch: it is over: 2 of 2 gone.\n"));
    assert_non_null(strstr(run->output, "Nothing else is asked now: what was taken away stays so."));
    scratch_remove(folder);
}

/* Whoever comes back hears which tenant it is before a sign-in is asked for; a practice that is begun anew is none. */
static void a_later_start_says_what_is_known(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    for (gsize i = 0; i < 3; i++) {
        const char *const line[] = {
            PERCH_BINARY, "--practice", "--plain", "--state-dir", folder, i == 2 ? "--practice-new" : NULL, NULL};
        g_autoptr(Run) run = run_program(line, NULL, i == 0 ? "f\nf\nq\n" : "q\n");
        const char *known = strstr(run->output, "perch: going on in Contoso, " DOMAIN "\nAs read last, on ");
        assert_int_equal(known != NULL, i == 1);
        assert_true(i != 1 || strstr(known, "perch: Sign-in 1 of 2") != NULL);
    }
    scratch_remove(folder);
}

/* Ctrl-C leaves as q does, and is told what is kept; while something is sent, that is finished first. */
static void ctrl_c_leaves(void **state)
{
    static const struct {
        const char *typed[6];
        const char *says; /* what stands when Ctrl-C is pressed */
    } rows[] = {
        {{NULL}, "asks for 16 rights."},
        {{"f", NULL}, "Sign-in 2 of 2"},
        {{"f", "f", NULL}, "Account? Type part of a name"},
        {{"f", "f", "values", NULL}, "Before you begin: "},
        {{"f", "f", "step 5", "5", NULL}, "to send these "},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct talk talk = {0};
        begin(&talk);
        for (int k = 0; rows[i].typed[k] != NULL; k++)
            answer(&talk, rows[i].typed[k], "> ");
        while (!was_said(&talk, rows[i].says, 0))
            terminal_listen(talk.terminal);
        terminal_type(talk.terminal, "\x03");
        int status = terminal_exit_status(talk.terminal);
        g_autofree char *all = said(&talk);
        assert_in_range(status, 3, 5);
        if (strstr(all, i == 0 ? "nobody is signed in, and nothing was sent" : "the next start goes on from here") ==
            NULL)
            fail_msg("%s: %s", rows[i].says, all);
        end(&talk);
    }
}

static void ctrl_c_finishes_what_is_sent(void **state)
{
    (void)state;
    struct talk talk = {0};
    begin(&talk);
    sign_in(&talk);
    answer(&talk, "step 5", "Step 5, Analysts' group: to do.");
    answer(&talk, "5", "to send these ");
    answer(&talk, DOMAIN, "f signs in without a browser");
    answer(&talk, "f", "1 of ");
    terminal_type(talk.terminal, "\x03");
    terminal_exit_status(talk.terminal);
    assert_true(was_said(&talk, "perch: it is over: ", 0));
    assert_true(was_said(&talk, "the next start goes on from here.", 0));
    assert_false(was_said(&talk, "No connection to", 0));
    end(&talk);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_journey_is_walked_at_forty_columns), cmocka_unit_test(ctrl_c_leaves),
        cmocka_unit_test(ctrl_c_finishes_what_is_sent),           cmocka_unit_test(a_script_may_end_anywhere),
        cmocka_unit_test(who_was_ended_counts_as_gone),           cmocka_unit_test(a_later_start_says_what_is_known),
    };
    return run_tests_side_by_side("plain", tests, G_N_ELEMENTS(tests), argc, argv);
}

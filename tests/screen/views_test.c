/* SPDX-License-Identifier: MIT */
/*
 * The console on a real terminal, over a made-up session.
 */
#include <signal.h>
#include <string.h>

#include "support/side_by_side.h"
#include "support/terminal.h"

#define UP "\033[A"
#define DOWN "\033[B"
#define ENTER "\r"
#define ESCAPE "\033"

static struct terminal *start(const char *const *environment, int columns, int rows, const char *first_option,
                              const char *second_option)
{
    const char *arguments[] = {CONSOLE_DEMO, first_option, second_option, NULL};
    struct terminal *terminal = terminal_start(arguments, environment, columns, rows);
    return terminal;
}

static struct terminal *start_board(const char *const *environment, int columns, int rows)
{
    struct terminal *terminal = start(environment, columns, rows, NULL, NULL);
    terminal_wait(terminal, "Checklist");
    return terminal;
}

static void edit_hub(struct terminal *terminal)
{
    terminal_send(terminal, "\t" ENTER);
    terminal_wait(terminal, "Enter use");
}

static void assert_restored(const struct terminal *terminal)
{
    const char *output = terminal_output(terminal)->str;
    assert_false(terminal_alternate(terminal));
    assert_true(terminal_cursor_shown(terminal));
    const char *on = g_strrstr(output, "\033[?2004h");
    const char *off = g_strrstr(output, "\033[?2004l");
    assert_true(on != NULL && off != NULL && off > on);
    assert_non_null(strstr(off, "\033[?1006l"));
    assert_non_null(strstr(off, "\033[?1000l"));
}

static void the_terminal_is_whole_after_leaving(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start_board(NULL, 80, 24);
    assert_true(terminal_alternate(terminal));
    terminal_send(terminal, "q");
    assert_int_equal(terminal_exit_status(terminal), 3);
    assert_restored(terminal);
}

static void the_terminal_is_whole_after_a_signal(void **state)
{
    (void)state;
    static const int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
    for (gsize i = 0; i < G_N_ELEMENTS(signals); i++) {
        g_autoptr(Terminal) terminal = start_board(NULL, 80, 24);
        kill(terminal_process(terminal), signals[i]);
        assert_int_equal(terminal_exit_status(terminal), 128 + signals[i]);
        assert_restored(terminal);
    }
}

static void apply_goes_through_the_plan_and_the_domain(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start_board(NULL, 80, 24);
    terminal_send(terminal, "a");
    terminal_wait(terminal, "Type the tenant's domain");
    assert_true(terminal_shows(terminal, "Role-assignable: that cannot be changed later."));
    terminal_agree(terminal, "contoso.onmicrosoft.com");
    terminal_wait(terminal, "verified");
    terminal_wait(terminal, "4 of 14 done");
    assert_true(terminal_shows(terminal, "201 in 143 ms"));
}

/* What a terminal answers late (its colours, its capabilities) is full of letters that are commands. */
static void late_replies_of_a_terminal_do_nothing(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start_board(NULL, 80, 24);
    terminal_send(terminal, "\033]11;rgb:ffff/ffff/ffff\033\\");
    terminal_send(terminal, "\033P1+r524742=38\033\\");
    terminal_send(terminal, "\033]4;1;rgb:aaaa/");
    terminal_send(terminal, "bbbb/cccc\007");
    terminal_send(terminal, "?");
    terminal_wait(terminal, "you are here");
    terminal_send(terminal, ESCAPE);
    terminal_wait_gone(terminal, "you are here");
    assert_false(terminal_shows(terminal, "Write the report into"));
    assert_false(terminal_shows(terminal, "Copied"));
}

static void a_paste_with_line_ends_neither_sends_nor_commands(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start_board(NULL, 80, 24);
    edit_hub(terminal);
    terminal_paste(terminal, "tele\nqqq\nmetry\n");
    terminal_wait(terminal, "tele");
    assert_true(terminal_shows(terminal, "Enter use"));
    assert_int_equal(terminal_find(terminal, "ok").row, terminal_find(terminal, "Resource ID").row);
}

static void a_paste_of_the_whole_mail_fills_both_fields(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start_board(NULL, 100, 30);
    edit_hub(terminal);
    terminal_paste(terminal, "Hello,\n\nEvent Hub Resource ID:\n/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/"
                             "resourceGroups/rc-mdr/providers/Microsoft.EventHub/namespaces/rc-ns-7\n\n"
                             "Event Hub Name: rc-hub\n\nKind regards\n");
    terminal_wait(terminal, "▸[ Nothing of it ]");
    assert_true(terminal_shows(terminal, "this replaces “…/mdr-eh-ns01”"));
    terminal_send(terminal, "\x1b[H");
    terminal_wait(terminal, "▸[ Use both ]");
    assert_true(terminal_shows(terminal, "subscription   0b1f6471-1bf0-4dda-aec3-cb9272f09590"));
    assert_true(terminal_shows(terminal, "[ Only Event Hub ]"));
    terminal_send(terminal, ENTER);
    terminal_wait_gone(terminal, "Use both");
    terminal_send(terminal, "z");
    terminal_wait(terminal, "rc-hub");
    terminal_wait(terminal, "rc-ns-7");
}

/* Longer than a screen, with the values at its end, as a forwarded conversation has them; and beyond the limit. */
static void a_long_mail_is_read_whole_or_refused_whole(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start_board(NULL, 100, 30);
    edit_hub(terminal);
    g_autoptr(GString) mail = g_string_new(NULL);
    while (mail->len < 100 * 1024)
        g_string_append(mail, "> earlier in this conversation: nothing of interest\n");
    g_string_append(mail, "Event Hub Name: rc-hub\nResource ID: /subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/"
                          "resourceGroups/rc-mdr/providers/Microsoft.EventHub/namespaces/rc-ns-7\n");
    terminal_paste(terminal, mail->str);
    terminal_wait(terminal, "[ Use both ]");
    assert_true(terminal_shows(terminal, "9590"));
    assert_true(terminal_shows(terminal, "rc-mdr"));
    assert_true(terminal_shows(terminal, "rc-ns-7"));
    terminal_send(terminal, ESCAPE);
    terminal_wait_gone(terminal, "Use both");
    while (mail->len <= 1024 * 1024)
        g_string_append(mail, "> and before that: nothing of interest either, over and over again\n");
    terminal_paste(terminal, mail->str);
    terminal_wait(terminal, "longer than 1024 KiB");
    assert_false(terminal_shows(terminal, "Use both"));
}

/* What is not clear is marked by a number and taken with Enter; the rest stays on offer. */
static void a_paste_with_two_names_asks_which(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start_board(NULL, 100, 40);
    edit_hub(terminal);
    terminal_paste(terminal, "Resource ID: /subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/rc-mdr/"
                             "providers/Microsoft.EventHub/namespaces/rc-ns-7\n"
                             "Event Hub Name: rc-hub-1\nEvent Hub Name: rc-hub-2\n");
    terminal_wait(terminal, "[ Use Resource ID ]");
    terminal_wait(terminal, "[ 2 ] rc-hub-2");
    assert_true(terminal_shows(terminal, "Line 3."));
    terminal_send(terminal, "2");
    terminal_wait(terminal, "▸[ 2 ] rc-hub-2");
    terminal_send(terminal, ENTER);
    terminal_wait_gone(terminal, "rc-hub-1");
    terminal_wait(terminal, "▸[ Nothing of it ]");
    terminal_send(terminal, "\x1b[H");
    terminal_wait(terminal, "▸[ Use Resource ID ]");
    terminal_send(terminal, ENTER);
    terminal_wait_gone(terminal, "Use Resource ID");
    terminal_send(terminal, "z");
    terminal_wait(terminal, "rc-hub-2");
    terminal_wait(terminal, "rc-ns-7");
}

static void a_paste_that_leaves_the_name_open_says_so(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start_board(NULL, 100, 30);
    terminal_paste(terminal, "Hello,\n\nEvent Hub Name: TBD\n");
    terminal_wait(terminal, "the text announces the Event Hub's name");
    terminal_wait(terminal, "[ Close ]");
    terminal_send(terminal, ENTER);
    terminal_wait_gone(terminal, "Close");
}

static void the_offending_place_stands_out_without_colour(void **state)
{
    (void)state;
    static const char *const environment[] = {"NO_COLOR=1", NULL};
    g_autoptr(Terminal) terminal = start_board(environment, 80, 24);
    edit_hub(terminal);
    terminal_send(terminal, "tele\xC2\xA0metry");
    terminal_wait(terminal, "column 5");
    struct terminal_cell place = terminal_find(terminal, "␣metry");
    assert_true(place.reverse);
    struct terminal_cell around = terminal_find(terminal, "metry");
    assert_false(around.reverse);
}

static void every_cell_has_the_terminals_own_colours(struct terminal *terminal)
{
    static const char *const words[] = {"Checklist", "needs you", "failed", "differs", "in 1", "told", "Log"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        assert_true(terminal_find(terminal, words[i]).default_color);
}

static void no_colour_means_none(void **state)
{
    (void)state;
    static const char *const no_color[] = {"NO_COLOR=1", NULL};
    static const char *const mono[] = {"TERM=vt100", NULL};
    g_autoptr(Terminal) first = start_board(no_color, 80, 24);
    every_cell_has_the_terminals_own_colours(first);
    g_autoptr(Terminal) second = start_board(mono, 80, 24);
    every_cell_has_the_terminals_own_colours(second);
    g_autoptr(Terminal) third = start(NULL, 80, 24, "--no-color", NULL);
    terminal_wait(third, "Checklist");
    every_cell_has_the_terminals_own_colours(third);
}

static gboolean sets_foreground(struct terminal *terminal, int color)
{
    g_autofree char *alone = g_strdup_printf("\033[%dm", 30 + color);
    g_autofree char *last = g_strdup_printf(";%dm", 30 + color);
    const char *output = terminal_output(terminal)->str;
    return strstr(output, alone) != NULL || strstr(output, last) != NULL;
}

/* Of 8 colours only red (1) and magenta (5) can be read on black and on white; the others where it is known to be
 * black.
 */
static void eight_colours_can_be_read_on_white(void **state)
{
    static const struct {
        const char *environment[3];
        gboolean dark;
    } rows[] = {
        {{"TERM=xterm", NULL}, FALSE},
        {{"TERM=xterm-16color", "COLORFGBG=0;15", NULL}, FALSE},
        {{"TERM=xterm", "COLORFGBG=15;default;0", NULL}, TRUE},
        {{"TERM=linux", NULL}, TRUE},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(Terminal) terminal = start_board(rows[i].environment, 80, 24);
        static const int bright[] = {2, 3, 4, 6, 7};
        gboolean is_any = FALSE;
        for (gsize k = 0; k < G_N_ELEMENTS(bright); k++)
            is_any |= sets_foreground(terminal, bright[k]);
        if (is_any != rows[i].dark)
            fail_msg("row %d: %d", (int)i, is_any);
        assert_true(sets_foreground(terminal, 1));
    }
}

static void backgrounds_are_never_set(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start_board(NULL, 80, 24);
    const char *output = terminal_output(terminal)->str;
    for (int color = 40; color <= 47; color++) {
        g_autofree char *alone = g_strdup_printf("\033[%dm", color);
        g_autofree char *last = g_strdup_printf(";%dm", color);
        assert_null(strstr(output, alone));
        assert_null(strstr(output, last));
    }
}

static void assert_ascii_screen(struct terminal *terminal)
{
    g_autofree char *screen = terminal_screen(terminal);
    if (!g_str_is_ascii(screen))
        fail_msg("not ASCII:\n%s", screen);
}

static void ascii_locales_and_terminals_get_ascii(void **state)
{
    (void)state;
    static const char *const locale[] = {"LC_ALL=C", NULL};
    g_autoptr(Terminal) first = start_board(locale, 80, 24);
    assert_ascii_screen(first);
    assert_true(terminal_shows(first, "needs you"));
    g_autoptr(Terminal) second = start(NULL, 80, 24, "--ascii", NULL);
    terminal_wait(second, "Checklist");
    assert_ascii_screen(second);
    terminal_send(second, "p");
    terminal_wait(second, "Red Canary");
    assert_ascii_screen(second);
}

static void resizing_follows_at_once_and_loses_nothing(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start_board(NULL, 80, 24);
    edit_hub(terminal);
    terminal_send(terminal, "tele");
    terminal_resize(terminal, 40, 10);
    terminal_wait_gone(terminal, "Checklist");
    terminal_wait(terminal, "tele");
    terminal_send(terminal, "me");
    terminal_resize(terminal, 200, 60);
    terminal_wait(terminal, "Checklist");
    terminal_wait(terminal, "teleme");
    terminal_send(terminal, "try" ENTER);
    terminal_wait_gone(terminal, "Enter use");
    terminal_wait(terminal, "telemetry");
}

static void a_resize_with_a_key_right_behind_is_not_lost(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start_board(NULL, 80, 24);
    for (int i = 0; i < 50; i++) {
        int columns = 80 + (i % 2) * 20;
        terminal_send(terminal, i % 3 == 0 ? "j" : "k");
        terminal_resize(terminal, columns, 24);
        g_autofree char *edge = g_strdup_printf("following ┤");
        gint64 end = g_get_monotonic_time() + PATIENCE;
        int right = -1;
        while (right != columns - 1 && g_get_monotonic_time() < end) {
            terminal_listen(terminal);
            right = terminal_find(terminal, edge).column + 10;
        }
        assert_int_equal(right, columns - 1);
    }
}

static void the_mouse_does_what_keys_do(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start_board(NULL, 80, 24);
    struct terminal_cell row = terminal_find(terminal, "Connected organ");
    terminal_click(terminal, row.column, row.row);
    terminal_wait(terminal, "▸◐");
    struct terminal_cell help = terminal_find(terminal, "? help");
    terminal_click(terminal, help.column, help.row);
    terminal_wait(terminal, "Help");
    struct terminal_cell back = terminal_find(terminal, "Esc back");
    terminal_click(terminal, back.column, back.row);
    terminal_wait(terminal, "Checklist");
}

static void without_mouse_the_terminal_keeps_it(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start(NULL, 80, 24, "--no-mouse", NULL);
    terminal_wait(terminal, "Checklist");
    assert_null(strstr(terminal_output(terminal)->str, "\033[?1000h"));
}

static void copying_reaches_the_clipboard(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start_board(NULL, 80, 24);
    terminal_send(terminal, "y");
    terminal_wait(terminal, "Copied the link of the page on security.microsoft.com");
    assert_string_equal(terminal_clipboard(terminal),
                        "https://security.microsoft.com/settings/mtp_settings/raw_data_export?"
                        "tid=aaaabbbb-0000-cccc-1111-dddd2222eeee");
}

/* What GNU screen cannot hold it writes over the picture: no link reaches it, and what is copied goes in pieces. */
static void gnu_screen_gets_no_string_that_it_cannot_hold(void **state)
{
    (void)state;
    static const char *const environments[][4] = {
        {"STY=1.pts-0.host", "TERM=screen", NULL},
        {"STY=1.pts-0.host", "TERM=screen", "TMUX=/tmp/tmux-0/default,1,0", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(environments); i++) {
        g_autoptr(Terminal) terminal = start_board(environments[i], 80, 24);
        terminal_wait(terminal, "Read: ");
        terminal_send(terminal, "y");
        terminal_wait(terminal, "Copied the link of the page on security.microsoft.com");
        const char *output = terminal_output(terminal)->str;
        assert_null(strstr(output, "\033]8;;"));
        const char *copied = strstr(output, "\033]52");
        assert_non_null(copied);
        assert_memory_equal(copied - 2, "\033P", 2);
        for (const char *at = strstr(output, "\033P"); at != NULL; at = strstr(at + 1, "\033P")) {
            const char *end = strstr(at, "\033\\");
            assert_true(end != NULL && end - at <= 250);
        }
    }
}

static void a_password_never_reaches_the_terminal(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start_board(NULL, 80, 24);
    terminal_send(terminal, UP UP ENTER ENTER);
    terminal_wait(terminal, "Tab hides the dots");
    terminal_type(terminal, "hunter2-secret");
    terminal_wait(terminal, "●●●●●●●●");
    terminal_send(terminal, ENTER);
    terminal_wait(terminal, "kept in the keyring");
    assert_null(strstr(terminal_output(terminal)->str, "hunter2"));
    assert_null(strstr(terminal_output(terminal)->str, "secret"));
}

static void people_are_looked_up_while_typing(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start_board(NULL, 100, 40);
    terminal_send(terminal, "G" UP UP UP UP ENTER ENTER);
    terminal_wait(terminal, "Type part of a name");
    terminal_send(terminal, "re");
    terminal_wait(terminal, "Renée Müller");
    assert_true(terminal_shows(terminal, "guest"));
    terminal_send(terminal, DOWN DOWN ENTER);
    terminal_wait(terminal, "✓ renee@contoso.com");
    terminal_send(terminal, ENTER);
    terminal_wait_gone(terminal, "Type part of a name");
    terminal_wait(terminal, "renee@contoso.com");
}

static void a_wait_counts_down(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start_board(NULL, 80, 24);
    terminal_send(terminal, DOWN ENTER);
    terminal_wait(terminal, "left, until");
    assert_true(terminal_shows(terminal, "█"));
    assert_true(terminal_shows(terminal, "You may close perch"));
    g_autofree char *before = terminal_screen(terminal);
    gint64 end = g_get_monotonic_time() + PATIENCE;
    gboolean changed = FALSE;
    while (!changed && g_get_monotonic_time() < end) {
        terminal_wait(terminal, "left, until");
        g_autofree char *after = terminal_screen(terminal);
        changed = strcmp(before, after) != 0;
    }
    assert_true(changed);
}

static void a_flood_of_log_lines_leaves_keys_alive(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start(NULL, 80, 24, "--flood", "20000");
    terminal_wait(terminal, "flood line 19999");
    terminal_send(terminal, "?");
    terminal_wait(terminal, "Help");
    terminal_send(terminal, ESCAPE);
    terminal_wait(terminal, "Checklist");
    terminal_type(terminal, "\t\t/");
    terminal_wait(terminal, "Find:");
    terminal_answer(terminal, "flood line 77");
    terminal_wait(terminal, "flood line 77");
}

static void the_first_run_explains_itself(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start(NULL, 80, 30, "--scene=fresh", "--first-run");
    terminal_wait(terminal, "Welcome");
    assert_true(terminal_shows(terminal, "Nothing is written before you have seen"));
    assert_true(terminal_shows(terminal, "Checklist"));
    terminal_send(terminal, ENTER);
    terminal_wait(terminal, "Sign in with the browser");
    terminal_send(terminal, ENTER);
    terminal_wait(terminal, "https://login.microsoftonline.com/");
    terminal_send(terminal, "d");
    terminal_wait(terminal, "A2B3C4D5E");
}

static void a_terminal_that_cannot_be_drawn_on_is_told_of_plain(void **state)
{
    (void)state;
    /* Curses does not free what it could not start. */
    static const char *const dumb[] = {"TERM=dumb", "ASAN_OPTIONS=detect_leaks=0", NULL};
    static const char *const unknown[] = {"TERM=no-such-terminal", "ASAN_OPTIONS=detect_leaks=0", NULL};
    g_autoptr(Terminal) first = start(dumb, 80, 24, NULL, NULL);
    assert_int_equal(terminal_exit_status(first), 2);
    assert_true(terminal_shows(first, "--plain"));
    g_autoptr(Terminal) second = start(unknown, 80, 24, NULL, NULL);
    assert_int_equal(terminal_exit_status(second), 2);
    assert_true(terminal_shows(second, "--plain"));
}

static void hostile_names_stay_inside_their_cells(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start(NULL, 80, 24, "--scene", "hostile");
    terminal_wait(terminal, "Checklist");
    terminal_wait(terminal, "<U+202E>");
    assert_true(terminal_shows(terminal, "日本語"));
    struct terminal_cell edge = terminal_find(terminal, "following ┤");
    assert_int_equal(edge.column, 80 - 11);
}

static void tmux_and_linux_consoles_work(void **state)
{
    (void)state;
    /* The fonts of the kernel's console have none of the glyphs for sure. */
    static const struct {
        const char *kind, *mark;
    } kinds[] = {{"TERM=tmux-256color", "▸◔"},
                 {"TERM=screen", "▸◔"},
                 {"TERM=linux", ">@"},
                 {"TERM=xterm", "▸◔"},
                 {"TERM=vt220", "▸◔"}};
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        const char *environment[] = {kinds[i].kind, NULL};
        g_autoptr(Terminal) terminal = start_board(environment, 80, 24);
        terminal_send(terminal, DOWN);
        terminal_wait(terminal, kinds[i].mark);
        terminal_send(terminal, "q");
        assert_int_equal(terminal_exit_status(terminal), 3);
    }
}

static void plain_mode_only_appends(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start(NULL, 100, 60, "--plain", NULL);
    terminal_wait(terminal, "Event Hub? (paste, then Enter");
    terminal_send(terminal, "tele\xC2\xA0metry\n");
    terminal_wait(terminal, "no-break space");
    terminal_wait(terminal, "2 type again");
    terminal_send(terminal, "1\n");
    terminal_wait(terminal, "Enter takes it");
    terminal_send(terminal, "\n");
    terminal_wait(terminal, "Sponsor?");
    terminal_send(terminal, "\n");
    terminal_wait(terminal, "Decide about connected organization");
    terminal_send(terminal, "1\n");
    terminal_wait(terminal, "Let perch change what differs. Type “decide” to decide so");
    terminal_send(terminal, "decide\n");
    terminal_wait(terminal, "A number, - for later");
    terminal_send(terminal, "-\n");
    terminal_wait(terminal, "Asked before the plan");
    terminal_decline_until(terminal, "Type the tenant's domain, contoso.onmicrosoft.com, to send ");
    terminal_send(terminal, "contoso.onmicrosoft.com\n");
    terminal_wait(terminal, "group “Red Canary”: verified");
    terminal_send(terminal, "q\n");
    assert_int_equal(terminal_exit_status(terminal), 3);
    const char *output = terminal_output(terminal)->str;
    assert_null(strchr(output, '\033'));
}

static void plain_mode_finds_both_values_in_a_pasted_mail(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start(NULL, 120, 60, "--plain", NULL);
    terminal_wait(terminal, "Event Hub? (paste, then Enter");
    terminal_paste(terminal,
                   "Hello,\n1\ny\nEvent Hub Resource ID:\n/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/"
                   "resourceGroups/rc-mdr/providers/Microsoft.EventHub/namespaces/rc-ns-7\n\n"
                   "Event Hub Name: rc-hub\n\nKind regards\n");
    terminal_wait(terminal, "Enter takes it, - asks again.");
    assert_true(terminal_shows(terminal, "Event Hub: rc-hub"));
    terminal_type(terminal, ENTER);
    terminal_wait(terminal, "Sponsor?");
}

static void plain_mode_asks_which_name_is_meant(void **state)
{
    (void)state;
    g_autoptr(Terminal) terminal = start(NULL, 120, 60, "--plain", NULL);
    terminal_wait(terminal, "Event Hub? (paste, then Enter");
    terminal_paste(terminal, "Event Hub Name: rc-hub-1\nEvent Hub Name: rc-hub-2\nKind regards\n");
    terminal_wait(terminal, "There is another Event Hub name at line 2");
    terminal_wait(terminal, "2 rc-hub-2 (line 2.");
    terminal_type(terminal, "2" ENTER);
    terminal_wait(terminal, "Enter takes it, - asks again.");
    assert_true(terminal_shows(terminal, "Event Hub: rc-hub-2"));
    terminal_type(terminal, ENTER);
    terminal_wait(terminal, "Sponsor?");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_terminal_is_whole_after_leaving),
        cmocka_unit_test(the_terminal_is_whole_after_a_signal),
        cmocka_unit_test(apply_goes_through_the_plan_and_the_domain),
        cmocka_unit_test(late_replies_of_a_terminal_do_nothing),
        cmocka_unit_test(a_paste_with_line_ends_neither_sends_nor_commands),
        cmocka_unit_test(a_paste_of_the_whole_mail_fills_both_fields),
        cmocka_unit_test(a_long_mail_is_read_whole_or_refused_whole),
        cmocka_unit_test(a_paste_with_two_names_asks_which),
        cmocka_unit_test(a_paste_that_leaves_the_name_open_says_so),
        cmocka_unit_test(the_offending_place_stands_out_without_colour),
        cmocka_unit_test(no_colour_means_none),
        cmocka_unit_test(eight_colours_can_be_read_on_white),
        cmocka_unit_test(backgrounds_are_never_set),
        cmocka_unit_test(ascii_locales_and_terminals_get_ascii),
        cmocka_unit_test(resizing_follows_at_once_and_loses_nothing),
        cmocka_unit_test(a_resize_with_a_key_right_behind_is_not_lost),
        cmocka_unit_test(the_mouse_does_what_keys_do),
        cmocka_unit_test(without_mouse_the_terminal_keeps_it),
        cmocka_unit_test(copying_reaches_the_clipboard),
        cmocka_unit_test(gnu_screen_gets_no_string_that_it_cannot_hold),
        cmocka_unit_test(a_password_never_reaches_the_terminal),
        cmocka_unit_test(people_are_looked_up_while_typing),
        cmocka_unit_test(a_wait_counts_down),
        cmocka_unit_test(a_flood_of_log_lines_leaves_keys_alive),
        cmocka_unit_test(the_first_run_explains_itself),
        cmocka_unit_test(a_terminal_that_cannot_be_drawn_on_is_told_of_plain),
        cmocka_unit_test(hostile_names_stay_inside_their_cells),
        cmocka_unit_test(tmux_and_linux_consoles_work),
        cmocka_unit_test(plain_mode_only_appends),
        cmocka_unit_test(plain_mode_finds_both_values_in_a_pasted_mail),
        cmocka_unit_test(plain_mode_asks_which_name_is_meant),
    };
    return run_tests_side_by_side("views", tests, G_N_ELEMENTS(tests), argc, argv);
}

/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/text.h"
#include "support/fake_desk.h"
#include "ui/ask.h"
#include "ui/board_view.h"
#include "ui/dispatch.h"
#include "ui/events.h"
#include "ui/form/form.h"
#include "ui/key_bar.h"
#include "ui/tenant_list.h"
#include "ui/views/overlay.h"

static void every_size_shows_where_one_is_and_the_way_out(void **state)
{
    (void)state;
    static const char *const scenes[] = {"fresh", "middle", "hostile"};
    for (gsize i = 0; i < G_N_ELEMENTS(scenes); i++) {
        struct desk *desk = desk_new(scenes[i]);
        for (int columns = 40; columns <= 200; columns += 7)
            for (int rows = 10; rows <= 60; rows += 5) {
                g_autofree char *screen = desk_picture(desk, columns, rows);
                assert_non_null(strstr(screen, "Checklist"));
                assert_non_null(strstr(screen, "q quit"));
                assert_non_null(strstr(screen, "? help"));
            }
        desk_free(desk);
    }
}

static void a_tiny_screen_draws_too(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    for (int columns = 1; columns < 40; columns += 3)
        for (int rows = 1; rows < 10; rows++) {
            g_autofree char *screen = desk_picture(desk, columns, rows);
            assert_non_null(screen);
        }
    desk_press(desk, "p");
    desk_take_all(desk);
    for (int columns = 1; columns < 40; columns += 3)
        for (int rows = 1; rows < 10; rows++) {
            g_autofree char *screen = desk_picture(desk, columns, rows);
            assert_non_null(screen);
        }
    desk_free(desk);
}

static void at_80x24_the_board_answers_at_a_glance(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    static const char *const wanted[] = {"Contoso",   "contoso.onmicrosoft.com",
                                         "Checklist", "2 of 14 done",
                                         "needs you", "One value is missing.",
                                         "differs",   "failed",
                                         "blocked",   "Log",
                                         "following", "read "};
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
        desk_assert_shows(desk, wanted[i]);
    desk_assert_shows(desk, " in 1");
    desk_free(desk);
}

static void a_small_screen_shows_one_pane_after_another(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    g_autofree char *checklist = desk_picture(desk, 40, 10);
    assert_non_null(strstr(checklist, "Stream events"));
    assert_null(strstr(checklist, "One value is missing"));
    desk_press(desk, "Tab");
    g_autofree char *step = desk_picture(desk, 40, 10);
    assert_non_null(strstr(step, "One value is missing"));
    desk_press(desk, "Tab");
    g_autofree char *log = desk_picture(desk, 40, 10);
    assert_non_null(strstr(log, "Log"));
    desk_free(desk);
}

static void leaving_while_writing_is_asked(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "q");
    assert_true(desk->console->leaving);
    desk->console->leaving = FALSE;
    console_sent(desk->console, COMMAND_APPLY);
    desk_press(desk, "q");
    assert_false(desk->console->leaving);
    desk_assert_shows(desk, "[ Quit then ]");
    desk_press(desk, "Right Enter");
    assert_false(desk->console->leaving);
    desk_press(desk, "q Enter");
    assert_true(desk->console->leaving);
    desk_free(desk);
}

/* Whoever types ahead meant what was there: a view that comes up by itself is not answered by that; one that stays is.
 */
static void what_was_typed_before_a_view_came_up_is_dropped(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    fake_session_tell_board(desk->session);
    desk_take_events(desk);
    assert_false(desk->console->drops_typed_ahead);
    desk_press(desk, "p");
    desk_take_events(desk);
    assert_non_null(console_top(desk->console));
    assert_true(desk->console->drops_typed_ahead);
    desk->console->drops_typed_ahead = FALSE;
    fake_session_tell_board(desk->session);
    desk_take_events(desk);
    assert_non_null(console_top(desk->console));
    assert_false(desk->console->drops_typed_ahead);
    desk_free(desk);
}

/* What it says is not so any more once the write is over. */
static void the_question_of_leaving_goes_with_the_write(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    console_sent(desk->console, COMMAND_APPLY);
    console_sent(desk->console, COMMAND_CHECK);
    desk_press(desk, "q");
    static const enum command_kind ended[] = {COMMAND_CHECK, COMMAND_APPLY};
    for (gsize i = 0; i < G_N_ELEMENTS(ended); i++) {
        desk_assert_shows(desk, "[ Quit then ]");
        struct done *done = g_new0(struct done, 1);
        done->command = ended[i];
        fake_session_return(desk->session, event_new(EVENT_DONE, done));
        events_take(desk->console);
    }
    g_autofree char *screen = desk_picture(desk, 80, 24);
    assert_null(strstr(screen, "[ Quit then ]"));
    assert_null(strstr(screen, "A write is under way"));
    assert_false(desk->console->leaving);
    desk_free(desk);
}

static void a_read_only_session_writes_nothing(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    fake_session_board(desk->session)->read_only = TRUE;
    desk_show_board(desk);
    desk_go_to(desk, "organization");
    desk_press(desk, "1 a x t Tab Enter");
    const GPtrArray *calls = fake_session_calls(desk->session);
    assert_int_equal(calls->len, 0);
    desk_free(desk);
}

static void help_names_every_action(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "?");
    g_autofree char *screen = desk_picture(desk, 120, 200);
    for (int i = 0; i < ACTION_COUNT; i++) {
        g_autofree char *start = g_strndup(actions[i].help, 24);
        if (strstr(screen, start) == NULL)
            fail_msg("help does not say “%s”", start);
    }
    desk_free(desk);
}

/* What is typed finds first what does just that, and what other people call it. */
/* At the end of the help no action is in sight: Enter shows the marked one, and does it only then. */
static void what_is_marked_out_of_sight_is_not_done(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "?");
    desk_assert_shows(desk, "Enter do it");
    desk_press(desk, "End");
    desk_assert_shows(desk, "In a field");
    desk_assert_lacks(desk, "Enter do it");
    const int marked = console_top(desk->console)->scroller.focus.number;
    desk_press(desk, "Enter");
    assert_non_null(console_top(desk->console));
    assert_int_equal(console_top(desk->console)->scroller.focus.number, marked);
    desk_assert_shows(desk, "Enter do it");
    desk_free(desk);
}

static void help_finds_by_the_words_of_people(void **state)
{
    static const struct {
        const char *typed;
        enum action_id first;
    } rows[] = {
        {"leave", ACTION_leave_partner}, {"offboard", ACTION_leave_partner}, {"skip", ACTION_skip},
        {"refresh", ACTION_check},       {"login", ACTION_sign_in},          {"switch", ACTION_tenants},
        {"exit", ACTION_quit},           {"dry run", ACTION_plan},           {"search", ACTION_find},
    };
    static const char *const marks[][2] = {
        {"marks", "≈ deviates"}, {"deviates", "it may stay so"}, {"told", "○ told"}, {"blocked", "comes first"}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
        struct desk *desk = desk_new("middle");
        desk_press(desk, "?");
        desk_type(desk, marks[i][0]);
        desk_assert_shows(desk, marks[i][1]);
        desk_free(desk);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct desk *desk = desk_new("middle");
        desk_press(desk, "?");
        desk_type(desk, rows[i].typed);
        g_autofree char *screen = desk_picture(desk, 80, 24);
        const struct item *focus = &console_top(desk->console)->scroller.focus;
        if (focus->kind != ITEM_ACTION || focus->number != (int)rows[i].first)
            fail_msg("“%s” finds:\n%s", rows[i].typed, screen);
        desk_free(desk);
    }
}

static void the_log_filters_finds_and_opens_a_line(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    for (int i = 0; i < 50; i++) {
        g_autofree char *text = g_strdup_printf("line %d", i);
        fake_session_push(desk->session,
                          event_new(EVENT_LOG, fake_log_line(i == 7 ? LOG_ERROR : LOG_INFO, "group", text)), 0);
    }
    desk_take_all(desk);
    desk_assert_shows(desk, "line 49");
    desk_press(desk, "Shift-Tab /");
    desk_type(desk, "line 7");
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "line 7");
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "Log line");
    desk_assert_shows(desk, "error");
    desk_press(desk, "Esc v v v");
    g_autofree char *screen = desk_picture(desk, 80, 24);
    assert_non_null(strstr(screen, "line 7"));
    assert_null(strstr(screen, "line 49"));
    assert_non_null(strstr(screen, "errors only"));
    desk_press(desk, "v");
    desk_assert_shows(desk, "line 49");
    desk_free(desk);
}

/* Once midnight is passed, the hour alone would say that what was long ago comes later. */
static void a_line_of_another_day_names_it(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct log_line *old = fake_log_line(LOG_INFO, "group", "long ago");
    struct log_line *new = fake_log_line(LOG_INFO, "group", "just now");
    old->time -= G_TIME_SPAN_DAY;
    g_autoptr(GDateTime) then = g_date_time_new_from_unix_local(old->time / G_USEC_PER_SEC);
    g_autoptr(GDateTime) now = g_date_time_new_from_unix_local(new->time / G_USEC_PER_SEC);
    g_autofree char *day_before = g_date_time_format(then, "%d %b %H:%M:%S   group         long ago");
    g_autofree char *today = g_date_time_format(now, "%d %b %H:%M:%S   group         just now");
    fake_session_push(desk->session, event_new(EVENT_LOG, old), 0);
    fake_session_push(desk->session, event_new(EVENT_LOG, new), 0);
    desk_take_all(desk);
    desk_assert_shows(desk, day_before);
    desk_assert_shows(desk, today);
    desk_press(desk, "F4");
    g_autofree char *narrow = g_date_time_format(then, "%d %b %H:%M   group long ago");
    g_autofree char *screen = desk_picture(desk, 40, 10);
    if (strstr(screen, narrow) == NULL)
        fail_msg("not dated: %s", screen);
    desk_press(desk, "f");
    for (int i = 0; i < 30; i++)
        fake_session_push(desk->session, event_new(EVENT_LOG, fake_log_line(LOG_INFO, "group", "later")), 0);
    desk_take_all(desk);
    g_autofree char *undated = g_date_time_format(now, "│ %H:%M");
    desk_assert_shows(desk, undated);
    desk_free(desk);
}

static void a_text_is_found_in_every_pane_and_counted(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "F2 Home /");
    desk_type(desk, "catalog");
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "“catalog”: 1 of 1 here");
    desk_assert_shows(desk, "8 Access catalog ─");
    desk_press(desk, "/");
    desk_press(desk, "Ctrl-U");
    desk_type(desk, "blocked");
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "of 4 here");
    desk_press(desk, "/ Ctrl-U");
    desk_type(desk, "no such thing");
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "“no such thing” is not found here.");
    desk_press(desk, "F3 / Ctrl-U");
    desk_type(desk, "group");
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "here; / and Enter go on");
    desk_press(desk, "p");
    desk_take_all(desk);
    desk_press(desk, "/ Ctrl-U");
    desk_type(desk, "group");
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "“group”: 1 of ");
    desk_press(desk, "n");
    desk_assert_shows(desk, "“group”: 2 of ");
    desk_free(desk);
}

static void the_panes_have_keys(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "F4");
    desk_assert_shows(desk, "▸ Log");
    desk_press(desk, "2");
    desk_assert_shows(desk, "▸ 3 Stream events");
    desk_press(desk, "F2");
    desk_assert_shows(desk, "▸ Checklist");
    desk_free(desk);
}

/* What a key does in a field and at a question a click does too: the choice, the person, the keys of the bar, the
 * buttons. */
static void fields_and_questions_take_clicks(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "streaming");
    desk_click(desk, "Way ");
    desk_click(desk, "by perch (exp");
    assert_true(desk_was_called(desk, "answer streamingWrite api"));
    desk_click(desk, "to be filled in");
    desk_type(desk, "wrong");
    desk_click(desk, "Ctrl-U empty");
    desk_type(desk, "telemetry");
    desk_click(desk, "Enter use");
    assert_true(desk_was_called(desk, "answer eventHub.name telemetry"));
    desk_press(desk, "Esc O");
    desk_click(desk, "[ Not now ]");
    assert_null(desk->console->ask);
    assert_false(desk_was_called(desk, "sign-out"));
    desk_press(desk, "O");
    desk_click(desk, "Checklist");
    desk_assert_shows(desk, "Answer this first");
    desk_click(desk, "[ Sign out ]");
    assert_true(desk_was_called(desk, "sign-out"));
    desk_free(desk);
}

static void a_click_does_what_the_key_does(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    board_view_draw(desk->console, 80, 24);
    for (int row = 2; row < 16; row++) {
        g_autofree char *line = grid_row_text(desk->console->grid, row);
        if (strstr(line, "Connected organ") == NULL)
            continue;
        struct key_event click = {.kind = KEY_CLICK, .column = 8, .row = row};
        dispatch_key(desk->console, &click);
        break;
    }
    assert_string_equal(desk->console->step, "organization");
    g_autofree char *bar = grid_row_text(desk->console->grid, 23);
    const char *help = strstr(bar, "? help");
    assert_non_null(help);
    struct key_event click = {.kind = KEY_CLICK, .column = (int)g_utf8_strlen(bar, help - bar), .row = 23};
    board_view_draw(desk->console, 80, 24);
    dispatch_key(desk->console, &click);
    desk_assert_shows(desk, "Help");
    desk_free(desk);
}

static void only_what_is_open_is_offered_to_be_skipped(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "sign-in");
    assert_false(key_bar_offers(desk->console, ACTION_skip));
    desk_go_to(desk, "organization");
    assert_true(key_bar_offers(desk->console, ACTION_skip));
    desk_free(desk);
}

/* In practice nobody has the partner's e-mail: the key that brings it is on the bar where its values are missing. */
static void the_made_up_mail_is_offered_where_it_is_wanted(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "streaming");
    assert_false(key_bar_offers(desk->console, ACTION_partner_mail));
    desk->options.practice = TRUE;
    assert_true(key_bar_offers(desk->console, ACTION_partner_mail));
    desk_go_to(desk, "invitation");
    assert_false(key_bar_offers(desk->console, ACTION_partner_mail));
    desk_free(desk);
}

/* What the rows of the screen say, one after another, with single blanks. Caller frees. */
static char *read_aloud(struct desk *desk, int columns, int rows)
{
    g_autofree char *screen = desk_picture(desk, columns, rows);
    g_autoptr(GRegex) blanks = g_regex_new("\\s+", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
    return g_regex_replace_literal(blanks, screen, -1, 0, " ", G_REGEX_MATCH_DEFAULT, NULL);
}

static const int sizes[][2] = {{40, 10}, {60, 20}, {80, 24}, {120, 36}, {200, 60}};

static void assert_whole_at_every_size(struct desk *desk, const char *text)
{
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autofree char *said = read_aloud(desk, sizes[i][0], sizes[i][1]);
        if (strstr(said, text) == NULL)
            fail_msg("at %dx%d “%s” is not whole: %s", sizes[i][0], sizes[i][1], text, said);
    }
}

static void notes_are_whole_at_every_size(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "streaming");
    desk_press(desk, "t");
    assert_whole_at_every_size(desk, "perch reads this step from the tenant; telling would prove nothing.");
    desk_press(desk, "y");
    assert_whole_at_every_size(desk, desk->console->note.text);
    desk_press(desk, "e");
    assert_whole_at_every_size(desk, "No request about this step went wrong in this session; the log has the rest.");
    desk_free(desk);
}

static void questions_and_their_keys_are_whole_at_every_size(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "O");
    assert_whole_at_every_size(desk, "What the keyring keeps of this sign-in is forgotten.");
    assert_whole_at_every_size(desk, "[ Sign out ]");
    assert_whole_at_every_size(desk, "▸ [ Not now ]");
    desk_press(desk, "Enter");
    console_sent(desk->console, COMMAND_APPLY);
    desk_press(desk, "q");
    assert_whole_at_every_size(desk, "A write is under way; it is finished first.");
    assert_whole_at_every_size(desk, "▸ [ Quit then ]");
    g_array_set_size(desk->console->running, 0);
    desk_press(desk, "Esc x");
    desk_type(desk, "somebody else does this");
    assert_whole_at_every_size(desk, "Leave this step out. Why? somebody else does this");
    /* Why an answer was not taken stands above the question, and takes the rows that it needs. */
    desk_press(desk, "Esc x");
    ask_remark(desk->console, "A reason is needed, and this is none: it has to say why the tenant is better off "
                              "without this step.");
    assert_whole_at_every_size(desk, "A reason is needed, and this is none");
    desk_free(desk);
}

/* What a person has to read in each view, at each size: where it is, what it is about, the way out. */
struct view {
    const char *name;
    const char *scene;
    const char *step; /* that is gone to first; NULL: none */
    const char *keys;
    const char *texts[4];
};

#define MAIL                                                                                                           \
    "Resource ID: "                                                                                                    \
    "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-mdr/providers/Microsoft.EventHub/"          \
    "namespaces/mdr-eh-ns01\nEvent Hub name: telemetry\n"

static void open_view(struct desk *desk, const struct view *view)
{
    if (strcmp(view->name, "greeting") == 0) {
        desk->console->greeting = TRUE;
        desk->console->pane = PANE_STEP;
    }
    if (view->step != NULL)
        desk_go_to(desk, view->step);
    if (strcmp(view->name, "paste") == 0)
        desk_paste(desk, MAIL);
    g_auto(GStrv) keys = g_strsplit(view->keys, " ", -1);
    for (char **key = keys; *key != NULL; key++) {
        if (strcmp(*key, "DOMAIN") == 0)
            desk_type(desk, "contoso.onmicrosoft.com");
        else if (**key != '\0')
            desk_press(desk, *key);
        desk_take_all(desk);
    }
}

static gboolean has_mark_from(const struct grid *grid, int row, int column)
{
    g_autofree char *text = grid_row_text(grid, row);
    const char *mark = g_utf8_strlen(text, -1) > column ? strstr(g_utf8_offset_to_pointer(text, column), "▸") : NULL;
    return mark != NULL;
}

/* For braille displays and magnifiers: the hardware cursor is always there, and on the marked row where one is in
 * sight. What is typed has it where that is typed. */
static gboolean cursor_is_on_mark(const struct desk *desk)
{
    const struct grid *grid = desk->console->grid;
    if (!grid->cursor_shown)
        return FALSE;
    if (desk->console->ask != NULL || form_editing(desk->console) != NULL)
        return TRUE;
    int column = MAX(grid->cursor_column - 4, 0);
    gboolean is_any_mark = FALSE;
    for (int row = 2; row < grid->rows; row++)
        is_any_mark = is_any_mark || has_mark_from(grid, row, column);
    return !is_any_mark || has_mark_from(grid, grid->cursor_row, column);
}

static void every_view_says_what_it_is_at_every_size(void **state)
{
    static const struct view views[] = {
        {"checklist", "middle", NULL, "", {"Checklist", "2 of 14 done", "Stream events", "q quit"}},
        {"greeting", "fresh", NULL, "", {"Welcome", "perch connects this tenant's", "q quit", NULL}},
        {"step", "middle", "streaming", "", {"3 Stream events", "needs you", "One value is missing.", "q quit"}},
        {"wait", "middle", "consent", "", {"4 Let the partner's appl", "waiting", " left, until ", "q quit"}},
        {"drift", "middle", "organization", "", {"6 Connected organization", "◐ differs", NULL}},
        {"told", "middle", "invitation", "t Enter", {"2 Accept the invitation", "told, not proved", NULL}},
        {"log", "middle", NULL, "Tab Tab", {"Log", "following", "q quit", NULL}},
        {"log line", "middle", NULL, "Tab Tab Enter", {"Log line", "Esc back", NULL}},
        {"values", "middle", NULL, "b", {"Before you begin", "filled in", "Paste the partner's e-mail", "q quit"}},
        {"paste", "middle", "streaming", "", {"Found in the paste", "Esc back", NULL}},
        {"plan", "middle", NULL, "p", {"Plan · ", "group “Red Canary”", "Esc back", NULL}},
        {"question", "middle", NULL, "a", {"contoso.onmicrosoft.com, to send these 4 requests:", "Esc back", NULL}},
        {"progress",
         "middle",
         NULL,
         "a DOMAIN Enter",
         {"Wrote: contoso.onmicros", "It is over: ", "Enter goes on.", NULL}},
        {"sign-in", "fresh", NULL, "s", {"Sign in with the browser", "Open the page in the browser", "Esc stop", NULL}},
        {"device code", "fresh", NULL, "d", {"Sign in with a code", "Open the page on any device", "Esc stop", NULL}},
        {"help", "middle", NULL, "?", {"Help: type to find", "Find:", "Esc back", NULL}},
        {"palette", "middle", NULL, ":", {"Help: type to find", "Find:", "Esc back", NULL}},
        {"code", "fresh", NULL, "s Q", {"Esc back", NULL}},
    };
    static const int three[][2] = {{80, 24}, {40, 10}, {120, 36}};
    int silent = 0;
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(views); i++) {
        struct desk *desk = desk_new(views[i].scene);
        open_view(desk, &views[i]);
        for (gsize k = 0; k < G_N_ELEMENTS(three); k++) {
            g_autofree char *said = read_aloud(desk, three[k][0], three[k][1]);
            if (!cursor_is_on_mark(desk)) {
                print_error("%s at %dx%d: the cursor is not on the mark: %s\n", views[i].name, three[k][0], three[k][1],
                            said);
                silent++;
            }
            for (gsize t = 0; t < G_N_ELEMENTS(views[i].texts) && views[i].texts[t] != NULL; t++)
                if (strstr(said, views[i].texts[t]) == NULL) {
                    print_error("%s at %dx%d does not say “%s”: %s\n", views[i].name, three[k][0], three[k][1],
                                views[i].texts[t], said);
                    silent++;
                }
        }
        desk_free(desk);
    }
    assert_int_equal(silent, 0);
}

/* The last row without its hints that are whole; "" if all are. Caller frees. */
static char *broken_hints(struct desk *desk, int columns)
{
    g_autofree char *screen = desk_picture(desk, columns, 24);
    char *at = g_strrstr_len(screen, (gssize)strlen(screen) - 1, "\n");
    g_autofree char *bar = g_strdup(at + 1);
    g_auto(GStrv) hints = g_strsplit(g_strstrip(bar), "  ", -1);
    g_autoptr(GString) broken = g_string_new(NULL);
    for (char **hint = hints; *hint != NULL; hint++) {
        gboolean known = *g_strstrip(*hint) == '\0' || strcmp(*hint, "F1 help") == 0;
        for (int i = 0; i < ACTION_COUNT; i++) {
            const char *key = action_first_key(NULL, (enum action_id)i);
            g_autofree char *whole = g_strdup_printf("%s %s", key, actions[i].label);
            known = known || strcmp(whole, *hint) == 0;
        }
        for (const char *const *word = (const char *const[]){"Enter use", "Esc drop", "Tab next", "Ctrl-U empty", NULL};
             *word; word++)
            known = known || strcmp(*word, *hint) == 0;
        if (!known)
            g_string_append_printf(broken, "“%s” ", *hint);
    }
    return g_strdup(broken->str);
}

static void hints_are_whole_and_help_is_always_among_them(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    for (int editing = 0; editing < 2; editing++) {
        for (int columns = 40; columns <= 200; columns++) {
            g_autofree char *broken = broken_hints(desk, columns);
            assert_string_equal(broken, "");
            g_autofree char *screen = desk_picture(desk, columns, 24);
            assert_non_null(strstr(screen, editing ? "F1 help" : "? help"));
            assert_non_null(strstr(screen, editing ? "Enter use" : "q quit"));
        }
        desk_go_to(desk, "streaming");
        desk_press(desk, "Down Enter");
    }
    desk_press(desk, "F1");
    desk_assert_shows(desk, "Help");
    desk_free(desk);
}

static void the_title_never_cuts_the_domain(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk->options.practice = TRUE;
    fake_session_board(desk->session)->clock.rate = 60;
    desk_show_board(desk);
    for (int columns = 44; columns <= 120; columns++) {
        g_autofree char *screen = desk_picture(desk, columns, 24);
        g_autofree char *title = g_strndup(screen, strcspn(screen, "\n"));
        if (strstr(title, "contoso.onmicrosoft.com") == NULL || strstr(title, "PRACTICE") == NULL)
            fail_msg("at %d columns: %s", columns, title);
    }
    desk_free(desk);
}

static void the_mark_is_a_glyph_with_the_cursor_on_it(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "streaming");
    for (int i = 0; i < 4; i++) {
        g_autofree char *screen = desk_picture(desk, 80, 24);
        const struct grid *grid = desk->console->grid;
        assert_non_null(screen);
        assert_true(grid->cursor_shown);
        const struct cell *cell = &grid->cells[grid->cursor_row * grid->columns + grid->cursor_column];
        assert_int_equal(cell->text[0], 0x25B8);
        desk_press(desk, i == 2 ? "Shift-Tab" : "Down");
    }
    desk_free(desk);
}

static void a_zoomed_pane_has_the_whole_screen(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "streaming");
    desk_press(desk, "z");
    g_autofree char *zoomed = desk_picture(desk, 80, 24);
    assert_null(strstr(zoomed, "Checklist"));
    assert_non_null(strstr(zoomed, "[ Open the page ]"));
    desk_press(desk, "z");
    desk_assert_shows(desk, "Checklist");
    desk_free(desk);
}

/* What differs and what is to be decided about it stands above what the step is about. */
static void differences_come_before_the_story(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "organization");
    desk_press(desk, "z");
    g_autofree char *screen = desk_picture(desk, 80, 40);
    const char *difference = strstr(screen, "found proposed");
    const char *field = strstr(screen, "Sponsor");
    const char *story = strstr(screen, "Red Canary's tenant is named");
    assert_true(difference != NULL && story != NULL && field != NULL);
    assert_true(difference < field && field < story);
    desk_free(desk);
}

static void steps_out_of_sight_are_counted(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    g_autofree char *screen = desk_picture(desk, 80, 22);
    assert_non_null(strstr(screen, "/14 · 1 ↓"));
    g_autofree char *larger = desk_picture(desk, 80, 24);
    assert_non_null(strstr(larger, "Report"));
    /* Above as well: what says how a step stands may be there. */
    desk_go_to(desk, "streaming");
    desk_assert_shows(desk, "13 more ↓");
    desk_press(desk, "PgDn");
    desk_assert_shows(desk, "13 ↑");
    desk_resize(desk, 40, 10);
    desk_press(desk, "Home Down Down Down Down Down Down");
    g_autofree char *small = desk_picture(desk, 40, 10);
    assert_non_null(strstr(small, " ↑ "));
    desk_free(desk);
}

/* Nothing of the steps is known then, and nobody is to take that for lost. */
static void what_is_kept_is_said_before_the_sign_in(void **state)
{
    (void)state;
    struct tenant_row *row = tenant_row_new("id", "Contoso", "contoso.com", "5 left, 6 done", "", "28 Nov 2026, 18:40");
    struct desk *desk = desk_new("fresh");
    fake_session_board(desk->session)->signed_in = FALSE;
    desk_show_board(desk);
    desk_go_to(desk, "sign-in");
    desk_assert_lacks(desk, "is kept.");
    desk->options.known = row;
    desk_assert_shows(desk, "Going on in Contoso, contoso.com.");
    desk_assert_shows(desk, "5 left, 6 done");
    desk_assert_shows(desk, "[ Sign in with the browser ]");
    desk_free(desk);
    tenant_row_free(row);
}

static void a_page_beyond_the_end_says_so(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "streaming");
    desk_press(desk, "PgUp");
    desk_assert_shows(desk, "That is the beginning.");
    for (int i = 0; i < 9; i++)
        desk_press(desk, "PgDn");
    desk_assert_shows(desk, "That is the end.");
    desk_resize(desk, 120, 60);
    desk_press(desk, "PgUp PgUp");
    desk_assert_lacks(desk, "That is the");
    desk_free(desk);
}

/* Enter is offered for what is marked, and what is marked is seen, whatever the step and the screen. */
static void enter_is_offered_only_where_its_mark_is_seen(void **state)
{
    (void)state;
    static const char *const keys[] = {"", "Down", "PgDn", "Down", "End", "Up", "Home"};
    for (gsize size = 0; size < G_N_ELEMENTS(sizes); size++) {
        struct desk *desk = desk_new("middle");
        desk_resize(desk, sizes[size][0], sizes[size][1]);
        /* The checklist has a mark of its own. */
        desk_press(desk, "z");
        for (guint i = 0; i < desk->console->board->steps->len; i++) {
            desk_go_to(desk, ((const struct board_step *)g_ptr_array_index(desk->console->board->steps, i))->id);
            for (gsize key = 0; key < G_N_ELEMENTS(keys); key++) {
                desk_press(desk, keys[key]);
                /* A page too many is answered where the keys stand. */
                g_clear_pointer(&desk->console->note.text, g_free);
                g_autofree char *screen = desk_picture(desk, sizes[size][0], sizes[size][1]);
                assert_int_equal(strstr(screen, "▸") != NULL && desk->console->step_scroller.focus.kind != ITEM_NONE,
                                 strstr(screen, "\n Enter ") != NULL);
            }
        }
        desk_free(desk);
    }
}

static void what_comes_above_the_mark_leaves_it_in_sight(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "streaming");
    desk_press(desk, "Down");
    desk_assert_shows(desk, "▸");
    struct board_step *step = (struct board_step *)board_find_step(fake_session_board(desk->session), "streaming");
    text_set(&step->reason, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13");
    desk_show_board(desk);
    desk_assert_shows(desk, "▸");
    desk_free(desk);
}

/* A row of the mark may be all that fits. */
static void nothing_scrolls_while_nothing_comes(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_step *step = (struct board_step *)board_find_step(fake_session_board(desk->session), "graph-alerts");
    GString *reason = g_string_new("0");
    g_ptr_array_set_size(step->objects, 0);
    g_ptr_array_insert(step->lines, 0, board_line_new("Consent", "https://login.microsoftonline.com/consent", FALSE));
    for (int rows = 1; rows < 20; rows++) {
        g_string_append_printf(reason, "\n%d", rows);
        text_set(&step->reason, reason->str);
        desk_show_board(desk);
        desk_go_to(desk, "graph-alerts");
        scroller_clear(&desk->console->step_scroller);
        board_view_draw(desk->console, 80, 24);
        board_view_draw(desk->console, 80, 24);
        assert_int_equal(desk->console->step_scroller.top, 0);
    }
    g_string_free(reason, TRUE);
    desk_free(desk);
}

/* Enter does nothing that cannot be seen. */
static void enter_brings_an_unseen_mark_into_sight_first(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_resize(desk, 40, 10);
    struct board_step *step = (struct board_step *)board_find_step(fake_session_board(desk->session), "group");
    text_set(&step->reason, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10");
    desk_show_board(desk);
    desk_go_to(desk, "group");
    g_autofree char *before = desk_picture(desk, 40, 10);
    assert_null(strstr(before, "▸"));
    desk_press(desk, "Enter");
    g_autofree char *seen = desk_picture(desk, 40, 10);
    assert_non_null(strstr(seen, "▸[ Do this step ]"));
    assert_false(desk_was_called(desk, "plan"));
    desk_press(desk, "Enter");
    assert_true(desk_was_called(desk, "plan"));
    desk_free(desk);
}

/* The page of one's own administrators is not what the partner is to be sent. */
static void what_is_to_be_sent_is_copied_wherever_the_mark_is(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    struct board_step *step = (struct board_step *)board_find_step(fake_session_board(desk->session), "access-link");
    struct board_line *line =
        board_line_new("Send your contact this, as one text", "Ask for access here: my-access", FALSE);
    line->send = TRUE;
    g_ptr_array_add(step->lines, line);
    text_set(&step->link, "https://entra.microsoft.com/#view/elm");
    step->state = STEP_NEEDS_YOU;
    step->tellable = TRUE;
    desk_show_board(desk);
    desk_go_to(desk, "access-link");
    static const char *const keys[] = {"y", "F2 y", "F3 End y"};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        desk_press(desk, keys[i]);
        desk_assert_shows(desk, "Copied what is to be sent");
    }
    desk_press(desk, "Home Down y");
    desk_assert_shows(desk, "▸[ Open the page ]");
    desk_assert_shows(desk, "Copied the link of the page on entra.microsoft.com, not what is to be sent");
    desk_free(desk);
}

static void showing_what_is_masked_says_so(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "account");
    desk_press(desk, "m");
    desk_assert_shows(desk, "Identifiers are shown in every step");
    desk_press(desk, "m");
    desk_assert_shows(desk, "Identifiers are masked again");
    desk_free(desk);
}

/* The board was read when its last step was. */
static void the_title_says_when_something_was_read_last(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    gint64 later = clock_now(&fake_session_board(desk->session)->clock) + (gint64)3600 * G_USEC_PER_SEC;
    fake_session_board(desk->session)->newest = later;
    desk_show_board(desk);
    g_autoptr(GDateTime) then = g_date_time_new_from_unix_local(later / G_USEC_PER_SEC);
    g_autofree char *words = g_date_time_format(then, "%H:%M");
    desk_press(desk, "Esc");
    desk_assert_shows(desk, words);
    desk_free(desk);
}

static void arrows_that_do_nothing_say_so(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "group");
    desk_press(desk, "Right");
    desk_assert_shows(desk, "Right does nothing here");
    desk_free(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_title_says_when_something_was_read_last),
        cmocka_unit_test(arrows_that_do_nothing_say_so),
        cmocka_unit_test(what_is_kept_is_said_before_the_sign_in),
        cmocka_unit_test(a_page_beyond_the_end_says_so),
        cmocka_unit_test(enter_is_offered_only_where_its_mark_is_seen),
        cmocka_unit_test(what_comes_above_the_mark_leaves_it_in_sight),
        cmocka_unit_test(nothing_scrolls_while_nothing_comes),
        cmocka_unit_test(enter_brings_an_unseen_mark_into_sight_first),
        cmocka_unit_test(what_is_to_be_sent_is_copied_wherever_the_mark_is),
        cmocka_unit_test(showing_what_is_masked_says_so),
        cmocka_unit_test(every_size_shows_where_one_is_and_the_way_out),
        cmocka_unit_test(a_tiny_screen_draws_too),
        cmocka_unit_test(at_80x24_the_board_answers_at_a_glance),
        cmocka_unit_test(a_small_screen_shows_one_pane_after_another),
        cmocka_unit_test(leaving_while_writing_is_asked),
        cmocka_unit_test(what_was_typed_before_a_view_came_up_is_dropped),
        cmocka_unit_test(the_question_of_leaving_goes_with_the_write),
        cmocka_unit_test(a_read_only_session_writes_nothing),
        cmocka_unit_test(what_is_marked_out_of_sight_is_not_done),
        cmocka_unit_test(help_names_every_action),
        cmocka_unit_test(help_finds_by_the_words_of_people),
        cmocka_unit_test(the_log_filters_finds_and_opens_a_line),
        cmocka_unit_test(a_line_of_another_day_names_it),
        cmocka_unit_test(a_text_is_found_in_every_pane_and_counted),
        cmocka_unit_test(the_panes_have_keys),
        cmocka_unit_test(a_click_does_what_the_key_does),
        cmocka_unit_test(fields_and_questions_take_clicks),
        cmocka_unit_test(the_made_up_mail_is_offered_where_it_is_wanted),
        cmocka_unit_test(only_what_is_open_is_offered_to_be_skipped),
        cmocka_unit_test(notes_are_whole_at_every_size),
        cmocka_unit_test(questions_and_their_keys_are_whole_at_every_size),
        cmocka_unit_test(every_view_says_what_it_is_at_every_size),
        cmocka_unit_test(hints_are_whole_and_help_is_always_among_them),
        cmocka_unit_test(the_title_never_cuts_the_domain),
        cmocka_unit_test(the_mark_is_a_glyph_with_the_cursor_on_it),
        cmocka_unit_test(a_zoomed_pane_has_the_whole_screen),
        cmocka_unit_test(differences_come_before_the_story),
        cmocka_unit_test(steps_out_of_sight_are_counted),
    };
    return cmocka_run_group_tests(tests, desk_set_locale, NULL);
}

#include <locale.h>
#include <string.h>

#include "support/fake_session.h"
#include "support/support.h"
#include "ui/board_view.h"
#include "ui/console_state.h"
#include "ui/dispatch.h"
#include "ui/events.h"
#include "ui/form.h"

struct desk {
    struct session *session;
    struct console_options options;
    struct console *console;
};

static void take_all(struct desk *desk)
{
    for (struct event *event = session_wait_event(desk->session, 2 * G_USEC_PER_SEC); event != NULL;
         event = session_wait_event(desk->session, 2 * G_USEC_PER_SEC)) {
        fake_session_push(desk->session, event, 0);
        events_take(desk->console);
    }
    board_view_draw(desk->console, 80, 24);
}

static struct desk *desk_new(const char *scene)
{
    struct desk *desk = g_new0(struct desk, 1);
    desk->session = fake_session_new(scene);
    desk->console = console_state_new(desk->session, &desk->options);
    take_all(desk);
    board_view_draw(desk->console, 80, 24);
    return desk;
}

static void desk_free(struct desk *desk)
{
    console_state_free(desk->console);
    session_free(desk->session);
    g_free(desk);
}

static void press(struct desk *desk, const char *names)
{
    g_auto(GStrv) keys = g_strsplit(names, " ", -1);
    for (char **key = keys; *key != NULL; key++) {
        struct press one = press_named(*key);
        assert_int_not_equal(one.kind, PRESS_NONE);
        dispatch_press(desk->console, &one);
        board_view_draw(desk->console, desk->console->grid->columns, desk->console->grid->rows);
    }
}

static void type(struct desk *desk, const char *text)
{
    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        struct press one = {.kind = PRESS_CHARACTER, .character = g_utf8_get_char(text)};
        dispatch_press(desk->console, &one);
    }
}

static void paste(struct desk *desk, const char *text)
{
    struct press one = {.kind = PRESS_PASTE, .text = text};
    dispatch_press(desk->console, &one);
}

static char *picture(struct desk *desk, int columns, int rows)
{
    board_view_draw(desk->console, columns, rows);
    GString *text = g_string_new(NULL);
    for (int row = 0; row < rows; row++) {
        g_autofree char *line = grid_row_text(desk->console->grid, row);
        g_string_append_printf(text, "%s\n", line);
    }
    return g_string_free(text, FALSE);
}

static void assert_shows(struct desk *desk, const char *text)
{
    g_autofree char *screen = picture(desk, 80, 24);
    if (strstr(screen, text) == NULL)
        fail_msg("“%s” is not on the screen:\n%s", text, screen);
}

static const char *last_call(const struct desk *desk)
{
    const GPtrArray *calls = fake_session_calls(desk->session);
    return calls->len > 0 ? g_ptr_array_index(calls, calls->len - 1) : "";
}

static gboolean was_called(const struct desk *desk, const char *prefix)
{
    const GPtrArray *calls = fake_session_calls(desk->session);
    for (guint i = 0; i < calls->len; i++)
        if (g_str_has_prefix(g_ptr_array_index(calls, i), prefix))
            return TRUE;
    return FALSE;
}

static void every_size_shows_where_one_is_and_the_way_out(void **state)
{
    (void)state;
    static const char *const scenes[] = {"fresh", "middle", "hostile"};
    for (gsize i = 0; i < G_N_ELEMENTS(scenes); i++) {
        struct desk *desk = desk_new(scenes[i]);
        for (int columns = 40; columns <= 200; columns += 7)
            for (int rows = 10; rows <= 60; rows += 5) {
                g_autofree char *screen = picture(desk, columns, rows);
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
            g_autofree char *screen = picture(desk, columns, rows);
            assert_non_null(screen);
        }
    press(desk, "p");
    take_all(desk);
    for (int columns = 1; columns < 40; columns += 3)
        for (int rows = 1; rows < 10; rows++) {
            g_autofree char *screen = picture(desk, columns, rows);
            assert_non_null(screen);
        }
    desk_free(desk);
}

static void at_80x24_the_board_answers_at_a_glance(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    static const char *const wanted[] = {"Contoso",   "contoso.onmicrosoft.com",
                                         "Checklist", "3/14",
                                         "needs you", "One value is missing.",
                                         "differs",   "failed",
                                         "blocked",   "Log",
                                         "following", "read "};
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
        assert_shows(desk, wanted[i]);
    assert_shows(desk, " in 1");
    desk_free(desk);
}

static void a_small_screen_shows_one_pane_after_another(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    g_autofree char *checklist = picture(desk, 40, 10);
    assert_non_null(strstr(checklist, "Stream events"));
    assert_null(strstr(checklist, "One value is missing"));
    press(desk, "Tab");
    g_autofree char *step = picture(desk, 40, 10);
    assert_non_null(strstr(step, "One value is missing"));
    press(desk, "Tab");
    g_autofree char *log = picture(desk, 40, 10);
    assert_non_null(strstr(log, "Log"));
    desk_free(desk);
}

static void nothing_is_sent_before_the_domain_is_typed(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    press(desk, "a");
    take_all(desk);
    assert_shows(desk, "Plan · 4 requests");
    assert_shows(desk, "Type the tenant's domain");
    type(desk, "contoso.com");
    press(desk, "Enter");
    assert_shows(desk, "Nothing was sent");
    assert_false(was_called(desk, "apply"));
    type(desk, "Contoso.onmicrosoft.com");
    press(desk, "Enter");
    assert_string_equal(last_call(desk), "apply - Contoso.onmicrosoft.com");
    take_all(desk);
    press(desk, "a");
    take_all(desk);
    assert_shows(desk, "y / n");
    press(desk, "y");
    assert_string_equal(last_call(desk), "apply - -");
    desk_free(desk);
}

static void escape_on_the_question_sends_nothing(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    press(desk, "a");
    take_all(desk);
    type(desk, "contoso.onmicrosoft.com");
    press(desk, "Esc Esc");
    take_all(desk);
    assert_false(was_called(desk, "apply"));
    assert_shows(desk, "Checklist");
    desk_free(desk);
}

static void a_plan_that_was_only_looked_at_writes_nothing(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    press(desk, "p");
    take_all(desk);
    press(desk, "Enter");
    assert_shows(desk, "POST /v1.0/groups");
    assert_shows(desk, "\"isAssignableToRole\": true");
    press(desk, "Enter");
    g_autofree char *folded = picture(desk, 80, 24);
    assert_null(strstr(folded, "POST /v1.0/groups"));
    press(desk, "q");
    assert_shows(desk, "Checklist");
    assert_false(was_called(desk, "apply"));
    desk_free(desk);
}

static void edit_hub(struct desk *desk)
{
    press(desk, "Tab Down Down Enter");
    assert_string_equal(form_editing(desk->console), "eventHub.name");
}

static void a_space_is_named_with_its_place_and_mended_by_a_key(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    type(desk, "tele\xC2\xA0metry");
    assert_shows(desk, "no-break space");
    assert_shows(desk, "column 5");
    assert_shows(desk, "tele␣metry");
    press(desk, "Enter");
    assert_false(was_called(desk, "answer"));
    assert_shows(desk, "telemetry");
    press(desk, "Ctrl-F Enter");
    assert_string_equal(last_call(desk), "answer eventHub.name telemetry");
    desk_free(desk);
}

static void a_paste_never_submits(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    paste(desk, "tele\nmetry\n");
    assert_false(was_called(desk, "answer"));
    assert_non_null(form_editing(desk->console));
    desk_free(desk);
}

static const char mail[] =
    "Hello,\n\nplease use these values:\n\nEvent Hub Resource ID:\n"
    "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/rc-mdr/providers/Microsoft.EventHub/"
    "namespaces/rc-ns-7\n\nEvent Hub Name: rc-hub\n\nKind regards\n";

static void both_values_are_found_in_an_e_mail(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    paste(desk, mail);
    assert_shows(desk, "Found in the paste: Resource ID and Event Hub.");
    assert_false(was_called(desk, "answer"));
    press(desk, "y");
    assert_true(was_called(desk, "answer eventHub.resourceId /subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/"
                                 "resourceGroups/rc-mdr/providers/Microsoft.EventHub/namespaces/rc-ns-7"));
    assert_true(was_called(desk, "answer eventHub.name rc-hub"));
    desk_free(desk);
}

static void resizing_and_new_boards_never_lose_what_is_typed(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    type(desk, "tele");
    g_autofree char *small = picture(desk, 40, 10);
    assert_non_null(strstr(small, "tele"));
    fake_session_tell_board(desk->session);
    take_all(desk);
    g_autofree char *large = picture(desk, 200, 60);
    assert_non_null(strstr(large, "tele"));
    type(desk, "metry");
    press(desk, "Enter");
    assert_string_equal(last_call(desk), "answer eventHub.name telemetry");
    desk_free(desk);
}

static void what_is_not_sent_stays_as_a_draft(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    type(desk, "tele metry");
    press(desk, "Shift-Tab");
    assert_null(form_editing(desk->console));
    assert_false(was_called(desk, "answer"));
    assert_shows(desk, "tele␣metry");
    assert_shows(desk, "not sent");
    press(desk, "Down F");
    assert_string_equal(form_editing(desk->console), "eventHub.name");
    press(desk, "Enter");
    assert_string_equal(last_call(desk), "answer eventHub.name telemetry");
    desk_free(desk);
}

static void escape_drops_what_was_typed(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    type(desk, "tele metry");
    press(desk, "Esc");
    assert_null(form_editing(desk->console));
    g_autofree char *screen = picture(desk, 80, 24);
    assert_null(strstr(screen, "tele"));
    desk_free(desk);
}

static void letters_in_a_field_are_text_and_no_commands(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    edit_hub(desk);
    type(desk, "q?pacxs");
    assert_false(desk->console->leaving);
    assert_false(was_called(desk, "plan"));
    assert_null(console_top(desk->console));
    desk_free(desk);
}

static void masked_values_are_shown_on_request_only(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    g_autofree char *before = picture(desk, 120, 40);
    assert_null(strstr(before, "11111111-2222"));
    press(desk, "m");
    g_autofree char *after = picture(desk, 120, 40);
    assert_non_null(strstr(after, "11111111-2222"));
    assert_non_null(strstr(after, "resource group"));
    desk_free(desk);
}

static void go_to(struct desk *desk, const char *step)
{
    console_select(desk->console, step);
    desk->console->chose = TRUE;
    desk->console->pane = PANE_STEP;
    board_view_draw(desk->console, 80, 24);
}

static void a_decision_is_taken_by_its_number(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    go_to(desk, "organization");
    assert_shows(desk, "found proposed");
    press(desk, "1");
    assert_string_equal(last_call(desk), "decide organization repair");
    desk_free(desk);
}

static void a_decision_with_a_name_asks_for_it(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    go_to(desk, "organization");
    press(desk, "3");
    type(desk, "Red Canary 2");
    press(desk, "Enter");
    assert_string_equal(last_call(desk), "decide organization name:Red Canary 2");
    desk_free(desk);
}

static void wait_for_look_up(struct desk *desk)
{
    gint64 end = g_get_monotonic_time() + 5 * G_USEC_PER_SEC;
    while (form_deadline(desk->console) != G_MAXINT64 && g_get_monotonic_time() < end) {
        form_tick(desk->console);
        g_thread_yield();
    }
    take_all(desk);
}

static void reviewers_are_picked_by_part_of_a_name(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    go_to(desk, "access-package");
    press(desk, "Enter");
    type(desk, "re");
    assert_false(was_called(desk, "people"));
    wait_for_look_up(desk);
    assert_true(was_called(desk, "people re"));
    assert_shows(desk, "Reviewer Rita");
    assert_shows(desk, "guest");
    press(desk, "Down Enter");
    assert_shows(desk, "renee@contoso.com");
    type(desk, "re");
    wait_for_look_up(desk);
    press(desk, "Enter Enter");
    assert_string_equal(last_call(desk), "answer reviewers renee@contoso.com, reviewer@contoso.com");
    desk_free(desk);
}

static void an_answer_to_an_earlier_look_up_is_not_shown(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    go_to(desk, "access-package");
    press(desk, "Enter");
    type(desk, "re");
    gint64 end = g_get_monotonic_time() + 5 * G_USEC_PER_SEC;
    while (!was_called(desk, "people") && g_get_monotonic_time() < end)
        form_tick(desk->console);
    type(desk, "x");
    take_all(desk);
    g_autofree char *screen = picture(desk, 80, 24);
    assert_null(strstr(screen, "Renée"));
    desk_free(desk);
}

static void a_password_is_sent_and_never_drawn(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    go_to(desk, "account");
    press(desk, "Enter");
    type(desk, "hunter2-secret");
    g_autofree char *screen = picture(desk, 200, 60);
    assert_null(strstr(screen, "hunter2"));
    assert_non_null(strstr(screen, "●●●●●●●●"));
    press(desk, "Enter");
    assert_true(was_called(desk, "answer account.password (secret)"));
    take_all(desk);
    g_autofree char *after = picture(desk, 200, 60);
    assert_null(strstr(after, "hunter2"));
    desk_free(desk);
}

static void a_date_moves_by_days(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    go_to(desk, "access-package");
    press(desk, "Down Enter Up Up Down Enter");
    assert_string_equal(last_call(desk), "answer reviewStart 2026-11-25");
    desk_free(desk);
}

static void a_wait_ends_early_only_with_the_typed_word(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    go_to(desk, "consent");
    assert_shows(desk, "You may close perch");
    press(desk, "w");
    assert_false(was_called(desk, "override"));
    type(desk, "now");
    press(desk, "Enter");
    assert_string_equal(last_call(desk), "override consent now");
    desk_free(desk);
}

static void skipping_wants_a_reason(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    go_to(desk, "graph-alerts");
    press(desk, "x Enter");
    assert_false(was_called(desk, "skip"));
    press(desk, "x");
    type(desk, "not bought");
    press(desk, "Enter");
    assert_string_equal(last_call(desk), "skip graph-alerts not bought");
    desk_free(desk);
}

static void leaving_while_writing_is_asked(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    press(desk, "q");
    assert_true(desk->console->leaving);
    desk->console->leaving = FALSE;
    console_sent(desk->console, COMMAND_APPLY);
    press(desk, "q");
    assert_false(desk->console->leaving);
    assert_shows(desk, "Leave?");
    press(desk, "n");
    assert_false(desk->console->leaving);
    press(desk, "q y");
    assert_true(desk->console->leaving);
    desk_free(desk);
}

static void a_read_only_session_writes_nothing(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    fake_session_board(desk->session)->read_only = TRUE;
    fake_session_tell_board(desk->session);
    take_all(desk);
    go_to(desk, "organization");
    press(desk, "1 a x t Tab Enter");
    const GPtrArray *calls = fake_session_calls(desk->session);
    assert_int_equal(calls->len, 0);
    desk_free(desk);
}

static void help_names_every_action(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    press(desk, "?");
    g_autofree char *screen = picture(desk, 120, 200);
    for (int i = 0; i < ACTION_COUNT; i++) {
        g_autofree char *start = g_strndup(actions[i].help, 24);
        if (strstr(screen, start) == NULL)
            fail_msg("help does not say “%s”", start);
    }
    desk_free(desk);
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
    take_all(desk);
    assert_shows(desk, "line 49");
    press(desk, "Shift-Tab /");
    type(desk, "line 7");
    press(desk, "Enter");
    assert_shows(desk, "line 7");
    press(desk, "Enter");
    assert_shows(desk, "Log line");
    assert_shows(desk, "error");
    press(desk, "Esc v v v");
    g_autofree char *screen = picture(desk, 80, 24);
    assert_non_null(strstr(screen, "line 7"));
    assert_null(strstr(screen, "line 49"));
    assert_non_null(strstr(screen, "errors only"));
    press(desk, "v");
    assert_shows(desk, "line 49");
    desk_free(desk);
}

static void signing_in_shows_who_asks_for_what(void **state)
{
    (void)state;
    struct desk *desk = desk_new("fresh");
    press(desk, "s");
    take_all(desk);
    assert_shows(desk, "https://login.microsoftonline.com/");
    assert_shows(desk, "Microsoft Graph Command Line Tools");
    assert_shows(desk, "EntitlementManagement.ReadWrite.All");
    assert_shows(desk, "ssh -L 41234:127.0.0.1:41234");
    press(desk, "b");
    type(desk, "http://127.0.0.1:41234/?code=x");
    press(desk, "Enter");
    assert_true(was_called(desk, "paste-back http://127.0.0.1:41234/?code=x"));
    take_all(desk);
    assert_shows(desk, "admin@contoso.onmicrosoft.com");
    assert_null(console_top(desk->console));
    desk_free(desk);
}

static void a_code_can_be_asked_for_instead(void **state)
{
    (void)state;
    struct desk *desk = desk_new("fresh");
    press(desk, "s");
    take_all(desk);
    press(desk, "d");
    take_all(desk);
    assert_shows(desk, "A2B3C4D5E");
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
        struct press click = {.kind = PRESS_CLICK, .column = 8, .row = row};
        dispatch_press(desk->console, &click);
        break;
    }
    assert_string_equal(desk->console->step, "organization");
    g_autofree char *bar = grid_row_text(desk->console->grid, 23);
    const char *help = strstr(bar, "? help");
    assert_non_null(help);
    struct press click = {.kind = PRESS_CLICK, .column = (int)g_utf8_strlen(bar, help - bar), .row = 23};
    board_view_draw(desk->console, 80, 24);
    dispatch_press(desk->console, &click);
    assert_shows(desk, "Help");
    desk_free(desk);
}

static int set_locale(void **state)
{
    (void)state;
    return setlocale(LC_ALL, "C.UTF-8") != NULL ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_size_shows_where_one_is_and_the_way_out),
        cmocka_unit_test(a_tiny_screen_draws_too),
        cmocka_unit_test(at_80x24_the_board_answers_at_a_glance),
        cmocka_unit_test(a_small_screen_shows_one_pane_after_another),
        cmocka_unit_test(nothing_is_sent_before_the_domain_is_typed),
        cmocka_unit_test(escape_on_the_question_sends_nothing),
        cmocka_unit_test(a_plan_that_was_only_looked_at_writes_nothing),
        cmocka_unit_test(a_space_is_named_with_its_place_and_mended_by_a_key),
        cmocka_unit_test(a_paste_never_submits),
        cmocka_unit_test(both_values_are_found_in_an_e_mail),
        cmocka_unit_test(resizing_and_new_boards_never_lose_what_is_typed),
        cmocka_unit_test(what_is_not_sent_stays_as_a_draft),
        cmocka_unit_test(escape_drops_what_was_typed),
        cmocka_unit_test(letters_in_a_field_are_text_and_no_commands),
        cmocka_unit_test(masked_values_are_shown_on_request_only),
        cmocka_unit_test(a_decision_is_taken_by_its_number),
        cmocka_unit_test(a_decision_with_a_name_asks_for_it),
        cmocka_unit_test(reviewers_are_picked_by_part_of_a_name),
        cmocka_unit_test(an_answer_to_an_earlier_look_up_is_not_shown),
        cmocka_unit_test(a_password_is_sent_and_never_drawn),
        cmocka_unit_test(a_date_moves_by_days),
        cmocka_unit_test(a_wait_ends_early_only_with_the_typed_word),
        cmocka_unit_test(skipping_wants_a_reason),
        cmocka_unit_test(leaving_while_writing_is_asked),
        cmocka_unit_test(a_read_only_session_writes_nothing),
        cmocka_unit_test(help_names_every_action),
        cmocka_unit_test(the_log_filters_finds_and_opens_a_line),
        cmocka_unit_test(signing_in_shows_who_asks_for_what),
        cmocka_unit_test(a_code_can_be_asked_for_instead),
        cmocka_unit_test(a_click_does_what_the_key_does),
    };
    return cmocka_run_group_tests(tests, set_locale, NULL);
}

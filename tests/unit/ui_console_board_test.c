#include <string.h>

#include "support/fake_desk.h"
#include "ui/board_view.h"
#include "ui/dispatch.h"

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
                                         "Checklist", "3/14",
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
    desk_assert_shows(desk, "Leave?");
    desk_press(desk, "n");
    assert_false(desk->console->leaving);
    desk_press(desk, "q y");
    assert_true(desk->console->leaving);
    desk_free(desk);
}

static void a_read_only_session_writes_nothing(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    fake_session_board(desk->session)->read_only = TRUE;
    fake_session_tell_board(desk->session);
    desk_take_all(desk);
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
    desk_assert_shows(desk, "Help");
    desk_free(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_size_shows_where_one_is_and_the_way_out),
        cmocka_unit_test(a_tiny_screen_draws_too),
        cmocka_unit_test(at_80x24_the_board_answers_at_a_glance),
        cmocka_unit_test(a_small_screen_shows_one_pane_after_another),
        cmocka_unit_test(leaving_while_writing_is_asked),
        cmocka_unit_test(a_read_only_session_writes_nothing),
        cmocka_unit_test(help_names_every_action),
        cmocka_unit_test(the_log_filters_finds_and_opens_a_line),
        cmocka_unit_test(a_click_does_what_the_key_does),
    };
    return cmocka_run_group_tests(tests, desk_set_locale, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "support/fake_desk.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "ui/board_view.h"
#include "ui/console_parts.h"
#include "ui/dispatch.h"
#include "ui/events.h"
#include "ui/navigation.h"
#include "ui/plan_question.h"

/* For long enough to be asked about it. */
static void look_at_plan(struct desk *desk)
{
    desk->console->ask_at = MIN(desk->console->ask_at, 1);
    plan_question_tick(desk->console);
}

void desk_take_events(struct desk *desk)
{
    for (struct event *event = session_wait_event(desk->session, 2 * G_USEC_PER_SEC); event != NULL;
         event = session_wait_event(desk->session, 2 * G_USEC_PER_SEC)) {
        fake_session_return(desk->session, event);
        events_take(desk->console);
    }
    board_view_draw(desk->console, desk->columns, desk->rows);
}

void desk_take_all(struct desk *desk)
{
    desk_take_events(desk);
    look_at_plan(desk);
    board_view_draw(desk->console, desk->columns, desk->rows);
}

void desk_show_board(struct desk *desk)
{
    fake_session_tell_board(desk->session);
    desk_take_all(desk);
}

void desk_resize(struct desk *desk, int columns, int rows)
{
    desk->columns = columns;
    desk->rows = rows;
    board_view_draw(desk->console, columns, rows);
}

struct desk *desk_new(const char *scene)
{
    struct desk *desk = g_new0(struct desk, 1);
    desk->session = fake_session_new(scene);
    desk->console = console_state_new(desk->session, &desk->options);
    desk->columns = 80;
    desk->rows = 24;
    desk_take_all(desk);
    return desk;
}

void desk_free(struct desk *desk)
{
    console_state_free(desk->console);
    session_free(desk->session);
    g_free(desk);
}

void desk_press(struct desk *desk, const char *names)
{
    g_auto(GStrv) keys = g_strsplit(names, " ", -1);
    for (char **key = keys; *key != NULL; key++) {
        struct key_event one = key_named(*key);
        assert_int_not_equal(one.kind, KEY_NONE);
        dispatch_key(desk->console, &one);
        board_view_draw(desk->console, desk->console->grid->columns, desk->console->grid->rows);
    }
}

void desk_type(struct desk *desk, const char *text)
{
    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        struct key_event one = {.kind = KEY_CHARACTER, .character = g_utf8_get_char(text)};
        dispatch_key(desk->console, &one);
    }
}

void desk_paste(struct desk *desk, const char *text)
{
    struct key_event one = {.kind = KEY_PASTE, .text = text};
    dispatch_key(desk->console, &one);
}

char *desk_picture(struct desk *desk, int columns, int rows)
{
    look_at_plan(desk);
    board_view_draw(desk->console, columns, rows);
    GString *text = g_string_new(NULL);
    for (int row = 0; row < rows; row++) {
        g_autofree char *line = grid_row_text(desk->console->grid, row);
        g_string_append_printf(text, "%s\n", line);
    }
    return g_string_free(text, FALSE);
}

void desk_assert_shows(struct desk *desk, const char *text)
{
    g_autofree char *screen = desk_picture(desk, 80, 24);
    if (strstr(screen, text) == NULL) {
        fprintf(stderr, "%s\n", screen);
        fail_msg("“%s” is not on the screen above", text);
    }
}

void desk_assert_lacks(struct desk *desk, const char *text)
{
    g_autofree char *screen = desk_picture(desk, 80, 24);
    if (strstr(screen, text) != NULL) {
        fprintf(stderr, "%s\n", screen);
        fail_msg("“%s” is on the screen above", text);
    }
}

const char *desk_last_call(const struct desk *desk)
{
    const GPtrArray *calls = fake_session_calls(desk->session);
    return calls->len > 0 ? g_ptr_array_index(calls, calls->len - 1) : "";
}

gboolean desk_was_called(const struct desk *desk, const char *prefix)
{
    const GPtrArray *calls = fake_session_calls(desk->session);
    for (guint i = 0; i < calls->len; i++)
        if (g_str_has_prefix(g_ptr_array_index(calls, i), prefix))
            return TRUE;
    return FALSE;
}

void desk_go_to(struct desk *desk, const char *step)
{
    console_select(desk->console, step);
    desk->console->chose = TRUE;
    desk->console->pane = PANE_STEP;
    board_view_draw(desk->console, 80, 24);
}

int desk_set_locale(void **state)
{
    (void)state;
    return setlocale(LC_ALL, "C.UTF-8") != NULL ? 0 : -1;
}

void desk_click(struct desk *desk, const char *text)
{
    board_view_draw(desk->console, 80, 24);
    for (int row = 0; row < 24; row++) {
        g_autofree char *line = grid_row_text(desk->console->grid, row);
        const char *at = strstr(line, text);
        if (at == NULL)
            continue;
        struct key_event click = {.kind = KEY_CLICK, .column = (int)g_utf8_strlen(line, at - line) + 1, .row = row};
        dispatch_key(desk->console, &click);
        desk_take_all(desk);
        return;
    }
    fail_msg("“%s” is nowhere to be clicked", text);
}

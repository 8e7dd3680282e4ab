/* SPDX-License-Identifier: MIT */
/*
 * A console without a terminal at the made-up session, for unit tests: keys go in, pictures come out.
 */
#ifndef PERCH_TESTS_FAKE_DESK_H
#define PERCH_TESTS_FAKE_DESK_H

#include "support/fake_session.h"
#include "support/support.h"
#include "ui/console_state.h"

struct desk {
    struct session *session;
    struct console_options options;
    struct console *console;
    int columns, rows; /* of the screen on which what is taken is drawn */
};

/* SCENE as of fake_session_new(); what the session tells at first is taken and drawn at 80x24. Caller frees. */
struct desk *desk_new(const char *scene);
void desk_free(struct desk *desk);

/* The screen has another size from now on. */
void desk_resize(struct desk *desk, int columns, int rows);

/* Take what the session tells until it has nothing more to tell. */
void desk_take_events(struct desk *desk);

/* The same, and a plan that came up is looked at for long enough to be asked about it. */
void desk_take_all(struct desk *desk);

/* Tell what the test changed on the board, and wait until it is taken. */
void desk_show_board(struct desk *desk);

/* Press the keys NAMES, separated by blanks, drawing after each. */
void desk_press(struct desk *desk, const char *names);
void desk_type(struct desk *desk, const char *text);
void desk_paste(struct desk *desk, const char *text);

/* Show STEP, with the keys going to its pane. */
void desk_go_to(struct desk *desk, const char *step);

/* The screen at that size. Caller frees. */
char *desk_picture(struct desk *desk, int columns, int rows);

/* Fail the test unless TEXT is on the screen at 80x24. */
void desk_assert_shows(struct desk *desk, const char *text);
void desk_assert_lacks(struct desk *desk, const char *text);

/* What was asked of the session: the last, and whether anything began with PREFIX. */
const char *desk_last_call(const struct desk *desk);
gboolean desk_was_called(const struct desk *desk, const char *prefix);

/* For cmocka_run_group_tests(): a locale that knows wide characters. */
int desk_set_locale(void **state);

/* Click on TEXT where it stands on an 80x24 screen, and take what comes of it. */
void desk_click(struct desk *desk, const char *text);

#endif

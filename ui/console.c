/* SPDX-License-Identifier: MIT */
#include "ui/console.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "base/error.h"
#include "ui/board_view.h"
#include "ui/console_parts.h"
#include "ui/console_state.h"
#include "ui/dispatch.h"
#include "ui/events.h"
#include "ui/form/form.h"
#include "ui/keyboard.h"
#include "ui/look_again.h"
#include "ui/plan_question.h"
#include "ui/short_turns.h"
#include "ui/signals.h"
#include "ui/state_text.h"
#include "ui/text_layout.h"

#define SIGNAL_EXIT 128

static void on_key(gpointer data, const struct key_event *key)
{
    struct console *console = data;
    if (console->leaving)
        return;
    if (console->drops_typed_ahead) {
        console_note(console, "What was typed before this was shown is not taken.");
        return;
    }
    if (key->kind != KEY_NONE)
        dispatch_key(console, key);
    if (key->note != NULL)
        console_note(console, "%s", key->note);
}

static void paint(struct console *console)
{
    int columns = 0, rows = 0;
    screen_size(console->screen, &columns, &rows);
    board_view_draw(console, columns, rows);
    screen_paint(console->screen, console->grid);
    console->dirty = FALSE;
    frame_painted(&console->frame, g_get_monotonic_time());
}

static void tick(struct console *console, struct keyboard *keyboard)
{
    keyboard_tick(keyboard);
    form_tick(console);
    events_notice_due(console);
    plan_question_tick(console);
    look_again_tick(console);
    events_notice_browser(console);
    events_notice_clipboard(console, FALSE);
    if (console->note.text != NULL && g_get_monotonic_time() >= console->note.until) {
        g_clear_pointer(&console->note.text, g_free);
        console->dirty = TRUE;
    }
}

static void take_signals(struct console *console)
{
    switch (signals_read()) {
    case SIGNAL_RESIZED:
        screen_resize(console->screen);
        console->dirty = TRUE;
        break;
    case SIGNAL_CONTINUED:
        screen_resume(console->screen);
        console->dirty = TRUE;
        break;
    case SIGNAL_SUSPEND:
        action_suspend(console);
        break;
    case SIGNAL_LEAVE:
        console->leaving = TRUE;
        console->exit_code = SIGNAL_EXIT + signals_last();
        break;
    case SIGNAL_NONE:
        break;
    }
}

/* What came up by itself is painted at once: what is typed from then on is for it. */
static void take_events(struct console *console)
{
    gboolean more = events_take(console);
    frame_taken(&console->frame, more);
    console->dirty = console->drops_typed_ahead;
}

/* One turn: sleep until something happens, and take it. What a key changed is painted before events are looked at. */
static void turn(struct console *console, struct keyboard *keyboard, int signal_file)
{
    gint64 now = g_get_monotonic_time();
    struct pollfd files[] = {
        {.fd = STDIN_FILENO, .events = POLLIN},
        {.fd = frame_takes_events(&console->frame, now) ? session_event_fd(console->session) : -1, .events = POLLIN},
        {.fd = signal_file, .events = POLLIN},
        {.fd = console->awaited, .events = POLLIN},
    };
    gint64 deadline = MIN(keyboard_deadline(keyboard),
                          MIN(form_deadline(console), MIN(events_deadline(console), look_again_deadline(console))));
    gint64 wakes = MIN(deadline, frame_deadline(&console->frame, now));
    gint64 left = console->dirty ? 0 : wakes == G_MAXINT64 ? -1 : MAX(wakes - now, 0);
    int ready = poll(files, G_N_ELEMENTS(files), left < 0 ? -1 : (int)MIN((left + 999) / 1000, G_MAXINT));
    if (ready < 0 && errno != EINTR)
        console->leaving = TRUE;
    if (ready <= 0 && g_get_monotonic_time() >= deadline)
        console->dirty = TRUE;
    if (ready > 0 && files[2].revents != 0)
        take_signals(console);
    if (ready > 0 && files[0].revents != 0 && !keyboard_read(keyboard))
        console->leaving = TRUE;
    if (ready > 0 && files[3].revents != 0) {
        const struct console_awaited *awaited = console->options->awaited;
        console->awaited = -1;
        if (!awaited->is_up(awaited->data, &console->failed))
            console->leaving = TRUE;
    }
    if (ready > 0 && files[1].revents != 0 && !console->dirty)
        take_events(console);
    tick(console, keyboard);
}

static void run_loop(struct console *console)
{
    g_autoptr(Keyboard) keyboard = keyboard_new(STDIN_FILENO, on_key, console);
    int signal_file = signals_catch();
    if (signal_file < 0)
        return;
    short_turns_ask();
    session_probe_keyring(console->session);
    if (!console->greeting) {
        session_check_unasked(console->session);
        console_sent(console, COMMAND_CHECK);
    }
    take_events(console);
    paint(console);
    while (!console->leaving) {
        turn(console, keyboard, signal_file);
        gboolean is_due = console->dirty || frame_is_due(&console->frame, g_get_monotonic_time());
        if (is_due && !console->leaving)
            paint(console);
        if (console->drops_typed_ahead) {
            /* What lies in the terminal's line now was typed before a question that came up by itself was painted. */
            struct pollfd file = {.fd = STDIN_FILENO, .events = POLLIN};
            while (poll(&file, 1, 0) > 0 && keyboard_read(keyboard))
                continue;
            console->drops_typed_ahead = FALSE;
        }
    }
    signals_release();
}

void console_prepare(void)
{
    screen_prepare();
}

int console_run(struct session *session, const struct console_options *options, GError **error)
{
    const char *no_color = g_getenv("NO_COLOR");
    gboolean plain = options->no_color || (no_color != NULL && *no_color != '\0');
    g_autoptr(Screen) screen = screen_open(options->no_mouse, plain, error);
    if (screen == NULL)
        return -1;
    struct console *console = console_state_new(session, options);
    console->screen = screen;
    console->exit_code = -1;
    run_loop(console);
    int exit_code = console->exit_code >= 0 ? console->exit_code : console->board->exit_code;
    g_autofree char *farewell = console->failed == NULL ? farewell_text(console->board, console->led) : NULL;
    if (console->failed != NULL) {
        g_propagate_error(error, g_steal_pointer(&console->failed));
        exit_code = -1;
    }
    events_notice_clipboard(console, TRUE);
    console_state_free(console);
    int columns = 0, rows = 0;
    screen_size(screen, &columns, &rows);
    g_clear_pointer(&screen, screen_close);
    g_autofree char *wrapped = farewell != NULL ? layout_wrap_text(farewell, columns) : NULL;
    if (wrapped != NULL)
        printf("%s\n", wrapped);
    return exit_code;
}

#include "ui/console.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "base/error.h"
#include "ui/board_view.h"
#include "ui/console_state.h"
#include "ui/dispatch.h"
#include "ui/events.h"
#include "ui/form.h"
#include "ui/keyboard.h"
#include "ui/signals.h"

#define SIGNAL_EXIT 128

static void on_press(gpointer data, const struct press *press, const char *note)
{
    struct console *console = data;
    if (console->leaving)
        return;
    if (press->kind != PRESS_NONE)
        dispatch_press(console, press);
    if (note != NULL)
        console_note(console, "%s", note);
}

static void paint(struct console *console)
{
    int columns = 0, rows = 0;
    screen_size(console->screen, &columns, &rows);
    board_view_draw(console, columns, rows);
    screen_paint(console->screen, console->grid);
    console->dirty = FALSE;
}

/* Milliseconds until the first of the deadlines, rounded up; -1: none. */
static int poll_time(const struct console *console, const struct keyboard *keyboard)
{
    gint64 deadline = MIN(keyboard_deadline(keyboard), MIN(form_deadline(console), events_deadline(console)));
    if (deadline == G_MAXINT64)
        return -1;
    gint64 left = MAX(deadline - g_get_monotonic_time(), 0);
    return (int)MIN((left + 999) / 1000, G_MAXINT);
}

static void tick(struct console *console, struct keyboard *keyboard)
{
    keyboard_tick(keyboard);
    form_tick(console);
    events_notice_due(console);
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
    case SIGNAL_LEAVE:
        console->leaving = TRUE;
        console->exit_code = SIGNAL_EXIT + signals_last();
        break;
    case SIGNAL_NONE:
        break;
    }
}

/* One turn: sleep until something happens, take all of it, paint once. */
static void turn(struct console *console, struct keyboard *keyboard, int signal_file)
{
    struct pollfd files[] = {
        {.fd = STDIN_FILENO, .events = POLLIN},
        {.fd = session_event_fd(console->session), .events = POLLIN},
        {.fd = signal_file, .events = POLLIN},
    };
    int wait = poll_time(console, keyboard);
    int ready = poll(files, G_N_ELEMENTS(files), wait);
    if (ready < 0 && errno != EINTR)
        console->leaving = TRUE;
    if (ready <= 0 && wait >= 0)
        console->dirty = TRUE;
    if (ready > 0 && files[2].revents != 0)
        take_signals(console);
    if (ready > 0 && files[0].revents != 0 && !keyboard_read(keyboard))
        console->leaving = TRUE;
    if (ready > 0 && files[1].revents != 0)
        events_take(console);
    tick(console, keyboard);
}

static void run_loop(struct console *console)
{
    g_autoptr(Keyboard) keyboard = keyboard_new(STDIN_FILENO, on_press, console);
    int signal_file = signals_catch();
    if (signal_file < 0)
        return;
    session_probe_keyring(console->session);
    if (!console->greeting) {
        session_check(console->session);
        console_sent(console, COMMAND_CHECK);
    }
    events_take(console);
    paint(console);
    while (!console->leaving) {
        turn(console, keyboard, signal_file);
        if (console->dirty && !console->leaving)
            paint(console);
    }
    signals_release();
}

static gboolean wants_no_color(const struct console_options *options)
{
    const char *no_color = g_getenv("NO_COLOR");
    return options->no_color || (no_color != NULL && *no_color != '\0');
}

int console_run(struct session *session, const struct console_options *options, GError **error)
{
    g_autoptr(Screen) screen = screen_open(options->no_mouse, wants_no_color(options), error);
    if (screen == NULL)
        return -1;
    struct console *console = console_state_new(session, options);
    console->screen = screen;
    console->exit_code = -1;
    run_loop(console);
    int exit_code = console->exit_code >= 0 ? console->exit_code : console->board->exit_code;
    console_state_free(console);
    return exit_code;
}

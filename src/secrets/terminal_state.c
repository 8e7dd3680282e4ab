/* SPDX-License-Identifier: MIT */
#include "secrets/terminal_state.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define WRITE_TIMEOUT_MS 1000

/* Safe on a terminal that is already in order: nothing here moves the cursor. Paste marks, focus reports, mouse,
 * application keys, line wrap, cursor, character set, attributes. */
#define MODES_OFF                                                                                                      \
    "\033[?2004l\033[?1004l\033[?1000l\033[?1002l\033[?1003l\033[?1005l\033[?1006l\033[?1015l\033[?1l\033>"            \
    "\033[?7h\033[?25h\033(B\017\033[0m"

/* Scrolling region, alternate screen, and the title that was saved when the console set its own. */
#define SCREEN_OFF "\033[r\033[?1049l\033[23;0t"

struct terminal_state {
    int terminal;
    struct termios modes;
};

struct terminal_state *terminal_state_new(void)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return NULL;
    struct terminal_state *state = g_new0(struct terminal_state, 1);
    /* A description of its own, so that it can be non-blocking without changing the console's. */
    const int flags = O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    state->terminal = open("/dev/tty", flags);
    const char *name = state->terminal < 0 ? ttyname(STDOUT_FILENO) : NULL;
    if (name != NULL)
        state->terminal = open(name, flags);
    if (state->terminal < 0 || tcgetattr(state->terminal, &state->modes) != 0)
        g_clear_pointer(&state, terminal_state_free);
    return state;
}

void terminal_state_free(struct terminal_state *state)
{
    if (state == NULL)
        return;
    if (state->terminal >= 0)
        close(state->terminal);
    g_free(state);
}

static void write_all(int terminal, const char *text)
{
    gsize left = strlen(text);
    while (left > 0) {
        gssize written = write(terminal, text, left);
        if (written > 0) {
            text += written;
            left -= (gsize)written;
            continue;
        }
        struct pollfd ready = {.fd = terminal, .events = POLLOUT};
        if ((errno != EAGAIN && errno != EINTR) || poll(&ready, 1, WRITE_TIMEOUT_MS) <= 0)
            return;
    }
}

void terminal_state_restore(const struct terminal_state *state)
{
    struct termios now;
    if (tcgetpgrp(state->terminal) != getpgrp() || tcgetattr(state->terminal, &now) != 0)
        return;
    /* The person may have stopped output with Ctrl-S. */
    tcflow(state->terminal, TCOON);
    tcsetattr(state->terminal, TCSANOW, &state->modes);
    tcflush(state->terminal, TCIFLUSH);
    const char *type = g_getenv("TERM");
    if (type == NULL || *type == '\0' || g_str_equal(type, "dumb"))
        return;
    /* Leaving an alternate screen that was never entered would move the cursor. Whoever draws sets the modes first. */
    const struct termios *own = &state->modes;
    if (now.c_iflag != own->c_iflag || now.c_oflag != own->c_oflag || now.c_cflag != own->c_cflag ||
        now.c_lflag != own->c_lflag || memcmp(now.c_cc, own->c_cc, sizeof now.c_cc) != 0)
        write_all(state->terminal, SCREEN_OFF);
    /* Behind it: with the screen some terminals put back a cursor that was saved, or never was, and is hidden then. */
    write_all(state->terminal, MODES_OFF);
}

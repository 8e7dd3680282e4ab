/* SPDX-License-Identifier: MIT */
#include "ui/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static const int caught[] = {SIGWINCH, SIGCONT, SIGTSTP, SIGTERM, SIGHUP, SIGINT, SIGQUIT};

/* A signal handler has nothing else to reach its pipe by. */
static int pipe_ends[2] = {-1, -1};
static struct sigaction before[G_N_ELEMENTS(caught)];
static int last_signal;

static void on_signal(int number)
{
    int saved = errno;
    char byte = (char)number;
    ssize_t written = write(pipe_ends[1], &byte, 1);
    (void)written;
    errno = saved;
}

int signals_catch(void)
{
    if (pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) < 0)
        return -1;
    last_signal = 0;
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (gsize i = 0; i < G_N_ELEMENTS(caught); i++)
        sigaction(caught[i], &action, &before[i]);
    return pipe_ends[0];
}

void signals_release(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(caught); i++)
        sigaction(caught[i], &before[i], NULL);
    for (int i = 0; i < 2; i++) {
        close(pipe_ends[i]);
        pipe_ends[i] = -1;
    }
}

enum signal_news signals_read(void)
{
    enum signal_news news = SIGNAL_NONE;
    char bytes[64];
    for (ssize_t count = read(pipe_ends[0], bytes, sizeof bytes); count > 0;
         count = read(pipe_ends[0], bytes, sizeof bytes))
        for (ssize_t i = 0; i < count; i++) {
            enum signal_news told = bytes[i] == SIGWINCH  ? SIGNAL_RESIZED
                                    : bytes[i] == SIGCONT ? SIGNAL_CONTINUED
                                    : bytes[i] == SIGTSTP ? SIGNAL_SUSPEND
                                                          : SIGNAL_LEAVE;
            if (told == SIGNAL_LEAVE)
                last_signal = bytes[i];
            news = MAX(news, told);
        }
    return news;
}

int signals_last(void)
{
    return last_signal;
}

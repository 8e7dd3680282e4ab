/* SPDX-License-Identifier: MIT */
#include "ui/plain/plain_interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* A signal handler has nothing else to reach its pipe by. */
static int pipe_ends[2] = {-1, -1};
static struct sigaction before;

static void on_interrupt(int number)
{
    int saved = errno;
    char byte = (char)number;
    ssize_t written = write(pipe_ends[1], &byte, 1);
    (void)written;
    errno = saved;
}

int plain_interrupt_catch(void)
{
    if (pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) < 0)
        return -1;
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)(SA_RESTART | SA_RESETHAND)};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, NULL, &before);
    /* Whoever starts a program in the background has its interrupts ignored. */
    if (before.sa_handler != SIG_IGN)
        sigaction(SIGINT, &action, NULL);
    return pipe_ends[0];
}

void plain_interrupt_release(void)
{
    if (pipe_ends[0] < 0)
        return;
    sigaction(SIGINT, &before, NULL);
    for (int i = 0; i < 2; i++) {
        close(pipe_ends[i]);
        pipe_ends[i] = -1;
    }
}

/* SPDX-License-Identifier: MIT */
#include "base/launcher.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"

#define PROGRAM "xdg-open"
#define OWN_SOCKET 3
#define LONGEST_URL 16384
#define CHILD_CHECK 50  /* milliseconds between two looks at what runs */
#define START_WAIT 3000 /* milliseconds */

struct launcher {
    int socket;
    GHashTable *ended; /* of GPid -> enum launcher_status */
};

/* What the launcher says of a process: that it started or could not (FAILURE, an errno), or how it ended. */
struct notice {
    pid_t process;
    int failure;
    gboolean ended;
    int status;
};

/* 0 and the errno in *FAILURE if URL cannot be given to the program. */
static pid_t start(const char *url, int *failure)
{
    int ends[2];
    *failure = 0;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        *failure = errno;
        return 0;
    }
    pid_t process = fork();
    if (process == 0) {
        /* A browser that runs in a terminal must not take this one. */
        setsid();
        execlp(PROGRAM, PROGRAM, url, (char *)NULL);
        int cause = errno;
        _exit(write(ends[1], &cause, sizeof cause) > 0 ? 127 : 126);
    }
    if (process < 0)
        *failure = errno;
    close(ends[1]);
    if (process > 0 && read(ends[0], failure, sizeof *failure) > 0) {
        waitpid(process, NULL, 0);
        process = 0;
    }
    close(ends[0]);
    return MAX(process, 0);
}

/* Until perch is gone. */
static void serve(void)
{
    guint running = 0;
    for (;;) {
        static char url[LONGEST_URL + 1];
        struct pollfd asked = {.fd = OWN_SOCKET, .events = POLLIN};
        struct notice notice = {0};
        poll(&asked, 1, running > 0 ? CHILD_CHECK : -1);
        if (asked.revents != 0) {
            ssize_t length = recv(OWN_SOCKET, url, LONGEST_URL, 0);
            if (length <= 0)
                return;
            url[length] = '\0';
            notice.process = start(url, &notice.failure);
            running += notice.process > 0 ? 1 : 0;
            send(OWN_SOCKET, &notice, sizeof notice, MSG_NOSIGNAL);
        }
        notice = (struct notice){.ended = TRUE};
        while (running > 0 && (notice.process = waitpid(-1, &notice.status, WNOHANG)) > 0) {
            running--;
            send(OWN_SOCKET, &notice, sizeof notice, MSG_NOSIGNAL);
        }
    }
}

struct launcher *launcher_new(void)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return NULL;
    pid_t process = fork();
    /* It is nobody's child: whoever waits for perch's own would find it among them. */
    if (process == 0 && fork() != 0)
        _exit(0);
    if (process == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        /* Ctrl-C is not meant for it, and whoever reads what perch prints must not wait for it. */
        setsid();
        for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
            dup2(nowhere, fd);
        dup2(ends[1], OWN_SOCKET);
        close_range(OWN_SOCKET + 1, ~0U, 0);
        fcntl(OWN_SOCKET, F_SETFD, FD_CLOEXEC);
        serve();
        _exit(0);
    }
    close(ends[1]);
    if (process < 0) {
        close(ends[0]);
        return NULL;
    }
    waitpid(process, NULL, 0);
    struct launcher *launcher = g_new0(struct launcher, 1);
    launcher->socket = ends[0];
    launcher->ended = g_hash_table_new(g_direct_hash, g_direct_equal);
    return launcher;
}

void launcher_free(struct launcher *launcher)
{
    if (launcher == NULL)
        return;
    close(launcher->socket);
    g_hash_table_unref(launcher->ended);
    g_free(launcher);
}

/* TRUE if there was a notice within TIMEOUT milliseconds; what ended is kept. */
static gboolean receive(struct launcher *launcher, struct notice *notice, int timeout)
{
    struct pollfd told = {.fd = launcher->socket, .events = POLLIN};
    int ready = 0;
    do
        ready = poll(&told, 1, timeout);
    while (ready < 0 && errno == EINTR);
    if (ready <= 0 || recv(launcher->socket, notice, sizeof *notice, MSG_DONTWAIT) != (ssize_t)sizeof *notice)
        return FALSE;
    gboolean is_good = WIFEXITED(notice->status) && WEXITSTATUS(notice->status) == 0;
    if (notice->ended)
        g_hash_table_insert(launcher->ended, GINT_TO_POINTER(notice->process),
                            GINT_TO_POINTER(is_good ? LAUNCHER_OPENED : LAUNCHER_FAILED));
    return TRUE;
}

GPid launcher_open(struct launcher *launcher, const char *url, GError **error)
{
    struct notice notice = {.failure = ENOTCONN, .ended = TRUE};
    if ((!g_str_has_prefix(url, "https://") && !g_str_has_prefix(url, "http://")) || strlen(url) > LONGEST_URL) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "This is no web address; it was not opened.");
        return 0;
    }
    if (launcher != NULL && send(launcher->socket, url, strlen(url), MSG_NOSIGNAL) > 0)
        while (notice.ended && receive(launcher, &notice, START_WAIT))
            ;
    if (!notice.ended && notice.process > 0)
        return notice.process;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                "No browser could be started here (" PROGRAM ": %s).\n"
                "Copy the link with y and open it where your browser is.",
                g_strerror(notice.ended ? ENOTCONN : notice.failure));
    return 0;
}

enum launcher_status launcher_status(struct launcher *launcher, GPid process, int timeout)
{
    struct notice notice;
    gint64 end = g_get_monotonic_time() + (gint64)timeout * 1000;
    gpointer status = NULL;
    while (!g_hash_table_lookup_extended(launcher->ended, GINT_TO_POINTER(process), NULL, &status))
        if (!receive(launcher, &notice, (int)MAX((end - g_get_monotonic_time()) / 1000, 0)))
            return LAUNCHER_UNDER_WAY;
    g_hash_table_remove(launcher->ended, GINT_TO_POINTER(process));
    return (enum launcher_status)GPOINTER_TO_INT(status);
}

/* SPDX-License-Identifier: MIT */
#include "secrets/guardian.h"

#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "secrets/terminal_state.h"

struct guardian {
    pid_t child;
    sigset_t former_mask;
    struct terminal_state *terminal;
    gint *returned; /* shared with the child: non-zero once the console came back from its work */
};

static void let_go(struct guardian *guardian)
{
    terminal_state_free(guardian->terminal);
    if (guardian->returned != NULL)
        munmap(guardian->returned, sizeof(gint));
}

static int run_child(struct guardian *guardian, pid_t parent, int (*child)(void *data), void *data)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    sigprocmask(SIG_SETMASK, &guardian->former_mask, NULL);
    /* The parent may have gone before it could be watched. */
    if (getppid() != parent)
        raise(SIGTERM);
    terminal_state_free(guardian->terminal);
    int status = child(data);
    g_atomic_int_set(guardian->returned, 1);
    return status;
}

/* Stop as the child did, so that the shell takes its terminal back. Returns when the shell continues the job. */
static void stop_too(int signal)
{
    int own = signal == SIGSTOP ? SIGSTOP : SIGTSTP;
    sigset_t only;
    sigset_t former;
    sigemptyset(&only);
    sigaddset(&only, own);
    /* Still blocked, so that it becomes one with what the terminal sent: stopping twice would need two fg. */
    kill(getpid(), own);
    sigprocmask(SIG_UNBLOCK, &only, &former);
    sigprocmask(SIG_SETMASK, &former, NULL);
}

/* TRUE and *STATUS once the child has ended. */
static gboolean child_has_ended(const struct guardian *guardian, int *status)
{
    gboolean left_behind = FALSE;
    while (waitpid(guardian->child, status, WNOHANG | WUNTRACED | WCONTINUED) == guardian->child) {
        if (WIFSTOPPED(*status))
            stop_too(WSTOPSIG(*status));
        else if (!WIFCONTINUED(*status))
            return TRUE;
        left_behind = WIFSTOPPED(*status);
    }
    /* A shell continues the whole job, but somebody may have continued the parent alone. */
    if (left_behind)
        kill(guardian->child, SIGCONT);
    return FALSE;
}

static int watch(const struct guardian *guardian)
{
    int status = 0;
    sigset_t all;
    sigfillset(&all);
    while (!child_has_ended(guardian, &status)) {
        siginfo_t signal = {0};
        if (sigwaitinfo(&all, &signal) <= 0)
            continue;
        /* Signals of the terminal reach the child by themselves; only what a process sent to the parent is passed on.
         * Not so SIGCONT, which goes to the whole job: once more would discard a Ctrl-Z that came since. */
        gboolean was_sent = signal.si_code <= 0 && signal.si_pid != guardian->child;
        if (was_sent && signal.si_signo != SIGCHLD && signal.si_signo != SIGCONT)
            kill(guardian->child, signal.si_signo);
    }
    /* What the terminal sent to both ended the child, and may have come here behind that end: it is not for the parent,
     * which ends as the child did. */
    const struct timespec at_once = {0};
    while (sigtimedwait(&all, NULL, &at_once) > 0)
        continue;
    return status;
}

static int finish(struct guardian *guardian, int status)
{
    if (g_atomic_int_get(guardian->returned) == 0)
        terminal_state_restore(guardian->terminal);
    let_go(guardian);
    if (!WIFSIGNALED(status)) {
        sigprocmask(SIG_SETMASK, &guardian->former_mask, NULL);
        return WEXITSTATUS(status);
    }
    int number = WTERMSIG(status);
    if (number != SIGTERM && number != SIGHUP && number != SIGINT && number != SIGQUIT)
        fprintf(stderr,
                "perch was ended by a signal (%s). What it did is in its journal: the next run goes on from there.\n",
                strsignal(number));
    /* End as the child did, so that a shell or a script sees what happened. */
    struct sigaction plain = {.sa_handler = SIG_DFL};
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    sigaction(number, &plain, NULL);
    sigprocmask(SIG_SETMASK, &guardian->former_mask, NULL);
    sigprocmask(SIG_UNBLOCK, &only, NULL);
    raise(number);
    return 128 + number;
}

int guardian_run(int (*child)(void *data), void *data)
{
    void *page = mmap(NULL, sizeof(gint), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct guardian guardian = {.terminal = terminal_state_new(), .returned = page == MAP_FAILED ? NULL : page};
    sigset_t all;
    sigfillset(&all);
    if (guardian.terminal == NULL || guardian.returned == NULL) {
        let_go(&guardian);
        return child(data);
    }
    fflush(NULL);
    sigprocmask(SIG_SETMASK, &all, &guardian.former_mask);
    pid_t parent = getpid();
    guardian.child = fork();
    if (guardian.child == 0)
        return run_child(&guardian, parent, child, data);
    if (guardian.child > 0)
        return finish(&guardian, watch(&guardian));
    sigprocmask(SIG_SETMASK, &guardian.former_mask, NULL);
    let_go(&guardian);
    return child(data);
}

/* SPDX-License-Identifier: MIT */
#include "support/at_rest.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/support.h"

/* A child with a child of its own, which works until it is told to stop, or waits. */
static pid_t start_grandchild(gboolean works)
{
    pid_t child = fork();
    if (child == 0) {
        setpgid(0, 0);
        if (fork() == 0)
            while (works)
                continue;
        for (;;)
            pause();
    }
    setpgid(child, child);
    return child;
}

static void end_all(pid_t child)
{
    kill(-child, SIGKILL);
    waitpid(child, NULL, 0);
}

static gboolean comes_to(gboolean rest)
{
    gint64 end = g_get_monotonic_time() + PATIENCE;
    while (all_is_at_rest() != rest && g_get_monotonic_time() < end)
        g_thread_yield();
    return all_is_at_rest() == rest;
}

static void work_of_a_grandchild_is_seen(void **state)
{
    (void)state;
    assert_true(all_is_at_rest());
    pid_t waiting = start_grandchild(FALSE);
    assert_true(comes_to(TRUE));
    pid_t working = start_grandchild(TRUE);
    assert_true(comes_to(FALSE));
    end_all(working);
    assert_true(comes_to(TRUE));
    end_all(waiting);
}

int main(void)
{
    if (!g_file_test("/proc/thread-self/children", G_FILE_TEST_EXISTS))
        skip_program("this kernel does not tell of children");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_of_a_grandchild_is_seen),
    };
    return cmocka_run_group_tests_name("at rest", tests, NULL, NULL);
}

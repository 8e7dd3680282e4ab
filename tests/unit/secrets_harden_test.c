/* SPDX-License-Identifier: MIT */
/* Each check runs in a child process: hardening cannot be taken back. */
#include "secrets/harden.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/support.h"

#define NOBODY 65534

/* 0 or the number of the line that does not hold. */
#define HOLDS(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            return __LINE__ % 250 + 1;                                                                                 \
    } while (0)

static int status_of_child(int (*check)(void))
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(check());
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void assert_holds(int (*check)(void))
{
    int status = status_of_child(check);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static int check_process(void)
{
    struct rlimit core;
    HOLDS(harden_process(NULL));
    HOLDS(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0);
    HOLDS(getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0 && core.rlim_max == 0);
    HOLDS(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
    HOLDS(umask(0) == 077);
    return 0;
}

static int check_environment(void)
{
    static const char *const names[] = {"SSLKEYLOGFILE", "SECRET_BACKEND", "SECRET_FILE_TEST_PATH",
                                        "SECRET_FILE_TEST_PASSWORD", "G_DBUS_DEBUG"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        g_setenv(names[i], "/tmp/x", TRUE);
    g_setenv("SECRET_SANTA", "kept", TRUE);
    HOLDS(harden_process(NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        HOLDS(g_getenv(names[i]) == NULL);
    HOLDS(g_strcmp0(g_getenv("SECRET_SANTA"), "kept") == 0);
    return 0;
}

static int check_broken_pipe(void)
{
    int ends[2];
    HOLDS(harden_process(NULL));
    HOLDS(pipe(ends) == 0);
    close(ends[0]);
    HOLDS(write(ends[1], "x", 1) < 0 && errno == EPIPE);
    return 0;
}

static int check_file_size(void)
{
    const struct rlimit nothing = {0, 0};
    FILE *stream = tmpfile();
    HOLDS(harden_process(NULL));
    HOLDS(stream != NULL && setrlimit(RLIMIT_FSIZE, &nothing) == 0);
    HOLDS(write(fileno(stream), "x", 1) < 0 && errno == EFBIG);
    return 0;
}

static int check_file_modes(void)
{
    struct stat found;
    g_autofree char *folder = g_strdup("/tmp/perch-harden-XXXXXX");
    HOLDS(harden_process(NULL));
    HOLDS(mkdtemp(folder) != NULL);
    g_autofree char *file = g_build_filename(folder, "file", NULL);
    FILE *stream = fopen(file, "w");
    gboolean known = stream != NULL && fstat(fileno(stream), &found) == 0;
    fclose(stream);
    unlink(file);
    rmdir(folder);
    HOLDS(known && (found.st_mode & 0777) == 0600);
    return 0;
}

static int abort_with_core_dumps_on(void)
{
    struct rlimit core;
    getrlimit(RLIMIT_CORE, &core);
    core.rlim_cur = core.rlim_max;
    setrlimit(RLIMIT_CORE, &core);
    HOLDS(harden_process(NULL));
    signal(SIGABRT, SIG_DFL);
    abort();
}

/* TRUE if a process of an ordinary user could read the environment of another one of the same user. */
static gboolean neighbour_can_read(gboolean hardened)
{
    int told[2];
    int held[2];
    assert_int_equal(pipe(told) | pipe(held), 0);
    pid_t child = fork();
    if (child == 0) {
        close(held[1]);
        gboolean ready = setgid(NOBODY) == 0 && setuid(NOBODY) == 0 && prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0;
        ready = ready && (!hardened || harden_process(NULL));
        char byte = ready ? 'r' : 'n';
        gboolean over = write(told[1], &byte, 1) != 1 || read(held[0], &byte, 1) < 0;
        _exit(over);
    }
    char byte = 0;
    assert_int_equal(read(told[0], &byte, 1), 1);
    assert_int_equal(byte, 'r');
    pid_t neighbour = fork();
    if (neighbour == 0) {
        g_autofree char *file = g_strdup_printf("/proc/%d/environ", child);
        gboolean ready = setgid(NOBODY) == 0 && setuid(NOBODY) == 0;
        _exit(ready && open(file, O_RDONLY) >= 0);
    }
    int status = 0;
    assert_int_equal(waitpid(neighbour, &status, 0), neighbour);
    close(held[1]);
    assert_int_equal(waitpid(child, NULL, 0), child);
    close(held[0]);
    close(told[0]);
    close(told[1]);
    return WEXITSTATUS(status) == 1;
}

static void test_the_process_is_closed(void **state)
{
    (void)state;
    assert_holds(check_process);
}

static void test_variables_that_leak_are_unset(void **state)
{
    (void)state;
    assert_holds(check_environment);
}

static void test_a_broken_pipe_is_an_error_and_no_signal(void **state)
{
    (void)state;
    assert_holds(check_broken_pipe);
}

/* Where a person may write no more, the run ends with what it could not write, not by a signal. */
static void test_a_file_that_may_not_grow_is_an_error_and_no_signal(void **state)
{
    (void)state;
    assert_holds(check_file_size);
}

static void test_files_are_for_the_user_alone(void **state)
{
    (void)state;
    assert_holds(check_file_modes);
}

static void test_a_crash_leaves_no_core(void **state)
{
    (void)state;
    int status = status_of_child(abort_with_core_dumps_on);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
    assert_false(WCOREDUMP(status));
}

static void test_other_processes_of_the_user_cannot_look_in(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip();
    assert_true(neighbour_can_read(FALSE));
    assert_false(neighbour_can_read(TRUE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_process_is_closed),
        cmocka_unit_test(test_variables_that_leak_are_unset),
        cmocka_unit_test(test_a_broken_pipe_is_an_error_and_no_signal),
        cmocka_unit_test(test_a_file_that_may_not_grow_is_an_error_and_no_signal),
        cmocka_unit_test(test_files_are_for_the_user_alone),
        cmocka_unit_test(test_a_crash_leaves_no_core),
        cmocka_unit_test(test_other_processes_of_the_user_cannot_look_in),
    };
    return cmocka_run_group_tests_name("harden", tests, NULL, NULL);
}

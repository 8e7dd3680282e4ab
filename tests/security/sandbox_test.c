/* SPDX-License-Identifier: MIT */
/* What the thread that reads the network may do no more. Each check runs in a child process: it cannot be taken back.
 */
#include "secrets/sandbox.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "secrets/syscall_filter.h"
#include "support/practice.h"

#define FIRST_WITH_NETWORK 4

/* 0 or the number of the line that does not hold. */
#define HOLDS(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            return __LINE__ % 250 + 1;                                                                                 \
    } while (0)

static int connect_to(guint16 port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int failure = connect(fd, (const struct sockaddr *)&address, sizeof address) == 0 ? 0 : errno;
    close(fd);
    return failure;
}

static int check_files(const char *folder)
{
    g_autofree char *own = g_build_filename(folder, "own", NULL);
    g_autofree char *inside = g_build_filename(own, "kept", NULL);
    g_autofree char *outside = g_build_filename(folder, "outside", NULL);
    g_autofree char *readable = g_build_filename(folder, "readable", NULL);
    const char *const read[] = {readable, NULL};
    const char *const write[] = {own, NULL};
    static const guint16 ports[] = {443, 0};
    HOLDS(mkdir(own, 0700) == 0);
    HOLDS(g_file_set_contents(outside, "x", -1, NULL) && g_file_set_contents(readable, "x", -1, NULL));
    HOLDS(sandbox_enter(read, write, ports));
    HOLDS(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
    HOLDS(g_file_set_contents(inside, "text", -1, NULL) && g_file_set_contents(inside, "again", -1, NULL));
    HOLDS(g_file_test("/etc/passwd", G_FILE_TEST_EXISTS) && open("/etc/passwd", O_RDONLY) >= 0);
    HOLDS(open(readable, O_RDONLY) >= 0);
    HOLDS(open(readable, O_WRONLY) < 0 && errno == EACCES);
    HOLDS(open(outside, O_RDONLY) < 0 && errno == EACCES);
    HOLDS(open(outside, O_WRONLY) < 0 && errno == EACCES);
    HOLDS(unlink(outside) < 0 && errno == EACCES);
    HOLDS(execl("/bin/true", "true", (char *)NULL) < 0 && errno == EACCES);
    return 0;
}

static int check_network(const char *folder)
{
    static const guint16 ports[] = {443, 7, 0};
    const char *const nothing[] = {NULL};
    (void)folder;
    HOLDS(sandbox_enter(nothing, nothing, ports));
    HOLDS(connect_to(7) == ECONNREFUSED);
    HOLDS(connect_to(9) == (sandbox_version() >= FIRST_WITH_NETWORK ? EACCES : ECONNREFUSED));
    return 0;
}

static int check_calls(const char *folder)
{
    struct iovec own = {(gpointer)folder, 1};
    HOLDS(syscall_filter_count() > 0);
    HOLDS(syscall_filter_enter());
    HOLDS(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
    HOLDS(ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0 && errno == EPERM);
    HOLDS(process_vm_readv(getpid(), &own, 1, &own, 1, 0) < 0 && errno == EPERM);
    HOLDS(unshare(0) < 0 && errno == EPERM);
    HOLDS(execl("/bin/true", "true", (char *)NULL) < 0 && errno == EPERM);
    HOLDS(syscall(SYS_request_key, "user", "x", NULL, 0) < 0 && errno == EPERM);
#if defined(__x86_64__)
    /* The same call by the processor's other calling convention. */
    HOLDS(syscall(0x40000000 + SYS_getpid) < 0 && errno == EPERM);
#endif
    HOLDS(getppid() > 0 && open("/etc/passwd", O_RDONLY) >= 0);
    return 0;
}

static void assert_holds(int (*check)(const char *folder))
{
    g_autofree char *folder = scratch_new();
    pid_t child = fork();
    if (child == 0)
        _exit(check(folder));
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    scratch_remove(folder);
}

static void test_files_are_read_and_written_where_it_was_said(void **state)
{
    (void)state;
    assert_holds(check_files);
}

static void test_calls_that_nobody_needs_are_refused(void **state)
{
    (void)state;
    if (syscall_filter_count() == 0)
        skip();
    assert_holds(check_calls);
}

static void test_the_network_is_the_named_ports(void **state)
{
    (void)state;
    assert_holds(check_network);
}

/* All of a company's onboarding, by a program that is confined. */
static void test_an_apply_goes_through_and_says_that_it_was_confined(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *log = g_build_filename(practice_folder(tenant), "state", "log.txt", NULL);
    g_autofree char *sentence = sandbox_sentence();
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", "--log-file", log, NULL);
    g_autoptr(json) document = run_document(apply);
    assert_step(document, "group", "done");
    g_autofree char *text = read_text(log);
    assert_non_null(strstr(text, sentence));
    assert_null(strstr(text, "sandbox: off"));
    g_autoptr(Run) doctor = perch(tenant, "doctor", NULL);
    assert_non_null(strstr(doctor->output, "and network confined (Landlock "));
    practice_end(tenant);
}

int main(void)
{
    /* Not under /dev, which everything may read. */
    g_setenv("TMPDIR", "/tmp", TRUE);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files_are_read_and_written_where_it_was_said),
        cmocka_unit_test(test_the_network_is_the_named_ports),
        cmocka_unit_test(test_calls_that_nobody_needs_are_refused),
        cmocka_unit_test(test_an_apply_goes_through_and_says_that_it_was_confined),
    };
    if (sandbox_version() == 0)
        skip_program("this kernel has no Landlock");
    return cmocka_run_group_tests(tests, NULL, NULL);
}

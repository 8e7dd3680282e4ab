/* SPDX-License-Identifier: MIT */
#include "secrets/secret.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/support.h"

static void test_a_secret_is_a_copy_that_ends_in_nul(void **state)
{
    (void)state;
    char text[] = "correct horse";
    g_autoptr(Secret) secret = secret_new(text, -1);
    memset(text, 'x', sizeof text - 1);
    assert_string_equal(secret_text(secret), "correct horse");
    assert_int_equal(secret_length(secret), 13);
    g_autoptr(Secret) part = secret_new("correct horse", 7);
    assert_string_equal(secret_text(part), "correct");
    g_autoptr(Secret) empty = secret_new("", -1);
    assert_string_equal(secret_text(empty), "");
    assert_null(secret_copy(NULL));
    secret_free(NULL);
}

static void test_bytes_after_a_nul_are_kept_and_compared(void **state)
{
    (void)state;
    g_autoptr(Secret) one = secret_new("a\0b", 3);
    g_autoptr(Secret) same = secret_copy(one);
    g_autoptr(Secret) other = secret_new("a\0c", 3);
    g_autoptr(Secret) shorter = secret_new("a", -1);
    assert_int_equal(secret_length(same), 3);
    assert_true(secret_equal(one, same));
    assert_false(secret_equal(one, other));
    assert_false(secret_equal(one, shorter));
}

static void touch(const struct secret *secret, gboolean write)
{
    volatile char *text = (volatile char *)(gintptr)secret_text(secret);
    if (write)
        *text = 'x';
    else
        (void)text[secret_length(secret) + 1];
}

/* The signal that ends a process that reads past a secret or writes on it. */
static int signal_of_touching(gboolean write)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
        signal(SIGSEGV, SIG_DFL);
        signal(SIGBUS, SIG_DFL);
        touch(secret_new("guarded", -1), write);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void test_reading_past_it_or_writing_on_it_ends_the_process(void **state)
{
    (void)state;
    assert_int_equal(signal_of_touching(FALSE), SIGSEGV);
    assert_int_equal(signal_of_touching(TRUE), SIGSEGV);
}

static void test_a_large_secret_comes_back_whole(void **state)
{
    (void)state;
    g_autofree char *text = g_strnfill(20000, 'k');
    g_autoptr(Secret) secret = secret_new(text, -1);
    g_autoptr(Secret) copy = secret_copy(secret);
    assert_int_equal(secret_length(copy), 20000);
    assert_string_equal(secret_text(copy), text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_secret_is_a_copy_that_ends_in_nul),
        cmocka_unit_test(test_bytes_after_a_nul_are_kept_and_compared),
        cmocka_unit_test(test_reading_past_it_or_writing_on_it_ends_the_process),
        cmocka_unit_test(test_a_large_secret_comes_back_whole),
    };
    return cmocka_run_group_tests_name("secret", tests, NULL, NULL);
}

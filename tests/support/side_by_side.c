/* SPDX-License-Identifier: MIT */
#include "support/side_by_side.h"

#include <stdio.h>

#include "support/practice.h"

#define AT_A_TIME 10

struct results {
    GMutex lock;
    GString *failures;
    int passed;
    int failed;
};

static void run_one(gpointer data, gpointer shared)
{
    const char *name = data;
    struct results *results = shared;
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    const char *const arguments[] = {self, name, NULL};
    g_autoptr(Run) run = run_program(arguments, NULL, NULL);
    g_mutex_lock(&results->lock);
    if (run->status == 0) {
        results->passed++;
    } else {
        results->failed++;
        g_string_append_printf(results->failures, "--- %s ended with %d\n%s%s\n", name, run->status, run->output,
                               run->errors);
    }
    g_mutex_unlock(&results->lock);
}

void keep_some(GPtrArray *cases, guint most)
{
    guint count = cases->len;
    if (g_getenv(TEST_ALL) != NULL || count <= most)
        return;
    for (guint i = count; i > 0; i--)
        if ((i - 1) * most / count == i * most / count)
            g_ptr_array_remove_index(cases, i - 1);
}

void run_side_by_side(const GPtrArray *names)
{
    practice_judge_with_children();
    struct results results = {.failures = g_string_new(NULL)};
    g_mutex_init(&results.lock);
    GThreadPool *pool = g_thread_pool_new(run_one, &results, AT_A_TIME, FALSE, NULL);
    for (guint i = 0; i < names->len; i++)
        g_thread_pool_push(pool, g_ptr_array_index(names, i), NULL);
    g_thread_pool_free(pool, FALSE, TRUE);
    print_message("%d of %u cases passed\n", results.passed, names->len);
    g_autofree char *failures = g_string_free(results.failures, FALSE);
    g_mutex_clear(&results.lock);
    /* cmocka's own messages are cut after a thousand characters. */
    fputs(failures, stderr);
    assert_int_equal(results.failed, 0);
}

int run_case(const char *name, void (*test)(void **state))
{
    const struct CMUnitTest tests[] = {{.name = name, .test_func = test, .initial_state = (void *)(gsize)name}};
    return cmocka_run_group_tests_name(name, tests, NULL, NULL);
}

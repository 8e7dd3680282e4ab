/* SPDX-License-Identifier: MIT */
#include "support/side_by_side.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "support/practice.h"

#define AT_A_TIME 10
#define CONSOLES_AT_A_TIME 4 /* each has to be seen to move within the time in which a screen counts as still */

struct results {
    pthread_mutex_t lock; /* the thread sanitizer does not see GLib's */
    GString *failures;
    int passed;
    int skipped;
    int failed;
};

struct cases {
    GPtrArray *names;
    int skipped;
};

static void run_one(gpointer data, gpointer shared)
{
    const char *name = data;
    struct results *results = shared;
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    const char *const arguments[] = {self, name, NULL};
    g_autoptr(Run) run = run_program(arguments, NULL, NULL);
    pthread_mutex_lock(&results->lock);
    if (run->status == 0) {
        results->passed++;
    } else if (run->status == SKIP_STATUS) {
        results->skipped++;
    } else {
        results->failed++;
        g_string_append_printf(results->failures, "--- %s ended with %d\n%s%s\n", name, run->status, run->output,
                               run->errors);
    }
    pthread_mutex_unlock(&results->lock);
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

/* How many were skipped. */
static int run_cases(const GPtrArray *names, guint most)
{
    practice_judge_with_children();
    struct results results = {.lock = PTHREAD_MUTEX_INITIALIZER, .failures = g_string_new(NULL)};
    GThreadPool *pool = g_thread_pool_new(run_one, &results, (gint)most, FALSE, NULL);
    for (guint i = 0; i < names->len; i++)
        g_thread_pool_push(pool, g_ptr_array_index(names, i), NULL);
    g_thread_pool_free(pool, FALSE, TRUE);
    pthread_mutex_lock(&results.lock);
    print_message("%d of %u cases passed, %d skipped\n", results.passed, names->len, results.skipped);
    g_autofree char *failures = g_string_free(results.failures, FALSE);
    pthread_mutex_unlock(&results.lock);
    /* cmocka's own messages are cut after a thousand characters. */
    fputs(failures, stderr);
    assert_int_equal(results.failed, 0);
    return results.skipped;
}

void run_side_by_side(const GPtrArray *names)
{
    run_cases(names, AT_A_TIME);
}

static void run_all(void **state)
{
    struct cases *cases = *state;
    cases->skipped = run_cases(cases->names, CONSOLES_AT_A_TIME);
}

int run_tests_side_by_side(const char *group, const struct CMUnitTest *tests, gsize count, int argc, char **argv)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (gsize i = 0; i < count; i++) {
        g_ptr_array_add(names, (gpointer)tests[i].name);
        const struct CMUnitTest one[] = {tests[i]};
        if (argc > 1 && strcmp(argv[1], tests[i].name) == 0)
            return cmocka_run_group_tests_name(group, one, NULL, NULL);
    }
    if (argc > 1)
        return 2;
    struct cases cases = {.names = names};
    const struct CMUnitTest all[] = {{.name = group, .test_func = run_all, .initial_state = &cases}};
    int failed = cmocka_run_group_tests_name(group, all, NULL, NULL);
    return failed == 0 && cases.skipped > 0 ? SKIP_STATUS : failed;
}

int run_case(const char *name, void (*test)(void **state))
{
    const struct CMUnitTest tests[] = {{.name = name, .test_func = test, .initial_state = (void *)(gsize)name}};
    return cmocka_run_group_tests_name(name, tests, NULL, NULL);
}

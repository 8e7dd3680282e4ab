/* SPDX-License-Identifier: MIT */
/*
 * The process that opens addresses, with a browser that is a script: what it is given, and how that is told.
 */
#include "base/launcher.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "support/support.h"

#define SOON 20000

/* A folder whose xdg-open writes down what it was given and ends with 3 for an address that ends with "fail". */
static char *browser_new(void)
{
    char *folder = scratch_new();
    g_autofree char *path = g_build_filename(folder, "xdg-open", NULL);
    g_autofree char *script =
        g_strdup_printf("#!/bin/sh\necho \"$# $1\" >> %s/opened\ncase $1 in *fail) exit 3 ;; esac\n", folder);
    assert_true(g_file_set_contents_full(path, script, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0700, NULL));
    g_autofree char *search = g_strconcat(folder, ":", g_getenv("PATH"), NULL);
    g_setenv("PATH", search, TRUE);
    return folder;
}

static void test_an_address_is_opened_and_its_end_told(void **state)
{
    (void)state;
    g_autofree char *former = g_strdup(g_getenv("PATH"));
    g_autofree char *folder = browser_new();
    struct launcher *launcher = launcher_new();
    assert_non_null(launcher);
    GPid well = launcher_open(launcher, "https://a.example/?x=1&y=2", NULL);
    GPid badly = launcher_open(launcher, "http://a.example/fail", NULL);
    assert_true(well > 0 && badly > 0 && well != badly);
    /* Whichever is asked for first. */
    assert_int_equal(launcher_status(launcher, badly, SOON), LAUNCHER_FAILED);
    assert_int_equal(launcher_status(launcher, well, SOON), LAUNCHER_OPENED);
    g_autofree char *path = g_build_filename(folder, "opened", NULL);
    g_autofree char *opened = NULL;
    assert_true(g_file_get_contents(path, &opened, NULL, NULL));
    assert_non_null(strstr(opened, "1 https://a.example/?x=1&y=2\n"));
    assert_non_null(strstr(opened, "1 http://a.example/fail\n"));
    launcher_free(launcher);
    g_setenv("PATH", former, TRUE);
    scratch_remove(folder);
}

static void test_nothing_but_an_address_of_the_web_is_opened(void **state)
{
    static const char *const others[] = {"javascript:alert(1)", "file:///etc/passwd", "--help", "", "ftp://a.example"};
    (void)state;
    g_autofree char *former = g_strdup(g_getenv("PATH"));
    g_autofree char *folder = browser_new();
    struct launcher *launcher = launcher_new();
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(GError) error = NULL;
        assert_int_equal(launcher_open(launcher, others[i], &error), 0);
        assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_USAGE));
    }
    g_autoptr(GError) error = NULL;
    assert_int_equal(launcher_open(NULL, "https://a.example/", &error), 0);
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_USAGE));
    g_autofree char *path = g_build_filename(folder, "opened", NULL);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    launcher_free(launcher);
    launcher_free(NULL);
    g_setenv("PATH", former, TRUE);
    scratch_remove(folder);
}

static void test_a_browser_that_is_not_installed(void **state)
{
    (void)state;
    g_autofree char *former = g_strdup(g_getenv("PATH"));
    g_autofree char *empty = scratch_new();
    g_setenv("PATH", empty, TRUE);
    struct launcher *launcher = launcher_new();
    g_autoptr(GError) error = NULL;
    GPid process = launcher_open(launcher, "https://a.example/", &error);
    if (process != 0)
        assert_int_equal(launcher_status(launcher, process, SOON), LAUNCHER_FAILED);
    else
        assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_USAGE));
    launcher_free(launcher);
    g_setenv("PATH", former, TRUE);
    scratch_remove(empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_address_is_opened_and_its_end_told),
        cmocka_unit_test(test_nothing_but_an_address_of_the_web_is_opened),
        cmocka_unit_test(test_a_browser_that_is_not_installed),
    };
    return cmocka_run_group_tests_name("launcher", tests, NULL, NULL);
}

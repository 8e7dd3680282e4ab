/* SPDX-License-Identifier: MIT */
#include <dlfcn.h>
#include <string.h>

#include "base/json.h"
#include "base/late.h"
#include "support/support.h"

/* KiB of this process that are pages of files. */
static gint64 file_pages(void)
{
    g_autofree char *status = NULL;
    assert_true(g_file_get_contents("/proc/self/status", &status, NULL, NULL));
    const char *line = strstr(status, "RssFile:");
    assert_non_null(line);
    return g_ascii_strtoll(line + strlen("RssFile:"), NULL, 10);
}

/* By functions of a library that is loaded late. Caller frees. */
static char *printed(void)
{
    g_autoptr(json) value = json_parse("[1,\"text\"]", -1, NULL);
    return json_text(value);
}

static void what_is_given_back_comes_back_when_it_is_used(void **state)
{
    (void)state;
    g_autofree char *before = printed();
    gint64 held = file_pages();
    late_give_back(0);
    assert_true(file_pages() < held);
    g_autofree char *after = printed();
    assert_string_equal(before, "[1,\"text\"]");
    assert_string_equal(after, "[1,\"text\"]");
}

static void what_was_skipped_stays(void **state)
{
    (void)state;
    late_give_back(0);
    gint64 held = file_pages();
    late_give_back(1000);
    assert_true(file_pages() >= held);
}

/* As the program has it (microsoft/late_curl.c); the libraries find it here. */
int _gnutls_global_init_skip(void);

int _gnutls_global_init_skip(void)
{
    return 1;
}

static void what_needs_gnutls_finds_it_started(void **state)
{
    (void)state;
    static const char *const names[] = {"gnutls_rnd", NULL};
    static const char file[] = "libgnutls.so.30";
    int (*random)(int level, void *data, gsize length) = NULL;
    guchar bytes[16] = {0};
    void *library = dlopen(file, RTLD_LAZY | RTLD_LOCAL);
    if (library == NULL)
        skip();
    late_load(file, names, &random);
    assert_int_equal(random(0, bytes, sizeof bytes), 0);
    static const guchar zeros[sizeof bytes];
    assert_memory_not_equal(bytes, zeros, sizeof bytes);
    dlclose(library);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_given_back_comes_back_when_it_is_used),
        cmocka_unit_test(what_was_skipped_stays),
        cmocka_unit_test(what_needs_gnutls_finds_it_started),
    };
    json_init();
    return cmocka_run_group_tests_name("late", tests, NULL, NULL);
}

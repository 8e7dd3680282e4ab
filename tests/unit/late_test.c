/* SPDX-License-Identifier: MIT */
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_given_back_comes_back_when_it_is_used),
        cmocka_unit_test(what_was_skipped_stays),
    };
    json_init();
    return cmocka_run_group_tests_name("late", tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/*
 * An error's message taken apart: what happened, what to do about it, and the reason within another sentence.
 */
#include "base/error.h"

#include <string.h>

#include "support/support.h"

static void test_a_message_taken_apart(void **state)
{
    static const struct {
        const char *message;
        const char *headline;
        const char *hint;
        const char *reason;
    } rows[] = {
        {"It failed.", "It failed.", "", ": It failed"},
        {"It failed", "It failed", "", ": It failed"},
        {"It failed...\nTry again.\nOr not.", "It failed...", "Try again.\nOr not.", ": It failed"},
        {"v1.2 failed.", "v1.2 failed.", "", ": v1.2 failed"},
        {"x", "x", "", ": x"},
        {".", ".", "", ""},
        {"", "", "", ""},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = g_error_new_literal(PERCH_ERROR, PERCH_ERROR_STATE, rows[i].message);
        g_autofree char *headline = error_headline(error);
        g_autofree char *reason = error_reason(error);
        assert_string_equal(headline, rows[i].headline);
        assert_string_equal(error_hint(error), rows[i].hint);
        assert_string_equal(reason, rows[i].reason);
    }
    g_autofree char *none = error_reason(NULL);
    assert_string_equal(none, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_message_taken_apart),
    };
    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}

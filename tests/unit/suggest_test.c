/* SPDX-License-Identifier: MIT */
/*
 * What a mistyped word was probably meant to be.
 */
#include "base/suggest.h"
#include "support/support.h"

static const char *const commands[] = {"check",   "plan",     "apply",  "undo",     "report",
                                       "sign-in", "sign-out", "whoami", "validate", NULL};

static void test_slips_of_the_keyboard_are_understood(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"chek", "check"},     {"cehck", "check"},       {"aply", "apply"},     {"plann", "plan"},
        {"PLAN", "plan"},      {"repotr", "report"},     {"signin", "sign-in"}, {"whoam", "whoami"},
        {"valid", "validate"}, {"sing-out", "sign-out"}, {"rpt", "report"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *question = suggest_question(pairs[i][0], commands);
        g_autofree char *wanted = g_strdup_printf(" Did you mean “%s”?", pairs[i][1]);
        assert_string_equal(question, wanted);
    }
}

static void test_what_is_like_nothing_gets_no_advice(void **state)
{
    (void)state;
    g_autofree char *longer = g_strnfill(500, 'x');
    const char *const words[] = {"frobnicate", "x", "", "sign", longer, "--json"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *question = suggest_question(words[i], commands);
        assert_string_equal(question, "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slips_of_the_keyboard_are_understood),
        cmocka_unit_test(test_what_is_like_nothing_gets_no_advice),
    };
    return cmocka_run_group_tests_name("suggest", tests, NULL, NULL);
}

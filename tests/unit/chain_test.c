/* SPDX-License-Identifier: MIT */
/*
 * Journal and audit as one chain: what names a line that is another one now shows, and so does an end that was cut off
 * behind what the seal is on.
 */
#include "store/chain.h"

#include <string.h>

#include "base/json.h"
#include "support/support.h"

#define JOURNAL "{\"seq\":1,\"check\":\"aa\"}\n{\"seq\":2,\"check\":\"bb\"}\n"
#define FIRST "{\"what\":\"one\",\"journal\":\"1:aa\",\"chain\":\"cc\"}\n"
#define SECOND "{\"what\":\"two\",\"journal\":\"2:bb\",\"chain\":\"dd\"}\n"
#define OLD "{\"what\":\"old\"}\n"

static void test_the_audit_names_the_journals_lines(void **state)
{
    (void)state;
    static const struct {
        const char *journal;
        const char *audit;
        int links;
        const char *why;
    } rows[] = {
        {JOURNAL, FIRST SECOND, 2, ""},
        {JOURNAL, OLD FIRST, 1, ""},
        {JOURNAL, "", 0, ""},
        {"", FIRST, -1, "names line 1 of the journal, which is not there"},
        {"{\"check\":\"aa\"}\n", FIRST SECOND, -1,
         "Line 2 of the audit names line 2 of the journal, which is not there"},
        {"{\"check\":\"ab\"}\n", FIRST, -1, "names line 1 of the journal, which is another one now"},
        {JOURNAL, "{\"journal\":\"0:\"}\n", 1, ""},
        {JOURNAL, "{\"journal\":\"-1:aa\"}\n", -1, "another one now"},
        {JOURNAL, "{\"journal\":\"01:aa\"}\n", -1, "another one now"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        int links =
            chain_verify_links(rows[i].journal, strlen(rows[i].journal), rows[i].audit, strlen(rows[i].audit), &error);
        if (links != rows[i].links || (links < 0) != (error != NULL) ||
            (error != NULL && strstr(error->message, rows[i].why) == NULL))
            fail_msg("%d: %d, %s", (int)i, links, error != NULL ? error->message : "");
    }
}

static void test_a_last_line_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *journal;
        const char *link;
        const char *why; /* NULL: nothing */
    } rows[] = {
        {JOURNAL, "2:bb", NULL},
        {JOURNAL "{\"check\":\"ee\"}\n", "2:bb", NULL},
        {JOURNAL "{\"torn", "2:bb", NULL},
        {"{\"seq\":1,\"check\":\"aa\"}\n", "2:bb",
         "the last run ended with line 2 of the journal, which is not there: its end was cut off"},
        {"", "1:aa", "the last run ended with line 1 of the journal, which is not there: its end was cut off"},
        {JOURNAL, "2:aa", "the last run ended with line 2 of the journal, which is another one now"},
        {JOURNAL, "x", "the last run ended with line 0 of the journal, which is another one now"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *why = chain_link_problem(rows[i].journal, rows[i].link);
        if (g_strcmp0(why, rows[i].why) != 0)
            fail_msg("%d: %s", (int)i, why);
    }
}

static void test_the_seal_is_on_both_ends(void **state)
{
    (void)state;
    static const struct {
        const char *journal;
        const char *audit;
        const char *why; /* NULL: nothing */
        int later;
    } rows[] = {
        {JOURNAL, FIRST, NULL, 0},
        {JOURNAL "{\"check\":\"ee\"}\n", FIRST SECOND, NULL, 2},
        {JOURNAL "{\"torn", FIRST, NULL, 0},
        {"{\"check\":\"aa\"}\n", FIRST, "The journal had 2 lines when it was sealed, and has 1: its end was cut off.",
         0},
        {JOURNAL, "", "The audit had 1 lines when it was sealed, and has 0: its end was cut off.", 0},
        {"{\"check\":\"aa\"}\n{\"check\":\"zz\"}\n", FIRST, "Line 2 of the journal is not the one that was sealed.", 0},
        {JOURNAL, SECOND, "Line 1 of the audit is not the one that was sealed.", 0},
        {NULL, SECOND, "Line 1 of the audit is not the one that was sealed.", 0},
        {NULL, NULL, NULL, 0},
    };
    g_autoptr(json) seal = chain_seal_document("t", (struct chain_end){2, "bb"}, (struct chain_end){1, "cc"}, "now");
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        int later = 0;
        g_autofree char *problem = chain_seal_problem(seal, rows[i].journal, rows[i].audit, &later);
        if (g_strcmp0(problem, rows[i].why) != 0 || (problem == NULL && later != rows[i].later))
            fail_msg("%d: %s, %d", (int)i, problem, later);
    }
    g_autoptr(json) empty = json_new_object();
    int later = 0;
    g_autofree char *nothing = chain_seal_problem(empty, JOURNAL, FIRST, &later);
    assert_string_equal(nothing, "The seal says nothing of the journal.");
}

/* Key and signature are on all else that stands there. */
static void test_what_is_signed_is_all_but_the_signature(void **state)
{
    (void)state;
    g_autoptr(json) seal = chain_seal_document("t", (struct chain_end){2, "bb"}, (struct chain_end){1, "cc"}, "now");
    g_autofree char *before = chain_seal_signed_text(seal);
    json_set_string(seal, "key", "k");
    json_set_string(seal, "signature", "s");
    g_autofree char *after = chain_seal_signed_text(seal);
    assert_string_equal(before, after);
    json_set_string(seal, "tenant", "u");
    g_autofree char *changed = chain_seal_signed_text(seal);
    assert_string_not_equal(before, changed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_audit_names_the_journals_lines),
        cmocka_unit_test(test_a_last_line_is_named),
        cmocka_unit_test(test_the_seal_is_on_both_ends),
        cmocka_unit_test(test_what_is_signed_is_all_but_the_signature),
    };
    json_init();
    return cmocka_run_group_tests_name("chain", tests, NULL, NULL);
}

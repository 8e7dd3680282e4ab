/* SPDX-License-Identifier: MIT */
/*
 * What was proved and is not so any more is told apart from what was never done.
 */
#include <string.h>

#include "support/practice.h"

#define ANSWERS "{\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"]}"

static json *run_with(const struct practice_tenant *tenant, const char *command, const char *answers)
{
    g_autofree char *file = practice_answers(tenant, answers);
    g_autoptr(Run) run = strcmp(command, "check") == 0
                             ? perch(tenant, command, "--json", "--answers", file, NULL)
                             : perch(tenant, command, "--yes", "--json", "--answers", file, NULL);
    return run_document(run);
}

static gboolean has_drifted(const json *document, const char *step)
{
    return json_get_string(find_step(document, step), "provedBefore") != NULL;
}

static guint count_drifted(const json *document)
{
    guint count = 0;
    json_for_each (step, json_get(document, "steps")) {
        count += json_get_string(step, "provedBefore") != NULL ? 1 : 0;
    }
    return count;
}

static void test_what_was_never_done_has_not_drifted(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) fresh = run_with(tenant, "check", ANSWERS);
    assert_int_equal(count_drifted(fresh), 0);
    g_autoptr(json) made = run_with(tenant, "apply", ANSWERS);
    assert_step(made, "group", "done");
    assert_int_equal(count_drifted(made), 0);
    practice_end(tenant);
}

static void test_what_somebody_changed_has_drifted(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) made = run_with(tenant, "apply", ANSWERS);
    assert_step(made, "group", "done");
    practice_change_by_hand(tenant, "groups", "Red Canary", "description", "Changed by hand");
    g_autoptr(json) later = run_with(tenant, "check", ANSWERS);
    assert_step(later, "group", "differs");
    assert_true(has_drifted(later, "group"));
    assert_int_equal(count_drifted(later), 1);
    g_autoptr(Run) line = perch(tenant, "check", "--json-line", NULL);
    assert_non_null(strstr(line->output, "\"drifted\":1"));
    g_autoptr(json) mended = run_with(tenant, "apply",
                                      "{\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"],"
                                      "\"decisions\":{\"group\":\"repair\"}}");
    assert_step(mended, "group", "done");
    assert_int_equal(count_drifted(mended), 0);
    practice_end(tenant);
}

static void test_what_is_wanted_otherwise_has_not_drifted(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) made = run_with(tenant, "apply", ANSWERS);
    assert_step(made, "access-package", "done");
    g_autoptr(json) other =
        run_with(tenant, "check", "{\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"sponsor@contoso.com\"]}");
    assert_step(other, "access-package", "differs");
    assert_false(has_drifted(other, "access-package"));
    practice_end(tenant);
}

static void test_what_perch_took_away_has_not_drifted(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) made = run_with(tenant, "apply", ANSWERS);
    assert_step(made, "group", "done");
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    g_autoptr(json) later = run_with(tenant, "check", ANSWERS);
    assert_int_equal(count_drifted(later), 0);
    practice_end(tenant);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_never_done_has_not_drifted),
        cmocka_unit_test(test_what_somebody_changed_has_drifted),
        cmocka_unit_test(test_what_is_wanted_otherwise_has_not_drifted),
        cmocka_unit_test(test_what_perch_took_away_has_not_drifted),
    };
    json_init();
    return run_journeys("drift", tests);
}

/* SPDX-License-Identifier: MIT */
/* A decision holds for what stood there when it was made: what comes later is asked about, whatever a file says. */
#include <string.h>

#include "support/background.h"
#include "support/practice.h"

#define GROUP "Red Canary"
#define REPAIR_GROUP "{\"decisions\":{\"group\":\"repair\"}}"

static json *run_with(const struct practice_tenant *tenant, const char *command, const char *answers, int status)
{
    g_autofree char *file = practice_answers(tenant, answers);
    gboolean writes = strcmp(command, "apply") == 0;
    g_autoptr(Run) run = perch(tenant, command, "--json", "--answers", file, writes ? "--yes" : NULL, NULL);
    if (status >= 0)
        assert_status(run, status);
    return run_document(run);
}

/* The choice of STEP in DOCUMENT that begins with WORD. Borrowed. */
static const char *choice_that_begins(const json *document, const char *step, const char *word)
{
    json_for_each (choice, json_get(find_step(document, step), "choices")) {
        const char *value = json_get_string(choice, "value");
        if (g_str_has_prefix(value, word))
            return value;
    }
    fail_msg("%s offers nothing like “%s”", step, word);
    return NULL;
}

/* Answers that decide about the group by the choice that begins with WORD. Caller frees. */
static char *answers_by(const json *document, const char *word)
{
    return g_strdup_printf("{\"decisions\":{\"group\":\"%s\"}}", choice_that_begins(document, "group", word));
}

static void test_what_was_repaired_once_is_not_repaired_again_unasked(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", NULL);
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Ann's words");
    g_autoptr(json) repaired = run_with(tenant, "apply", REPAIR_GROUP, -1);
    assert_step(repaired, "group", "done");
    assert_int_equal(count_held(tenant, "groups", "description", "Ann's words"), 0);
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Ann's words");
    g_autoptr(json) again = run_with(tenant, "apply", REPAIR_GROUP, 5);
    assert_step(again, "group", "differs");
    assert_int_equal(count_held(tenant, "groups", "description", "Ann's words"), 1);
    /* By the code of what is there it is decided anew, also in a file. */
    g_autofree char *answers = answers_by(again, "repair#");
    g_autoptr(json) anew = run_with(tenant, "apply", answers, -1);
    assert_step(anew, "group", "done");
    assert_int_equal(count_held(tenant, "groups", "description", "Ann's words"), 0);
    /* The same once more has another code, so that it can be decided once more, and only by whoever does. */
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Ann's words");
    g_autoptr(json) third = run_with(tenant, "apply", answers, 5);
    assert_step(third, "group", "differs");
    g_autofree char *later = answers_by(third, "repair#");
    assert_string_not_equal(later, answers);
    g_autoptr(json) mended = run_with(tenant, "apply", later, -1);
    assert_step(mended, "group", "done");
    practice_end(tenant);
}

static void test_what_is_kept_is_kept_as_it_was(void **state)
{
    (void)state;
    static const char keep[] = "{\"decisions\":{\"group\":\"keep\"}}";
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", NULL);
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Ann's words");
    g_autoptr(json) kept = run_with(tenant, "apply", keep, -1);
    assert_step(kept, "group", "done");
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Ben's words");
    g_autoptr(json) later = run_with(tenant, "apply", keep, 5);
    assert_step(later, "group", "differs");
    g_autofree char *file = practice_answers(tenant, keep);
    g_autoptr(Run) drift = perch(tenant, "check", "--drift", "--answers", file, NULL);
    assert_status(drift, 7);
    g_autofree char *answers = answers_by(later, "keep#");
    g_autoptr(json) anew = run_with(tenant, "apply", answers, -1);
    assert_step(anew, "group", "done");
    /* What was decided before that is no decision any more. */
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Cy's words");
    g_autoptr(json) repaired = run_with(tenant, "apply", REPAIR_GROUP, -1);
    assert_step(repaired, "group", "done");
    practice_change_by_hand(tenant, "groups", GROUP, "description", "Dan's words");
    g_autoptr(json) not_kept = run_with(tenant, "apply", keep, 5);
    assert_step(not_kept, "group", "differs");
    practice_end(tenant);
}

static void test_what_was_made_anew_once_is_not_made_again_unasked(void **state)
{
    (void)state;
    static const char create[] = "{\"decisions\":{\"group\":\"create\"}}";
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", NULL);
    practice_remove_by_hand(tenant, "groups", "displayName", GROUP);
    g_autoptr(json) made = run_with(tenant, "apply", create, -1);
    assert_step(made, "group", "done");
    practice_remove_by_hand(tenant, "groups", "displayName", GROUP);
    g_autoptr(json) gone = run_with(tenant, "apply", create, 5);
    assert_step(gone, "group", "needs-you");
    assert_non_null(strchr(choice_that_begins(gone, "group", "create"), '#'));
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_repaired_once_is_not_repaired_again_unasked),
        cmocka_unit_test(test_what_is_kept_is_kept_as_it_was),
        cmocka_unit_test(test_what_was_made_anew_once_is_not_made_again_unasked),
    };
    json_init();
    return run_journeys("decisions", tests, argc, argv);
}

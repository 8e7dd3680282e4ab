/* SPDX-License-Identifier: MIT */
#include "support/practice.h"

#include <string.h>

static char *report(const struct practice_tenant *tenant)
{
    g_autoptr(Run) run = perch(tenant, "report", NULL);
    return g_strdup(run->output);
}

static const char *sentence(const json *document)
{
    const json *object = json_at(json_get(find_step(document, "device-groups"), "objects"), 0);
    const char *text = json_get_string(object, "sentence");
    return text != NULL ? text : "";
}

static void test_groups_are_found_by_their_machines_and_the_rest_is_told(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("device-groups", NULL);
    g_autoptr(json) asked =
        perch_apply(tenant, "{\"defenderRoles\":\"classic\",\"done\":{\"defender-role\":{\"by\":\"a\"}}}");
    assert_step(asked, "device-groups", "needs-you");
    assert_non_null(strstr(sentence(asked), "Servers, Executives, Lab & test"));
    g_autoptr(json) used = perch_apply(tenant, "{\"deviceGroups\":{\"used\":true}}");
    assert_step(used, "device-groups", "needs-you");
    g_autoptr(json) told =
        perch_apply(tenant, "{\"deviceGroups\":{\"used\":true},\"done\":{\"device-groups\":{\"by\":\"ann\"}}}");
    assert_step(told, "device-groups", "told");
    practice_end(tenant);
}

static void test_what_is_told_counts_once_the_step_is_filled_in(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("device-groups", NULL);
    g_autoptr(json) early = perch_apply(
        tenant, "{\"defenderRoles\":\"classic\",\"done\":{\"defender-role\":{\"by\":\"a\"},\"device-groups\":"
                "{\"by\":\"ann\"}}}");
    assert_step(early, "device-groups", "needs-you");
    assert_string_equal(json_get_string(find_step(early, "device-groups"), "reason"), "Still missing: In use.");
    g_autoptr(json) filled = perch_apply(tenant, "{\"deviceGroups\":{\"used\":true}}");
    assert_step(filled, "device-groups", "told");
    practice_end(tenant);
}

static void test_they_wait_for_the_role(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("device-groups", NULL);
    g_autoptr(json) document = perch_apply(tenant, "{\"deviceGroups\":{\"used\":true}}");
    assert_step(document, "device-groups", "blocked");
    practice_end(tenant);
}

static void test_unused_ones_need_nobody(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(json) document = perch_apply(tenant, "{\"deviceGroups\":{\"used\":false}}");
    assert_step(document, "device-groups", "told");
    practice_end(tenant);
}

static void test_an_answer_that_the_machines_contradict_is_noted(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("device-groups", NULL);
    g_autoptr(json) document = perch_apply(tenant, "{\"deviceGroups\":{\"used\":false}}");
    assert_step(document, "device-groups", "told");
    g_autofree char *text = report(tenant);
    assert_non_null(strstr(text, "You say that device groups are not used, and machines are in: Servers"));
    practice_end(tenant);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups_are_found_by_their_machines_and_the_rest_is_told),
        cmocka_unit_test(test_what_is_told_counts_once_the_step_is_filled_in),
        cmocka_unit_test(test_they_wait_for_the_role),
        cmocka_unit_test(test_unused_ones_need_nobody),
        cmocka_unit_test(test_an_answer_that_the_machines_contradict_is_noted),
    };
    json_init();
    return run_journeys("device-groups", tests, argc, argv);
}

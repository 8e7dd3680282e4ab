/*
 * What a sign-in asks for is explained to whoever is to grant it, and what was not granted is named with what it would
 * have been for.
 */
#include <string.h>

#include "support/practice.h"

#define WITHHELD_READ "RoleEligibilitySchedule.Read.Directory"
#define WITHHELD_WRITE "EntitlementManagement.ReadWrite.All"

static void test_every_scope_has_its_reason(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", NULL);
    static const char *const some[] = {"openid: to ",
                                       "User.Read: to ",
                                       "Group.ReadWrite.All: to make ",
                                       "RoleManagement.ReadWrite.Directory: to give ",
                                       WITHHELD_WRITE ": to make ",
                                       "/.default: what this application has"};
    for (gsize i = 0; i < G_N_ELEMENTS(some); i++)
        if (strstr(run->errors, some[i]) == NULL)
            fail_msg("“%s” is not in\n%s", some[i], run->errors);
    assert_null(strstr(run->errors, "no explanation"));
    practice_end(tenant);
}

static void test_reading_asks_for_nothing_that_writes(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) run = perch(tenant, "check", NULL);
    assert_non_null(strstr(run->errors, "User.Read: to "));
    assert_null(strstr(run->errors, "ReadWrite"));
    practice_end(tenant);
}

static void test_what_was_not_granted_is_named(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("narrow-consent", NULL);
    g_autoptr(Run) text = perch(tenant, "check", NULL);
    assert_non_null(strstr(text->errors, "did not grant " WITHHELD_READ ", to see whether"));
    assert_null(strstr(text->errors, "did not grant " WITHHELD_WRITE));
    assert_null(strstr(text->errors, "did not grant User.Read"));
    practice_end(tenant);
}

static void test_what_writing_lacks_is_named_too(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("narrow-consent", NULL);
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", NULL);
    assert_true(run->status != 0);
    assert_non_null(strstr(run->errors, "did not grant " WITHHELD_WRITE ", to make the catalog"));
    practice_end(tenant);
}

/* On the board it stands in the step of the sign-in, where plain mode and the console show it. */
static void test_it_stands_on_the_board(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("narrow-consent", NULL);
    g_autoptr(Run) run = perch(tenant, "report", "--format", "json", NULL);
    assert_non_null(strstr(run->output, "did not grant " WITHHELD_READ));
    practice_end(tenant);
}

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_scope_has_its_reason),
        cmocka_unit_test(test_reading_asks_for_nothing_that_writes),
        cmocka_unit_test(test_what_was_not_granted_is_named),
        cmocka_unit_test(test_what_writing_lacks_is_named_too),
        cmocka_unit_test(test_it_stands_on_the_board),
    };
    return cmocka_run_group_tests_name("scopes", tests, NULL, NULL);
}

#include <string.h>

#include "support/fake_desk.h"

static void nothing_is_sent_before_the_domain_is_typed(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "a");
    desk_take_all(desk);
    desk_assert_shows(desk, "Plan · 4 requests");
    desk_assert_shows(desk, "Type the tenant's domain");
    desk_type(desk, "contoso.com");
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "Nothing was sent");
    assert_false(desk_was_called(desk, "apply"));
    desk_type(desk, "Contoso.onmicrosoft.com");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "apply - Contoso.onmicrosoft.com");
    desk_take_all(desk);
    desk_press(desk, "a");
    desk_take_all(desk);
    desk_assert_shows(desk, "y / n");
    desk_press(desk, "y");
    assert_string_equal(desk_last_call(desk), "apply - -");
    desk_free(desk);
}

static void escape_on_the_question_sends_nothing(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "a");
    desk_take_all(desk);
    desk_type(desk, "contoso.onmicrosoft.com");
    desk_press(desk, "Esc Esc");
    desk_take_all(desk);
    assert_false(desk_was_called(desk, "apply"));
    desk_assert_shows(desk, "Checklist");
    desk_free(desk);
}

static void a_plan_that_was_only_looked_at_writes_nothing(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_press(desk, "p");
    desk_take_all(desk);
    desk_press(desk, "Enter");
    desk_assert_shows(desk, "POST /v1.0/groups");
    desk_assert_shows(desk, "\"isAssignableToRole\": true");
    desk_press(desk, "Enter");
    g_autofree char *folded = desk_picture(desk, 80, 24);
    assert_null(strstr(folded, "POST /v1.0/groups"));
    desk_press(desk, "q");
    desk_assert_shows(desk, "Checklist");
    assert_false(desk_was_called(desk, "apply"));
    desk_free(desk);
}

static void a_decision_is_taken_by_its_number(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "organization");
    desk_assert_shows(desk, "found proposed");
    desk_press(desk, "1");
    assert_string_equal(desk_last_call(desk), "decide organization repair");
    desk_free(desk);
}

static void a_decision_with_a_name_asks_for_it(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "organization");
    desk_press(desk, "3");
    desk_type(desk, "Red Canary 2");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "decide organization name:Red Canary 2");
    desk_free(desk);
}

static void a_wait_ends_early_only_with_the_typed_word(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "consent");
    desk_assert_shows(desk, "You may close perch");
    desk_press(desk, "w");
    assert_false(desk_was_called(desk, "override"));
    desk_type(desk, "now");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "override consent now");
    desk_free(desk);
}

static void skipping_wants_a_reason(void **state)
{
    (void)state;
    struct desk *desk = desk_new("middle");
    desk_go_to(desk, "graph-alerts");
    desk_press(desk, "x Enter");
    assert_false(desk_was_called(desk, "skip"));
    desk_press(desk, "x");
    desk_type(desk, "not bought");
    desk_press(desk, "Enter");
    assert_string_equal(desk_last_call(desk), "skip graph-alerts not bought");
    desk_free(desk);
}

static void signing_in_shows_who_asks_for_what(void **state)
{
    (void)state;
    struct desk *desk = desk_new("fresh");
    desk_press(desk, "s");
    desk_take_all(desk);
    desk_assert_shows(desk, "https://login.microsoftonline.com/");
    desk_assert_shows(desk, "Microsoft Graph Command Line Tools");
    desk_assert_shows(desk, "EntitlementManagement.ReadWrite.All");
    desk_assert_shows(desk, "ssh -L 41234:127.0.0.1:41234");
    desk_press(desk, "b");
    desk_type(desk, "http://127.0.0.1:41234/?code=x");
    desk_press(desk, "Enter");
    assert_true(desk_was_called(desk, "paste-back http://127.0.0.1:41234/?code=x"));
    desk_take_all(desk);
    desk_assert_shows(desk, "admin@contoso.onmicrosoft.com");
    assert_null(console_top(desk->console));
    desk_free(desk);
}

static void a_code_can_be_asked_for_instead(void **state)
{
    (void)state;
    struct desk *desk = desk_new("fresh");
    desk_press(desk, "s");
    desk_take_all(desk);
    desk_press(desk, "d");
    desk_take_all(desk);
    desk_assert_shows(desk, "A2B3C4D5E");
    desk_free(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_sent_before_the_domain_is_typed),
        cmocka_unit_test(escape_on_the_question_sends_nothing),
        cmocka_unit_test(a_plan_that_was_only_looked_at_writes_nothing),
        cmocka_unit_test(a_decision_is_taken_by_its_number),
        cmocka_unit_test(a_decision_with_a_name_asks_for_it),
        cmocka_unit_test(a_wait_ends_early_only_with_the_typed_word),
        cmocka_unit_test(skipping_wants_a_reason),
        cmocka_unit_test(signing_in_shows_who_asks_for_what),
        cmocka_unit_test(a_code_can_be_asked_for_instead),
    };
    return cmocka_run_group_tests(tests, desk_set_locale, NULL);
}

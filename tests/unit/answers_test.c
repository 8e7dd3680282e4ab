#include "onboarding/answers.h"

#include <string.h>

#include "base/error.h"
#include "support/support.h"

static void refused(const char *text, const char *words)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(json) answers = answers_parse(text, -1, "file.json", &error);
    assert_null(answers);
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
    if (strstr(error->message, words) == NULL)
        fail_msg("for %s expected “%s” in: %s", text, words, error->message);
}

static void test_what_is_wrong_is_named_with_its_path(void **state)
{
    (void)state;
    refused("{\"compny\":\"x\"}", "compny: this name is not known");
    refused("{\"account\":{\"mode\":\"new\"}}", "account.mode: only one of these is known: existing, create");
    refused("{\"account\":\"x\"}", "account: an object");
    refused("{\"account\":{\"colour\":\"x\"}}", "account.colour: this name is not known");
    refused("{\"reviewers\":\"a@contoso.com\"}", "reviewers: a list");
    refused("{\"reviewers\":[\"a@contoso.com\",7]}", "reviewers[1]: a text");
    refused("{\"deviceGroups\":{\"used\":\"yes\"}}", "deviceGroups.used: true or false");
    refused("{\"stricter\":{\"expiresAfterDays\":0.5}}",
            "stricter.expiresAfterDays: A number of days is a whole number");
    refused("{\"decisions\":{\"group\":1}}", "decisions.group: a text");
    refused("{\"done\":{\"account\":{\"who\":\"x\"}}}", "done.account.who: this name is not known");
    refused("[]", "the whole");
    refused("{\"company\":", "file.json");
}

static void test_values_that_no_field_would_take_are_refused(void **state)
{
    (void)state;
    refused("{\"sponsor\":\"not a name\"}", "sponsor:");
    refused("{\"eventHub\":{\"name\":\"tele metry\"}}", "eventHub.name:");
    refused("{\"eventHub\":{\"name\":\"tele metry\"}}", "column 5");
    refused("{\"reviewStart\":\"2026-02-30\"}", "reviewStart:");
    refused("{\"tenant\":\"not a tenant\"}", "tenant: There are several words");
    refused("{\"account\":{\"displayName\":\"Ada\\u200bMin\"}}", "account.displayName: There is a zero-width space");
    refused("{\"partnerContact\":{\"name\":\"Bob\\u202eLee\"}}", "partnerContact.name:");
    refused("{\"stricter\":{\"expiresAfterDays\":3661}}", "stricter.expiresAfterDays: A number of days");
    refused("{\"stricter\":{\"expiresAfterDays\":0}}", "stricter.expiresAfterDays: A number of days");
    refused("{\"deviceGroups\":{\"names\":[\"Ser\\u200bvers\"]}}", "deviceGroups.names[0]:");
}

static void test_a_whole_answers_file_is_taken(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(json) answers = answers_parse(
        "{\"company\":\"Contoso\",\"account\":{\"mode\":\"existing\",\"userPrincipalName\":\"admin@contoso.com\"},"
        "\"tenant\":\"contoso.com\",\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"],"
        "\"reviewStart\":\"2026-11-24\",\"deviceGroups\":{\"used\":true,\"names\":[\"Servers\"]},"
        "\"stricter\":{\"approvers\":[\"a@contoso.com\"],\"expiresAfterDays\":365,\"reviewFrequency\":\"annual\","
        "\"reason\":\"policy\"},\"decisions\":{\"group\":\"use:x\"},\"done\":{\"account\":{\"by\":\"me\",\"note\":\"\"}"
        "},"
        "\"skip\":{\"device-groups\":{\"by\":\"me\",\"reason\":\"none\"}}}",
        -1, "file.json", &error);
    if (answers == NULL)
        fail_msg("%s", error->message);
}

static void test_what_a_person_types_becomes_the_answer(void **state)
{
    (void)state;
    g_autoptr(json) answers = json_new_object();
    assert_true(answers_set(answers, "reviewers", "a@contoso.com, b@contoso.com", NULL));
    assert_int_equal(json_length(json_get(answers, "reviewers")), 2);
    assert_true(answers_set(answers, "deviceGroups.used", "yes", NULL));
    assert_true(json_get_bool(json_get(answers, "deviceGroups"), "used", FALSE));
    g_autofree char *shown = answers_text(answers, "reviewers");
    assert_string_equal(shown, "a@contoso.com, b@contoso.com");
    assert_true(answers_set(answers, "reviewers", "", NULL));
    assert_null(json_get(answers, "reviewers"));
}

static void test_names_keep_their_blanks(void **state)
{
    (void)state;
    g_autoptr(json) answers = json_new_object();
    assert_true(
        answers_set(answers, "deviceGroups.names", "Domain controllers, old;  Sales laptops ;\nKiosks\n", NULL));
    const json *names = json_get_path(answers, "deviceGroups.names");
    assert_int_equal(json_length(names), 3);
    assert_string_equal(json_string(json_at(names, 0)), "Domain controllers, old");
    assert_string_equal(json_string(json_at(names, 1)), "Sales laptops");
    assert_string_equal(json_string(json_at(names, 2)), "Kiosks");
    g_autofree char *shown = answers_text(answers, "deviceGroups.names");
    assert_string_equal(shown, "Domain controllers, old; Sales laptops; Kiosks");
    assert_true(answers_set(answers, "deviceGroups.names", shown, NULL));
    assert_int_equal(json_length(json_get_path(answers, "deviceGroups.names")), 3);
}

static void test_a_wrong_number_of_days_is_told_as_such(void **state)
{
    (void)state;
    g_autoptr(json) answers = json_new_object();
    g_autoptr(GError) error = NULL;
    assert_false(answers_set(answers, "stricter.expiresAfterDays", "a year", &error));
    assert_non_null(strstr(error->message, "A number of days is a whole number from 1 to 3660"));
    assert_true(answers_set(answers, "stricter.expiresAfterDays", "365", NULL));
    assert_int_equal(json_get_int(json_get(answers, "stricter"), "expiresAfterDays", 0), 365);
}

static void test_what_is_refused_changes_nothing(void **state)
{
    (void)state;
    g_autoptr(json) answers = json_new_object();
    g_autoptr(GError) error = NULL;
    assert_true(answers_set(answers, "sponsor", "sponsor@contoso.com", NULL));
    assert_false(answers_set(answers, "sponsor", "no address", &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
    assert_string_equal(json_get_string(answers, "sponsor"), "sponsor@contoso.com");
    assert_false(answers_set(answers, "decisions", "x", NULL));
    assert_false(answers_set(answers, "nonsense", "x", NULL));
    assert_int_equal(json_length(answers), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_wrong_is_named_with_its_path),
        cmocka_unit_test(test_values_that_no_field_would_take_are_refused),
        cmocka_unit_test(test_a_whole_answers_file_is_taken),
        cmocka_unit_test(test_what_a_person_types_becomes_the_answer),
        cmocka_unit_test(test_names_keep_their_blanks),
        cmocka_unit_test(test_a_wrong_number_of_days_is_told_as_such),
        cmocka_unit_test(test_what_is_refused_changes_nothing),
    };
    json_init();
    return cmocka_run_group_tests_name("answers", tests, NULL, NULL);
}

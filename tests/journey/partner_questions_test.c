/* SPDX-License-Identifier: MIT */
/*
 * A partner that asks for what no other does: a region, a ticket number, two contacts, names of sites. No line of code
 * knows it.
 */
#include "support/practice.h"

#include <string.h>

#define PROFILE PERCH_TEST_DATA "/partners/northwind-defence.json"
#define ANSWERS                                                                                                        \
    "{\"siem\":{\"region\":\"eu\"},\"ticket\":4711,\"contacts\":{\"day\":\"soc@contoso.com\",\"night\":"               \
    "\"duty@contoso.com\"},\"sites\":[\"Head office, Bonn\",\"Works 2\"]}"

static struct run *northwind(const struct practice_tenant *tenant, const char *answers_text, const char *command,
                             const char *option, const char *more)
{
    g_autofree char *answers = practice_answers(tenant, answers_text);
    g_autofree char *sum = file_sha256(PROFILE);
    return perch(tenant, command, "--partner", PROFILE, "--partner-sha256", sum, "--answers", answers, option, more,
                 NULL);
}

static void test_what_it_asks_for_is_missing_until_it_is_answered(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) before = northwind(tenant, "{}", "check", "--json", NULL);
    g_autoptr(json) asked = run_document(before);
    assert_step(asked, "desk", "needs-you");
    assert_string_equal(json_get_string(find_step(asked, "desk"), "reason"), "Still missing: Region.");
    g_autoptr(Run) after = northwind(tenant, ANSWERS, "check", "--json", NULL);
    g_autoptr(json) answered = run_document(after);
    assert_string_equal(json_get_string(find_step(answered, "desk"), "reason"), "A person has to do this.");
    practice_end(tenant);
}

static void test_a_wrong_answer_is_refused_with_its_path(void **state)
{
    (void)state;
    static const struct {
        const char *answers;
        const char *words;
    } rows[] = {
        {"{\"siem\":{\"region\":\"mars\"}}", "$.siem.region: only one of these is known: eu, us, none."},
        {"{\"siem\":{\"regoin\":\"eu\"}}", "$.siem.regoin: this name is not known. Did you mean “region”?"},
        {"{\"ticket\":\"4711\"}", "$.ticket: a whole number is wanted here."},
        {"{\"contacts\":{\"day\":\"nobody\"}}", "$.contacts.day: "},
        {"{\"sites\":[\"\"]}", "$.sites[0]: this is empty."},
        {"{\"eventHub\":{\"name\":\"x\"}}", "$.eventHub: this name is not known."},
    };
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(Run) check = northwind(tenant, rows[i].answers, "check", NULL, NULL);
        assert_status(check, 2);
        if (strstr(check->errors, rows[i].words) == NULL)
            fail_msg("%s: “%s” does not say “%s”", rows[i].answers, check->errors, rows[i].words);
    }
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(json_length(record), 0);
    practice_end(tenant);
}

static const char *card_value(const json *report, const char *text)
{
    json_for_each (line, json_get_path(report, "handBack.lines")) {
        if (g_strcmp0(json_get_string(line, "text"), text) == 0)
            return json_get_string(line, "value");
    }
    return NULL;
}

static void test_what_is_made_and_reported_follows_the_answers(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) apply = northwind(tenant, ANSWERS, "apply", "--yes", NULL);
    assert_status(apply, 5);
    g_autoptr(json) held = practice_state(tenant);
    g_autofree char *objects = json_text(json_get(held, "objects"));
    assert_non_null(strstr(objects, "\"Northwind eu\""));
    assert_non_null(strstr(objects, "\"Ticket 4711\""));
    g_autoptr(Run) report = northwind(tenant, ANSWERS, "report", "--format", "json");
    g_autoptr(json) document = run_document(report);
    assert_string_equal(card_value(document, "Ticket"), "4711");
    assert_string_equal(card_value(document, "Region"), "eu");
    assert_string_equal(card_value(document, "By day"), "soc@contoso.com");
    assert_string_equal(card_value(document, "Sites"), "Head office, Bonn; Works 2");
    practice_end(tenant);
}

static void test_an_answer_can_settle_its_step(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(Run) check = northwind(tenant, "{\"siem\":{\"region\":\"none\"}}", "check", "--json", NULL);
    g_autoptr(json) document = run_document(check);
    assert_step(document, "desk", "told");
    assert_string_equal(json_get_string(find_step(document, "desk"), "reason"),
                        "Northwind keeps nothing, the answers say; nothing proves it.");
    practice_end(tenant);
}

static void test_the_answers_are_handed_over(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "handed.json", NULL);
    g_autofree char *colleague = g_build_filename(practice_folder(tenant), "colleague", NULL);
    g_autoptr(Run) handed = northwind(tenant, ANSWERS, "hand-over", "--output", file);
    g_autofree char *text = read_text(file);
    g_autoptr(json) document = json_parse(text, -1, NULL);
    assert_string_equal(json_get_string(json_get_path(document, "answers.siem"), "region"), "eu");
    g_autoptr(Run) taken = perch(tenant, "report", "--format", "json", "--partner", PROFILE, "--state-dir", colleague,
                                 "--answers", file, NULL);
    g_autoptr(json) report = run_document(taken);
    assert_string_equal(card_value(report, "Ticket"), "4711");
    g_auto(GStrv) parts = g_strsplit(text, "\"eu\"", 2);
    g_autofree char *broken = g_strjoinv("\"mars\"", parts);
    assert_true(g_file_set_contents(file, broken, -1, NULL));
    g_autoptr(Run) refused =
        perch(tenant, "check", "--partner", PROFILE, "--state-dir", colleague, "--answers", file, NULL);
    assert_status(refused, 2);
    assert_non_null(strstr(refused->errors, "$.answers.siem.region: only one of these is known"));
    practice_end(tenant);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_it_asks_for_is_missing_until_it_is_answered),
        cmocka_unit_test(test_a_wrong_answer_is_refused_with_its_path),
        cmocka_unit_test(test_what_is_made_and_reported_follows_the_answers),
        cmocka_unit_test(test_an_answer_can_settle_its_step),
        cmocka_unit_test(test_the_answers_are_handed_over),
    };
    json_init();
    return cmocka_run_group_tests_name("partner questions", tests, NULL, NULL);
}

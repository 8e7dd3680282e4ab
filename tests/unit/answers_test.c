/* SPDX-License-Identifier: MIT */
#include "onboarding/answers.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "onboarding/answer_value.h"
#include "onboarding/profile.h"
#include "support/support.h"

/* Of the built-in partner. */
static struct profile *profile;

static void refused(const char *text, const char *words)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(json) answers = answers_parse(profile->answers, text, -1, "file.json", &error);
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
    refused("{\"company\":\"{tenant.id}\"}", "company: {tenant.id} in braces stands for what perch fills in");
    refused("{\"account\":{\"displayName\":\"{secret.accountPassword}\"}}",
            "account.displayName: {secret.accountPassword} in");
    refused("{\"reviewers\":[\"{me.userName}\"]}", "reviewers[0]: {me.userName} in braces");
    refused("{\"decisions\":{\"group\":1}}", "decisions.group: a text");
    refused("{\"done\":{\"account\":{\"who\":\"x\"}}}", "done.account.who: this name is not known");
    refused("[]", "$: an object");
    refused("{\"company\":", "file.json");
}

static void test_what_names_no_step_or_object_is_refused(void **state)
{
    (void)state;
    refused("{\"done\":{\"nosuch\":{\"by\":\"x\"}}}", "$.done.nosuch: there is no such step.");
    refused("{\"done\":{\"invitatoin\":{}}}", "$.done.invitatoin: there is no such step. Did you mean “invitation”?");
    refused("{\"done\":{\"sign-in\":{\"by\":\"x\"}}}", "$.done.sign-in: this step cannot be told");
    refused("{\"skip\":{\"nosuch\":{\"reason\":\"x\"}}}", "$.skip.nosuch: there is no such step.");
    refused("{\"skip\":{\"sign-in\":{\"reason\":\"x\"}}}", "$.skip.sign-in: this step cannot be left out");
    refused("{\"skip\":{\"device-groups\":{\"by\":\"x\"}}}", "$.skip.device-groups: a reason is wanted");
    refused("{\"leave\":{\"grp\":\"remove\"}}", "$.leave.grp: there is no such object. Did you mean “group”?");
    refused("{\"leave\":{\"user\":\"remove\"}}", "$.leave.user: there is no such object.");
    refused("{\"decisions\":{\"grop\":\"keep\"}}", "$.decisions.grop: there is no such object. Did you mean “group”?");
    refused("{\"decisions\":{\"reviewer-0\":\"keep\"}}", "$.decisions.reviewer-0: there is no such object.");
    refused("{\"decisions\":{\"group\":\"name:{tenant.id}\"}}", "$.decisions.group: {tenant.id} in braces");
    refused("{\"decisions\":{\"group\":\"kep\"}}", "$.decisions.group: no decision is said so");
}

static void test_objects_are_named_by_key_number_and_kind(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(json) answers = answers_parse(
        profile->answers,
        "{\"decisions\":{\"reviewer-2\":\"use:x\",\"user\":\"use:y\",\"group\":\"\"},\"leave\":{\"guest-1\":\"keep\"}}",
        -1, "f", &error);
    if (answers == NULL)
        fail_msg("%s", error->message);
}

static void test_pruning_takes_out_what_is_wrong_and_no_more(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(json) answers =
        json_parse("{\"company\":\"Contoso\",\"sponsor\":7,\"colour\":\"red\",\"account\":{\"mode\":\"new\",\"email\":"
                   "\"a@contoso.com\"},\"done\":{\"nosuch\":{},\"invitation\":{\"by\":\"a\",\"who\":\"b\"}}}",
                   -1, NULL);
    answers_prune(profile->answers, answers, faults);
    g_autofree char *left = json_text(answers);
    assert_string_equal(left,
                        "{\"company\":\"Contoso\",\"account\":{\"email\":\"a@contoso.com\"},\"done\":{\"invitation\":"
                        "{\"by\":\"a\"}}}");
    g_ptr_array_add(faults, NULL);
    g_autofree char *said = g_strjoinv("\n", (char **)faults->pdata);
    assert_string_equal(said, "$.sponsor: a text in quotes is wanted here.\n$.colour: this name is not known.\n"
                              "$.account.mode: only one of these is known: existing, create.\n"
                              "$.done.nosuch: there is no such step.\n$.done.invitation.who: this name is not known.");
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
        profile->answers,
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
    assert_true(answers_set(profile->answers, answers, "reviewers", "a@contoso.com, b@contoso.com", NULL));
    assert_int_equal(json_length(json_get(answers, "reviewers")), 2);
    assert_true(answers_set(profile->answers, answers, "deviceGroups.used", "yes", NULL));
    assert_true(json_get_bool(json_get(answers, "deviceGroups"), "used", FALSE));
    g_autofree char *shown = answers_text(profile->answers, answers, "reviewers");
    assert_string_equal(shown, "a@contoso.com, b@contoso.com");
    assert_true(answers_set(profile->answers, answers, "reviewers", "", NULL));
    assert_null(json_get(answers, "reviewers"));
    assert_true(answers_set(profile->answers, answers, "leave.group", "remove", NULL));
    assert_string_equal(json_get_string(json_get(answers, "leave"), "group"), "remove");
    assert_false(answers_set(profile->answers, answers, "leave.group", "perhaps", NULL));
    assert_false(answers_set(profile->answers, answers, "leave", "remove", NULL));
    assert_false(answers_set(profile->answers, answers, "decisions.group", "keep", NULL));
    assert_true(answers_set(profile->answers, answers, "leave.group", "", NULL));
    assert_null(json_get(json_get(answers, "leave"), "group"));
}

/* Microsoft refuses a list that holds the same one twice, late, where it is written. */
static void test_nobody_stands_in_a_list_twice(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(json) answers = json_new_object();
    refused("{\"reviewers\":[\"a@contoso.com\",\"b@contoso.com\",\"A@Contoso.com\"]}",
            "$.reviewers: “A@Contoso.com” stands here twice; once is enough.");
    refused("{\"stricter\":{\"approvers\":[\"a@contoso.com\",\"a@contoso.com\"]}}", "$.stricter.approvers: “a@contoso");
    refused("{\"guests\":[\"a@redcanary.com\",\"A@redcanary.com\"]}", "$.guests: “A@redcanary.com” stands here twice");
    refused("{\"deviceGroups\":{\"names\":[\"Servers\",\"servers\"]}}", "$.deviceGroups.names: “servers” stands");
    assert_true(answers_set(profile->answers, answers, "reviewers", "a@contoso.com, b@contoso.com", NULL));
    assert_false(answers_set(profile->answers, answers, "reviewers", "c@contoso.com, C@contoso.com", &error));
    assert_non_null(strstr(error->message, "reviewers: “C@contoso.com” stands here twice"));
    assert_int_equal(json_length(json_get(answers, "reviewers")), 2);
}

static void test_names_keep_their_blanks(void **state)
{
    (void)state;
    g_autoptr(json) answers = json_new_object();
    assert_true(answers_set(profile->answers, answers, "deviceGroups.names",
                            "Domain controllers, old;  Sales laptops ;\nKiosks\n", NULL));
    const json *names = json_get_path(answers, "deviceGroups.names");
    assert_int_equal(json_length(names), 3);
    assert_string_equal(json_string(json_at(names, 0)), "Domain controllers, old");
    assert_string_equal(json_string(json_at(names, 1)), "Sales laptops");
    assert_string_equal(json_string(json_at(names, 2)), "Kiosks");
    g_autofree char *shown = answers_text(profile->answers, answers, "deviceGroups.names");
    assert_string_equal(shown, "Domain controllers, old; Sales laptops; Kiosks");
    assert_true(answers_set(profile->answers, answers, "deviceGroups.names", shown, NULL));
    assert_int_equal(json_length(json_get_path(answers, "deviceGroups.names")), 3);
}

static void test_a_pasted_guest_list_becomes_addresses(void **state)
{
    (void)state;
    g_autoptr(json) answers = json_new_object();
    g_autoptr(GError) error = NULL;
    assert_true(answers_set(profile->answers, answers, "guests",
                            "Display name,Email\nAda,ada@redcanary.com\nBen,ben@redcanary.com\n", NULL));
    g_autofree char *taken = json_text(json_get(answers, "guests"));
    assert_string_equal(taken, "[\"ada@redcanary.com\",\"ben@redcanary.com\"]");
    assert_false(answers_set(profile->answers, answers, "guests", "ada@redcanary.com\nnobody\n", &error));
    assert_non_null(strstr(error->message, "guests: "));
    g_autofree char *kept = json_text(json_get(answers, "guests"));
    assert_string_equal(kept, taken);
}

static void test_a_wrong_number_of_days_is_told_as_such(void **state)
{
    (void)state;
    g_autoptr(json) answers = json_new_object();
    g_autoptr(GError) error = NULL;
    assert_false(answers_set(profile->answers, answers, "stricter.expiresAfterDays", "a year", &error));
    assert_non_null(strstr(error->message, "A number of days is a whole number from 1 to 3660"));
    assert_true(answers_set(profile->answers, answers, "stricter.expiresAfterDays", "365", NULL));
    assert_int_equal(json_get_int(json_get(answers, "stricter"), "expiresAfterDays", 0), 365);
}

static void test_what_is_refused_changes_nothing(void **state)
{
    (void)state;
    g_autoptr(json) answers = json_new_object();
    g_autoptr(GError) error = NULL;
    assert_true(answers_set(profile->answers, answers, "sponsor", "sponsor@contoso.com", NULL));
    assert_false(answers_set(profile->answers, answers, "sponsor", "no address", &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
    assert_string_equal(json_get_string(answers, "sponsor"), "sponsor@contoso.com");
    assert_false(answers_set(profile->answers, answers, "decisions", "x", NULL));
    assert_false(answers_set(profile->answers, answers, "nonsense", "x", NULL));
    assert_int_equal(json_length(answers), 1);
}

#define QUESTIONS                                                                                                      \
    "{'format':1,'id':'p','name':'P','dated':'d','clouds':[],'steps':[{'id':'one','title':'One','explanation':'x',"    \
    "'fields':[{'path':'siem.region','label':'R','kind':'choice','choices':[{'value':'eu','label':'E'},{'value':"      \
    "'us','label':'U'}]},{'path':'ticket','label':'T','kind':'number'},{'path':'contacts.day.mail','label':'D',"       \
    "'validator':'email'},{'path':'contacts.night.mail','label':'N','validator':'email'},{'path':'sites','label':"     \
    "'S','kind':'names'},{'path':'tags','label':'G','kind':'list'},{'path':'watched','label':'W','kind':'yes-no'}]}]}"

static struct profile *own_questions(void)
{
    g_autofree char *text = g_strdelimit(g_strdup(QUESTIONS), "'", '"');
    g_autoptr(GError) error = NULL;
    struct profile *own = profile_parse(text, -1, "p", &error);
    if (own == NULL)
        fail_msg("%s", error->message);
    return own;
}

static void test_a_partners_own_questions_make_the_rules(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *message; /* NULL: it is taken */
    } rows[] = {
        {"{'siem':{'region':'eu'},'ticket':4711,'contacts':{'day':{'mail':'a@c.com'},'night':{'mail':'b@c.com'}},"
         "'sites':['Bonn, old'],'tags':['x'],'watched':true}",
         NULL},
        {"{'company':'Contoso','tenant':'contoso.com','partnerContact':{'name':'Bo'}}", NULL},
        {"{'siem':{'region':''}}", NULL},
        {"{'siem':{'region':'mars'}}", "f: $.siem.region: only one of these is known: eu, us."},
        {"{'siem':{}}", NULL},
        {"{'siem':'eu'}", "f: $.siem: an object in braces is wanted here."},
        {"{'siem':{'zone':'eu'}}", "f: $.siem.zone: this name is not known."},
        {"{'ticket':'4711'}", "f: $.ticket: a whole number is wanted here."},
        {"{'ticket':1.5}", "f: $.ticket: a whole number is wanted here."},
        {"{'contacts':{'day':'a@c.com'}}", "f: $.contacts.day: an object in braces is wanted here."},
        {"{'contacts':{'dusk':{}}}", "f: $.contacts.dusk: this name is not known."},
        {"{'sites':'Bonn'}", "f: $.sites: a list in square brackets is wanted here."},
        {"{'tags':['x','']}", "f: $.tags[1]: this is empty."},
        {"{'watched':'yes'}", "f: $.watched: true or false is wanted here."},
        {"{'sponsor':'a@c.com'}", "f: $.sponsor: this name is not known."},
        {"{'skip':{'one':{'by':'a','note':'n'}}}", "f: $.skip.one.note: this name is not known."},
    };
    g_autoptr(Profile) own = own_questions();
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = g_strdelimit(g_strdup(rows[i].text), "'", '"');
        g_autoptr(json) answers = answers_parse(own->answers, text, -1, "f", &error);
        if (g_strcmp0(error != NULL ? error->message : NULL, rows[i].message) != 0)
            fail_msg("%s: “%s” instead of “%s”", text, error != NULL ? error->message : NULL, rows[i].message);
        assert_true((answers != NULL) == (rows[i].message == NULL));
    }
    assert_true(answer_rules_can_be(own->answers, "siem.region", "us"));
    assert_false(answer_rules_can_be(own->answers, "siem.region", "mars"));
    assert_true(answer_rules_can_be(own->answers, "siem.region", ""));
    assert_false(answer_rules_can_be(own->answers, "watched", "yes"));
    assert_true(answer_rules_can_be(own->answers, "watched", "true"));
    assert_int_equal(answer_rules_kind(own->answers, "sites"), FIELD_NAMES);
    assert_int_equal(answer_rules_kind(own->answers, "siem"), -1);
}

/* What FIELD remarks on NAME beside a good ID of the namespace "adatum-mdr-weu1". */
static void remarks_on(const char *name, const char *words)
{
    g_autofree char *text =
        g_strdup_printf("{\"eventHub\":{\"resourceId\":\"/subscriptions/4f2d9c61-7ab8-4e13-9d50-c81f6a2e7b34/"
                        "resourceGroups/rg/providers/Microsoft.EventHub/namespaces/adatum-mdr-weu1\",\"name\":\"%s\"}}",
                        name);
    g_autoptr(GError) error = NULL;
    g_autoptr(json) answers = answers_parse(profile->answers, text, -1, "file.json", &error);
    assert_non_null(answers);
    g_autoptr(GPtrArray) remarks = g_ptr_array_new_with_free_func(g_free);
    answers_remark(profile->answers, answers, "file.json", remarks);
    assert_int_equal(remarks->len, words != NULL);
    if (words != NULL)
        assert_non_null(strstr(g_ptr_array_index(remarks, 0), words));
}

static void test_a_word_in_the_place_of_a_name_is_remarked_on(void **state)
{
    (void)state;
    remarks_on("adatum-xdr-stream", NULL);
    remarks_on("TBD", "file.json, eventHub.name: This reads like a word that stands for a name");
    remarks_on("disabled", "file.json, eventHub.name: This reads like a word of a sentence or of a status column");
    remarks_on("Adatum-MDR-weu1", "file.json, eventHub.name: This is the namespace's own name");
}

static void test_the_tenant_s_own_id_is_no_application_s(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) remarks = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(json) answers = answers_parse(profile->answers,
                                            "{\"tenant\":\"11111111-1111-4111-8111-aaaaaaaaaaaa\","
                                            "\"graphApplicationId\":\"11111111-1111-4111-8111-AAAAAAAAAAAA\"}",
                                            -1, "file.json", &error);
    assert_non_null(answers);
    answers_remark(profile->answers, answers, "file.json", remarks);
    assert_int_equal(remarks->len, 1);
    assert_non_null(strstr(remarks->pdata[0], "graphApplicationId: This is the tenant's own id"));
}

/* Before the tenant is read the answers themselves say which domains are the company's. */
static void test_one_of_the_company_is_no_guest(void **state)
{
    static const struct {
        const char *own;
        const char *guests;
        const char *named; /* NULL: nobody */
    } rows[] = {
        {"'tenant':'contoso.com'", "'bob@redcanary.com','ann@Contoso.com'",
         "guests: ann@Contoso.com is of your own tenant"},
        {"'account':{'userPrincipalName':'adm@contoso.onmicrosoft.com'}", "'eve@contoso.onmicrosoft.com'",
         "eve@contoso.onmi"},
        {"'account':{'email':'adm@contoso.com'}", "'eve@contoso.com'", "eve@contoso.com"},
        {"'account':{'userPrincipalName':'adm@contoso.com'}", "'bob@redcanary.com','eve@mail.contoso.com'", NULL},
        {"'tenant':'11111111-1111-4111-8111-aaaaaaaaaaaa'", "'bob@redcanary.com'", NULL},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GPtrArray) remarks = g_ptr_array_new_with_free_func(g_free);
        g_autofree char *text = g_strdup_printf("{%s,'guests':[%s]}", rows[i].own, rows[i].guests);
        g_strdelimit(text, "'", '"');
        g_autoptr(json) answers = answers_parse(profile->answers, text, -1, "file.json", &error);
        assert_non_null(answers);
        answers_remark(profile->answers, answers, "file.json", remarks);
        assert_int_equal(remarks->len, rows[i].named != NULL);
        if (rows[i].named != NULL)
            assert_non_null(strstr(remarks->pdata[0], rows[i].named));
    }
}

static void test_what_is_typed_follows_the_kind_of_the_question(void **state)
{
    (void)state;
    static const struct {
        const char *path, *typed;
        const char *kept;    /* as JSON; NULL: it is refused */
        const char *message; /* then this */
    } rows[] = {
        {"siem.region", "us", "'us'", NULL},
        {"siem.region", "US", NULL, "siem.region: only one of these is known: eu, us. Did you mean “us”?"},
        {"ticket", "4711", "4711", NULL},
        {"ticket", "many", NULL, "ticket: a whole number is wanted here."},
        {"tags", "a, b;c", "['a','b','c']", NULL},
        {"sites", "Bonn, old; Works 2", "['Bonn, old','Works 2']", NULL},
        {"watched", "no", "false", NULL},
        {"watched", "perhaps", NULL, "watched: yes or no is wanted here."},
        {"sponsor", "a@c.com", NULL, "sponsor: this name is not known."},
    };
    g_autoptr(Profile) own = own_questions();
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(json) answers = json_new_object();
        assert_true(answers_set(own->answers, answers, rows[i].path, rows[i].typed, &error) == (rows[i].kept != NULL));
        const json *kept = json_get_path(answers, rows[i].path);
        g_autofree char *text = kept != NULL ? json_text(kept) : NULL;
        if (text != NULL)
            g_strdelimit(text, "\"", '\'');
        if (g_strcmp0(text, rows[i].kept) != 0)
            fail_msg("%s: %s instead of %s", rows[i].path, text, rows[i].kept);
        if (g_strcmp0(error != NULL ? error->message : NULL, rows[i].message) != 0)
            fail_msg("%s: “%s” instead of “%s”", rows[i].path, error != NULL ? error->message : "", rows[i].message);
    }
}

/* As they are typed; what is no such thing is none. */
static void test_a_number_and_a_yes_are_typed(void **state)
{
    static const struct {
        const char *typed;
        int number; /* -1: it is none */
    } numbers[] = {{"0", 0},           {"1", 1},   {"10", 10}, {"180", 180}, {"2147483647", 2147483647},
                   {"2147483648", -1}, {"-1", -1}, {"1a", -1}, {"a", -1},    {"", -1},
                   {" 1", -1},         {"1.5", -1}};
    static const struct {
        const char *typed;
        int yes; /* -1: neither */
    } words[] = {{"yes", 1}, {"Y", 1}, {"true", 1}, {"no", 0}, {"N", 0}, {"FALSE", 0}, {"", -1}, {"yess", -1}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_autoptr(json) number = answer_number_from_text(numbers[i].typed);
        g_autofree char *text = number != NULL ? json_text(number) : g_strdup("-1");
        g_autofree char *wanted = g_strdup_printf("%d", numbers[i].number);
        assert_string_equal(text, wanted);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autoptr(json) yes = answer_yes_no_from_text(words[i].typed);
        g_autofree char *text = yes != NULL ? json_text(yes) : NULL;
        assert_int_equal(g_strcmp0(text, words[i].yes < 0 ? NULL : words[i].yes > 0 ? "true" : "false"), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_wrong_is_named_with_its_path),
        cmocka_unit_test(test_what_names_no_step_or_object_is_refused),
        cmocka_unit_test(test_objects_are_named_by_key_number_and_kind),
        cmocka_unit_test(test_pruning_takes_out_what_is_wrong_and_no_more),
        cmocka_unit_test(test_values_that_no_field_would_take_are_refused),
        cmocka_unit_test(test_a_whole_answers_file_is_taken),
        cmocka_unit_test(test_what_a_person_types_becomes_the_answer),
        cmocka_unit_test(test_names_keep_their_blanks),
        cmocka_unit_test(test_nobody_stands_in_a_list_twice),
        cmocka_unit_test(test_a_pasted_guest_list_becomes_addresses),
        cmocka_unit_test(test_a_wrong_number_of_days_is_told_as_such),
        cmocka_unit_test(test_what_is_refused_changes_nothing),
        cmocka_unit_test(test_a_partners_own_questions_make_the_rules),
        cmocka_unit_test(test_a_word_in_the_place_of_a_name_is_remarked_on),
        cmocka_unit_test(test_the_tenant_s_own_id_is_no_application_s),
        cmocka_unit_test(test_one_of_the_company_is_no_guest),
        cmocka_unit_test(test_a_number_and_a_yes_are_typed),
        cmocka_unit_test(test_what_is_typed_follows_the_kind_of_the_question),
    };
    json_init();
    profile = profile_load(NULL, NULL);
    int failed = cmocka_run_group_tests_name("answers", tests, NULL, NULL);
    profile_free(profile);
    return failed;
}

#include "onboarding/profile.h"

#include <string.h>

#include "base/error.h"
#include "support/support.h"

#define FRAME                                                                                                          \
    "{\"format\":1,\"id\":\"p\",\"name\":\"P\",\"dated\":\"2026-11-24\",\"clouds\":[\"global\"],\"steps\":[%s]}"

static void refused(const char *steps, const char *words)
{
    g_autofree char *text = g_strdup_printf(FRAME, steps);
    g_autoptr(GError) error = NULL;
    g_autoptr(Profile) profile = profile_parse(text, -1, "profile.json", &error);
    assert_null(profile);
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
    if (strstr(error->message, words) == NULL)
        fail_msg("for %s expected “%s” in: %s", steps, words, error->message);
}

static void test_faults_are_named_with_their_path(void **state)
{
    (void)state;
    refused("", "$.steps: a profile has at least one step");
    refused("{\"id\":\"one\",\"title\":\"One\"}", "$.steps[0].explanation: this is missing");
    refused("{\"id\":\"one\",\"title\":1,\"explanation\":\"x\"}", "$.steps[0].title: a text");
    refused("{\"id\":\"one\",\"title\":\"One\\u001b]0;owned\\u0007\",\"explanation\":\"x\"}",
            "$.steps[0].title: a control character");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\\u202ey\"}",
            "$.steps[0].explanation: a control character");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"colour\":\"red\"}",
            "$.steps[0].colour: this name");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"needs\":[\"two\"]}",
            "$.steps[0].needs[0]: no earlier");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"objects\":[{\"key\":\"k\",\"kind\":\"moon\","
            "\"title\":\"t\"}]}",
            "$.steps[0].objects[0].kind: no such kind");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"objects\":[{\"key\":\"k\",\"kind\":\"tenant\","
            "\"title\":\"t\"},{\"key\":\"k\",\"kind\":\"tenant\",\"title\":\"t\"}]}",
            "$.steps[0].objects[1].key: this key stands twice");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"guide\":{\"lines\":[{\"copy\":\"c\"}]}}",
            "$.steps[0].guide.lines[0].text: this is missing");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"when\":{\"value\":\"v\",\"is\":[\"a\"]}}",
            "$.steps[0].when.reason: this is missing");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"when\":{\"is\":[\"a\"],\"reason\":\"r\"}}",
            "$.steps[0].when.value: this is missing");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"guide\":{\"lines\":[]},\"guides\":[]}",
            "$.steps[0].guides: a step has either");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"objects\":[{\"key\":\"k\",\"kind\":\"tenant\","
            "\"title\":\"t\",\"until\":{\"object\":\"moon\",\"label\":\"l\"}}]}",
            "$.steps[0].objects[0].until.object: no object has this key");
    refused("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"objects\":[{\"key\":\"k\",\"kind\":\"tenant\","
            "\"title\":\"t\",\"when\":{\"value\":\"licence.entra\",\"is\":[\"full\"]}}]}",
            "$.steps[0].objects[0].when.value: whether an object is wanted");
}

static void refused_with(const char *kind, const char *with, const char *words)
{
    g_autofree char *steps = g_strdup_printf("{\"id\":\"one\",\"title\":\"One\",\"explanation\":\"x\",\"objects\":[{"
                                             "\"key\":\"k\",\"kind\":\"%s\",\"title\":\"t\"%s%s}]}",
                                             kind, *with != '\0' ? ",\"with\":" : "", with);
    g_autofree char *whole = g_strconcat("$.steps[0].objects[0].with.", words, NULL);
    refused(steps, whole);
}

#define ADMIN(roles) "{\"me\":\"m\",\"steps\":[\"s\"],\"roles\":" roles "}"

static void test_what_an_object_is_made_with_is_checked_by_its_kind(void **state)
{
    (void)state;
    refused_with("admin-role", "", "me: this is missing");
    refused_with("admin-role", ADMIN("[]"), "roles: at least one entry");
    refused_with("admin-role", ADMIN("[{\"id\":\"i\",\"name\":\"n\",\"steps\":[1]}]"),
                 "roles[0].steps: only texts may stand");
    refused_with("admin-role", ADMIN("[{\"id\":\"i\",\"steps\":[\"*\"]}]"), "roles[0].name: this is missing");
    refused_with("admin-role", "{\"me\":\"m\",\"steps\":[null],\"roles\":[]}", "steps: only texts may stand");
    refused_with("account-role", "{\"account\":\"a\",\"roles\":[]}", "roles: at least one entry");
    refused_with("group", "{\"displayName\":7}", "displayName: a text");
    refused_with("group", "{\"displayName\":\"G\",\"colour\":\"red\"}", "colour: this name");
    refused_with("group", "{\"displayName\":\"a\\u202eb\"}", "displayName: a control character");
    refused_with("tenant", "{\"id\":\"x\"}", "id: this name");
    refused_with("user", "{\"userName\":\"u\",\"memberOnly\":\"yes\"}", "memberOnly: true or false");
    refused_with("application-permission", "{\"application\":\"a\",\"resourceAppId\":\"r\",\"anyOf\":[]}",
                 "anyOf: at least one entry");
    refused_with("device-groups", "{\"names\":{}}", "names: a text");
}

static void test_another_format_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Profile) profile = profile_parse(
        "{\"format\":2,\"id\":\"p\",\"name\":\"P\",\"dated\":\"d\",\"clouds\":[],\"steps\":[{\"id\":\"a\","
        "\"title\":\"A\",\"explanation\":\"x\"}]}",
        -1, "profile.json", &error);
    assert_null(profile);
    assert_non_null(strstr(error->message, "$.format"));
}

static void test_the_built_in_profile_has_the_articles_steps_in_its_order(void **state)
{
    (void)state;
    static const char *const ids[] = {"sign-in",     "account",       "invitation",    "streaming", "consent",
                                      "group",       "organization",  "defender-role", "catalog",   "access-package",
                                      "access-link", "device-groups", "graph-alerts",  "p1-access", "finish"};
    g_autoptr(GError) error = NULL;
    g_autoptr(Profile) profile = profile_load(NULL, &error);
    if (profile == NULL)
        fail_msg("%s", error->message);
    assert_int_equal(json_length(profile->steps), G_N_ELEMENTS(ids));
    for (int i = 0; i < (int)G_N_ELEMENTS(ids); i++)
        assert_string_equal(json_get_string(json_at(profile->steps, i), "id"), ids[i]);
}

static void test_a_missing_file_is_a_clear_sentence(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(profile_load("/nowhere/profile.json", &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
    assert_non_null(strstr(error->message, "/nowhere/profile.json"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faults_are_named_with_their_path),
        cmocka_unit_test(test_what_an_object_is_made_with_is_checked_by_its_kind),
        cmocka_unit_test(test_another_format_is_refused),
        cmocka_unit_test(test_the_built_in_profile_has_the_articles_steps_in_its_order),
        cmocka_unit_test(test_a_missing_file_is_a_clear_sentence),
    };
    json_init();
    return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}

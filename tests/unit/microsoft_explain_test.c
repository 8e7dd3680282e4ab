/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include <string.h>

#include "base/assets.h"
#include "base/error.h"
#include "base/json.h"
#include "microsoft/explain.h"
#include "microsoft/explain_text.h"

#define FEWEST_ROWS 60

static const char *text_of(const json *match, const char *name)
{
    return json_get_string(match, name);
}

/* Each row as its own symptom, in the middle of other text. */
static void test_every_row_is_found_by_what_it_names(void **state)
{
    (void)state;
    g_autoptr(json) rows = asset_json("explanations.json");
    int count = 0;
    json_for_each (row, rows) {
        const json *match = json_get(row, "match");
        const char *text = text_of(match, "text");
        g_autofree char *sentence = text != NULL ? g_strdup_printf("Before %s after.", text) : g_strdup("Something.");
        const struct symptom symptom = {
            .service = text_of(match, "service"),
            .status = (int)json_get_int(match, "status", 0),
            .code = text_of(match, "code"),
            .asked = text_of(match, "asked"),
            .oauth = text_of(match, "oauth"),
            .text = sentence,
        };
        g_autofree char *found = explain(&symptom);
        g_autofree char *expected =
            g_strdup_printf("%s %s", json_get_string(row, "cause"), json_get_string(row, "next"));
        assert_non_null(found);
        assert_string_equal(found, expected);
        count++;
    }
    print_message("%d explanations\n", count);
    assert_true(count >= FEWEST_ROWS);
}

static gboolean is_known_member(const char *name)
{
    static const char *const names[] = {"service", "code", "text", "status", "asked", "oauth", NULL};
    return g_strv_contains(names, name);
}

static void test_rows_are_whole_sentences(void **state)
{
    (void)state;
    static const char *const services[] = {"graph", "defender", "sign-in", "network", NULL};
    static const char *const sentences[] = {"cause", "next"};
    g_autoptr(json) rows = asset_json("explanations.json");
    json_for_each (row, rows) {
        assert_int_equal(json_length(row), json_get(row, "general") != NULL ? 4 : 3);
        assert_true(g_strv_contains(services, json_get_string(json_get(row, "match"), "service")));
        json_for_each (member, json_get(row, "match"))
            assert_true(is_known_member(json_name(member)));
        for (gsize i = 0; i < G_N_ELEMENTS(sentences); i++) {
            const char *sentence = json_get_string(row, sentences[i]);
            assert_true(sentence != NULL && g_str_has_suffix(sentence, "."));
            assert_null(strchr(sentence, '\n'));
            assert_true(g_utf8_strlen(sentence, -1) < 200);
        }
    }
}

static void assert_explained(struct symptom symptom, const char *expected_part)
{
    g_autofree char *found = explain(&symptom);
    assert_non_null(found);
    assert_non_null(strstr(found, expected_part));
}

static void test_what_says_most_wins(void **state)
{
    (void)state;
    assert_explained((struct symptom){.service = "graph", .status = 403, .code = "NoLicense", .text = "x"}, "P2");
    assert_explained((struct symptom){.service = "graph", .status = 403, .code = "Odd", .text = "x"}, "role");
    assert_explained((struct symptom){.service = "sign-in", .code = "AADSTS53003", .oauth = "invalid_grant"},
                     "Conditional Access");
    assert_explained((struct symptom){.service = "sign-in", .code = "AADSTS99", .oauth = "invalid_grant"},
                     "Sign in again");
    assert_explained((struct symptom){.service = "sign-in", .code = "AADSTS500021", .oauth = "invalid_request"},
                     "tenant restrictions");
    assert_explained((struct symptom){.service = "graph",
                                      .status = 400,
                                      .code = "RoleAssignmentRequestPolicyValidationFailed",
                                      .text = "The following policy rules failed: [\"ExpirationRule\",\"MfaRule\"]"},
                     "permanent assignment");
    assert_explained((struct symptom){.service = "graph",
                                      .status = 400,
                                      .code = "RoleAssignmentRequestPolicyValidationFailed",
                                      .text = "The following policy rules failed: [\"MfaRule\"]"},
                     "multi-factor");
    assert_explained(
        (struct symptom){
            .service = "graph", .status = 409, .code = "DuplicateAccessPackage", .text = "It already exists."},
        "access package");
}

/* Codes that stand for anything: what else is said tells more. */
static void test_a_general_code_says_less_than_the_words(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } refusals[] = {
        {"The property 'displayName' is missing a required prefix/suffix per your organization's Group naming "
         "requirements.",
         "naming policy"},
        {"The specified displayName 'Red Canary' contains a blocked word 'Red'.", "blocks a word"},
        {"The specified password does not comply with password complexity requirements.", "password"},
        {"A conflicting object with one or more of the specified property values is present in the directory.",
         "there already"},
        {"Something that nobody has seen.", "its own sentence says why"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++)
        assert_explained(
            (struct symptom){.service = "graph", .status = 400, .code = "Request_BadRequest", .text = refusals[i].text},
            refusals[i].expected);
    assert_explained((struct symptom){.service = "graph",
                                      .status = 403,
                                      .code = "Forbidden",
                                      .text = "User is not authorized to perform the operation."},
                     "entitlement management");
    assert_explained((struct symptom){.service = "graph",
                                      .status = 403,
                                      .code = "Authorization_RequestDenied",
                                      .text = "Insufficient privileges to complete the operation. Target object is a "
                                              "member of a restricted management administrative unit."},
                     "only administrators of that unit");
}

#define ORGANIZATIONS "/v1.0/identityGovernance/entitlementManagement/connectedOrganizations"

static void test_what_was_asked_for_says_more_than_the_words_of_the_refusal(void **state)
{
    (void)state;
    static const char *const kept_out[] = {"POST " ORGANIZATIONS, "POST /v1.0/invitations"};
    for (gsize i = 0; i < G_N_ELEMENTS(kept_out); i++) {
        struct symptom symptom = {.service = "graph", .status = 400, .code = "Odd", .text = "x", .asked = kept_out[i]};
        assert_explained(symptom, "allowed or blocked domains for B2B collaboration");
        symptom.text = "Invalid Model";
        assert_explained(symptom, "allowed or blocked domains for B2B collaboration");
        symptom.status = 403;
        symptom.code = "NoLicense";
        assert_explained(symptom, "P2");
    }
}

static void test_what_nobody_knows_is_not_explained(void **state)
{
    (void)state;
    const struct symptom symptoms[] = {
        {.service = "graph", .status = 418, .code = "Teapot", .text = "short and stout"},
        {.service = "sign-in", .code = "AADSTS1", .oauth = "odd"},
        {.service = "sign-in", .code = "AADSTS1", .oauth = "invalid_request"},
        {.service = "graph", .status = 400, .code = "Odd", .asked = "GET " ORGANIZATIONS},
        {.service = "graph"},
        {0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(symptoms); i++)
        assert_null(explain(&symptoms[i]));
}

/* As people meet errors: pages in any language leave AADSTS out, answers hold words that are codes elsewhere. */
static void test_what_was_pasted_is_explained_by_what_it_names(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *code; /* NULL: nothing is known */
    } pastes[] = {
        {"You cannot access this right now\n\nError Code: 53003\nRequest Id: 5d1a0000-0000-4000-8000-0000000000aa\n"
         "Timestamp: 2026-11-27T08:12:33.122Z\nIP address: 203.0.113.7",
         "AADSTS53003"},
        {"Fehlercode: 53000\nZeitstempel: 2026-11-27T08:12:33Z", "AADSTS53000"},
        {"Code d’erreur\u00a0: 50105", "AADSTS50105"},
        {"エラー コード：530033", "AADSTS530033"},
        {"Sign-in error code\n530032\nFailure reason\nBlocked", "AADSTS530032"},
        {"{\"error_codes\":[500213]}", "AADSTS500213"},
        {"Error 50020 - user account does not exist in tenant", "AADSTS50020"},
        {"50076", "AADSTS50076"},
        {"port 50011 is in use; build 16.0.16000.20100; 127.0.0.1:50011", NULL},
        {"HTTP/1.1 403 Forbidden", NULL},
        /* A number counts where nothing else was given. */
        {"429", "HTTP status"},
        {"404", "HTTP status"},
        {"The answer was 503.", NULL},
        {"<html><title>403 Forbidden</title><p>blocked by policy</html>", "page"},
        {"<html><p>AADSTS50105: not assigned</html>", "AADSTS50105"},
        {"Status: 400 (BadRequest)\nErrorCode: NoLicense", "NoLicense"},
        {"{\"error\":{\"code\":\"Forbidden\",\"message\":\"x\"}}", "Forbidden"},
        {"{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"challenge with result: "
         "InteractionRequired and code: LocationConditionEvaluationSatisfied\"}}",
         "LocationConditionEvaluationSatisfied"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(pastes); i++) {
        g_autoptr(GPtrArray) found = explain_text(pastes[i].text);
        const struct explanation *first = found->len > 0 ? g_ptr_array_index(found, 0) : NULL;
        if (g_strcmp0(first != NULL ? first->code : NULL, pastes[i].code) != 0)
            fail_msg("“%s”: %s", pastes[i].text, first != NULL ? first->code : "nothing");
    }
}

static void test_a_code_that_the_table_lacks_is_found_to_be_looked_up(void **state)
{
    (void)state;
    g_autofree char *code = sign_in_code_in("AADSTS: see (aadsts700221): the presented assertion");
    assert_string_equal(code, "700221");
    assert_null(sign_in_code_in("no code, AADSTSx"));
}

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_row_is_found_by_what_it_names),
        cmocka_unit_test(test_rows_are_whole_sentences),
        cmocka_unit_test(test_a_general_code_says_less_than_the_words),
        cmocka_unit_test(test_what_says_most_wins),
        cmocka_unit_test(test_what_was_asked_for_says_more_than_the_words_of_the_refusal),
        cmocka_unit_test(test_what_nobody_knows_is_not_explained),
        cmocka_unit_test(test_what_was_pasted_is_explained_by_what_it_names),
        cmocka_unit_test(test_a_code_that_the_table_lacks_is_found_to_be_looked_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "microsoft/challenge.h"

#include "base/json.h"
#include "support/support.h"

#include <string.h>

#define BEARER "Bearer realm=\"\", authorization_uri=\"https://login.test\", error=\"insufficient_claims\", claims=\""

static const struct {
    const char *header;
    const char *claims;
} rows[] = {
    {BEARER "e30=\"", "{}"},
    {BEARER "e30\"", "{}"},
    {BEARER "eyJhIjoiPz8_In0=\"", "{\"a\":\"???\"}"},
    {BEARER "eyJhIjoiPz8/In0=\"", "{\"a\":\"???\"}"},
    {BEARER "eyJhIjogIjEifQ==\", foo=\"bar\"", "{\"a\":\"1\"}"},
    {BEARER "\"", NULL},
    {BEARER "e30=", NULL},
    {BEARER "!!!!\"", NULL},
    {BEARER "W10=\"", NULL},
    {BEARER "bm8=\"", NULL},
    {"Bearer error=\"insufficient_claims\"", NULL},
    {"Bearer error=\"invalid_token\", claims=\"e30=\"", NULL},
    {"", NULL},
};

static void test_headers(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *claims = challenge_claims(rows[i].header);
        if (g_strcmp0(claims, rows[i].claims) != 0)
            fail_msg("%s: %s", rows[i].header, claims != NULL ? claims : "none");
    }
}

static void test_what_is_too_long_is_none(void **state)
{
    (void)state;
    g_autofree char *filler = g_strnfill(8000, 'A');
    g_autofree char *header = g_strconcat(BEARER, filler, "\"", NULL);
    assert_null(challenge_claims(header));
    g_autofree char *text = g_strdup_printf("{\"a\":\"%s\"}", filler);
    assert_null(challenge_check(text));
}

static void test_reasons(void **state)
{
    (void)state;
    static const struct {
        const char *claims;
        const char *sentence;
        const char *reason;
        const char *advice;
    } reasons[] = {
        {"{\"access_token\":{\"nbf\":{\"value\":\"1\"},\"xms_rp_ipaddr\":{\"value\":\"203.0.113.7\"}}}", "",
         "203.0.113.7", "VPN or proxy"},
        {"{\"access_token\":{\"nbf\":{\"value\":\"1\"}}}", "code: LocationConditionEvaluationSatisfied",
         "network address", "VPN or proxy"},
        {"{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}", "", "stronger proof", "Conditional Access"},
        {"{\"access_token\":{\"nbf\":{\"value\":\"1\"}}}", "", "revoked", "Wait"},
        {"{}", "", "not content", "sign-in log"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(reasons); i++) {
        g_autofree char *text = challenge_reason(reasons[i].claims, reasons[i].sentence);
        g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
        assert_int_equal(g_strv_length(lines), 2);
        if (strstr(lines[0], reasons[i].reason) == NULL || strstr(lines[1], reasons[i].advice) == NULL)
            fail_msg("%s %s: %s", reasons[i].claims, reasons[i].sentence, text);
    }
}

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_what_is_too_long_is_none),
        cmocka_unit_test(test_reasons),
    };
    return cmocka_run_group_tests_name("claims challenge", tests, NULL, NULL);
}

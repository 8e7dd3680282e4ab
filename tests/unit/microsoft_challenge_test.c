#include "microsoft/challenge.h"

#include "support/support.h"

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

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_what_is_too_long_is_none),
    };
    return cmocka_run_group_tests_name("claims challenge", tests, NULL, NULL);
}

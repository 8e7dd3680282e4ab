/* SPDX-License-Identifier: MIT */
/* Finding a tenant's sign-in endpoints: what is said where they cannot be found. */
#include "support/support.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "microsoft/authority.h"
#include "support/loopback_server.h"

static char *refuse(const struct server_request *request, gpointer data)
{
    (void)request;
    return server_json(GPOINTER_TO_INT(data), GPOINTER_TO_INT(data) == 429 ? "Retry-After: 3600\r\n" : NULL,
                       "{\"error\":\"invalid_request\"}");
}

/* What is said when discovery is answered with STATUS. Caller frees. */
static GError *answered_with(int status)
{
    GError *error = NULL;
    struct server *server = server_start(refuse, GINT_TO_POINTER(status));
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u", server_port(server));
    g_autoptr(Cloud) cloud = cloud_practice(url, NULL);
    struct http *http = http_new(NULL, NULL, NULL);
    assert_null(authority_discover(http, cloud, "contoso.com", NULL, 0, &error));
    http_free(http);
    server_stop(server);
    assert_non_null(error);
    return error;
}

static void test_an_unknown_tenant_is_called_unknown(void **state)
{
    (void)state;
    g_autoptr(GError) error = answered_with(400);
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
    assert_non_null(strstr(error->message, "does not know the tenant contoso.com"));
}

static void test_a_service_that_fails_says_nothing_about_the_tenant(void **state)
{
    static const int statuses[] = {429, 500, 503};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(statuses); i++) {
        g_autoptr(GError) error = answered_with(statuses[i]);
        g_autofree char *named = g_strdup_printf("status %d", statuses[i]);
        assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_NETWORK));
        assert_null(strstr(error->message, "does not know"));
        assert_non_null(strstr(error->message, named));
    }
}

static char *discover_elsewhere(const struct server_request *request, gpointer data)
{
    (void)request;
    return server_json(200, NULL, data);
}

#define ENDPOINTS(host)                                                                                                \
    "\"issuer\":\"https://" host "/x/v2.0\",\"token_endpoint\":\"https://" host                                        \
    "/x/token\",\"authorization_endpoint\":\"https://" host "/x/authorize\""

static void test_a_tenant_of_another_cloud_is_told_which(void **state)
{
    (void)state;
    static const struct {
        const char *document;
        const char *told;
    } documents[] = {
        {"{" ENDPOINTS(
             "login.microsoftonline.us") ",\"cloud_instance_name\":\"microsoftonline.us\","
                                         "\"tenant_region_scope\":\"USGov\",\"tenant_region_sub_scope\":\"DODCON\"}",
         "--cloud gcc-high"},
        {"{" ENDPOINTS(
             "login.microsoftonline.us") ",\"cloud_instance_name\":\"microsoftonline.us\","
                                         "\"tenant_region_scope\":\"USGov\",\"tenant_region_sub_scope\":\"DOD\"}",
         "--cloud dod"},
        {"{" ENDPOINTS("login.microsoftonline.us") ",\"cloud_instance_name\":\"microsoftonline.us\","
                                                   "\"tenant_region_scope\":\"DOD\"}",
         "--cloud dod"},
        {"{" ENDPOINTS("login.partner.microsoftonline.cn") ",\"cloud_instance_name\":\"partner.microsoftonline.cn\"}",
         "--cloud china"},
        /* What it says of itself has to be where its endpoints are. */
        {"{" ENDPOINTS("login.example.com") ",\"cloud_instance_name\":\"microsoftonline.us\"}", "tampering"},
        {"{" ENDPOINTS("login.example.com") "}", "tampering"},
        /* One that perch does not know, or not yet. */
        {"{" ENDPOINTS("login.sovereign.example") ",\"cloud_instance_name\":\"sovereign.example\"}",
         "in a cloud that perch does not know: sovereign.example. Nothing was sent there."},
        /* A network's own page, which wants a sign-in before it lets anything through. */
        {"<html>Welcome to the hotel</html>", "a sign-in page of the network stands in between"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(documents); i++) {
        g_autoptr(GError) error = NULL;
        struct server *server = server_start(discover_elsewhere, (gpointer)documents[i].document);
        g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u", server_port(server));
        g_autoptr(Cloud) cloud = cloud_practice(url, NULL);
        struct http *http = http_new(NULL, NULL, NULL);
        assert_null(authority_discover(http, cloud, "agency.example", NULL, 0, &error));
        http_free(http);
        server_stop(server);
        if (strstr(error->message, documents[i].told) == NULL)
            fail_msg("%s: %s", documents[i].document, error->message);
    }
}

/* What a token calls a tenant or a person is taken for one only where each character can be one's. */
static void test_no_character_of_a_guid_is_left_unseen(void **state)
{
    (void)state;
    static const char guid[] = "7e59b4ba-2BAD-4dc9-be5e-f5cd23287c97";
    assert_true(is_guid(guid));
    for (gsize i = 0; guid[i] != '\0'; i++) {
        g_autofree char *spoiled = g_strdup(guid);
        spoiled[i] = guid[i] == '-' ? '0' : 'g';
        assert_false(is_guid(spoiled));
    }
    assert_false(is_guid("7e59b4ba-2bad-4dc9-be5e-f5cd23287c9"));
    assert_false(is_guid("7e59b4ba-2bad-4dc9-be5e-f5cd23287c970"));
}

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_unknown_tenant_is_called_unknown),
        cmocka_unit_test(test_a_service_that_fails_says_nothing_about_the_tenant),
        cmocka_unit_test(test_a_tenant_of_another_cloud_is_told_which),
        cmocka_unit_test(test_no_character_of_a_guid_is_left_unseen),
    };
    return cmocka_run_group_tests_name("authority", tests, NULL, NULL);
}

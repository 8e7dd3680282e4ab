/* Finding a tenant's sign-in endpoints: what is said where they cannot be found. */
#include "support/support.h"

#include <string.h>

#include "base/error.h"
#include "microsoft/authority.h"
#include "support/loopback_server.h"

static char *refuse(const struct server_request *request, gpointer data)
{
    (void)request;
    return server_json(GPOINTER_TO_INT(data), NULL, "{\"error\":\"invalid_request\"}");
}

/* What is said when discovery is answered with STATUS. Caller frees. */
static GError *answered_with(int status)
{
    GError *error = NULL;
    struct server *server = server_start(refuse, GINT_TO_POINTER(status));
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u", server_port(server));
    g_autoptr(Cloud) cloud = cloud_practice(url, NULL);
    struct http *http = http_new(NULL, NULL, NULL);
    assert_null(authority_discover(http, cloud, "contoso.com", &error));
    http_free(http);
    server_stop(server);
    assert_non_null(error);
    return error;
}

static void test_an_unknown_tenant_is_called_unknown(void **state)
{
    (void)state;
    g_autoptr(GError) error = answered_with(400);
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
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

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_unknown_tenant_is_called_unknown),
        cmocka_unit_test(test_a_service_that_fails_says_nothing_about_the_tenant),
    };
    return cmocka_run_group_tests_name("authority", tests, NULL, NULL);
}

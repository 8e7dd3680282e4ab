/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "microsoft/token_answer.h"
#include "secrets/secret.h"
#include "support/sign_in_fixture.h"

/* --- device code --- */

static void test_device_code_signs_in(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->script = "p";
    g_autoptr(GError) error = NULL;
    assert_true(ask_by_device(fixture, &error));
    assert_null(error);
    assert_string_equal(fixture->prompted_code, "FJC3P9Z7K");
    assert_string_equal(fixture->prompted_url, "https://microsoft.com/devicelogin");
    assert_true(fixture->expires > g_get_real_time() - 10 * G_USEC_PER_SEC);
    const struct sign_in_account *account = sign_in_account(fixture->sign_in);
    assert_string_equal(account->tenant_id, FAKE_TENANT);
    assert_string_equal(account->user_name, "admin@contoso.com");
    assert_string_equal(sign_in_token(fixture->sign_in, SERVICE_GRAPH, FALSE, NULL), "access-1");
    assert_string_equal(g_hash_table_lookup(fixture->kept, FAKE_TENANT "/" GRAPH_CLIENT "/graph"), "refresh-1");
    assert_int_equal(server_count(fixture->server, 1, "POST /token"), 2);
}

static void test_device_code_asks_for_the_scopes(void **state)
{
    struct sign_in_fixture *fixture = *state;
    assert_true(ask_by_device(fixture, NULL));
    g_autofree char *seen = server_seen(fixture->server, 1);
    assert_non_null(strstr(seen, "client_id=" GRAPH_CLIENT));
    g_autofree char *scope = form_value(strstr(seen, "\r\n\r\n") + 4, "scope");
    assert_string_equal(scope, "openid profile offline_access User.Read Group.ReadWrite.All");
}

static void test_slow_down_adds_five_seconds(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->script = "s";
    gint64 begun = g_get_monotonic_time();
    assert_true(ask_by_device(fixture, NULL));
    assert_true(g_get_monotonic_time() - begun >= 6 * G_USEC_PER_SEC);
}

static void test_declined_and_expired_end_it(void **state)
{
    struct sign_in_fixture *fixture = *state;
    static const char *const scripts[] = {"d", "e"};
    for (gsize i = 0; i < G_N_ELEMENTS(scripts); i++) {
        g_autoptr(GError) error = NULL;
        fixture->script = scripts[i];
        assert_false(ask_by_device(fixture, &error));
        assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
        assert_non_null(strstr(error->message, "trace trace-1"));
        assert_null(strstr(error->message, "Trace ID"));
    }
}

static void test_lost_poll_is_not_the_end(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->script = "x";
    assert_true(ask_by_device(fixture, NULL));
}

static void test_a_typed_code_outlives_a_busy_service(void **state)
{
    struct sign_in_fixture *fixture = *state;
    static const char *const scripts[] = {"b", "u", "t", "h"};
    for (gsize i = 0; i < G_N_ELEMENTS(scripts); i++) {
        g_autoptr(GError) error = NULL;
        guint before = server_count(fixture->server, 1, "POST /devicecode");
        fixture->script = scripts[i];
        if (!ask_by_device(fixture, &error))
            fail_msg("%s: %s", scripts[i], error->message);
        assert_int_equal(server_count(fixture->server, 1, "POST /devicecode"), before + 1);
    }
}

static void test_a_service_that_stays_busy_is_named(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->script = "bbbbbbbb";
    fixture->code_lifetime = 20;
    g_autoptr(GError) error = NULL;
    assert_false(ask_by_device(fixture, &error));
    assert_non_null(strstr(error->message, "status 429"));
    assert_true(server_count(fixture->server, 1, "POST /token") <= 3);
}

static void test_code_that_nobody_enters_expires(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->script = "pppppppp";
    fixture->code_lifetime = 4;
    g_autoptr(GError) error = NULL;
    assert_false(ask_by_device(fixture, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
    assert_non_null(strstr(error->message, "expired"));
}

static gpointer cancel_after_prompt(gpointer data)
{
    struct sign_in_fixture *fixture = data;
    while (server_count(fixture->server, 1, "POST /devicecode") == 0)
        g_thread_yield();
    http_cancel(fixture->http);
    return NULL;
}

static void test_waiting_for_the_person_can_be_stopped(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->script = "pppppppppppppppppppppppp";
    fixture->browser = g_thread_new("cancel", cancel_after_prompt, fixture);
    g_autoptr(GError) error = NULL;
    gint64 begun = g_get_monotonic_time();
    assert_false(ask_by_device(fixture, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_CANCELLED));
    assert_true(g_get_monotonic_time() - begun < fixture->code_lifetime * G_USEC_PER_SEC / 2);
}

/* --- who signed in --- */

static void test_wrong_tenant_is_refused(void **state)
{
    struct sign_in_fixture *fixture = *state;
    sign_in_begin(fixture, OTHER_TENANT, NULL);
    g_autoptr(GError) error = NULL;
    assert_false(ask(fixture, two_scopes, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_TENANT));
    assert_null(sign_in_account(fixture->sign_in));
    assert_null(sign_in_token(fixture->sign_in, SERVICE_GRAPH, FALSE, NULL));
    assert_int_equal(g_hash_table_size(fixture->kept), 0);
}

static void test_tenant_of_a_domain_is_held_to(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->issuer_tenant = FAKE_TENANT;
    fixture->tenant = OTHER_TENANT;
    sign_in_begin(fixture, "contoso.com", NULL);
    g_autoptr(GError) error = NULL;
    assert_false(ask(fixture, two_scopes, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_TENANT));
}

static void test_tenant_may_not_change_later(void **state)
{
    struct sign_in_fixture *fixture = *state;
    assert_true(ask(fixture, two_scopes, NULL));
    fixture->tenant = OTHER_TENANT;
    g_autoptr(GError) error = NULL;
    assert_null(sign_in_token(fixture->sign_in, SERVICE_GRAPH, TRUE, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_TENANT));
    assert_string_equal(g_hash_table_lookup(fixture->kept, FAKE_TENANT "/" GRAPH_CLIENT "/graph"), "refresh-1");
}

static void test_personal_account_is_refused(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->tenant = "9188040d-6c67-4c5b-b112-36a304b66dad";
    g_autoptr(GError) error = NULL;
    assert_false(ask(fixture, two_scopes, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_TENANT));
}

static void test_foreign_id_token_is_refused(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->audience = OWN_CLIENT;
    g_autoptr(GError) error = NULL;
    assert_false(ask(fixture, two_scopes, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    fixture->audience = NULL;
    fixture->issuer_tenant = OTHER_TENANT;
    sign_in_begin(fixture, FAKE_TENANT, NULL);
    g_autoptr(GError) issuer_error = NULL;
    assert_false(ask(fixture, two_scopes, &issuer_error));
    assert_true(g_error_matches(issuer_error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
}

static void test_an_id_token_that_is_over_or_not_begun_is_refused(void **state)
{
    struct sign_in_fixture *fixture = *state;
    static const struct {
        const char *name;
        int from; /* seconds from now */
        int to;
        gboolean good;
    } rows[] = {
        {"over for an hour", -7200, -3600, FALSE},
        {"begins in an hour", 3600, 7200, FALSE},
        {"over for a minute", -3600, -60, TRUE},
        {"begins in a minute", 60, 3600, TRUE},
    };
    static const char *const without_end[] = {
        "", ",\"exp\":0", ",\"exp\":-5", ",\"exp\":\"4102444800\"", ",\"exp\":null", ",\"exp\":true"};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gint64 now = g_get_real_time() / G_USEC_PER_SEC;
        g_autofree char *claims = g_strdup_printf(",\"nbf\":%" G_GINT64_FORMAT ",\"exp\":%" G_GINT64_FORMAT,
                                                  now + rows[i].from, now + rows[i].to);
        g_autoptr(GError) error = NULL;
        fixture->more_claims = claims;
        sign_in_begin(fixture, FAKE_TENANT, NULL);
        if (ask(fixture, two_scopes, &error) != rows[i].good)
            fail_msg("%s: %s", rows[i].name, error != NULL ? error->message : "taken");
        if (!rows[i].good)
            assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(without_end); i++) {
        fixture->more_claims = (char *)without_end[i];
        sign_in_begin(fixture, FAKE_TENANT, NULL);
        g_autoptr(GError) error = NULL;
        if (ask(fixture, two_scopes, &error))
            fail_msg("without an end: %s", without_end[i]);
        assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    }
    fixture->more_claims = NULL;
}

static void test_an_id_token_that_nobody_signed_is_none(void **state)
{
    (void)state;
    /* {"alg":"none"}, {"alg":"nOnE"}, {"typ":"JWT"}, {"alg":"RS256"}; the claims are {"tid":"t"}. */
    static const struct {
        const char *token;
        gboolean good;
    } rows[] = {
        {"eyJhbGciOiJub25lIn0.eyJ0aWQiOiJ0In0.c2ln", FALSE},
        {"eyJhbGciOiJub25lIn0.eyJ0aWQiOiJ0In0.", FALSE},
        {"eyJhbGciOiJuT25FIn0.eyJ0aWQiOiJ0In0.c2ln", FALSE},
        {"eyJ0eXAiOiJKV1QifQ.eyJ0aWQiOiJ0In0.c2ln", FALSE},
        {"eyJhbGciOiJSUzI1NiJ9.eyJ0aWQiOiJ0In0.", FALSE},
        {"eyJhbGciOiJSUzI1NiJ9.eyJ0aWQiOiJ0In0", FALSE},
        {"e.eyJ0aWQiOiJ0In0.c2ln", FALSE},
        {".eyJ0aWQiOiJ0In0.c2ln", FALSE},
        {"eyJhbGciOiJSUzI1NiJ9.eyJ0aWQiOiJ0In0.c2ln", TRUE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct http_reply *reply = g_new0(struct http_reply, 1);
        reply->status = 200;
        reply->body = g_string_new(NULL);
        g_string_printf(reply->body, "{\"access_token\":\"a\",\"expires_in\":9,\"id_token\":\"%s\"}", rows[i].token);
        g_autoptr(TokenAnswer) answer = token_answer_read(reply, NULL);
        assert_non_null(answer);
        if (answer->has_claims != rows[i].good)
            fail_msg("%s", rows[i].token);
    }
}

static void test_an_account_that_is_no_guid_is_refused(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->object_id = "../../x";
    g_autoptr(GError) error = NULL;
    assert_false(ask(fixture, two_scopes, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    assert_null(sign_in_account(fixture->sign_in));
}

static char *discover_elsewhere(const struct server_request *request, gpointer data)
{
    (void)request;
    (void)data;
    return server_json(200, NULL,
                       "{\"issuer\":\"x\",\"authorization_endpoint\":\"https://evil.test/a\","
                       "\"token_endpoint\":\"https://evil.test/t\"}");
}

static void test_endpoints_elsewhere_are_refused(void **state)
{
    struct sign_in_fixture *fixture = *state;
    struct server *server = server_start(discover_elsewhere, NULL);
    g_free(fixture->cloud->login);
    fixture->cloud->login = g_strdup_printf("http://127.0.0.1:%u", server_port(server));
    g_autoptr(GError) error = NULL;
    assert_false(ask_by_device(fixture, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    server_stop(server);
}

/* --- without asking --- */

static void keep(struct sign_in_fixture *fixture, const char *key)
{
    g_hash_table_replace(fixture->kept, g_strdup(key), g_strdup("refresh-0"));
}

static void test_silent_sign_in_uses_what_is_kept(void **state)
{
    struct sign_in_fixture *fixture = *state;
    sign_in_begin(fixture, FAKE_TENANT, NULL);
    keep(fixture, FAKE_TENANT "/" GRAPH_CLIENT "/graph");
    g_autoptr(GError) error = NULL;
    assert_true(sign_in_silently(fixture->sign_in, two_scopes, FALSE, &error));
    g_autofree char *seen = server_seen(fixture->server, 0);
    assert_non_null(strstr(seen, "refresh_token=refresh-0"));
    assert_string_equal(g_hash_table_lookup(fixture->kept, FAKE_TENANT "/" GRAPH_CLIENT "/graph"), "refresh-1");
    assert_true(sign_in_has_scope(fixture->sign_in, "group.readwrite.all"));
    assert_false(sign_in_has_scope(fixture->sign_in, "Directory.Read.All"));
}

/* Nothing is answered before both tokens were asked for, so that asking one after the other ends nowhere; and the
 * endpoints are asked for beside them. */
static void test_the_tokens_of_both_services_come_in_one_round_trip(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->documented = FAKE_TENANT;
    fixture->together = 2;
    sign_in_begin(fixture, FAKE_TENANT, NULL);
    keep(fixture, FAKE_TENANT "/" GRAPH_CLIENT "/graph");
    keep(fixture, FAKE_TENANT "/" DEFENDER_CLIENT "/defender");
    g_autoptr(GError) error = NULL;
    assert_true(sign_in_silently(fixture->sign_in, two_scopes, TRUE, &error));
    guint asked = server_count(fixture->server, 1, "");
    assert_non_null(sign_in_token(fixture->sign_in, SERVICE_GRAPH, FALSE, NULL));
    assert_non_null(sign_in_token(fixture->sign_in, SERVICE_DEFENDER, FALSE, NULL));
    assert_int_equal(server_count(fixture->server, 1, ""), asked);
    assert_string_not_equal(g_hash_table_lookup(fixture->kept, FAKE_TENANT "/" DEFENDER_CLIENT "/defender"),
                            "refresh-0");
}

/* That Defender's is refused is told when it is needed, and spoils nothing. */
static void test_a_refused_token_for_defender_leaves_that_for_graph(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->documented = FAKE_TENANT;
    fixture->unconsented = "securitycenter";
    sign_in_begin(fixture, FAKE_TENANT, NULL);
    keep(fixture, FAKE_TENANT "/" GRAPH_CLIENT "/graph");
    keep(fixture, FAKE_TENANT "/" DEFENDER_CLIENT "/defender");
    assert_true(sign_in_silently(fixture->sign_in, two_scopes, TRUE, NULL));
    assert_non_null(sign_in_token(fixture->sign_in, SERVICE_GRAPH, FALSE, NULL));
    g_autoptr(GError) error = NULL;
    assert_null(sign_in_token(fixture->sign_in, SERVICE_DEFENDER, FALSE, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
}

/* Nor are these answered before a code was asked for. */
static void test_a_code_is_asked_for_beside_the_endpoints(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->documented = FAKE_TENANT;
    fixture->together = 1;
    sign_in_begin(fixture, FAKE_TENANT, NULL);
    assert_true(ask_by_device(fixture, NULL));
    assert_int_equal(g_hash_table_size(fixture->kept), 1);
}

static void test_silent_sign_in_by_domain(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->issuer_tenant = FAKE_TENANT;
    sign_in_begin(fixture, "contoso.com", NULL);
    keep(fixture, FAKE_TENANT "/" GRAPH_CLIENT "/graph");
    assert_true(sign_in_silently(fixture->sign_in, two_scopes, FALSE, NULL));
}

static void assert_needs_person(struct sign_in_fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    assert_false(sign_in_silently(fixture->sign_in, two_scopes, FALSE, &error));
    assert_null(error);
}

static void test_silent_sign_in_needs_a_person(void **state)
{
    struct sign_in_fixture *fixture = *state;
    static const char *const refusals[] = {"invalid_grant", "interaction_required", "consent_required"};
    assert_needs_person(fixture);
    sign_in_begin(fixture, FAKE_TENANT, NULL);
    assert_needs_person(fixture);
    for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++) {
        sign_in_begin(fixture, FAKE_TENANT, NULL);
        keep(fixture, FAKE_TENANT "/" GRAPH_CLIENT "/graph");
        fixture->refusal = refusals[i];
        assert_needs_person(fixture);
    }
}

static void assert_withheld(const struct sign_in_fixture *fixture, const char *scope)
{
    g_auto(GStrv) withheld = sign_in_withheld(fixture->sign_in);
    assert_int_equal(g_strv_length(withheld), 1);
    assert_string_equal(withheld[0], scope);
}

/* Whoever granted less is not asked the same again at each start. */
static void test_silent_sign_in_is_content_with_less(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->granted = g_strdup("User.Read");
    sign_in_begin(fixture, FAKE_TENANT, NULL);
    keep(fixture, FAKE_TENANT "/" GRAPH_CLIENT "/graph");
    g_autoptr(GError) error = NULL;
    assert_true(sign_in_silently(fixture->sign_in, two_scopes, FALSE, &error));
    assert_withheld(fixture, "Group.ReadWrite.All");
}

/* Entra refuses a refresh for more than there is consent for; what there is consent for has to be asked for so. */
static void test_what_has_no_consent_does_not_spoil_the_rest(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->unconsented = "Group.ReadWrite.All";
    fixture->granted = g_strdup("User.Read");
    sign_in_begin(fixture, FAKE_TENANT, NULL);
    keep(fixture, FAKE_TENANT "/" GRAPH_CLIENT "/graph");
    g_autoptr(GError) error = NULL;
    assert_true(sign_in_silently(fixture->sign_in, two_scopes, FALSE, &error));
    assert_withheld(fixture, "Group.ReadWrite.All");
    assert_non_null(sign_in_token(fixture->sign_in, SERVICE_GRAPH, TRUE, NULL));
}

/* The policy that refuses the refresh says what a sign-in has to prove, and the next sign-in is asked to. */
static void test_claims_of_a_refused_refresh_are_proved(void **state)
{
    struct sign_in_fixture *fixture = *state;
    static const char claims[] = "{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}";
    assert_true(ask(fixture, two_scopes, NULL));
    assert_null(sign_in_claims(fixture->sign_in));
    fixture->refusal = "interaction_required";
    fixture->refusal_claims = claims;
    assert_null(sign_in_token(fixture->sign_in, SERVICE_GRAPH, TRUE, NULL));
    assert_string_equal(sign_in_claims(fixture->sign_in), claims);
    fixture->refusal = NULL;
    assert_true(ask(fixture, two_scopes, NULL));
    g_autofree char *asked = url_parameter(fixture->browser_url, "claims");
    assert_string_equal(asked, claims);
    assert_null(sign_in_claims(fixture->sign_in));
}

/* They were one tenant's: the next may be another. */
static void test_claims_end_with_the_sign_out(void **state)
{
    struct sign_in_fixture *fixture = *state;
    assert_true(ask(fixture, two_scopes, NULL));
    fixture->refusal = "interaction_required";
    fixture->refusal_claims = "{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}";
    assert_null(sign_in_token(fixture->sign_in, SERVICE_GRAPH, TRUE, NULL));
    assert_non_null(sign_in_claims(fixture->sign_in));
    sign_in_forget(fixture->sign_in);
    assert_null(sign_in_claims(fixture->sign_in));
}

static void test_silent_sign_in_says_what_is_wrong(void **state)
{
    struct sign_in_fixture *fixture = *state;
    sign_in_begin(fixture, FAKE_TENANT, NULL);
    keep(fixture, FAKE_TENANT "/" GRAPH_CLIENT "/graph");
    fixture->refusal = "unauthorized_client";
    fixture->refusal_code = 700016;
    g_autoptr(GError) error = NULL;
    assert_false(sign_in_silently(fixture->sign_in, two_scopes, FALSE, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
    assert_non_null(strstr(error->message, "AADSTS700016"));
}

static void test_token_is_refreshed_before_it_ends(void **state)
{
    struct sign_in_fixture *fixture = *state;
    fixture->lifetime = 3600;
    assert_true(ask(fixture, two_scopes, NULL));
    assert_string_equal(sign_in_token(fixture->sign_in, SERVICE_GRAPH, FALSE, NULL), "access-1");
    assert_string_equal(sign_in_token(fixture->sign_in, SERVICE_GRAPH, FALSE, NULL), "access-1");
    assert_string_equal(sign_in_token(fixture->sign_in, SERVICE_GRAPH, TRUE, NULL), "access-2");
    fixture->lifetime = 0;
    sign_in_token(fixture->sign_in, SERVICE_GRAPH, TRUE, NULL);
    assert_string_equal(sign_in_token(fixture->sign_in, SERVICE_GRAPH, FALSE, NULL), "access-4");
}

static void test_lost_and_refused_refreshes_are_repeated(void **state)
{
    struct sign_in_fixture *fixture = *state;
    assert_true(ask(fixture, two_scopes, NULL));
    fixture->drops = 1;
    fixture->busy = 1;
    assert_string_equal(sign_in_token(fixture->sign_in, SERVICE_GRAPH, TRUE, NULL), "access-2");
}

static void test_lost_code_is_not_sent_twice(void **state)
{
    struct sign_in_fixture *fixture = *state;
    g_autoptr(GError) error = NULL;
    fixture->drops = 1;
    assert_false(ask(fixture, two_scopes, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_NETWORK));
    assert_int_equal(server_count(fixture->server, 1, "POST /token"), 1);
}

static void test_revoked_refresh_token_is_explained(void **state)
{
    struct sign_in_fixture *fixture = *state;
    assert_true(ask(fixture, two_scopes, NULL));
    fixture->refusal = "invalid_grant";
    fixture->refusal_code = 50173;
    g_autoptr(GError) error = NULL;
    assert_null(sign_in_token(fixture->sign_in, SERVICE_GRAPH, TRUE, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
    assert_non_null(strstr(error->message, "AADSTS50173"));
}

static void test_forgetting_forgets_here_and_there(void **state)
{
    struct sign_in_fixture *fixture = *state;
    assert_true(ask(fixture, two_scopes, NULL));
    assert_int_equal(g_hash_table_size(fixture->kept), 1);
    sign_in_forget(fixture->sign_in);
    assert_int_equal(g_hash_table_size(fixture->kept), 0);
    assert_null(sign_in_account(fixture->sign_in));
    assert_null(sign_in_token(fixture->sign_in, SERVICE_GRAPH, FALSE, NULL));
    assert_false(sign_in_has_scope(fixture->sign_in, "User.Read"));
    fixture->tenant = OTHER_TENANT;
    assert_true(ask(fixture, two_scopes, NULL));
}

static void test_more_scopes_are_asked_for_with_the_old_ones(void **state)
{
    struct sign_in_fixture *fixture = *state;
    static const char *const more[] = {"EntitlementManagement.ReadWrite.All", NULL};
    assert_true(ask(fixture, two_scopes, NULL));
    assert_true(ask(fixture, more, NULL));
    g_autofree char *scope = url_parameter(fixture->browser_url, "scope");
    assert_string_equal(
        scope, "openid profile offline_access User.Read Group.ReadWrite.All EntitlementManagement.ReadWrite.All");
}

static void test_redactor_knows_the_tokens_that_are_held(void **state)
{
    struct sign_in_fixture *fixture = *state;
    g_autoptr(Redactor) redactor = redactor_new();
    sign_in_set_redactor(fixture->sign_in, redactor);
    assert_true(ask(fixture, two_scopes, NULL));
    sign_in_token(fixture->sign_in, SERVICE_GRAPH, TRUE, NULL);
    g_autofree char *held = redact(redactor, "say access-2 and refresh-2");
    assert_string_equal(held, "say " REDACTED " and " REDACTED);
    sign_in_forget(fixture->sign_in);
    g_autofree char *forgotten = redact(redactor, "say access-2 and refresh-2");
    assert_string_equal(forgotten, "say access-2 and refresh-2");
    sign_in_set_redactor(fixture->sign_in, NULL);
}

/* Microsoft keeps both valid after a refresh. */
static void test_redactor_knows_replaced_tokens_until_sign_out(void **state)
{
    struct sign_in_fixture *fixture = *state;
    g_autoptr(Redactor) redactor = redactor_new();
    sign_in_set_redactor(fixture->sign_in, redactor);
    assert_true(ask(fixture, two_scopes, NULL));
    for (int i = 0; i < 3; i++)
        sign_in_token(fixture->sign_in, SERVICE_GRAPH, TRUE, NULL);
    g_autofree char *held = redact(redactor, "say access-1, refresh-1, refresh-3 and refresh-4");
    assert_string_equal(held, "say " REDACTED ", " REDACTED ", " REDACTED " and " REDACTED);
    sign_in_forget(fixture->sign_in);
    g_autofree char *forgotten = redact(redactor, "say access-1 and refresh-1");
    assert_string_equal(forgotten, "say access-1 and refresh-1");
    sign_in_set_redactor(fixture->sign_in, NULL);
}

/* --- Defender --- */

static void test_defender_needs_its_own_sign_in(void **state)
{
    struct sign_in_fixture *fixture = *state;
    assert_true(ask(fixture, two_scopes, NULL));
    g_autoptr(GError) error = NULL;
    assert_null(sign_in_token(fixture->sign_in, SERVICE_DEFENDER, FALSE, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
    assert_true(*error_hint(error) != '\0');
    assert_true(sign_in_needs_asking(fixture->sign_in, SERVICE_DEFENDER));
    assert_true(sign_in_ask_service(fixture->sign_in, SERVICE_DEFENDER, SIGN_IN_DEVICE_CODE, NULL, remember_prompt,
                                    fixture, NULL));
    g_autofree char *seen = server_seen(fixture->server, 1);
    assert_non_null(strstr(seen, "client_id=" DEFENDER_CLIENT));
    assert_non_null(strstr(seen, "api.securitycenter.microsoft.com%2F.default"));
    assert_string_equal(sign_in_token(fixture->sign_in, SERVICE_DEFENDER, FALSE, NULL), "access-2");
    assert_string_equal(sign_in_token(fixture->sign_in, SERVICE_GRAPH, FALSE, NULL), "access-1");
    assert_string_equal(g_hash_table_lookup(fixture->kept, FAKE_TENANT "/" DEFENDER_CLIENT "/defender"), "refresh-2");
    assert_true(sign_in_has_scope(fixture->sign_in, "User.Read"));
}

static void assert_refused_with_both_names(const GError *error)
{
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
    assert_non_null(strstr(error->message, "ben@contoso.com"));
    assert_non_null(strstr(error->message, "admin@contoso.com"));
    assert_non_null(strstr(error_hint(error), "sign out or start again"));
}

/* The daily account and the administrator's are two of one person. */
static void test_another_account_is_refused_until_the_sign_out(void **state)
{
    struct sign_in_fixture *fixture = *state;
    static const char *const no_scopes[] = {NULL};
    g_autoptr(GError) for_graph = NULL;
    g_autoptr(GError) for_defender = NULL;
    g_autoptr(GError) for_claims = NULL;
    assert_true(ask(fixture, two_scopes, NULL));
    fixture->user_name = "ben@contoso.com";
    fixture->object_id = "88888888-2222-4333-8444-555555555555";
    assert_false(ask(fixture, two_scopes, &for_graph));
    assert_refused_with_both_names(for_graph);
    assert_false(sign_in_ask_service(fixture->sign_in, SERVICE_DEFENDER, SIGN_IN_DEVICE_CODE, NULL, remember_prompt,
                                     fixture, &for_defender));
    assert_refused_with_both_names(for_defender);
    sign_in_require_claims(fixture->sign_in, "{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}");
    assert_false(ask(fixture, no_scopes, &for_claims));
    assert_refused_with_both_names(for_claims);
    assert_non_null(sign_in_claims(fixture->sign_in));
    assert_true(sign_in_needs_asking(fixture->sign_in, SERVICE_DEFENDER));
    assert_string_equal(sign_in_account(fixture->sign_in)->user_name, "admin@contoso.com");
    assert_string_equal(sign_in_token(fixture->sign_in, SERVICE_GRAPH, FALSE, NULL), "access-1");
    assert_string_equal(g_hash_table_lookup(fixture->kept, FAKE_TENANT "/" GRAPH_CLIENT "/graph"), "refresh-1");
    sign_in_forget(fixture->sign_in);
    assert_true(ask(fixture, two_scopes, NULL));
    assert_string_equal(sign_in_account(fixture->sign_in)->user_name, "ben@contoso.com");
}

/* A renamed account is the same one. */
static void test_same_account_by_another_name_goes_on(void **state)
{
    struct sign_in_fixture *fixture = *state;
    assert_true(ask(fixture, two_scopes, NULL));
    fixture->user_name = "administrator@contoso.com";
    assert_true(ask(fixture, two_scopes, NULL));
    assert_string_equal(sign_in_account(fixture->sign_in)->user_name, "administrator@contoso.com");
}

/* What is kept for Defender may be from an earlier run by somebody else. */
static void test_kept_token_of_another_account_is_asked_for_anew(void **state)
{
    struct sign_in_fixture *fixture = *state;
    assert_true(ask(fixture, two_scopes, NULL));
    keep(fixture, FAKE_TENANT "/" DEFENDER_CLIENT "/defender");
    fixture->object_id = "88888888-2222-4333-8444-555555555555";
    assert_true(sign_in_needs_asking(fixture->sign_in, SERVICE_DEFENDER));
    fixture->object_id = FAKE_ACCOUNT;
    assert_true(sign_in_ask_service(fixture->sign_in, SERVICE_DEFENDER, SIGN_IN_DEVICE_CODE, NULL, remember_prompt,
                                    fixture, NULL));
    assert_false(sign_in_needs_asking(fixture->sign_in, SERVICE_DEFENDER));
}

static void test_own_application_signs_in_once_for_both(void **state)
{
    struct sign_in_fixture *fixture = *state;
    sign_in_begin(fixture, NULL, OWN_CLIENT);
    assert_true(ask(fixture, two_scopes, NULL));
    assert_false(sign_in_needs_asking(fixture->sign_in, SERVICE_DEFENDER));
    assert_string_equal(sign_in_token(fixture->sign_in, SERVICE_DEFENDER, FALSE, NULL), "access-2");
    g_autofree char *seen = server_seen(fixture->server, 0);
    assert_non_null(strstr(seen, "refresh_token=refresh-1"));
    assert_true(sign_in_has_scope(fixture->sign_in, "User.Read"));
}

static void test_other_audience_is_tried(void **state)
{
    struct sign_in_fixture *fixture = *state;
    sign_in_begin(fixture, NULL, OWN_CLIENT);
    assert_true(ask(fixture, two_scopes, NULL));
    fixture->bad_scope = "api.securitycenter";
    assert_non_null(sign_in_token(fixture->sign_in, SERVICE_DEFENDER, FALSE, NULL));
    g_autofree char *seen = server_seen(fixture->server, 0);
    assert_non_null(strstr(seen, "securitycenter.microsoft.com%2Fmtp%2F.default"));
}

static void test_cloud_without_defender_says_so(void **state)
{
    struct sign_in_fixture *fixture = *state;
    g_strfreev(fixture->cloud->defender_audiences);
    fixture->cloud->defender_audiences = g_new0(char *, 1);
    assert_true(ask(fixture, two_scopes, NULL));
    g_autoptr(GError) error = NULL;
    assert_false(sign_in_ask_service(fixture->sign_in, SERVICE_DEFENDER, SIGN_IN_DEVICE_CODE, NULL, remember_prompt,
                                     fixture, &error));
    assert_non_null(strstr(error->message, "no Defender API"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, sign_in_set_up, sign_in_tear_down)

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        TEST(test_device_code_signs_in),
        TEST(test_device_code_asks_for_the_scopes),
        TEST(test_slow_down_adds_five_seconds),
        TEST(test_declined_and_expired_end_it),
        TEST(test_lost_poll_is_not_the_end),
        TEST(test_a_typed_code_outlives_a_busy_service),
        TEST(test_a_service_that_stays_busy_is_named),
        TEST(test_code_that_nobody_enters_expires),
        TEST(test_waiting_for_the_person_can_be_stopped),
        TEST(test_wrong_tenant_is_refused),
        TEST(test_tenant_of_a_domain_is_held_to),
        TEST(test_tenant_may_not_change_later),
        TEST(test_personal_account_is_refused),
        TEST(test_foreign_id_token_is_refused),
        TEST(test_an_id_token_that_is_over_or_not_begun_is_refused),
        TEST(test_an_id_token_that_nobody_signed_is_none),
        TEST(test_an_account_that_is_no_guid_is_refused),
        TEST(test_endpoints_elsewhere_are_refused),
        TEST(test_silent_sign_in_uses_what_is_kept),
        TEST(test_the_tokens_of_both_services_come_in_one_round_trip),
        TEST(test_a_refused_token_for_defender_leaves_that_for_graph),
        TEST(test_a_code_is_asked_for_beside_the_endpoints),
        TEST(test_silent_sign_in_by_domain),
        TEST(test_silent_sign_in_needs_a_person),
        TEST(test_silent_sign_in_is_content_with_less),
        TEST(test_what_has_no_consent_does_not_spoil_the_rest),
        TEST(test_claims_of_a_refused_refresh_are_proved),
        TEST(test_claims_end_with_the_sign_out),
        TEST(test_silent_sign_in_says_what_is_wrong),
        TEST(test_token_is_refreshed_before_it_ends),
        TEST(test_lost_and_refused_refreshes_are_repeated),
        TEST(test_lost_code_is_not_sent_twice),
        TEST(test_revoked_refresh_token_is_explained),
        TEST(test_forgetting_forgets_here_and_there),
        TEST(test_more_scopes_are_asked_for_with_the_old_ones),
        TEST(test_redactor_knows_the_tokens_that_are_held),
        TEST(test_redactor_knows_replaced_tokens_until_sign_out),
        TEST(test_defender_needs_its_own_sign_in),
        TEST(test_another_account_is_refused_until_the_sign_out),
        TEST(test_same_account_by_another_name_goes_on),
        TEST(test_kept_token_of_another_account_is_asked_for_anew),
        TEST(test_own_application_signs_in_once_for_both),
        TEST(test_other_audience_is_tried),
        TEST(test_cloud_without_defender_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

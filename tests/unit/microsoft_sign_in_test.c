#include "support/support.h"

#include <gio/gio.h>
#include <string.h>

#include "base/error.h"
#include "microsoft/sign_in.h"
#include "secrets/secret.h"
#include "support/fake_authority.h"

#define OTHER_TENANT "aaaaaaaa-2222-4333-8444-555555555555"
#define OWN_CLIENT "22222222-2222-4333-8444-555555555555"
#define GRAPH_CLIENT "14d82eec-204b-4c2f-b7e8-296a70dab67e"
#define DEFENDER_CLIENT "1950a258-227b-4e31-a9cf-717495945fc2"

static const char *const two_scopes[] = {"User.Read", "Group.ReadWrite.All", NULL};

/* The server's part; a test changes what it needs. */
struct fixture {
    struct server *server;
    struct cloud *cloud;
    struct http *http;
    struct sign_in *sign_in;
    struct token_store store;
    GHashTable *kept; /* key -> refresh token */
    const char *tenant;
    const char *issuer_tenant;
    const char *audience; /* NULL: the client that asks */
    const char *nonce;    /* NULL: the one of the authorize address */
    char *asked_nonce;
    char *granted;       /* NULL: what was asked for */
    const char *script;  /* device code: one letter a poll, of p(ending) s(low_down) d(eclined) e(xpired) x(drop) */
    const char *refusal; /* OAuth error of every token request */
    int refusal_code;
    const char *bad_scope; /* refused with AADSTS500011 */
    int drops;             /* token requests to leave unanswered */
    int busy;              /* ... and then to answer with 503 */
    int lifetime;
    guint given;
    /* the browser's part */
    GThread *browser;
    const char *query; /* NULL: the right one; %s: the state */
    char *browser_url;
    char *browser_answer;
    GError *paste_error;
    int wrongly_taken;
    gint64 expires;
    char *prompted_code;
    char *prompted_url;
};

static char *give_tokens(struct fixture *fixture, const char *form)
{
    g_autofree char *client = form_value(form, "client_id");
    g_autofree char *scope = form_value(form, "scope");
    g_autofree char *access = g_strdup_printf("access-%u", ++fixture->given);
    g_autofree char *refresh = g_strdup_printf("refresh-%u", fixture->given);
    const char *nonce = fixture->nonce != NULL ? fixture->nonce : fixture->asked_nonce;
    return fake_tokens(server_port(fixture->server), fixture->tenant,
                       fixture->audience != NULL ? fixture->audience : client, nonce != NULL ? nonce : "", access,
                       refresh, fixture->lifetime,
                       fixture->granted != NULL ? fixture->granted : (scope != NULL ? scope : "User.Read"));
}

static char *play_script(struct fixture *fixture, const char *form)
{
    char letter = *fixture->script;
    if (letter != '\0')
        fixture->script++;
    switch (letter) {
    case 'p':
        return fake_refusal("authorization_pending", 70016);
    case 's':
        return fake_refusal("slow_down", 0);
    case 'd':
        return fake_refusal("authorization_declined", 70000);
    case 'e':
        return fake_refusal("expired_token", 70019);
    case 'x':
        return NULL;
    default:
        return give_tokens(fixture, form);
    }
}

static char *token_endpoint(struct fixture *fixture, const char *form)
{
    g_autofree char *grant = form_value(form, "grant_type");
    g_autofree char *scope = form_value(form, "scope");
    if (fixture->drops-- > 0)
        return NULL;
    if (fixture->busy-- > 0)
        return server_json(503, NULL, "busy");
    if (fixture->refusal != NULL)
        return fake_refusal(fixture->refusal, fixture->refusal_code);
    if (fixture->bad_scope != NULL && scope != NULL && strstr(scope, fixture->bad_scope) != NULL)
        return fake_refusal("invalid_resource", 500011);
    if (strstr(grant, "device_code") != NULL)
        return play_script(fixture, form);
    return give_tokens(fixture, form);
}

static char *dispatch(const struct server_request *request, gpointer data)
{
    struct fixture *fixture = data;
    if (is_discovery(request))
        return fake_discovery(server_port(fixture->server), fixture->issuer_tenant);
    if (strcmp(request->target, "/devicecode") == 0)
        return server_json(200, NULL,
                           "{\"device_code\":\"device-1\",\"user_code\":\"FJC3P9Z7K\",\"interval\":1,\"expires_in\":4,"
                           "\"verification_uri\":\"https://microsoft.com/devicelogin\",\"message\":\"m\"}");
    if (strcmp(request->target, "/token") == 0)
        return token_endpoint(fixture, request->body);
    return server_json(404, NULL, "{}");
}

static struct secret *load_token(const char *key, gpointer data)
{
    const char *token = g_hash_table_lookup(((struct fixture *)data)->kept, key);
    return token != NULL ? secret_new(token, -1) : NULL;
}

static void save_token(const char *key, const struct secret *secret, gpointer data)
{
    GHashTable *kept = ((struct fixture *)data)->kept;
    if (secret != NULL)
        g_hash_table_replace(kept, g_strdup(key), g_strdup(secret_text(secret)));
    else
        g_hash_table_remove(kept, key);
}

static void begin(struct fixture *fixture, const char *tenant, const char *client_id)
{
    sign_in_free(fixture->sign_in);
    fixture->sign_in = sign_in_new(fixture->http, fixture->cloud, tenant, client_id, &fixture->store);
}

static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    fixture->server = server_start(dispatch, fixture);
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u", server_port(fixture->server));
    fixture->cloud = cloud_practice(url, NULL);
    fixture->http = http_new(NULL, NULL, NULL);
    fixture->kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    fixture->store = (struct token_store){.load = load_token, .save = save_token, .data = fixture};
    fixture->tenant = FAKE_TENANT;
    fixture->issuer_tenant = "{tenantid}";
    fixture->script = "";
    fixture->lifetime = 3600;
    begin(fixture, NULL, NULL);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    if (fixture->browser != NULL)
        g_thread_join(fixture->browser);
    sign_in_free(fixture->sign_in);
    http_free(fixture->http);
    server_stop(fixture->server);
    cloud_free(fixture->cloud);
    g_hash_table_unref(fixture->kept);
    g_clear_error(&fixture->paste_error);
    g_free(fixture->asked_nonce);
    g_free(fixture->granted);
    g_free(fixture->browser_url);
    g_free(fixture->browser_answer);
    g_free(fixture->prompted_code);
    g_free(fixture->prompted_url);
    g_free(fixture);
    return 0;
}

static void remember_prompt(const struct sign_in_prompt *prompt, gpointer data)
{
    struct fixture *fixture = data;
    g_free(fixture->prompted_code);
    g_free(fixture->prompted_url);
    fixture->prompted_code = g_strdup(prompt->user_code);
    fixture->prompted_url = g_strdup(prompt->url);
    fixture->expires = prompt->expires;
}

static gboolean ask_by_device(struct fixture *fixture, GError **error)
{
    return sign_in_ask(fixture->sign_in, SIGN_IN_DEVICE_CODE, two_scopes, remember_prompt, fixture, error);
}

static char *url_parameter(const char *url, const char *name)
{
    return form_value(strchr(url, '?') + 1, name);
}

static guint redirect_port(const char *url)
{
    g_autofree char *redirect = url_parameter(url, "redirect_uri");
    return (guint)g_ascii_strtoull(strrchr(redirect, ':') + 1, NULL, 10);
}

/* Ask 127.0.0.1:PORT for TARGET as METHOD, and give back all that it says. */
static char *fetch(guint port, const char *method, const char *target, const char *host)
{
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_autoptr(GSocketConnection) connection =
        g_socket_client_connect_to_host(client, "127.0.0.1", (guint16)port, NULL, NULL);
    if (connection == NULL)
        return g_strdup("");
    g_autofree char *own_host = g_strdup_printf("localhost:%u", port);
    g_autofree char *request = g_strdup_printf("%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\n\r\n", method,
                                               target, host != NULL ? host : own_host);
    g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(connection)), request, strlen(request), NULL,
                              NULL, NULL);
    GString *answer = g_string_new(NULL);
    char bytes[512];
    gssize count = 0;
    while ((count = g_input_stream_read(g_io_stream_get_input_stream(G_IO_STREAM(connection)), bytes, sizeof bytes,
                                        NULL, NULL)) > 0)
        g_string_append_len(answer, bytes, count);
    return g_string_free(answer, FALSE);
}

static char *right_target(const char *url, const char *query)
{
    g_autofree char *state = url_parameter(url, "state");
    GString *target = g_string_new(query);
    g_string_replace(target, "%s", state, 0);
    g_string_prepend(target, "/?");
    return g_string_free(target, FALSE);
}

static gpointer browse(gpointer data)
{
    struct fixture *fixture = data;
    g_autofree char *target = right_target(fixture->browser_url, fixture->query);
    fixture->browser_answer = fetch(redirect_port(fixture->browser_url), "GET", target, NULL);
    return NULL;
}

static void remember_url(struct fixture *fixture, const char *url)
{
    g_free(fixture->browser_url);
    g_free(fixture->asked_nonce);
    fixture->browser_url = g_strdup(url);
    fixture->asked_nonce = url_parameter(url, "nonce");
}

static void open_browser(const struct sign_in_prompt *prompt, gpointer data)
{
    struct fixture *fixture = data;
    remember_url(fixture, prompt->url);
    if (fixture->query == NULL)
        fixture->query = "code=code-1&state=%s";
    fixture->browser = g_thread_new("browser", browse, fixture);
}

static gboolean ask_by_browser(struct fixture *fixture, GError **error)
{
    return sign_in_ask(fixture->sign_in, SIGN_IN_BROWSER, two_scopes, open_browser, fixture, error);
}

/* Signing in where the way does not matter: by the browser, which needs no waiting. */
static gboolean ask(struct fixture *fixture, const char *const *scopes, GError **error)
{
    gboolean signed_in = sign_in_ask(fixture->sign_in, SIGN_IN_BROWSER, scopes, open_browser, fixture, error);
    g_thread_join(g_steal_pointer(&fixture->browser));
    g_clear_pointer(&fixture->browser_answer, g_free);
    return signed_in;
}

/* --- device code --- */

static void test_device_code_signs_in(void **state)
{
    struct fixture *fixture = *state;
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
    struct fixture *fixture = *state;
    assert_true(ask_by_device(fixture, NULL));
    g_autofree char *seen = server_seen(fixture->server, 1);
    assert_non_null(strstr(seen, "client_id=" GRAPH_CLIENT));
    g_autofree char *scope = form_value(strstr(seen, "\r\n\r\n") + 4, "scope");
    assert_string_equal(scope, "openid profile offline_access User.Read Group.ReadWrite.All");
}

static void test_slow_down_adds_five_seconds(void **state)
{
    struct fixture *fixture = *state;
    fixture->script = "s";
    gint64 begun = g_get_monotonic_time();
    g_autoptr(GError) error = NULL;
    /* The code lives 4 s, so waiting 1 + 5 s more than once is over its end. */
    ask_by_device(fixture, &error);
    assert_true(g_get_monotonic_time() - begun >= 6 * G_USEC_PER_SEC);
}

static void test_declined_and_expired_end_it(void **state)
{
    struct fixture *fixture = *state;
    static const char *const scripts[] = {"d", "e"};
    for (gsize i = 0; i < G_N_ELEMENTS(scripts); i++) {
        g_autoptr(GError) error = NULL;
        fixture->script = scripts[i];
        assert_false(ask_by_device(fixture, &error));
        assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
        assert_non_null(strstr(error->message, "trace trace-1"));
    }
}

static void test_lost_poll_is_not_the_end(void **state)
{
    struct fixture *fixture = *state;
    fixture->script = "x";
    assert_true(ask_by_device(fixture, NULL));
}

static void test_code_that_nobody_enters_expires(void **state)
{
    struct fixture *fixture = *state;
    fixture->script = "pppppppp";
    g_autoptr(GError) error = NULL;
    assert_false(ask_by_device(fixture, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
    assert_non_null(strstr(error->message, "expired"));
}

static gpointer cancel_after_prompt(gpointer data)
{
    struct fixture *fixture = data;
    while (server_count(fixture->server, 1, "POST /devicecode") == 0)
        g_thread_yield();
    http_cancel(fixture->http);
    return NULL;
}

static void test_waiting_for_the_person_can_be_stopped(void **state)
{
    struct fixture *fixture = *state;
    fixture->script = "pppppppp";
    fixture->browser = g_thread_new("cancel", cancel_after_prompt, fixture);
    g_autoptr(GError) error = NULL;
    gint64 begun = g_get_monotonic_time();
    assert_false(ask_by_device(fixture, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_CANCELLED));
    assert_true(g_get_monotonic_time() - begun < G_USEC_PER_SEC);
}

/* --- who signed in --- */

static void test_wrong_tenant_is_refused(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, OTHER_TENANT, NULL);
    g_autoptr(GError) error = NULL;
    assert_false(ask(fixture, two_scopes, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_TENANT));
    assert_null(sign_in_account(fixture->sign_in));
    assert_null(sign_in_token(fixture->sign_in, SERVICE_GRAPH, FALSE, NULL));
    assert_int_equal(g_hash_table_size(fixture->kept), 0);
}

static void test_tenant_of_a_domain_is_held_to(void **state)
{
    struct fixture *fixture = *state;
    fixture->issuer_tenant = FAKE_TENANT;
    fixture->tenant = OTHER_TENANT;
    begin(fixture, "contoso.com", NULL);
    g_autoptr(GError) error = NULL;
    assert_false(ask(fixture, two_scopes, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_TENANT));
}

static void test_tenant_may_not_change_later(void **state)
{
    struct fixture *fixture = *state;
    assert_true(ask(fixture, two_scopes, NULL));
    fixture->tenant = OTHER_TENANT;
    g_autoptr(GError) error = NULL;
    assert_null(sign_in_token(fixture->sign_in, SERVICE_GRAPH, TRUE, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_TENANT));
    assert_string_equal(g_hash_table_lookup(fixture->kept, FAKE_TENANT "/" GRAPH_CLIENT "/graph"), "refresh-1");
}

static void test_personal_account_is_refused(void **state)
{
    struct fixture *fixture = *state;
    fixture->tenant = "9188040d-6c67-4c5b-b112-36a304b66dad";
    g_autoptr(GError) error = NULL;
    assert_false(ask(fixture, two_scopes, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_TENANT));
}

static void test_foreign_id_token_is_refused(void **state)
{
    struct fixture *fixture = *state;
    fixture->audience = OWN_CLIENT;
    g_autoptr(GError) error = NULL;
    assert_false(ask(fixture, two_scopes, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    fixture->audience = NULL;
    fixture->issuer_tenant = OTHER_TENANT;
    begin(fixture, FAKE_TENANT, NULL);
    g_autoptr(GError) issuer_error = NULL;
    assert_false(ask(fixture, two_scopes, &issuer_error));
    assert_true(g_error_matches(issuer_error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
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
    struct fixture *fixture = *state;
    struct server *server = server_start(discover_elsewhere, NULL);
    g_free(fixture->cloud->login);
    fixture->cloud->login = g_strdup_printf("http://127.0.0.1:%u", server_port(server));
    g_autoptr(GError) error = NULL;
    assert_false(ask_by_device(fixture, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    server_stop(server);
}

/* --- without asking --- */

static void keep(struct fixture *fixture, const char *key)
{
    g_hash_table_replace(fixture->kept, g_strdup(key), g_strdup("refresh-0"));
}

static void test_silent_sign_in_uses_what_is_kept(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, FAKE_TENANT, NULL);
    keep(fixture, FAKE_TENANT "/" GRAPH_CLIENT "/graph");
    g_autoptr(GError) error = NULL;
    assert_true(sign_in_silently(fixture->sign_in, two_scopes, &error));
    g_autofree char *seen = server_seen(fixture->server, 0);
    assert_non_null(strstr(seen, "refresh_token=refresh-0"));
    assert_string_equal(g_hash_table_lookup(fixture->kept, FAKE_TENANT "/" GRAPH_CLIENT "/graph"), "refresh-1");
    assert_true(sign_in_has_scope(fixture->sign_in, "group.readwrite.all"));
    assert_false(sign_in_has_scope(fixture->sign_in, "Directory.Read.All"));
}

static void test_silent_sign_in_by_domain(void **state)
{
    struct fixture *fixture = *state;
    fixture->issuer_tenant = FAKE_TENANT;
    begin(fixture, "contoso.com", NULL);
    keep(fixture, FAKE_TENANT "/" GRAPH_CLIENT "/graph");
    assert_true(sign_in_silently(fixture->sign_in, two_scopes, NULL));
}

static void assert_needs_person(struct fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    assert_false(sign_in_silently(fixture->sign_in, two_scopes, &error));
    assert_null(error);
}

static void test_silent_sign_in_needs_a_person(void **state)
{
    struct fixture *fixture = *state;
    static const char *const refusals[] = {"invalid_grant", "interaction_required", "consent_required"};
    assert_needs_person(fixture);
    begin(fixture, FAKE_TENANT, NULL);
    assert_needs_person(fixture);
    for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++) {
        begin(fixture, FAKE_TENANT, NULL);
        keep(fixture, FAKE_TENANT "/" GRAPH_CLIENT "/graph");
        fixture->refusal = refusals[i];
        assert_needs_person(fixture);
    }
    fixture->refusal = NULL;
    fixture->granted = g_strdup("User.Read");
    begin(fixture, FAKE_TENANT, NULL);
    assert_needs_person(fixture);
}

static void test_silent_sign_in_says_what_is_wrong(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, FAKE_TENANT, NULL);
    keep(fixture, FAKE_TENANT "/" GRAPH_CLIENT "/graph");
    fixture->refusal = "unauthorized_client";
    fixture->refusal_code = 700016;
    g_autoptr(GError) error = NULL;
    assert_false(sign_in_silently(fixture->sign_in, two_scopes, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
    assert_non_null(strstr(error->message, "AADSTS700016"));
}

static void test_token_is_refreshed_before_it_ends(void **state)
{
    struct fixture *fixture = *state;
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
    struct fixture *fixture = *state;
    assert_true(ask(fixture, two_scopes, NULL));
    fixture->drops = 1;
    fixture->busy = 1;
    assert_string_equal(sign_in_token(fixture->sign_in, SERVICE_GRAPH, TRUE, NULL), "access-2");
}

static void test_lost_code_is_not_sent_twice(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;
    fixture->drops = 1;
    assert_false(ask(fixture, two_scopes, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_NETWORK));
    assert_int_equal(server_count(fixture->server, 1, "POST /token"), 1);
}

static void test_revoked_refresh_token_is_explained(void **state)
{
    struct fixture *fixture = *state;
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
    struct fixture *fixture = *state;
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
    struct fixture *fixture = *state;
    static const char *const more[] = {"EntitlementManagement.ReadWrite.All", NULL};
    assert_true(ask(fixture, two_scopes, NULL));
    assert_true(ask(fixture, more, NULL));
    g_autofree char *scope = url_parameter(fixture->browser_url, "scope");
    assert_string_equal(
        scope, "openid profile offline_access User.Read Group.ReadWrite.All EntitlementManagement.ReadWrite.All");
}

static void test_redactor_knows_the_tokens_that_are_held(void **state)
{
    struct fixture *fixture = *state;
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

/* --- Defender --- */

static void test_defender_needs_its_own_sign_in(void **state)
{
    struct fixture *fixture = *state;
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

static void test_own_application_signs_in_once_for_both(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, NULL, OWN_CLIENT);
    assert_true(ask(fixture, two_scopes, NULL));
    assert_false(sign_in_needs_asking(fixture->sign_in, SERVICE_DEFENDER));
    assert_string_equal(sign_in_token(fixture->sign_in, SERVICE_DEFENDER, FALSE, NULL), "access-2");
    g_autofree char *seen = server_seen(fixture->server, 0);
    assert_non_null(strstr(seen, "refresh_token=refresh-1"));
    assert_true(sign_in_has_scope(fixture->sign_in, "User.Read"));
}

static void test_other_audience_is_tried(void **state)
{
    struct fixture *fixture = *state;
    begin(fixture, NULL, OWN_CLIENT);
    assert_true(ask(fixture, two_scopes, NULL));
    fixture->bad_scope = "api.securitycenter";
    assert_non_null(sign_in_token(fixture->sign_in, SERVICE_DEFENDER, FALSE, NULL));
    g_autofree char *seen = server_seen(fixture->server, 0);
    assert_non_null(strstr(seen, "securitycenter.microsoft.com%2Fmtp%2F.default"));
}

static void test_cloud_without_defender_says_so(void **state)
{
    struct fixture *fixture = *state;
    g_strfreev(fixture->cloud->defender_audiences);
    fixture->cloud->defender_audiences = g_new0(char *, 1);
    assert_true(ask(fixture, two_scopes, NULL));
    g_autoptr(GError) error = NULL;
    assert_false(sign_in_ask_service(fixture->sign_in, SERVICE_DEFENDER, SIGN_IN_DEVICE_CODE, NULL, remember_prompt,
                                     fixture, &error));
    assert_non_null(strstr(error->message, "no Defender API"));
}

/* --- browser --- */

static void test_browser_signs_in_with_pkce(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;
    assert_true(ask_by_browser(fixture, &error));
    g_thread_join(g_steal_pointer(&fixture->browser));
    assert_true(g_str_has_prefix(fixture->browser_answer, "HTTP/1.1 200 "));
    static const char *const headers[] = {"Cache-Control: no-store", "Referrer-Policy: no-referrer",
                                          "Content-Security-Policy: default-src 'none'"};
    for (gsize i = 0; i < G_N_ELEMENTS(headers); i++)
        assert_non_null(strstr(fixture->browser_answer, headers[i]));
    assert_null(strstr(fixture->browser_answer, "code-1"));
    g_autofree char *seen = server_seen(fixture->server, 0);
    const char *form = strstr(seen, "\r\n\r\n") + 4;
    g_autofree char *verifier = form_value(form, "code_verifier");
    g_autofree char *code = form_value(form, "code");
    g_autofree char *challenge = url_parameter(fixture->browser_url, "code_challenge");
    g_autofree char *method = url_parameter(fixture->browser_url, "code_challenge_method");
    g_autofree char *random_state = url_parameter(fixture->browser_url, "state");
    assert_string_equal(code, "code-1");
    assert_string_equal(method, "S256");
    assert_int_equal(strlen(verifier), 43);
    assert_int_equal(strlen(random_state), 43);
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *)verifier, -1);
    guint8 digest[32];
    gsize length = sizeof digest;
    g_checksum_get_digest(checksum, digest, &length);
    g_autofree char *expected = g_base64_encode(digest, length);
    g_strdelimit(expected, "+", '-');
    g_strdelimit(expected, "/", '_');
    expected[strcspn(expected, "=")] = '\0';
    assert_string_equal(challenge, expected);
    assert_string_equal(sign_in_account(fixture->sign_in)->name, "Ada");
}

static void test_second_attempt_has_other_secrets(void **state)
{
    struct fixture *fixture = *state;
    assert_true(ask_by_browser(fixture, NULL));
    g_thread_join(g_steal_pointer(&fixture->browser));
    g_autofree char *state_1 = url_parameter(fixture->browser_url, "state");
    g_autofree char *challenge_1 = url_parameter(fixture->browser_url, "code_challenge");
    g_clear_pointer(&fixture->browser_answer, g_free);
    assert_true(ask_by_browser(fixture, NULL));
    g_autofree char *state_2 = url_parameter(fixture->browser_url, "state");
    g_autofree char *challenge_2 = url_parameter(fixture->browser_url, "code_challenge");
    g_autofree char *hint = url_parameter(fixture->browser_url, "login_hint");
    assert_string_not_equal(state_1, state_2);
    assert_string_not_equal(challenge_1, challenge_2);
    assert_string_equal(hint, "admin@contoso.com");
}

static void test_refusal_in_the_browser_is_explained(void **state)
{
    struct fixture *fixture = *state;
    fixture->query = "error=access_denied&error_description=AADSTS65004:+User+declined.&state=%s";
    g_autoptr(GError) error = NULL;
    assert_false(ask_by_browser(fixture, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_SIGN_IN));
    assert_non_null(strstr(error->message, "User declined."));
    assert_non_null(strstr(error->message, "AADSTS65004"));
    assert_int_equal(server_count(fixture->server, 1, "POST /token"), 0);
}

static void test_replayed_id_token_is_refused(void **state)
{
    struct fixture *fixture = *state;
    fixture->nonce = "of-another-sign-in";
    g_autoptr(GError) error = NULL;
    assert_false(ask_by_browser(fixture, &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_PROTOCOL));
    assert_null(sign_in_account(fixture->sign_in));
}

static gpointer attack(gpointer data)
{
    struct fixture *fixture = data;
    guint port = redirect_port(fixture->browser_url);
    g_autofree char *right = right_target(fixture->browser_url, "code=evil&state=%s");
    g_autofree char *elsewhere = g_strconcat("/callback", right + 1, NULL);
    g_autofree char *no_code = right_target(fixture->browser_url, "state=%s");
    const struct {
        const char *method;
        const char *target;
        const char *host;
    } tries[] = {
        {"GET", "/?code=evil&state=guess", NULL},
        {"GET", "/?code=evil", NULL},
        {"GET", "/?code=evil&state=", NULL},
        {"GET", no_code, NULL},
        {"POST", right, NULL},
        {"PUT", right, NULL},
        {"OPTIONS", right, NULL},
        {"HEAD", right, NULL},
        {"GET", right, "evil.test"},
        {"GET", right, "localhost"},
        {"GET", right, "localhost.evil.test:80"},
        {"GET", elsewhere, NULL},
        {"GET", "/favicon.ico", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(tries); i++) {
        g_autofree char *answer = fetch(port, tries[i].method, tries[i].target, tries[i].host);
        if (!g_str_has_prefix(answer, "HTTP/1.1 4"))
            fixture->wrongly_taken++;
    }
    return browse(fixture);
}

static void attack_then_browse(const struct sign_in_prompt *prompt, gpointer data)
{
    struct fixture *fixture = data;
    remember_url(fixture, prompt->url);
    fixture->query = "code=right&state=%s";
    fixture->browser = g_thread_new("attack", attack, fixture);
}

static void test_nothing_but_the_right_answer_is_taken(void **state)
{
    struct fixture *fixture = *state;
    assert_true(sign_in_ask(fixture->sign_in, SIGN_IN_BROWSER, two_scopes, attack_then_browse, fixture, NULL));
    g_thread_join(g_steal_pointer(&fixture->browser));
    assert_int_equal(fixture->wrongly_taken, 0);
    g_autofree char *seen = server_seen(fixture->server, 0);
    assert_non_null(strstr(seen, "&code=right&"));
}

static gpointer stall_then_browse(gpointer data)
{
    struct fixture *fixture = data;
    g_autoptr(GSocketClient) client = g_socket_client_new();
    GSocketConnection *slow[15];
    for (gsize i = 0; i < G_N_ELEMENTS(slow); i++) {
        slow[i] = g_socket_client_connect_to_host(client, "127.0.0.1", (guint16)redirect_port(fixture->browser_url),
                                                  NULL, NULL);
        g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(slow[i])), "GET /?co", 8, NULL, NULL, NULL);
    }
    browse(fixture);
    for (gsize i = 0; i < G_N_ELEMENTS(slow); i++)
        g_object_unref(slow[i]);
    return NULL;
}

static void open_slow_clients(const struct sign_in_prompt *prompt, gpointer data)
{
    struct fixture *fixture = data;
    remember_url(fixture, prompt->url);
    fixture->query = "code=right&state=%s";
    fixture->browser = g_thread_new("slow", stall_then_browse, fixture);
}

static void test_slow_clients_do_not_keep_the_browser_out(void **state)
{
    struct fixture *fixture = *state;
    gint64 begun = g_get_monotonic_time();
    assert_true(sign_in_ask(fixture->sign_in, SIGN_IN_BROWSER, two_scopes, open_slow_clients, fixture, NULL));
    assert_true(g_get_monotonic_time() - begun < 5 * G_USEC_PER_SEC);
}

static void test_listener_is_gone_afterwards(void **state)
{
    struct fixture *fixture = *state;
    assert_true(ask_by_browser(fixture, NULL));
    g_thread_join(g_steal_pointer(&fixture->browser));
    g_autofree char *target = right_target(fixture->browser_url, "code=again&state=%s");
    g_autofree char *answer = fetch(redirect_port(fixture->browser_url), "GET", target, NULL);
    assert_string_equal(answer, "");
}

static void paste_from_woken(gpointer data)
{
    struct fixture *fixture = data;
    guint port = redirect_port(fixture->browser_url);
    g_autofree char *target = right_target(fixture->browser_url, fixture->query);
    g_autofree char *wrong_port = g_strdup_printf("http://localhost:%u%s", port + 1, target);
    g_autofree char *wrong_state = g_strdup_printf("http://localhost:%u/?code=x&state=y", port);
    g_autofree char *right = g_strdup_printf("  http://localhost:%u%s\n", port, target);
    assert_false(sign_in_paste_back(fixture->sign_in, wrong_port, NULL));
    assert_false(sign_in_paste_back(fixture->sign_in, wrong_state, NULL));
    assert_false(sign_in_paste_back(fixture->sign_in, "https://login.microsoftonline.com/", NULL));
    assert_false(sign_in_paste_back(fixture->sign_in, "", &fixture->paste_error));
    assert_true(sign_in_paste_back(fixture->sign_in, right, NULL));
}

static void paste_later(const struct sign_in_prompt *prompt, gpointer data)
{
    struct fixture *fixture = data;
    remember_url(fixture, prompt->url);
    fixture->query = "code=pasted%2B1&state=%s&session_state=z";
    http_after(fixture->http, 1000, paste_from_woken, fixture);
}

static void test_address_can_be_pasted_back(void **state)
{
    struct fixture *fixture = *state;
    assert_true(sign_in_ask(fixture->sign_in, SIGN_IN_BROWSER, two_scopes, paste_later, fixture, NULL));
    assert_true(g_error_matches(fixture->paste_error, PERCH_ERROR, PERCH_ERROR_INPUT));
    g_autofree char *seen = server_seen(fixture->server, 0);
    g_autofree char *code = form_value(strstr(seen, "\r\n\r\n") + 4, "code");
    assert_string_equal(code, "pasted+1");
    g_autoptr(GError) error = NULL;
    assert_false(sign_in_paste_back(fixture->sign_in, "http://localhost:1/?code=x&state=y", &error));
    assert_true(g_error_matches(error, PERCH_ERROR, PERCH_ERROR_INPUT));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        TEST(test_device_code_signs_in),
        TEST(test_device_code_asks_for_the_scopes),
        TEST(test_slow_down_adds_five_seconds),
        TEST(test_declined_and_expired_end_it),
        TEST(test_lost_poll_is_not_the_end),
        TEST(test_code_that_nobody_enters_expires),
        TEST(test_waiting_for_the_person_can_be_stopped),
        TEST(test_wrong_tenant_is_refused),
        TEST(test_tenant_of_a_domain_is_held_to),
        TEST(test_tenant_may_not_change_later),
        TEST(test_personal_account_is_refused),
        TEST(test_foreign_id_token_is_refused),
        TEST(test_endpoints_elsewhere_are_refused),
        TEST(test_silent_sign_in_uses_what_is_kept),
        TEST(test_silent_sign_in_by_domain),
        TEST(test_silent_sign_in_needs_a_person),
        TEST(test_silent_sign_in_says_what_is_wrong),
        TEST(test_token_is_refreshed_before_it_ends),
        TEST(test_lost_and_refused_refreshes_are_repeated),
        TEST(test_lost_code_is_not_sent_twice),
        TEST(test_revoked_refresh_token_is_explained),
        TEST(test_forgetting_forgets_here_and_there),
        TEST(test_more_scopes_are_asked_for_with_the_old_ones),
        TEST(test_redactor_knows_the_tokens_that_are_held),
        TEST(test_defender_needs_its_own_sign_in),
        TEST(test_own_application_signs_in_once_for_both),
        TEST(test_other_audience_is_tried),
        TEST(test_cloud_without_defender_says_so),
        TEST(test_browser_signs_in_with_pkce),
        TEST(test_second_attempt_has_other_secrets),
        TEST(test_refusal_in_the_browser_is_explained),
        TEST(test_replayed_id_token_is_refused),
        TEST(test_nothing_but_the_right_answer_is_taken),
        TEST(test_slow_clients_do_not_keep_the_browser_out),
        TEST(test_listener_is_gone_afterwards),
        TEST(test_address_can_be_pasted_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

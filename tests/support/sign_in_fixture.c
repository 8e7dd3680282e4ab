/* SPDX-License-Identifier: MIT */
#include "support/sign_in_fixture.h"

#include <gio/gio.h>
#include <string.h>

#include "secrets/secret.h"

const char *const two_scopes[] = {"User.Read", "Group.ReadWrite.All", NULL};

static char *give_tokens(struct sign_in_fixture *fixture, const char *form)
{
    g_autofree char *client = form_value(form, "client_id");
    g_autofree char *scope = form_value(form, "scope");
    g_autofree char *access = g_strdup_printf("access-%u", ++fixture->given);
    g_autofree char *refresh = g_strdup_printf("refresh-%u", fixture->given);
    const char *nonce = fixture->nonce != NULL ? fixture->nonce : fixture->asked_nonce;
    return fake_tokens(server_port(fixture->server), fixture->tenant, fixture->object_id, fixture->user_name,
                       fixture->audience != NULL ? fixture->audience : client, nonce != NULL ? nonce : "", access,
                       refresh, fixture->lifetime,
                       fixture->granted != NULL ? fixture->granted : (scope != NULL ? scope : "User.Read"),
                       fixture->more_claims);
}

static char *play_script(struct sign_in_fixture *fixture, const char *form)
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
    case 'b':
        return server_json(429, "Retry-After: 2\r\n",
                           "{\"error\":\"temporarily_unavailable\",\"error_codes\":[90055]}");
    case 'u':
        return server_json(503, NULL, "{\"error\":\"server_error\",\"error_codes\":[90033]}");
    case 't':
        return fake_refusal("temporarily_unavailable", 90033);
    case 'h':
        return server_json(200, NULL, "<html>busy</html>");
    default:
        return give_tokens(fixture, form);
    }
}

static char *token_endpoint(struct sign_in_fixture *fixture, const char *form)
{
    g_autofree char *grant = form_value(form, "grant_type");
    g_autofree char *scope = form_value(form, "scope");
    if (fixture->drops-- > 0)
        return NULL;
    if (fixture->busy-- > 0)
        return server_json(503, NULL, "busy");
    if (fixture->refusal != NULL)
        return fake_challenge(fixture->refusal, fixture->refusal_code, fixture->refusal_claims);
    if (fixture->unconsented != NULL && scope != NULL && strstr(scope, fixture->unconsented) != NULL)
        return fake_refusal("invalid_grant", 65001);
    if (fixture->bad_scope != NULL && scope != NULL && strstr(scope, fixture->bad_scope) != NULL)
        return fake_refusal("invalid_resource", 500011);
    if (strstr(grant, "device_code") != NULL)
        return play_script(fixture, form);
    return give_tokens(fixture, form);
}

static char *give_device_code(const struct sign_in_fixture *fixture)
{
    g_autofree char *body =
        g_strdup_printf("{\"device_code\":\"device-1\",\"user_code\":\"FJC3P9Z7K\",\"interval\":1,\"expires_in\":%d,"
                        "\"verification_uri\":\"https://microsoft.com/devicelogin\",\"message\":\"m\"}",
                        fixture->code_lifetime);
    return server_json(200, NULL, body);
}

static char *dispatch(const struct server_request *request, gpointer data)
{
    struct sign_in_fixture *fixture = data;
    const char *endpoint = strrchr(request->target, '/');
    g_autofree char *client = form_value(request->body, "client_id");
    if (client != NULL)
        g_hash_table_add(fixture->asked, g_strconcat(endpoint, " ", client, NULL));
    if (g_hash_table_size(fixture->asked) < fixture->together)
        return NULL;
    if (is_discovery(request))
        return fixture->documented != NULL
                   ? fake_documented_discovery(server_port(fixture->server), fixture->documented)
                   : fake_discovery(server_port(fixture->server), fixture->issuer_tenant);
    if (endpoint != request->target && fixture->documented == NULL)
        return server_json(404, NULL, "{}");
    if (strcmp(endpoint, "/devicecode") == 0)
        return give_device_code(fixture);
    if (strcmp(endpoint, "/token") == 0)
        return token_endpoint(fixture, request->body);
    return server_json(404, NULL, "{}");
}

static struct secret *load_token(const char *key, gpointer data)
{
    const char *token = g_hash_table_lookup(((struct sign_in_fixture *)data)->kept, key);
    return token != NULL ? secret_new(token, -1) : NULL;
}

static void save_token(const char *key, const struct secret *secret, gpointer data)
{
    GHashTable *kept = ((struct sign_in_fixture *)data)->kept;
    if (secret != NULL)
        g_hash_table_replace(kept, g_strdup(key), g_strdup(secret_text(secret)));
    else
        g_hash_table_remove(kept, key);
}

void sign_in_begin(struct sign_in_fixture *fixture, const char *tenant, const char *client_id)
{
    sign_in_free(fixture->sign_in);
    fixture->sign_in = sign_in_new(fixture->http, fixture->cloud, tenant, client_id, &fixture->store);
}

int sign_in_set_up(void **state)
{
    struct sign_in_fixture *fixture = g_new0(struct sign_in_fixture, 1);
    fixture->asked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    fixture->server = server_start(dispatch, fixture);
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u", server_port(fixture->server));
    fixture->cloud = cloud_practice(url, NULL);
    fixture->http = http_new(NULL, NULL, NULL);
    fixture->kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    fixture->store = (struct token_backend){.load = load_token, .save = save_token, .data = fixture};
    fixture->tenant = FAKE_TENANT;
    fixture->object_id = FAKE_ACCOUNT;
    fixture->user_name = FAKE_USER_NAME;
    fixture->issuer_tenant = "{tenantid}";
    fixture->script = "";
    fixture->lifetime = 3600;
    fixture->code_lifetime = 900;
    sign_in_begin(fixture, NULL, NULL);
    *state = fixture;
    return 0;
}

int sign_in_tear_down(void **state)
{
    struct sign_in_fixture *fixture = *state;
    if (fixture->browser != NULL)
        g_thread_join(fixture->browser);
    sign_in_free(fixture->sign_in);
    http_free(fixture->http);
    server_stop(fixture->server);
    cloud_free(fixture->cloud);
    g_hash_table_unref(fixture->kept);
    g_hash_table_unref(fixture->asked);
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

void remember_prompt(const struct sign_in_prompt *prompt, gpointer data)
{
    struct sign_in_fixture *fixture = data;
    g_free(fixture->prompted_code);
    g_free(fixture->prompted_url);
    fixture->prompted_code = g_strdup(prompt->user_code);
    fixture->prompted_url = g_strdup(prompt->url);
    fixture->expires = prompt->expires;
}

gboolean ask_by_device(struct sign_in_fixture *fixture, GError **error)
{
    return sign_in_ask(fixture->sign_in, SIGN_IN_DEVICE_CODE, two_scopes, remember_prompt, fixture, error);
}

char *url_parameter(const char *url, const char *name)
{
    return form_value(strchr(url, '?') + 1, name);
}

guint redirect_port(const char *url)
{
    g_autofree char *redirect = url_parameter(url, "redirect_uri");
    return (guint)g_ascii_strtoull(strrchr(redirect, ':') + 1, NULL, 10);
}

char *browser_fetch(guint port, const char *method, const char *target, const char *host)
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

char *browser_target(const char *url, const char *query)
{
    g_autofree char *state = url_parameter(url, "state");
    GString *target = g_string_new(query);
    g_string_replace(target, "%s", state, 0);
    g_string_prepend(target, "/?");
    return g_string_free(target, FALSE);
}

gpointer browse(gpointer data)
{
    struct sign_in_fixture *fixture = data;
    g_autofree char *target = browser_target(fixture->browser_url, fixture->query);
    fixture->browser_answer = browser_fetch(redirect_port(fixture->browser_url), "GET", target, NULL);
    return NULL;
}

void remember_url(struct sign_in_fixture *fixture, const char *url)
{
    g_free(fixture->browser_url);
    g_free(fixture->asked_nonce);
    fixture->browser_url = g_strdup(url);
    fixture->asked_nonce = url_parameter(url, "nonce");
}

void open_browser(const struct sign_in_prompt *prompt, gpointer data)
{
    struct sign_in_fixture *fixture = data;
    remember_url(fixture, prompt->url);
    if (fixture->query == NULL)
        fixture->query = "code=code-1&state=%s";
    fixture->browser = g_thread_new("browser", browse, fixture);
}

gboolean ask_by_browser(struct sign_in_fixture *fixture, GError **error)
{
    return sign_in_ask(fixture->sign_in, SIGN_IN_BROWSER, two_scopes, open_browser, fixture, error);
}

gboolean ask(struct sign_in_fixture *fixture, const char *const *scopes, GError **error)
{
    gboolean signed_in = sign_in_ask(fixture->sign_in, SIGN_IN_BROWSER, scopes, open_browser, fixture, error);
    g_thread_join(g_steal_pointer(&fixture->browser));
    g_clear_pointer(&fixture->browser_answer, g_free);
    return signed_in;
}

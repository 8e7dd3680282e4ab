/* SPDX-License-Identifier: MIT */
/* The practice tenant behaves like Microsoft's cloud where that is awkward: sign-in, replication, throttling, portals.
 */
#include <gio/gio.h>
#include <string.h>
#include <sys/resource.h>

#include "support/practice.h"
#include "support/practice_client.h"
#include "support/support.h"

#define DEVICE_GRANT "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=" GRAPH_CLIENT "&device_code="
#define HUB                                                                                                            \
    "/subscriptions/0a1b2c3d-1111-4222-8333-444455556666/resourceGroups/rg/providers/Microsoft.EventHub/namespaces/"   \
    "mdr-eh-ns01"
#define EXPORT(logs_)                                                                                                  \
    "{\"id\":\"MXDRPartner-Contoso\",\"eventHubProperties\":{\"eventHubResourceId\":\"" HUB                            \
    "\",\"name\":\"telemetry\"},\"logs\":[" logs_ "]}"
#define LOG(category_) "{\"category\":\"" category_ "\",\"enabled\":true}"
#define GROUP(name_)                                                                                                   \
    "{\"displayName\":\"" name_ "\",\"mailEnabled\":false,\"mailNickname\":\"x\",\"securityEnabled\":true}"

static int error_code(const struct client_answer *answer)
{
    const json *number = json_at(json_get(answer->body, "error_codes"), 0);
    g_autofree char *text = number != NULL ? json_text(number) : g_strdup("0");
    return (int)g_ascii_strtoll(text, NULL, 10);
}

static const char *graph_code(const struct client_answer *answer)
{
    return json_get_string(json_get(answer->body, "error"), "code");
}

static struct client_answer *graph(const struct practice_tenant *tenant, const char *method, const char *path,
                                   const char *token, const char *body)
{
    g_autofree char *origin = client_origin(practice_address(tenant), 2);
    g_autofree char *url = g_strconcat(origin, "/v1.0", path, NULL);
    return client_send(method, url, token, body);
}

static struct client_answer *defender(const struct practice_tenant *tenant, const char *method, const char *path,
                                      const char *token, const char *body)
{
    g_autofree char *origin = client_origin(practice_address(tenant), 3);
    g_autofree char *url = g_strconcat(origin, "/api", path, NULL);
    return client_send(method, url, token, body);
}

static struct client_answer *form(const struct practice_tenant *tenant, const char *path, const char *fields)
{
    g_autofree char *url = g_strconcat(practice_address(tenant), path, NULL);
    return client_post_form(url, fields);
}

static char *graph_token(const struct practice_tenant *tenant)
{
    return client_token(practice_address(tenant), GRAPH_CLIENT, "https://graph.microsoft.com/.default");
}

static char *defender_token(const struct practice_tenant *tenant)
{
    return client_token(practice_address(tenant), DEFENDER_CLIENT, "https://api.securitycenter.microsoft.com/.default");
}

/* A practice tenant that approves nothing by itself. */
struct asking {
    GSubprocess *process;
    char *login;
    char *device_code;
    char *user_code;
};

static void asking_begin(struct asking *asking)
{
    asking->process =
        g_subprocess_new(G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, PERCH_PRACTICE_BINARY,
                         "--port", "0", "--end-with-parent", "--device-interval", "1", NULL);
    assert_non_null(asking->process);
    g_autoptr(GDataInputStream) output = g_data_input_stream_new(g_subprocess_get_stdout_pipe(asking->process));
    g_filter_input_stream_set_close_base_stream(G_FILTER_INPUT_STREAM(output), FALSE);
    g_autofree char *line = g_data_input_stream_read_line(output, NULL, NULL, NULL);
    assert_true(g_str_has_prefix(line, "listening "));
    asking->login = g_strdup(line + strlen("listening "));
    g_autofree char *url = g_strconcat(asking->login, "/organizations/oauth2/v2.0/devicecode", NULL);
    g_autoptr(ClientAnswer) codes =
        client_post_form(url, "client_id=" GRAPH_CLIENT "&scope=openid%20offline_access%20User.Read");
    asking->device_code = g_strdup(json_get_string(codes->body, "device_code"));
    asking->user_code = g_strdup(json_get_string(codes->body, "user_code"));
    assert_non_null(asking->user_code);
}

/* Ends by end-of-file on its standard input, and well. */
static void asking_end(struct asking *asking)
{
    g_output_stream_close(g_subprocess_get_stdin_pipe(asking->process), NULL, NULL);
    assert_true(g_subprocess_wait_check(asking->process, NULL, NULL));
    g_object_unref(asking->process);
    g_free(asking->login);
    g_free(asking->device_code);
    g_free(asking->user_code);
}

static struct client_answer *poll_token(const struct asking *asking)
{
    g_autofree char *url = g_strconcat(asking->login, "/organizations/oauth2/v2.0/token", NULL);
    g_autofree char *fields = g_strconcat(DEVICE_GRANT, asking->device_code, NULL);
    return client_post_form(url, fields);
}

static void decide(const struct asking *asking, const char *action)
{
    g_autofree char *url = g_strconcat(asking->login, "/devicelogin", NULL);
    g_autofree char *fields = g_strdup_printf("user_code=%s&action=%s", asking->user_code, action);
    g_autoptr(ClientAnswer) page = client_post_form(url, fields);
    assert_int_equal(page->status, 200);
}

/* The first other answer than that the code was asked for too often. */
static struct client_answer *poll_slowly(const struct asking *asking)
{
    gint64 end = g_get_monotonic_time() + PATIENCE;
    for (;;) {
        struct client_answer *answer = poll_token(asking);
        gboolean slow_down = g_strcmp0(json_get_string(answer->body, "error"), "slow_down") == 0;
        if (!slow_down || g_get_monotonic_time() > end)
            return answer;
        client_answer_free(answer);
        gint64 next = g_get_monotonic_time() + G_TIME_SPAN_SECOND;
        while (g_get_monotonic_time() < next)
            g_thread_yield();
    }
}

static void a_device_code_waits_for_the_person(void **state)
{
    (void)state;
    struct asking asking = {0};
    asking_begin(&asking);
    g_autoptr(ClientAnswer) first = poll_token(&asking);
    assert_string_equal(json_get_string(first->body, "error"), "authorization_pending");
    g_autoptr(ClientAnswer) too_fast = poll_token(&asking);
    assert_string_equal(json_get_string(too_fast->body, "error"), "slow_down");
    decide(&asking, "approve");
    g_autoptr(ClientAnswer) tokens = poll_slowly(&asking);
    assert_int_equal(tokens->status, 200);
    assert_non_null(json_get_string(tokens->body, "id_token"));
    asking_end(&asking);
}

static void a_device_code_can_be_declined(void **state)
{
    (void)state;
    struct asking asking = {0};
    asking_begin(&asking);
    decide(&asking, "decline");
    g_autoptr(ClientAnswer) answer = poll_slowly(&asking);
    assert_string_equal(json_get_string(answer->body, "error"), "authorization_declined");
    asking_end(&asking);
}

static void applications_are_kept_apart(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    const char *login = practice_address(tenant);
    g_autoptr(ClientAnswer) crossed =
        client_sign_in(login, GRAPH_CLIENT, "https://api.securitycenter.microsoft.com/.default", NULL);
    assert_non_null(strstr(crossed->location, "AADSTS65002"));
    g_autoptr(ClientAnswer) unknown = client_sign_in(login, "99999999-0000-4000-8000-000000000000", "User.Read", NULL);
    assert_int_equal(unknown->status, 400);
    assert_null(unknown->location);
    assert_non_null(strstr(unknown->text, "AADSTS700016"));
    g_autoptr(ClientAnswer) own = client_sign_in(login, OWN_CLIENT, "User.Read", NULL);
    assert_string_equal(json_get_string(own->body, "scope"), "openid profile User.Read");
    practice_end(tenant);
}

static void a_code_is_good_once_and_for_its_verifier(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *challenge = g_strnfill(43, 'A');
    g_autofree char *url = g_strdup_printf(
        "%s/organizations/oauth2/v2.0/authorize?client_id=" GRAPH_CLIENT
        "&response_type=code&redirect_uri=http%%3A%%2F%%2Flocalhost%%3A9&scope=openid%%20User.Read&state=s"
        "&code_challenge=%s&code_challenge_method=S256",
        practice_address(tenant), challenge);
    g_autoptr(ClientAnswer) page = client_send("GET", url, NULL, NULL);
    assert_true(g_str_has_prefix(page->location, "http://localhost:9/?code=practice-token-"));
    const char *code = strstr(page->location, "code=") + strlen("code=");
    g_autofree char *fields = g_strdup_printf("grant_type=authorization_code&client_id=" GRAPH_CLIENT
                                              "&redirect_uri=http%%3A%%2F%%2Flocalhost%%3A9&code_verifier=%s&code=%.*s",
                                              challenge, (int)strcspn(code, "&"), code);
    g_autoptr(ClientAnswer) wrong = form(tenant, "/organizations/oauth2/v2.0/token", fields);
    assert_int_equal(error_code(wrong), 501481);
    practice_end(tenant);
}

static void only_localhost_is_redirected_to(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    static const char *const places[] = {"https%3A%2F%2Fevil.example", "http%3A%2F%2F127.0.0.1%3A9",
                                         "http%3A%2F%2Flocalhost%3A9%2Fpath", "http%3A%2F%2Flocalhost.evil.example"};
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autofree char *url = g_strdup_printf("%s/organizations/oauth2/v2.0/authorize?client_id=" GRAPH_CLIENT
                                               "&response_type=code&redirect_uri=%s&scope=openid&state=s",
                                               practice_address(tenant), places[i]);
        g_autoptr(ClientAnswer) page = client_send("GET", url, NULL, NULL);
        assert_int_equal(page->status, 400);
        assert_null(page->location);
        assert_non_null(strstr(page->text, "AADSTS50011"));
    }
    practice_end(tenant);
}

static void refreshing_asks_for_no_more_than_was_consented_to(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autoptr(ClientAnswer) tokens = client_sign_in(practice_address(tenant), GRAPH_CLIENT, "User.Read", NULL);
    g_autofree char *fields = g_strdup_printf("grant_type=refresh_token&client_id=" GRAPH_CLIENT
                                              "&refresh_token=%s&scope=openid%%20offline_access%%20",
                                              json_get_string(tokens->body, "refresh_token"));
    g_autofree char *same = g_strconcat(fields, "User.Read", NULL);
    g_autofree char *more = g_strconcat(fields, "Group.ReadWrite.All", NULL);
    g_autoptr(ClientAnswer) refused = form(tenant, "/organizations/oauth2/v2.0/token", more);
    assert_int_equal(error_code(refused), 65001);
    g_autoptr(ClientAnswer) refreshed = form(tenant, "/organizations/oauth2/v2.0/token", same);
    assert_int_equal(refreshed->status, 200);
    assert_string_not_equal(json_get_string(refreshed->body, "refresh_token"),
                            json_get_string(tokens->body, "refresh_token"));
    practice_end(tenant);
}

static void each_service_takes_its_own_tokens_only(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *for_graph = graph_token(tenant);
    g_autofree char *for_defender = defender_token(tenant);
    g_autoptr(ClientAnswer) wrong = graph(tenant, "GET", "/me", for_defender, NULL);
    assert_int_equal(wrong->status, 401);
    g_autoptr(ClientAnswer) other = defender(tenant, "GET", "/machines", for_graph, NULL);
    assert_int_equal(other->status, 401);
    g_autoptr(ClientAnswer) right = defender(tenant, "GET", "/machines?$top=1", for_defender, NULL);
    assert_int_equal(right->status, 200);
    g_autofree char *url = g_strconcat(practice_address(tenant), "/v1.0/me", NULL);
    g_autoptr(ClientAnswer) place = client_send("GET", url, for_graph, NULL);
    assert_int_equal(place->status, 404);
    practice_end(tenant);
}

static void a_new_group_is_not_there_at_once(void **state)
{
    (void)state;
    const char *const slow[] = {"--clock-rate", "1", NULL};
    struct practice_tenant *tenant = practice_begin("slow-replication", slow);
    g_autofree char *token = graph_token(tenant);
    g_autoptr(ClientAnswer) made = graph(tenant, "POST", "/groups", token, GROUP("New"));
    assert_int_equal(made->status, 201);
    g_autofree char *path = g_strconcat("/groups/", json_get_string(made->body, "id"), NULL);
    g_autoptr(ClientAnswer) read = graph(tenant, "GET", path, token, NULL);
    assert_int_equal(read->status, 404);
    g_autoptr(ClientAnswer) list = graph(tenant, "GET", "/groups?$filter=displayName%20eq%20'New'", token, NULL);
    assert_int_equal(json_length(json_get(list->body, "value")), 0);
    practice_end(tenant);
}

static void a_new_group_is_there_after_a_while(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("slow-replication", NULL);
    g_autofree char *token = graph_token(tenant);
    g_autoptr(ClientAnswer) made = graph(tenant, "POST", "/groups", token, GROUP("New"));
    gint64 end = g_get_monotonic_time() + PATIENCE;
    int found = 0;
    while (found == 0 && g_get_monotonic_time() < end) {
        g_autoptr(ClientAnswer) list = graph(tenant, "GET", "/groups?$filter=displayName%20eq%20'NEW'", token, NULL);
        found = json_length(json_get(list->body, "value"));
    }
    assert_int_equal(found, 1);
    practice_end(tenant);
}

static void a_group_is_not_put_into_itself(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *token = graph_token(tenant);
    g_autoptr(ClientAnswer) made = graph(tenant, "POST", "/groups", token, GROUP("New"));
    const char *id = json_get_string(made->body, "id");
    g_autofree char *path = g_strdup_printf("/groups/%s/members/$ref", id);
    g_autofree char *origin = client_origin(practice_address(tenant), 2);
    g_autofree char *body = g_strdup_printf("{\"@odata.id\":\"%s/v1.0/directoryObjects/%s\"}", origin, id);
    gint64 end = g_get_monotonic_time() + PATIENCE;
    int status = 404; /* until the group can be read */
    while (status == 404 && g_get_monotonic_time() < end) {
        g_autoptr(ClientAnswer) nested = graph(tenant, "POST", path, token, body);
        const char *message = json_get_string(json_get(nested->body, "error"), "message");
        status = nested->status;
        assert_true(status == 404 || strstr(message, "none in itself") != NULL);
    }
    assert_int_equal(status, 400);
    practice_end(tenant);
}

/* The name that somebody has is in nobody's way but others'. */
static void a_user_name_is_taken_for_others_only(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *token = graph_token(tenant);
    g_autoptr(ClientAnswer) me = graph(tenant, "GET", "/me", token, NULL);
    g_autofree char *path = g_strdup_printf("/users/%s", json_get_string(me->body, "id"));
    g_autofree char *own =
        g_strdup_printf("{\"userPrincipalName\":\"%s\"}", json_get_string(me->body, "userPrincipalName"));
    g_autoptr(ClientAnswer) same = graph(tenant, "PATCH", path, token, own);
    assert_int_equal(same->status, 204);
    g_autoptr(ClientAnswer) other =
        graph(tenant, "PATCH", path, token, "{\"userPrincipalName\":\"reviewer@contoso.com\"}");
    assert_int_equal(other->status, 400);
    practice_end(tenant);
}

static void the_configuration_leads_to_the_tenants_region_and_to_who_is_signed_in(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *url =
        g_strconcat(practice_address(tenant), "/contoso.com/v2.0/.well-known/openid-configuration", NULL);
    g_autoptr(ClientAnswer) told = client_send("GET", url, NULL, NULL);
    assert_int_equal(told->status, 200);
    assert_string_equal(json_get_string(told->body, "tenant_region_scope"), "NA");
    g_autofree char *token = graph_token(tenant);
    g_autoptr(ClientAnswer) who = client_send("GET", json_get_string(told->body, "userinfo_endpoint"), token, NULL);
    g_autoptr(ClientAnswer) me = graph(tenant, "GET", "/me", token, NULL);
    assert_string_equal(json_get_string(who->body, "name"), json_get_string(me->body, "displayName"));
    practice_end(tenant);
}

/* The statuses of some requests, one letter each. */
static char *statuses(const char *scenario)
{
    struct practice_tenant *tenant = practice_begin(scenario, NULL);
    g_autofree char *token = graph_token(tenant);
    GString *seen = g_string_new(NULL);
    static const char *const paths[] = {"/me", "/organization", "/groups", "/subscribedSkus", "/domains", "/users"};
    for (int round = 0; round < 8; round++) {
        for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
            g_autoptr(ClientAnswer) answer = graph(tenant, "GET", paths[i], token, NULL);
            g_string_append_printf(seen, "%d ", answer->status);
        }
    }
    practice_end(tenant);
    return g_string_free(seen, FALSE);
}

static void faults_can_be_repeated(void **state)
{
    (void)state;
    g_autofree char *once = statuses("flaky");
    g_autofree char *again = statuses("flaky");
    assert_string_equal(once, again);
    assert_non_null(strstr(once, "503"));
    assert_non_null(strstr(once, "200"));
}

static void throttling_lasts_as_long_as_it_says(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("throttled", NULL);
    g_autofree char *token = graph_token(tenant);
    gint64 refused = 0;
    gint64 end = g_get_monotonic_time() + PATIENCE;
    while (g_get_monotonic_time() < end) {
        gint64 before = g_get_monotonic_time();
        g_autoptr(ClientAnswer) answer = graph(tenant, "GET", "/me", token, NULL);
        if (answer->status == 429) {
            assert_non_null(strstr(answer->headers, "Retry-After: 1"));
            if (refused == 0)
                refused = before;
        } else if (refused != 0) {
            break;
        }
    }
    assert_true(refused != 0);
    assert_true(g_get_monotonic_time() - refused > G_TIME_SPAN_SECOND * 9 / 10);
    practice_end(tenant);
}

static void the_store_outlives_a_kill_and_holds_no_token(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *token = graph_token(tenant);
    g_autoptr(ClientAnswer) made = graph(tenant, "POST", "/groups", token, GROUP("Kept"));
    g_autofree char *id = g_strdup(json_get_string(made->body, "id"));
    practice_restart(tenant, TRUE);
    g_autofree char *store = g_build_filename(practice_folder(tenant), "store.json", NULL);
    g_autofree char *text = read_text(store);
    assert_null(strstr(text, "practice-token-"));
    assert_non_null(strstr(text, id));
    g_autofree char *path = g_strconcat("/groups/", id, NULL);
    gint64 end = g_get_monotonic_time() + PATIENCE;
    int status = 0;
    while (status != 200 && g_get_monotonic_time() < end) {
        g_autoptr(ClientAnswer) read = graph(tenant, "GET", path, token, NULL);
        status = read->status;
    }
    assert_int_equal(status, 200);
    practice_end(tenant);
}

static void the_record_holds_no_secret(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *token = graph_token(tenant);
    g_autoptr(ClientAnswer) me = graph(tenant, "GET", "/me", token, NULL);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "record.jsonl", NULL);
    g_autofree char *text = read_text(file);
    assert_null(strstr(text, "practice-token-"));
    g_autoptr(json) record = practice_record(tenant);
    static const char *const keys[] = {"at",    "method",      "host",   "path",
                                       "query", "requestBody", "status", "responseBody"};
    const json *last = json_at(record, json_length(record) - 1);
    const json *member = json_first(last);
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++, member = json_next(member))
        assert_string_equal(json_name(member), keys[i]);
    assert_string_equal(json_get_string(last, "path"), "/v1.0/me");
    practice_end(tenant);
}

static void only_who_accepted_the_invitation_may_stream(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *token = defender_token(tenant);
    static const char body[] = EXPORT(LOG("AdvancedHunting-DeviceEvents"));
    g_autoptr(ClientAnswer) early = defender(tenant, "POST", "/dataExportSettings", token, body);
    assert_int_equal(early->status, 400);
    g_autoptr(ClientAnswer) page =
        form(tenant, "/portal/streaming", "name=a&resourceId=" HUB "&hubName=b&tables=all&action=save");
    assert_int_equal(page->status, 400);
    assert_non_null(strstr(page->text, "Request Body is invalid or missing"));
    g_autoptr(ClientAnswer) accepted = form(tenant, "/portal/invitation", "action=accept");
    assert_int_equal(accepted->status, 200);
    g_autoptr(ClientAnswer) late = defender(tenant, "POST", "/dataExportSettings", token, body);
    assert_int_equal(late->status, 201);
    practice_end(tenant);
}

static void tables_of_the_portal_are_refused_and_lost_by_the_api(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("portal-only-tables", NULL);
    g_autofree char *token = defender_token(tenant);
    g_autoptr(ClientAnswer) two =
        defender(tenant, "POST", "/dataExportSettings", token,
                 EXPORT(LOG("AdvancedHunting-EmailEvents") "," LOG("AdvancedHunting-UrlClickEvents")));
    assert_string_equal(json_get_string(json_get(two->body, "error"), "message"),
                        "Categories AdvancedHunting-EmailEvents, AdvancedHunting-UrlClickEvents are not supported.");
    g_autoptr(ClientAnswer) small =
        defender(tenant, "POST", "/dataExportSettings", token, EXPORT(LOG("advancedhunting-DeviceEvents")));
    assert_int_equal(small->status, 400);
    g_autoptr(ClientAnswer) written =
        defender(tenant, "POST", "/dataExportSettings", token, EXPORT(LOG("AdvancedHunting-DeviceEvents")));
    assert_int_equal(written->status, 200);
    json_for_each (log, json_get(written->body, "logs")) {
        gboolean device = strcmp(json_get_string(log, "category"), "AdvancedHunting-DeviceEvents") == 0;
        assert_int_equal(json_get_bool(log, "enabled", !device), device);
    }
    practice_end(tenant);
}

static void there_are_five_exports_at_most(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("exports-full", NULL);
    g_autofree char *token = defender_token(tenant);
    g_autoptr(ClientAnswer) accepted = form(tenant, "/portal/invitation", "action=accept");
    g_autoptr(ClientAnswer) sixth =
        defender(tenant, "POST", "/dataExportSettings", token, EXPORT(LOG("AdvancedHunting-DeviceEvents")));
    assert_int_equal(sixth->status, 400);
    g_autoptr(ClientAnswer) list = defender(tenant, "GET", "/dataExportSettings", token, NULL);
    assert_int_equal(json_length(json_get(list->body, "value")), 5);
    practice_end(tenant);
}

static void consent_brings_the_application_and_its_rights(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *token = graph_token(tenant);
    static const char path[] = "/servicePrincipals(appId='69561a74-a59d-43f4-a113-8bc2da00f822')/appRoleAssignments";
    g_autoptr(ClientAnswer) before = graph(tenant, "GET", path, token, NULL);
    assert_int_equal(before->status, 404);
    g_autoptr(ClientAnswer) reviewer =
        form(tenant, "/portal/consent",
             "client_id=69561a74-a59d-43f4-a113-8bc2da00f822&action=accept&account=reviewer%40contoso.com");
    assert_int_equal(reviewer->status, 403);
    g_autoptr(ClientAnswer) given =
        form(tenant, "/portal/consent", "client_id=69561a74-a59d-43f4-a113-8bc2da00f822&action=accept");
    assert_int_equal(given->status, 200);
    gint64 end = g_get_monotonic_time() + PATIENCE;
    int roles = 0;
    while (roles == 0 && g_get_monotonic_time() < end) {
        g_autoptr(ClientAnswer) after = graph(tenant, "GET", path, token, NULL);
        roles = json_length(json_get(after->body, "value"));
    }
    assert_true(roles > 5);
    practice_end(tenant);
}

static void without_a_licence_there_is_no_entitlement_management(void **state)
{
    (void)state;
    static const char *const scenarios[] = {"p1-only", "no-licence"};
    for (gsize i = 0; i < G_N_ELEMENTS(scenarios); i++) {
        struct practice_tenant *tenant = practice_begin(scenarios[i], NULL);
        g_autofree char *token = graph_token(tenant);
        g_autoptr(ClientAnswer) answer =
            graph(tenant, "GET", "/identityGovernance/entitlementManagement/catalogs", token, NULL);
        assert_int_equal(answer->status, 403);
        assert_string_equal(graph_code(answer), "NoLicense");
        practice_end(tenant);
    }
}

static void a_security_administrator_may_not_make_the_group(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("not-admin", NULL);
    g_autofree char *token = graph_token(tenant);
    g_autoptr(ClientAnswer) group =
        graph(tenant, "POST", "/groups", token,
              "{\"displayName\":\"A\",\"mailEnabled\":false,\"mailNickname\":\"A\",\"securityEnabled\":true,"
              "\"isAssignableToRole\":true}");
    assert_int_equal(group->status, 403);
    g_autoptr(ClientAnswer) catalog =
        graph(tenant, "POST", "/identityGovernance/entitlementManagement/catalogs", token, "{\"displayName\":\"A\"}");
    assert_int_equal(catalog->status, 403);
    practice_end(tenant);
}

static void an_armed_fault_strikes_as_often_as_it_was_told(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *token = graph_token(tenant);
    g_autofree char *armed = practice_post(tenant, "/practice/fault", "application/json",
                                           "{\"method\":\"POST\",\"path\":\"/v1.0/groups\",\"drop\":\"after\"}");
    g_autoptr(ClientAnswer) dropped = graph(tenant, "POST", "/groups", token, GROUP("Dropped"));
    assert_int_equal(dropped->status, 0);
    g_autoptr(ClientAnswer) passed = graph(tenant, "POST", "/groups", token, GROUP("Passed"));
    assert_int_equal(passed->status, 201);
    g_autoptr(json) state_now = practice_state(tenant);
    g_autofree char *text = json_text(state_now);
    assert_non_null(strstr(text, "\"Dropped\""));
    practice_end(tenant);
}

/* Of the request itself, before what it asks for. */
static void malformed_addresses_and_other_forms_are_refused(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    static const struct {
        const char *path, *header;
        int status;
    } requests[] = {
        {"/v1.0/me", NULL, 200},
        {"/v1.0/me", "Accept: application/json;odata.metadata=minimal", 200},
        {"/v1.0/me", "Accept: text/html, */*;q=0.8", 200},
        {"/v1.0/me", "Accept: application/xml", 406},
        {"/v1.0/groups?$filter=displayName%20eq%20%27%zz%27", NULL, 400},
        {"/v1.0/gro\xffups('x')", NULL, 404},
        {"/v1.0/directoryRoles/roleTemplateId=\xff", NULL, 400},
        {"/v1.0/directoryRoles/roleTemplateId=%ff", NULL, 400},
        {"/v1.0/groups/%ff", NULL, 400},
    };
    g_autofree char *graph = client_origin(practice_address(tenant), 2);
    g_autofree char *token =
        client_token(practice_address(tenant), GRAPH_CLIENT, "https://graph.microsoft.com/.default");
    for (gsize i = 0; i < G_N_ELEMENTS(requests); i++) {
        g_autofree char *url = g_strconcat(graph, requests[i].path, NULL);
        g_autoptr(ClientAnswer) answer = client_send_with("GET", url, token, NULL, requests[i].header);
        if (answer->status != requests[i].status)
            fail_msg("%d for %s with %s", answer->status, requests[i].path, requests[i].header);
    }
    g_autofree char *url = g_strconcat(graph, "/v1.0/$batch", NULL);
    g_autoptr(ClientAnswer) batch =
        client_send("POST", url, token, "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"/groups/%ff\"}]}");
    assert_int_equal(batch->status, 200);
    assert_int_equal(json_get_int(json_first(json_get(batch->body, "responses")), "status", 0), 400);
    practice_end(tenant);
}

static void hostile_names_are_told_as_they_are(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("hostile-names", NULL);
    g_autofree char *token = graph_token(tenant);
    g_autoptr(ClientAnswer) groups = graph(tenant, "GET", "/groups", token, NULL);
    gboolean escape = FALSE;
    json_for_each (group, json_get(groups->body, "value")) {
        escape = escape || strchr(json_get_string(group, "displayName"), '\033') != NULL;
    }
    assert_true(escape);
    practice_end(tenant);
}

/* Connections that lie open, as of fifty checks at once. */
static void it_answers_on_more_than_a_thousand_connections(void **state)
{
    (void)state;
    enum { OPEN = 1100 };
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    if (limit.rlim_max < 2 * OPEN)
        skip();
    limit.rlim_cur = limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *graph = client_origin(practice_address(tenant), 2);
    g_autofree char *url = g_strconcat(graph, "/v1.0/me", NULL);
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_autoptr(GPtrArray) connections = g_ptr_array_new_with_free_func(g_object_unref);
    for (int i = 0; i < OPEN; i++) {
        g_autoptr(GError) error = NULL;
        GSocketConnection *connection = g_socket_client_connect_to_uri(client, graph, 80, NULL, &error);
        if (connection == NULL)
            fail_msg("connection %d: %s", i, error->message);
        g_ptr_array_add(connections, connection);
    }
    g_autoptr(ClientAnswer) answer = client_send("GET", url, NULL, NULL);
    assert_int_equal(answer->status, 401);
    practice_end(tenant);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_device_code_waits_for_the_person),
        cmocka_unit_test(a_device_code_can_be_declined),
        cmocka_unit_test(applications_are_kept_apart),
        cmocka_unit_test(a_code_is_good_once_and_for_its_verifier),
        cmocka_unit_test(only_localhost_is_redirected_to),
        cmocka_unit_test(refreshing_asks_for_no_more_than_was_consented_to),
        cmocka_unit_test(each_service_takes_its_own_tokens_only),
        cmocka_unit_test(a_new_group_is_not_there_at_once),
        cmocka_unit_test(a_new_group_is_there_after_a_while),
        cmocka_unit_test(a_group_is_not_put_into_itself),
        cmocka_unit_test(a_user_name_is_taken_for_others_only),
        cmocka_unit_test(the_configuration_leads_to_the_tenants_region_and_to_who_is_signed_in),
        cmocka_unit_test(faults_can_be_repeated),
        cmocka_unit_test(throttling_lasts_as_long_as_it_says),
        cmocka_unit_test(the_store_outlives_a_kill_and_holds_no_token),
        cmocka_unit_test(the_record_holds_no_secret),
        cmocka_unit_test(only_who_accepted_the_invitation_may_stream),
        cmocka_unit_test(tables_of_the_portal_are_refused_and_lost_by_the_api),
        cmocka_unit_test(there_are_five_exports_at_most),
        cmocka_unit_test(consent_brings_the_application_and_its_rights),
        cmocka_unit_test(without_a_licence_there_is_no_entitlement_management),
        cmocka_unit_test(a_security_administrator_may_not_make_the_group),
        cmocka_unit_test(an_armed_fault_strikes_as_often_as_it_was_told),
        cmocka_unit_test(malformed_addresses_and_other_forms_are_refused),
        cmocka_unit_test(hostile_names_are_told_as_they_are),
        cmocka_unit_test(it_answers_on_more_than_a_thousand_connections),
    };
    json_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}

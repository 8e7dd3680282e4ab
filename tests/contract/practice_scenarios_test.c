/* SPDX-License-Identifier: MIT */
/* Each scenario shows what it says: replicas, activation, partner administrators, throttling, challenges and the rest.
 */
#include <gio/gio.h>
#include <signal.h>
#include <string.h>

#include "support/practice.h"
#include "support/practice_client.h"
#include "support/support.h"

#define EM "/v1.0/identityGovernance/entitlementManagement"
#define GLOBAL_ADMINISTRATOR "62e90394-69f5-4237-9190-012177145e10"
#define GROUP(name_)                                                                                                   \
    "{\"displayName\":\"" name_ "\",\"mailEnabled\":false,\"mailNickname\":\"x\",\"securityEnabled\":true}"

struct scene {
    struct practice_tenant *tenant;
    char *graph;
    char *token; /* NULL where nobody signed in yet */
};

static struct scene *begin(const char *scenario, const char *const *options, gboolean signs_in)
{
    struct scene *scene = g_new0(struct scene, 1);
    scene->tenant = practice_begin(scenario, options);
    scene->graph = client_origin(practice_address(scene->tenant), 2);
    if (signs_in)
        scene->token =
            client_token(practice_address(scene->tenant), GRAPH_CLIENT, "https://graph.microsoft.com/.default");
    return scene;
}

static void end(struct scene *scene)
{
    practice_end(scene->tenant);
    g_free(scene->graph);
    g_free(scene->token);
    g_free(scene);
}

static struct client_answer *ask(const struct scene *scene, const char *method, const char *path, const char *body)
{
    g_autofree char *escaped = g_uri_escape_string(path, "/?&=$(),':", FALSE);
    g_autofree char *url = g_strconcat(scene->graph, escaped, NULL);
    return client_send(method, url, scene->token, body);
}

static int status_of(const struct scene *scene, const char *method, const char *path, const char *body)
{
    g_autoptr(ClientAnswer) answer = ask(scene, method, path, body);
    return answer->status;
}

static const char *code_of(const struct client_answer *answer)
{
    return json_get_string(json_get(answer->body, "error"), "code");
}

static char *id_of(const struct scene *scene, const char *method, const char *path, const char *body)
{
    g_autoptr(ClientAnswer) answer = ask(scene, method, path, body);
    const json *first = json_at(json_get(answer->body, "value"), 0);
    char *id = g_strdup(json_get_string(first != NULL ? first : answer->body, "id"));
    if (id == NULL)
        fail_msg("%s %s: %d %s", method, path, answer->status, answer->text);
    return id;
}

/* A new group is there for one replica and not for the next. */
static void replicas_disagree(void **state)
{
    (void)state;
    static const char *const slow[] = {"--clock-rate", "60", NULL};
    struct scene *scene = begin("replicas", slow, TRUE);
    g_autofree char *id = id_of(scene, "POST", "/v1.0/groups", GROUP("New"));
    g_autofree char *path = g_strconcat("/v1.0/groups/", id, NULL);
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    gboolean seen = FALSE;
    gboolean gone_again = FALSE;
    while (!gone_again && g_get_monotonic_time() < deadline) {
        int status = status_of(scene, "GET", path, NULL);
        gone_again = seen && status == 404;
        seen = seen || status == 200;
    }
    assert_true(seen && gone_again);
    end(scene);
}

/* What the directory has is not known to entitlement management yet. */
static void governance_is_behind(void **state)
{
    (void)state;
    static const char *const slow[] = {"--clock-rate", "20", NULL};
    struct scene *scene = begin("slow-governance", slow, TRUE);
    g_autofree char *group = id_of(scene, "POST", "/v1.0/groups", GROUP("New"));
    g_autofree char *catalog = id_of(scene, "POST", EM "/catalogs",
                                     "{\"displayName\":\"C\",\"description\":\"d\",\"isExternallyVisible\":true}");
    g_autofree char *path = g_strconcat("/v1.0/groups/", group, NULL);
    g_autofree char *body = g_strdup_printf("{\"requestType\":\"adminAdd\",\"resource\":{\"originId\":\"%s\","
                                            "\"originSystem\":\"AadGroup\"},\"catalog\":{\"id\":\"%s\"}}",
                                            group, catalog);
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (status_of(scene, "GET", path, NULL) != 200 && g_get_monotonic_time() < deadline)
        continue;
    assert_int_equal(status_of(scene, "POST", EM "/resourceRequests", body), 404);
    while (status_of(scene, "POST", EM "/resourceRequests", body) != 201 && g_get_monotonic_time() < deadline)
        continue;
    const char *state_told = NULL;
    g_autoptr(ClientAnswer) requests = NULL;
    while (state_told == NULL && g_get_monotonic_time() < deadline) {
        if (requests != NULL)
            client_answer_free(requests);
        requests = ask(scene, "GET", EM "/resourceRequests", NULL);
        state_told = json_get_string(json_at(json_get(requests->body, "value"), 0), "state");
    }
    assert_string_equal(state_told, "delivering");
    end(scene);
}

/* Assignments and open requests first, the package then. */
static void a_package_stays_while_it_is_in_use(void **state)
{
    (void)state;
    struct scene *scene = begin("open-requests", NULL, TRUE);
    g_autofree char *package = id_of(scene, "GET", EM "/accessPackages", NULL);
    g_autofree char *assignment = id_of(scene, "GET", EM "/assignments", NULL);
    g_autofree char *request = id_of(scene, "GET", EM "/assignmentRequests", NULL);
    g_autofree char *path = g_strconcat(EM "/accessPackages/", package, NULL);
    g_autofree char *one = g_strconcat(EM "/assignments/", assignment, NULL);
    g_autofree char *cancel = g_strdup_printf(EM "/assignmentRequests/%s/cancel", request);
    g_autofree char *removal =
        g_strdup_printf("{\"requestType\":\"adminRemove\",\"assignment\":{\"id\":\"%s\"}}", assignment);
    g_autofree char *scopes = g_strconcat(path, "/resourceRoleScopes", NULL);
    g_autofree char *scope = id_of(scene, "GET", scopes, NULL);
    g_autofree char *policy = id_of(scene, "GET", EM "/assignmentPolicies", NULL);
    g_autofree char *organization = id_of(scene, "GET", EM "/connectedOrganizations", NULL);
    char *const parts[] = {g_strdup(path), g_strconcat(scopes, "/", scope, NULL),
                           g_strconcat(EM "/assignmentPolicies/", policy, NULL)};
    g_autofree char *home = g_strconcat(EM "/connectedOrganizations/", organization, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autoptr(ClientAnswer) refused = ask(scene, "DELETE", parts[i], NULL);
        assert_int_equal(refused->status, 400);
        assert_string_equal(code_of(refused), "InvalidDeleteEntitlementHasGrants");
        g_free(parts[i]);
    }
    assert_int_equal(status_of(scene, "DELETE", home, NULL), 400);
    assert_int_equal(status_of(scene, "POST", cancel, NULL), 204);
    assert_int_equal(status_of(scene, "POST", EM "/assignmentRequests", removal), 201);
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (status_of(scene, "DELETE", path, NULL) != 204 && g_get_monotonic_time() < deadline)
        continue;
    g_autoptr(ClientAnswer) ended = ask(scene, "GET", one, NULL);
    assert_string_equal(json_get_string(ended->body, "state"), "expired");
    assert_int_equal(status_of(scene, "GET", path, NULL), 404);
    end(scene);
}

/* What a PUT does not say is empty afterwards, whatever it was. */
static void a_policy_is_replaced_whole(void **state)
{
    (void)state;
    struct scene *scene = begin("complete", NULL, TRUE);
    g_autofree char *policy = id_of(scene, "GET", EM "/assignmentPolicies", NULL);
    g_autofree char *package = id_of(scene, "GET", EM "/accessPackages", NULL);
    g_autofree char *path = g_strconcat(EM "/assignmentPolicies/", policy, NULL);
    g_autofree char *body =
        g_strdup_printf("{\"displayName\":\"P\",\"allowedTargetScope\":\"notSpecified\",\"questions\":[{"
                        "\"@odata.type\":\"#microsoft.graph.accessPackageTextInputQuestion\",\"text\":\"Why?\","
                        "\"sequence\":0,\"isSingleLineQuestion\":true}],\"accessPackage\":{\"id\":\"%s\"}}",
                        package);
    g_autofree char *less = g_strdup_printf("{\"displayName\":\"P\",\"allowedTargetScope\":\"notSpecified\","
                                            "\"accessPackage\":{\"id\":\"%s\"}}",
                                            package);
    g_autoptr(ClientAnswer) first = ask(scene, "PUT", path, body);
    assert_int_equal(json_length(json_get(first->body, "questions")), 1);
    assert_true(json_is_null(json_get(first->body, "reviewSettings")));
    g_autoptr(ClientAnswer) second = ask(scene, "PUT", path, less);
    assert_int_equal(second->status, 200);
    assert_int_equal(json_length(json_get(second->body, "questions")), 0);
    assert_string_equal(json_get_string(second->body, "id"), policy);
    end(scene);
}

static char *activation(const struct scene *scene, const char *target, const char *more)
{
    g_autofree char *me = id_of(scene, "GET", "/v1.0/me", NULL);
    return g_strdup_printf("{\"action\":\"selfActivate\",\"principalId\":\"%s\",%s,\"scheduleInfo\":{\"expiration\":{"
                           "\"type\":\"afterDuration\",\"duration\":\"PT1H\"}}%s}",
                           me, target, more);
}

static gboolean is_administrator(const struct scene *scene)
{
    g_autoptr(ClientAnswer) roles = ask(scene, "GET", "/v1.0/me/transitiveMemberOf", NULL);
    return strstr(roles->text, GLOBAL_ADMINISTRATOR) != NULL;
}

/* Eligible for a group that holds the role: its rules have to be met first. */
static void a_group_can_be_activated(void **state)
{
    (void)state;
    struct scene *scene = begin("eligible-group", NULL, TRUE);
    g_autofree char *mine = g_strdup("/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances/"
                                     "filterByCurrentUser(on='principal')");
    g_autoptr(ClientAnswer) eligible = ask(scene, "GET", mine, NULL);
    const char *group = json_get_string(json_at(json_get(eligible->body, "value"), 0), "groupId");
    assert_non_null(group);
    g_autofree char *target = g_strdup_printf("\"groupId\":\"%s\",\"accessId\":\"member\"", group);
    g_autofree char *bare = activation(scene, target, "");
    g_autofree char *whole =
        activation(scene, target, ",\"justification\":\"x\",\"ticketInfo\":{\"ticketNumber\":\"4711\"}");
    static const char requests[] = "/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests";
    g_autoptr(ClientAnswer) refused = ask(scene, "POST", requests, bare);
    assert_int_equal(refused->status, 400);
    assert_string_equal(code_of(refused), "RoleAssignmentRequestPolicyValidationFailed");
    assert_non_null(strstr(refused->text, "JustificationRule"));
    assert_non_null(strstr(refused->text, "TicketingRule"));
    assert_false(is_administrator(scene));
    assert_int_equal(status_of(scene, "POST", requests, whole), 201);
    assert_true(is_administrator(scene));
    end(scene);
}

/* Another sign-in first, and then somebody has to approve. */
static void an_activation_can_be_held_up(void **state)
{
    (void)state;
    struct scene *scene = begin("activation-refused", NULL, TRUE);
    g_autofree char *body =
        activation(scene, "\"roleDefinitionId\":\"" GLOBAL_ADMINISTRATOR "\",\"directoryScopeId\":\"/\"",
                   ",\"justification\":\"x\",\"ticketInfo\":{\"ticketNumber\":\"4711\"}");
    static const char requests[] = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
    g_autoptr(ClientAnswer) refused = ask(scene, "POST", requests, body);
    assert_int_equal(refused->status, 400);
    assert_string_equal(code_of(refused), "RoleAssignmentRequestAcrsValidationFailed");
    assert_non_null(strstr(refused->text, "&claims=%7B"));
    g_autoptr(ClientAnswer) policy = ask(
        scene, "GET",
        "/v1.0/policies/roleManagementPolicyAssignments?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole' and "
        "roleDefinitionId eq '" GLOBAL_ADMINISTRATOR "'&$expand=policy($expand=rules)",
        NULL);
    assert_non_null(strstr(policy->text, "\"isApprovalRequired\":true"));
    assert_non_null(strstr(policy->text, "\"maximumDuration\":\"PT6H\""));
    end(scene);
}

static void a_role_has_an_end(void **state)
{
    (void)state;
    struct scene *scene = begin("role-with-end", NULL, TRUE);
    g_autoptr(ClientAnswer) instances =
        ask(scene, "GET", "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances", NULL);
    assert_non_null(strstr(instances->text, "\"endDateTime\":\"2031-01-01T09:00:00Z\""));
    end(scene);
}

static void a_partner_administrator_is_no_user(void **state)
{
    (void)state;
    struct scene *scene = begin("partner-administrator", NULL, TRUE);
    g_autoptr(ClientAnswer) me = ask(scene, "GET", "/v1.0/me", NULL);
    assert_int_equal(me->status, 404);
    assert_string_equal(code_of(me), "Request_ResourceNotFound");
    assert_int_equal(status_of(scene, "GET", "/v1.0/organization", NULL), 200);
    assert_int_equal(status_of(scene, "POST", EM "/catalogs", "{\"displayName\":\"C\"}"), 403);
    end(scene);
}

static void the_partner_is_kept_out(void **state)
{
    (void)state;
    struct scene *scene = begin("partner-refused", NULL, TRUE);
    static const char partner[] =
        "/v1.0/policies/crossTenantAccessPolicy/partners/7c0c36a9-a1b9-4f3c-8e52-9d6f4c0e4f10";
    static const char other[] = "/v1.0/policies/crossTenantAccessPolicy/partners/3f2f5b0e-0d43-4b7a-9a77-51a3c5b5b001";
    g_autoptr(ClientAnswer) entry = ask(scene, "GET", partner, NULL);
    assert_non_null(strstr(entry->text, "\"accessType\":\"blocked\""));
    assert_int_equal(status_of(scene, "GET", other, NULL), 404);
    g_autoptr(ClientAnswer) policies = ask(scene, "GET", "/v1.0/identity/conditionalAccess/policies", NULL);
    assert_non_null(strstr(policies->text, "compliantDevice"));
    g_autoptr(ClientAnswer) domains = ask(scene, "GET", "/beta/policies/b2bManagementPolicies", NULL);
    assert_non_null(strstr(domains->text, "AllowedDomains"));
    end(scene);
}

static void nobody_is_invited(void **state)
{
    (void)state;
    struct scene *scene = begin("invitations-off", NULL, TRUE);
    assert_int_equal(status_of(scene, "POST", "/v1.0/invitations",
                               "{\"invitedUserEmailAddress\":\"a@redcanary.com\",\"inviteRedirectUrl\":"
                               "\"https://myapps.microsoft.com\"}"),
                     403);
    end(scene);
}

static void the_cloud_is_told_before_anybody_signs_in(void **state)
{
    (void)state;
    static const struct {
        const char *scenario, *instance, *sub_scope;
    } rows[] = {
        {"fresh", "microsoftonline.com", NULL},
        {"gcc", "microsoftonline.com", "GCC"},
        {"government", "microsoftonline.us", "DODCON"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct scene *scene = begin(rows[i].scenario, NULL, FALSE);
        g_autofree char *url =
            g_strconcat(practice_address(scene->tenant), "/contoso.com/v2.0/.well-known/openid-configuration", NULL);
        g_autoptr(ClientAnswer) answer = client_send("GET", url, NULL, NULL);
        const char *sub_scope = json_get_string(answer->body, "tenant_region_sub_scope");
        assert_string_equal(json_get_string(answer->body, "cloud_instance_name"), rows[i].instance);
        if (rows[i].sub_scope == NULL)
            assert_null(sub_scope);
        else
            assert_string_equal(sub_scope, rows[i].sub_scope);
        end(scene);
    }
}

/* 429 comes sooner or later, and says nothing of how long. */
static void throttling_may_be_untold(void **state)
{
    (void)state;
    struct scene *scene = begin("throttled-untold", NULL, TRUE);
    gboolean seen = FALSE;
    for (int i = 1; i <= 30 && !seen; i++) {
        g_autofree char *path = g_strdup_printf("/v1.0/users?$top=%d", i);
        g_autofree char *other = g_strdup_printf("/v1.0/groups?$top=%d", i);
        g_autoptr(ClientAnswer) answer = ask(scene, "GET", i % 2 == 0 ? path : other, NULL);
        if (answer->status == 429)
            assert_null(strcasestr(answer->headers, "Retry-After:"));
        seen = answer->status == 429;
    }
    assert_true(seen);
    end(scene);
}

static void the_sign_in_is_throttled_too(void **state)
{
    (void)state;
    struct scene *scene = begin("throttled-sign-in", NULL, FALSE);
    g_autofree char *url = g_strconcat(practice_address(scene->tenant), "/organizations/oauth2/v2.0/token", NULL);
    gboolean throttled = FALSE;
    gboolean answered = FALSE;
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (!(throttled && answered) && g_get_monotonic_time() < deadline) {
        g_autoptr(ClientAnswer) answer = client_post_form(url, "client_id=" GRAPH_CLIENT);
        throttled = throttled || answer->status == 429;
        answered = answered || answer->status == 400;
    }
    assert_true(throttled && answered);
    end(scene);
}

/* Whatever a new sign-in proves, the next reading is challenged like the one before; others are not. */
static void a_challenge_comes_again_and_again(void **state)
{
    (void)state;
    struct scene *scene = begin("endless-challenge", NULL, TRUE);
    for (int i = 0; i < 3; i++) {
        g_autoptr(ClientAnswer) answer = ask(scene, "GET", "/v1.0/groups", NULL);
        assert_int_equal(answer->status, 401);
        assert_non_null(strcasestr(answer->headers, "insufficient_claims"));
        assert_non_null(strstr(answer->text, "LocationConditionEvaluationSatisfied"));
        g_free(scene->token);
        scene->token =
            client_token(practice_address(scene->tenant), GRAPH_CLIENT, "https://graph.microsoft.com/.default");
    }
    assert_int_equal(status_of(scene, "GET", "/v1.0/organization", NULL), 200);
    end(scene);
}

static void the_last_owner_can_be_laxer(void **state)
{
    (void)state;
    struct scene *scene = begin("removable-owner", NULL, TRUE);
    g_autofree char *group = id_of(scene, "POST", "/v1.0/groups", GROUP("New"));
    g_autofree char *me = id_of(scene, "GET", "/v1.0/me", NULL);
    g_autofree char *path = g_strdup_printf("/v1.0/groups/%s/owners/%s/$ref", group, me);
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    int status = 404;
    while (status == 404 && g_get_monotonic_time() < deadline)
        status = status_of(scene, "DELETE", path, NULL);
    assert_int_equal(status, 204);
    end(scene);
}

static void a_scenario_comes_from_a_file(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *good = g_build_filename(folder, "good.json", NULL);
    g_autofree char *bad = g_build_filename(folder, "bad.json", NULL);
    assert_true(g_file_set_contents(good, "{\"about\":\"x\",\"displayName\":\"Tailspin\",\"includes\":[\"complete\"]}",
                                    -1, NULL));
    assert_true(g_file_set_contents(bad, "{\"behavior\":{}}", -1, NULL));
    struct scene *scene = begin(good, NULL, TRUE);
    g_autoptr(ClientAnswer) organization = ask(scene, "GET", "/v1.0/organization", NULL);
    assert_non_null(strstr(organization->text, "Tailspin"));
    g_autofree char *package = id_of(scene, "GET", EM "/accessPackages", NULL);
    assert_non_null(package);
    end(scene);
    const char *const arguments[] = {PERCH_PRACTICE_BINARY, "--scenario", bad, NULL};
    g_autoptr(Run) refused = run_program(arguments, NULL, NULL);
    assert_int_equal(refused->status, 2);
    assert_non_null(strstr(refused->errors, "behavior"));
    scratch_remove(folder);
}

/* A page of another name that leads here is not let in. */
static void another_host_is_not_served(void **state)
{
    (void)state;
    struct scene *scene = begin("fresh", NULL, FALSE);
    g_autofree char *url = g_strconcat(practice_address(scene->tenant), "/portal", NULL);
    g_autoptr(ClientAnswer) wrong = client_send_with("GET", url, NULL, NULL, "Host: evil.example");
    g_autoptr(ClientAnswer) right = client_send("GET", url, NULL, NULL);
    assert_int_equal(wrong->status, 421);
    assert_int_equal(right->status, 200);
    /* Nor is what another site lets a browser send. */
    g_autofree char *form = g_strconcat(practice_address(scene->tenant), "/portal/invitation", NULL);
    g_autoptr(ClientAnswer) forged =
        client_send_with("POST", form, NULL, "action=accept", "Sec-Fetch-Site: cross-site");
    assert_int_equal(forged->status, 403);
    end(scene);
}

/* It is a server: it needs no terminal and no standard input, and ends with SIGTERM in good order. */
static void it_serves_without_standard_input(void **state)
{
    (void)state;
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE);
    g_subprocess_launcher_set_stdin_file_path(launcher, "/dev/null");
    g_autoptr(GSubprocess) process =
        g_subprocess_launcher_spawn(launcher, NULL, PERCH_PRACTICE_BINARY, "--port", "0", NULL);
    g_autoptr(GDataInputStream) output = g_data_input_stream_new(g_subprocess_get_stdout_pipe(process));
    g_autofree char *line = g_data_input_stream_read_line(output, NULL, NULL, NULL);
    assert_true(line != NULL && g_str_has_prefix(line, "listening "));
    g_autofree char *url = g_strconcat(line + strlen("listening "), "/portal", NULL);
    g_autoptr(ClientAnswer) answer = client_send("GET", url, NULL, NULL);
    assert_int_equal(answer->status, 200);
    g_subprocess_send_signal(process, SIGTERM);
    assert_true(g_subprocess_wait(process, NULL, NULL));
    assert_int_equal(g_subprocess_get_exit_status(process), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replicas_disagree),
        cmocka_unit_test(governance_is_behind),
        cmocka_unit_test(a_package_stays_while_it_is_in_use),
        cmocka_unit_test(a_policy_is_replaced_whole),
        cmocka_unit_test(a_group_can_be_activated),
        cmocka_unit_test(an_activation_can_be_held_up),
        cmocka_unit_test(a_role_has_an_end),
        cmocka_unit_test(a_partner_administrator_is_no_user),
        cmocka_unit_test(the_partner_is_kept_out),
        cmocka_unit_test(nobody_is_invited),
        cmocka_unit_test(the_cloud_is_told_before_anybody_signs_in),
        cmocka_unit_test(throttling_may_be_untold),
        cmocka_unit_test(the_sign_in_is_throttled_too),
        cmocka_unit_test(a_challenge_comes_again_and_again),
        cmocka_unit_test(the_last_owner_can_be_laxer),
        cmocka_unit_test(a_scenario_comes_from_a_file),
        cmocka_unit_test(another_host_is_not_served),
        cmocka_unit_test(it_serves_without_standard_input),
    };
    json_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* The practice tenant refuses what Microsoft refuses: every operation of the contract is tried. */
#include <string.h>

#include "support/practice.h"
#include "support/practice_client.h"
#include "support/support.h"

#define CONTRACT PERCH_CONTRACTS "/graph-v1.0-subset.json"
#define PERMISSIONS PERCH_CONTRACTS "/permissions.json"
#define ANY_ID "5d6b6bb7-de71-4623-b4af-96380a352509"
#define UNKNOWN_FIELD "perchKnowsNoSuchField"

struct fixture {
    struct practice_tenant *tenant;
    char *graph;
    json *contract;
    json *permissions;  /* of Microsoft's list: "METHOD /v1.0/path" -> least, other */
    GHashTable *tokens; /* scopes -> token */
};

struct operation {
    const char *method; /* in capitals */
    const char *path;
    const json *definition;
    char *url;
};

typedef void (*operation_func)(struct fixture *fixture, const struct operation *operation);

static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    g_autofree char *text = read_text(CONTRACT);
    fixture->contract = json_parse(text, -1, NULL);
    assert_non_null(fixture->contract);
    g_autofree char *list = read_text(PERMISSIONS);
    fixture->permissions = json_parse(list, -1, NULL);
    assert_non_null(fixture->permissions);
    fixture->tenant = practice_begin("complete", NULL);
    fixture->graph = client_origin(practice_address(fixture->tenant), 2);
    fixture->tokens = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    practice_end(fixture->tenant);
    g_free(fixture->graph);
    json_free(fixture->contract);
    json_free(fixture->permissions);
    g_hash_table_unref(fixture->tokens);
    g_free(fixture);
    return 0;
}

/* The path with something in place of each {parameter}. Caller frees. */
static char *url_of(const struct fixture *fixture, const char *path)
{
    GString *url = g_string_new(fixture->graph);
    g_string_append(url, "/v1.0");
    while (*path != '\0') {
        if (*path == '{') {
            g_string_append(url, ANY_ID);
            path = strchr(path, '}') + 1;
        } else {
            g_string_append_c(url, *path++);
        }
    }
    return g_string_free(url, FALSE);
}

static void for_each_operation(struct fixture *fixture, operation_func check)
{
    static const char *const methods[] = {"get", "post", "put", "patch", "delete"};
    int count = 0;
    json_for_each (path, json_get(fixture->contract, "paths")) {
        for (gsize i = 0; i < G_N_ELEMENTS(methods); i++) {
            const json *definition = json_get(path, methods[i]);
            if (definition == NULL)
                continue;
            g_autofree char *method = g_ascii_strup(methods[i], -1);
            struct operation operation = {method, json_name(path), definition, url_of(fixture, json_name(path))};
            check(fixture, &operation);
            g_free(operation.url);
            count++;
        }
    }
    assert_true(count > 80);
}

/* Scopes in the contract may carry a remark in parentheses. Caller frees. */
static char *bare_scope(const char *scope)
{
    return g_strndup(scope, strcspn(scope, " "));
}

static gboolean is_real_scope(const char *scope)
{
    return strchr(scope, '.') != NULL;
}

static void remove_names(GHashTable *names, const json *scopes)
{
    json_for_each (scope, scopes) {
        g_autofree char *bare = bare_scope(json_string(scope));
        g_hash_table_remove(names, bare);
    }
}

/* All scopes that the contract names, but those that OPERATION (may be NULL) could do with by the contract or by
 * Microsoft's permission list. Caller frees. */
static char *scopes_without(const struct fixture *fixture, const struct operation *operation)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    json_for_each (path, json_get(fixture->contract, "paths")) {
        json_for_each (definition, path) {
            json_for_each (scope, json_get(definition, "x-delegated-scopes")) {
                if (is_real_scope(json_string(scope)))
                    g_hash_table_add(names, bare_scope(json_string(scope)));
            }
        }
    }
    if (operation != NULL) {
        g_autofree char *key = g_strdup_printf("%s /v1.0%s", operation->method, operation->path);
        const json *listed = json_get(json_get(fixture->permissions, "operations"), key);
        remove_names(names, json_get(operation->definition, "x-delegated-scopes"));
        remove_names(names, json_get(listed, "least"));
        remove_names(names, json_get(listed, "other"));
    }
    g_autofree char **list = (char **)g_hash_table_get_keys_as_array(names, NULL);
    return g_strjoinv(" ", list);
}

static const char *token_for(struct fixture *fixture, const char *scopes)
{
    const char *known = g_hash_table_lookup(fixture->tokens, scopes);
    if (known != NULL)
        return known;
    char *token = client_token(practice_address(fixture->tenant), GRAPH_CLIENT, scopes);
    g_hash_table_insert(fixture->tokens, g_strdup(scopes), token);
    return token;
}

static const json *body_schema(const struct operation *operation)
{
    return json_get(json_get_path(operation->definition, "requestBody.content"), "application/json");
}

static void expect(const struct operation *operation, const struct client_answer *answer, int status)
{
    if (answer->status != status)
        fail_msg("%s %s: %d instead of %d: %s", operation->method, operation->path, answer->status, status,
                 answer->text);
    if (status == 401)
        assert_non_null(strcasestr(answer->headers, "WWW-Authenticate: Bearer"));
    assert_non_null(strcasestr(answer->headers, "request-id: "));
    assert_non_null(json_get_string(json_get(answer->body, "error"), "code"));
}

static void check_without_token(struct fixture *fixture, const struct operation *operation)
{
    (void)fixture;
    const char *body = body_schema(operation) != NULL ? "{}" : NULL;
    g_autoptr(ClientAnswer) answer = client_send(operation->method, operation->url, NULL, body);
    expect(operation, answer, 401);
    g_autoptr(ClientAnswer) other =
        client_send(operation->method, operation->url, "practice-token-access-made-up", body);
    expect(operation, other, 401);
}

static void without_token_nothing_is_answered(void **state)
{
    for_each_operation(*state, check_without_token);
}

static void check_without_scope(struct fixture *fixture, const struct operation *operation)
{
    const json *scopes = json_get(operation->definition, "x-delegated-scopes");
    if (!is_real_scope(json_string(json_at(scopes, 0))))
        return;
    g_autofree char *left = scopes_without(fixture, operation);
    const char *body = body_schema(operation) != NULL ? "{}" : NULL;
    g_autoptr(ClientAnswer) answer = client_send(operation->method, operation->url, token_for(fixture, left), body);
    expect(operation, answer, 403);
    assert_string_equal(json_get_string(json_get(answer->body, "error"), "code"), "Authorization_RequestDenied");
}

static void without_its_scopes_an_operation_is_denied(void **state)
{
    for_each_operation(*state, check_without_scope);
}

static void check_each_of(struct fixture *fixture, const struct operation *operation, const json *scopes)
{
    json_for_each (scope, scopes) {
        if (!is_real_scope(json_string(scope)) || strchr(json_string(scope), ' ') != NULL)
            continue;
        const char *body = body_schema(operation) != NULL ? "{}" : NULL;
        g_autoptr(ClientAnswer) answer =
            client_send(operation->method, operation->url, token_for(fixture, json_string(scope)), body);
        const char *code = json_get_string(json_get(answer->body, "error"), "code");
        if (answer->status == 401 || g_strcmp0(code, "Authorization_RequestDenied") == 0)
            fail_msg("%s %s is denied with %s", operation->method, operation->path, json_string(scope));
    }
}

/* By the contract, and by Microsoft's permission list, in which some are enough for one's own object only. */
static void check_each_scope_suffices(struct fixture *fixture, const struct operation *operation)
{
    g_autofree char *key = g_strdup_printf("%s /v1.0%s", operation->method, operation->path);
    const json *listed = json_get(json_get(fixture->permissions, "operations"), key);
    check_each_of(fixture, operation, json_get(operation->definition, "x-delegated-scopes"));
    if (json_get(listed, "ownOnly") == NULL)
        check_each_of(fixture, operation, json_get(listed, "least"));
    check_each_of(fixture, operation, json_get(listed, "other"));
}

static void each_of_its_scopes_is_enough(void **state)
{
    for_each_operation(*state, check_each_scope_suffices);
}

/* An example with an id in place of each {name}. Caller frees. */
static json *with_ids(const json *example)
{
    g_autofree char *text = json_text(example);
    g_autoptr(GRegex) slot = g_regex_new("\\{[A-Za-z]+\\}", 0, 0, NULL);
    g_autofree char *filled = g_regex_replace_literal(slot, text, -1, 0, ANY_ID, 0, NULL);
    return json_parse(filled, -1, NULL);
}

static void send_with_extra(struct fixture *fixture, const struct operation *operation, const json *example)
{
    g_autofree char *all = scopes_without(fixture, NULL);
    g_autoptr(json) body = example != NULL ? with_ids(example) : json_new_object();
    json_set_string(body, UNKNOWN_FIELD, "x");
    g_autofree char *text = json_text(body);
    g_autoptr(ClientAnswer) answer = client_send(operation->method, operation->url, token_for(fixture, all), text);
    expect(operation, answer, 400);
    const char *message = json_get_string(json_get(answer->body, "error"), "message");
    if (strstr(message, UNKNOWN_FIELD) == NULL)
        fail_msg("%s %s does not name the unknown field: %s", operation->method, operation->path, message);
}

static void check_unknown_field(struct fixture *fixture, const struct operation *operation)
{
    const json *content = body_schema(operation);
    if (content == NULL)
        return;
    int examples = 0;
    json_for_each (example, json_get(content, "examples")) {
        send_with_extra(fixture, operation, json_get(example, "value"));
        examples++;
    }
    if (examples == 0)
        send_with_extra(fixture, operation, NULL);
}

static void an_unknown_field_is_refused(void **state)
{
    for_each_operation(*state, check_unknown_field);
}

/* A body of Microsoft's own documentation has none but known fields. */
static void check_example(struct fixture *fixture, const struct operation *operation)
{
    g_autofree char *all = scopes_without(fixture, NULL);
    json_for_each (example, json_get(body_schema(operation), "examples")) {
        g_autoptr(json) body = with_ids(json_get(example, "value"));
        g_autofree char *text = json_text(body);
        g_autoptr(ClientAnswer) answer = client_send(operation->method, operation->url, token_for(fixture, all), text);
        const char *message = json_get_string(json_get(answer->body, "error"), "message");
        if (message != NULL && (strstr(message, "does not exist on type") || strstr(message, "required property") ||
                                strstr(message, "Invalid value specified for property")))
            fail_msg("%s %s, example %s: %s", operation->method, operation->path, json_name(example), message);
    }
}

static void bodies_of_the_documentation_are_understood(void **state)
{
    for_each_operation(*state, check_example);
}

static void replace_each_member(struct fixture *fixture, const struct operation *operation, const json *example)
{
    g_autofree char *all = scopes_without(fixture, NULL);
    json_for_each (member, example) {
        if (strcmp(json_name(member), "assignment") == 0)
            continue;
        g_autoptr(json) body = with_ids(example);
        json_set(body, json_name(member), json_is_object(member) ? json_new_string("x") : json_from("{'x':[1]}"));
        g_autofree char *text = json_text(body);
        g_autoptr(ClientAnswer) answer = client_send(operation->method, operation->url, token_for(fixture, all), text);
        expect(operation, answer, 400);
    }
}

static void check_wrong_kinds(struct fixture *fixture, const struct operation *operation)
{
    json_for_each (example, json_get(body_schema(operation), "examples")) {
        replace_each_member(fixture, operation, json_get(example, "value"));
    }
}

static void a_value_of_the_wrong_kind_is_refused(void **state)
{
    for_each_operation(*state, check_wrong_kinds);
}

static void check_bad_query(struct fixture *fixture, const struct operation *operation)
{
    if (strcmp(operation->method, "GET") != 0)
        return;
    g_autofree char *all = scopes_without(fixture, NULL);
    g_autofree char *url = g_strconcat(operation->url, "?$filter=perch%20eq%20'x'", NULL);
    g_autoptr(ClientAnswer) answer = client_send("GET", url, token_for(fixture, all), NULL);
    expect(operation, answer, 400);
}

static void an_undocumented_filter_is_refused(void **state)
{
    for_each_operation(*state, check_bad_query);
}

static void an_unfinished_expand_is_refused(void **state)
{
    struct fixture *fixture = *state;
    static const char *const expands[] = {"resourceRoleScopes(", "resourceRoleScopes($select=id",
                                          "resourceRoleScopes($expand=role", "resourceRoleScopes()"};
    for (gsize i = 0; i < G_N_ELEMENTS(expands); i++) {
        g_autofree char *url = g_strconcat(fixture->graph, "/v1.0/identityGovernance/entitlementManagement",
                                           "/accessPackages?$expand=", expands[i], NULL);
        g_autoptr(ClientAnswer) answer =
            client_send("GET", url, token_for(fixture, "EntitlementManagement.Read.All"), NULL);
        assert_int_equal(answer->status, 400);
    }
}

static void a_role_assignable_group_needs_both_scopes(void **state)
{
    struct fixture *fixture = *state;
    static const char body[] =
        "{\"displayName\":\"A\",\"mailEnabled\":false,\"mailNickname\":\"A\",\"securityEnabled\":true,"
        "\"isAssignableToRole\":true}";
    g_autofree char *url = g_strconcat(fixture->graph, "/v1.0/groups", NULL);
    g_autoptr(ClientAnswer) one = client_send("POST", url, token_for(fixture, "Group.ReadWrite.All"), body);
    assert_int_equal(one->status, 403);
    g_autoptr(ClientAnswer) both =
        client_send("POST", url, token_for(fixture, "Group.ReadWrite.All RoleManagement.ReadWrite.Directory"), body);
    assert_int_equal(both->status, 201);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_token_nothing_is_answered),
        cmocka_unit_test(without_its_scopes_an_operation_is_denied),
        cmocka_unit_test(each_of_its_scopes_is_enough),
        cmocka_unit_test(an_unknown_field_is_refused),
        cmocka_unit_test(bodies_of_the_documentation_are_understood),
        cmocka_unit_test(a_value_of_the_wrong_kind_is_refused),
        cmocka_unit_test(an_undocumented_filter_is_refused),
        cmocka_unit_test(an_unfinished_expand_is_refused),
        cmocka_unit_test(a_role_assignable_group_needs_both_scopes),
    };
    json_init();
    if (!g_file_test(CONTRACT, G_FILE_TEST_EXISTS))
        skip_program("Microsoft's API contracts are not here (" CONTRACT ")");
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

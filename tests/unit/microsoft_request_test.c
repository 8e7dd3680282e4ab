/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include "base/json.h"
#include "microsoft/request.h"

static GHashTable *values_new(const char *name, const char *value)
{
    GHashTable *values = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_insert(values, (gpointer)name, (gpointer)value);
    return values;
}

static void assert_target(const struct request *request, const char *expected)
{
    g_autofree char *target = request_target(request);
    assert_string_equal(target, expected);
}

static void test_placeholders_are_filled_everywhere(void **state)
{
    (void)state;
    g_autoptr(Request) request = request_write(
        "POST", SERVICE_GRAPH, json_from("{'id':'{group.id}','list':['x{group.id}y',{'a':'{group.id}'}]}"),
        "/v1.0/groups/{group.id}/owners");
    request_query(request, "$filter", "id eq '{group.id}'");
    g_autofree char *missing = request_missing(request);
    assert_string_equal(missing, "group.id");
    g_autoptr(GHashTable) values = values_new("group.id", "g-1");
    request_fill(request, values);
    assert_null(request_missing(request));
    assert_target(request, "/v1.0/groups/g-1/owners?$filter=id%20eq%20'g-1'");
    g_autofree char *body = json_text(request->body);
    assert_string_equal(body, "{\"id\":\"g-1\",\"list\":[\"xg-1y\",{\"a\":\"g-1\"}]}");
}

static void test_unknown_placeholder_stays_and_is_named(void **state)
{
    (void)state;
    g_autoptr(Request) request = request_write("POST", SERVICE_GRAPH, json_from("{'a':'{catalog.id}'}"), "/v1.0/x");
    g_autoptr(GHashTable) values = values_new("group.id", "g-1");
    request_fill(request, values);
    g_autofree char *missing = request_missing(request);
    assert_string_equal(missing, "catalog.id");
}

static void test_plan_keeps_placeholders_readable(void **state)
{
    (void)state;
    g_autoptr(Request) request = request_get(SERVICE_GRAPH, "/v1.0/groups/{group.id}");
    request_query(request, "$filter", "originId eq '{group.id}'");
    assert_target(request, "/v1.0/groups/{group.id}?$filter=originId%20eq%20'{group.id}'");
}

static void test_filled_value_cannot_leave_its_place(void **state)
{
    (void)state;
    g_autoptr(Request) request = request_get(SERVICE_DEFENDER, "/api/dataExportSettings/{export.id}");
    request_query(request, "$filter", "name eq '{export.id}'");
    g_autoptr(GHashTable) values = values_new("export.id", "a/b?c=d&e'f %20");
    request_fill(request, values);
    assert_target(request, "/api/dataExportSettings/a%2Fb%3Fc%3Dd%26e%27f%20%2520"
                           "?$filter=name%20eq%20'a/b%3Fc%3Dd%26e''f%20%2520'");
}

static void test_query_values_are_escaped(void **state)
{
    (void)state;
    g_autoptr(Request) request = request_get(SERVICE_GRAPH, "/v1.0/users");
    g_autofree char *literal = odata_literal("O'Neil & Söhne + 100% #1");
    request_query(request, "$filter", "displayName eq %s", literal);
    assert_target(request, "/v1.0/users?$filter=displayName%20eq%20'O''Neil%20%26%20S%C3%B6hne%20%2B%20100%25%20%231'");
}

static void test_segment_from_outside_stays_one_segment(void **state)
{
    (void)state;
    g_autofree char *segment = path_segment("name_domain#EXT#@tenant/../me?x");
    g_autoptr(Request) request = request_get(SERVICE_GRAPH, "/v1.0/users/%s", segment);
    assert_target(request, "/v1.0/users/name_domain%23EXT%23%40tenant%2F..%2Fme%3Fx");
}

static void test_function_call_in_path(void **state)
{
    (void)state;
    g_autofree char *literal = odata_literal("redcanary.com");
    g_autoptr(Request) request = request_get(
        SERVICE_GRAPH, "/v1.0/tenantRelationships/findTenantInformationByDomainName(domainName=%s)", literal);
    assert_target(request, "/v1.0/tenantRelationships/findTenantInformationByDomainName(domainName='redcanary.com')");
}

static void test_line_breaks_cannot_be_sent(void **state)
{
    (void)state;
    g_autoptr(Request) request = request_get(SERVICE_GRAPH, "/v1.0/users/a\r\nHost: evil");
    request_query(request, "$search", "\"a\r\nb\"");
    assert_target(request, "/v1.0/users/a%0D%0AHost:%20evil?$search=%22a%0D%0Ab%22");
}

static void test_copy_is_whole_and_its_own(void **state)
{
    (void)state;
    g_autoptr(Request) request = request_write("PATCH", SERVICE_DEFENDER, json_from("{'a':'{x.id}'}"), "/api/{x.id}");
    request_query(request, "q", "{x.id}");
    request->all_pages = TRUE;
    request->eventual = TRUE;
    request->scope = "A.Read";
    g_autoptr(Request) copy = request_copy(request);
    g_autoptr(GHashTable) values = values_new("x.id", "1");
    request_fill(request, values);
    assert_target(copy, "/api/{x.id}?q={x.id}");
    g_autofree char *body = json_text(copy->body);
    assert_string_equal(body, "{\"a\":\"{x.id}\"}");
    assert_string_equal(copy->method, "PATCH");
    assert_int_equal(copy->service, SERVICE_DEFENDER);
    assert_true(copy->all_pages && copy->eventual);
    assert_string_equal(copy->scope, "A.Read");
}

static void test_writes_are_known(void **state)
{
    (void)state;
    static const char *const methods[] = {"POST", "PATCH", "PUT", "DELETE"};
    for (gsize i = 0; i < G_N_ELEMENTS(methods); i++) {
        g_autoptr(Request) request = request_write(methods[i], SERVICE_GRAPH, NULL, "/v1.0/x");
        assert_true(request_is_write(request));
    }
    g_autoptr(Request) read = request_get(SERVICE_GRAPH, "/v1.0/x");
    assert_false(request_is_write(read));
    /* A question that a body asks changes nothing, and is called no write. */
    g_autoptr(Request) question = request_write("POST", SERVICE_GRAPH, NULL, "/v1.0/security/runHuntingQuery");
    question->asks = TRUE;
    g_autoptr(Request) asked_again = request_copy(question);
    assert_false(request_is_write(asked_again));
}

static struct reply *reply_of(int status, const char *code, const char *message)
{
    struct reply *reply = g_new0(struct reply, 1);
    reply->status = status;
    reply->error_code = g_strdup(code);
    reply->body = json_from("{'error':{'code':%s,'message':%s}}", code, message);
    return reply;
}

static void test_exists_and_missing(void **state)
{
    (void)state;
    static const struct {
        int status;
        const char *code;
        const char *message;
        gboolean exists;
        gboolean missing;
    } rows[] = {
        {409, "DuplicateAccessPackage", "", TRUE, FALSE},
        {409, "Directory_ConcurrencyViolation", "", FALSE, FALSE},
        {400, "ObjectConflict", "", TRUE, FALSE},
        {400, "Request_BadRequest",
         "A conflicting object with one or more of the specified property values is present in the directory.", TRUE,
         FALSE},
        {400, "Request_BadRequest", "One or more added object references already exist for the following: 'owners'.",
         TRUE, FALSE},
        {400, "Request_BadRequest", "The resource is already onboarded.", TRUE, FALSE},
        {400, "Request_BadRequest", "Not a valid reference update.", FALSE, TRUE},
        {400, "Request_BadRequest",
         "Resource 'x' does not exist or one of its queried reference-property objects are not present.", FALSE, TRUE},
        {400, "Request_BadRequest", "Invalid value specified for property 'displayName'.", FALSE, FALSE},
        {404, "Request_ResourceNotFound", "", FALSE, TRUE},
        {403, "NoLicense", "already exists", FALSE, FALSE},
        {500, "InternalServerError", "already exists", FALSE, FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(Reply) reply = reply_of(rows[i].status, rows[i].code, rows[i].message);
        assert_int_equal(reply_says_exists(reply), rows[i].exists);
        assert_int_equal(reply_says_missing(reply), rows[i].missing);
    }
}

int main(void)
{
    json_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_placeholders_are_filled_everywhere),
        cmocka_unit_test(test_unknown_placeholder_stays_and_is_named),
        cmocka_unit_test(test_plan_keeps_placeholders_readable),
        cmocka_unit_test(test_filled_value_cannot_leave_its_place),
        cmocka_unit_test(test_query_values_are_escaped),
        cmocka_unit_test(test_segment_from_outside_stays_one_segment),
        cmocka_unit_test(test_function_call_in_path),
        cmocka_unit_test(test_line_breaks_cannot_be_sent),
        cmocka_unit_test(test_copy_is_whole_and_its_own),
        cmocka_unit_test(test_writes_are_known),
        cmocka_unit_test(test_exists_and_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

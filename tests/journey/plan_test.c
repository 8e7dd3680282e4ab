/*
 * What plan prints is what apply sends, request by request: ids that were still to come are one id wherever they stand.
 */
#include <string.h>

#include "support/background.h"

#define ANSWERS                                                                                                        \
    "{\"company\":\"Contoso\",\"account\":{\"mode\":\"existing\",\"userPrincipalName\":"                               \
    "\"admin@contoso.onmicrosoft.com\"},\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":"                            \
    "[\"reviewer@contoso.com\"],\"reviewStart\":\"2027-06-01\",\"deviceGroups\":{\"used\":false}}"
#define STATUS_LEFT 3

/* The character after the placeholder that begins at TEXT; NULL if none does. */
static const char *placeholder_end(const char *text)
{
    const char *end = *text == '{' ? text + 1 +
                                         strspn(text + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                          "0123456789-.")
                                   : NULL;
    return end != NULL && *end == '}' && end > text + 1 ? end + 1 : NULL;
}

static gsize id_length(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
}

/* TRUE if SENT is PLANNED with an id in place of each placeholder, the same id for the same one (IDS). */
static gboolean equals_filled_in(const char *planned, const char *sent, GHashTable *ids)
{
    while (*planned != '\0') {
        const char *end = placeholder_end(planned);
        if (end == NULL) {
            if (*planned++ != *sent++)
                return FALSE;
            continue;
        }
        g_autofree char *name = g_strndup(planned, (gsize)(end - planned));
        const char *known = g_hash_table_lookup(ids, name);
        g_autofree char *id = g_strndup(sent, id_length(sent));
        if (id[0] == '\0' || (known != NULL && strcmp(known, id) != 0))
            return FALSE;
        g_hash_table_replace(ids, g_strdup(name), g_strdup(id));
        planned = end;
        sent += strlen(id);
    }
    return *sent == '\0';
}

/* "METHOD PATH?QUERY BODY" of a planned request. Caller frees. */
static char *planned_text(const json *request)
{
    const char *url = json_get_string(request, "url");
    const char *path = strchr(strstr(url, "://") + strlen("://"), '/');
    const json *body = json_get(request, "body");
    g_autofree char *text = body != NULL && !json_is_null(body) ? json_text(body) : g_strdup("");
    return g_strdup_printf("%s %s %s", json_get_string(request, "method"), path, text);
}

static char *sent_text(const json *entry)
{
    const json *body = json_get(entry, "requestBody");
    const char *query = json_get_string(entry, "query");
    g_autofree char *text = body != NULL && !json_is_null(body) ? json_text(body) : g_strdup("");
    return g_strdup_printf("%s %s%s%s %s", json_get_string(entry, "method"), json_get_string(entry, "path"),
                           query != NULL && query[0] != '\0' ? "?" : "", query != NULL ? query : "", text);
}

static GPtrArray *sent_writes(const struct practice_tenant *tenant)
{
    GPtrArray *writes = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(json) record = practice_record(tenant);
    json_for_each (entry, record) {
        if (strcmp(json_get_string(entry, "method"), "GET") != 0 &&
            strcmp(json_get_string(entry, "host"), "127.0.0.1") != 0)
            g_ptr_array_add(writes, sent_text(entry));
    }
    return writes;
}

static void assert_sent_as_planned(const json *plan, const struct practice_tenant *tenant)
{
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GPtrArray) writes = sent_writes(tenant);
    guint number = 0;
    json_for_each (request, json_get(plan, "requests")) {
        g_autofree char *planned = planned_text(request);
        const char *sent = number < writes->len ? g_ptr_array_index(writes, number) : "nothing";
        if (!equals_filled_in(planned, sent, ids))
            fail_msg("request %u was planned as\n%.400s\nand sent as\n%.400s", number + 1, planned, sent);
        number++;
    }
    assert_int_equal(number, writes->len);
    print_message("%u requests as planned, %u ids filled in\n", number, g_hash_table_size(ids));
}

/* SCENARIO with ANSWERS (may be NULL): at least LEAST requests are planned, and apply sends them. */
static void plan_and_apply(const char *scenario, const char *answers, int least)
{
    struct practice_tenant *tenant = practice_begin(scenario, NULL);
    g_autofree char *file = practice_answers(tenant, answers != NULL ? answers : "{}");
    g_autoptr(Run) plan = perch(tenant, "plan", "--json", "--answers", file, NULL);
    assert_status(plan, STATUS_LEFT);
    g_autoptr(json) document = run_document(plan);
    g_autoptr(json) before = practice_record(tenant);
    assert_int_equal(count_writes(before, NULL, NULL), 0);
    assert_true(json_length(json_get(document, "requests")) >= least);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
    assert_sent_as_planned(document, tenant);
    practice_end(tenant);
}

static void test_a_fresh_tenant_without_answers(void **state)
{
    (void)state;
    plan_and_apply("fresh", NULL, 4);
}

static void test_a_fresh_tenant_with_answers(void **state)
{
    (void)state;
    plan_and_apply("fresh", ANSWERS, 10);
}

static void test_a_tenant_where_half_is_done(void **state)
{
    (void)state;
    plan_and_apply("half-done", ANSWERS, 1);
}

static void test_plan_after_apply_is_empty(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = practice_answers(tenant, ANSWERS);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
    g_autoptr(Run) plan = perch(tenant, "plan", "--json", "--answers", file, NULL);
    g_autoptr(json) document = run_document(plan);
    assert_int_equal(json_length(json_get(document, "requests")), 0);
    assert_int_equal(plan->status, apply->status);
    practice_end(tenant);
}

/* What undo says that it will send is what it sends, in the reverse order of making. */
static void test_undo_leaves_nothing_that_apply_made(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = practice_answers(tenant, ANSWERS);
    static const char *const lists[] = {"groups",   "roleAssignments",    "connectedOrganizations",
                                        "catalogs", "assignmentPolicies", "accessPackages"};
    int before[G_N_ELEMENTS(lists)];
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        before[i] = count_held(tenant, lists[i], NULL, NULL);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", "--answers", file, NULL);
    assert_int_equal(count_held(tenant, "groups", NULL, NULL), before[0] + 1);
    g_autoptr(Run) undo = perch(tenant, "undo", "--yes", "--json", NULL);
    assert_status(undo, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        if (count_held(tenant, lists[i], NULL, NULL) != before[i])
            fail_msg("undo left something in %s\n%s", lists[i], undo->errors);
    practice_end(tenant);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_fresh_tenant_without_answers),      cmocka_unit_test(test_a_fresh_tenant_with_answers),
        cmocka_unit_test(test_a_tenant_where_half_is_done),         cmocka_unit_test(test_plan_after_apply_is_empty),
        cmocka_unit_test(test_undo_leaves_nothing_that_apply_made),
    };
    json_init();
    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}

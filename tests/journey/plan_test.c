/* SPDX-License-Identifier: MIT */
/*
 * What plan prints is what apply sends, request by request: ids that were still to come are one id wherever they stand.
 */
#include <string.h>
#include <sys/stat.h>

#include "support/background.h"

#define ANSWERS                                                                                                        \
    "{\"company\":\"Contoso\",\"account\":{\"mode\":\"existing\",\"userPrincipalName\":"                               \
    "\"admin@contoso.onmicrosoft.com\"},\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":"                            \
    "[\"reviewer@contoso.com\"],\"reviewStart\":\"2027-06-01\",\"deviceGroups\":{\"used\":false}}"
#define STATUS_LEFT 3
#define STATUS_PERSON 5
#define STATUS_IN_DOUBT 6

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

/* With the day and the zone where the practice tenant's day is not today's. */
#define UNTIL "until (\\d+ \\w+ \\d+, )?\\d\\d:\\d\\d(:\\d\\d)?( \\S+)? at the latest"

/* A clock at which a window lasts longer than a request, however slow the machine is. */
static const char *const slower[] = {"--clock-rate", "100", NULL};

/* What is given to a group that is not known everywhere yet is sent again until it is, and not in silence. */
static void test_a_write_that_is_sent_again_says_until_when(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", slower);
    arm_fault(tenant, "{'method':'POST','path':'/v1.0/roleManagement/directory/roleAssignments','status':404,"
                      "'code':'Request_ResourceNotFound','message':'Resource does not exist.','times':3}");
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--json", NULL);
    assert_true(g_regex_match_simple("waiting until what it refers to is visible everywhere, " UNTIL, apply->errors,
                                     G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT));
    g_autoptr(json) document = run_document(apply);
    assert_step(document, "group", "done");
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

/* Somebody who watches a run sees which request of how many it is, and what is waited for until when. */
static void test_apply_counts_its_requests_and_says_what_it_waits_for(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("slow-replication", slower);
    g_autofree char *answers = practice_answers(
        tenant,
        "{\"company\":\"Contoso\",\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"]}");
    g_autoptr(Run) plan = perch(tenant, "plan", "--json", "--answers", answers, NULL);
    g_autoptr(json) planned = run_document(plan);
    int total = json_length(json_get(planned, "requests"));
    assert_true(total > 5);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--answers", answers, NULL);
    g_autofree char *first = g_strdup_printf("perch: 1 of %d: create group “Red Canary”\n", total);
    g_autofree char *last = g_strdup_printf("%d of %d: create ", total, total);
    assert_non_null(strstr(apply->errors, first));
    assert_non_null(strstr(apply->errors, last));
    assert_true(g_regex_match_simple("waiting until it can be read, " UNTIL, apply->errors, G_REGEX_DEFAULT,
                                     G_REGEX_MATCH_DEFAULT));
    g_autoptr(Run) check = perch(tenant, "check", "--json", "--answers", answers, NULL);
    g_autoptr(json) document = run_document(check);
    const json *role = json_at(json_get(find_step(document, "group"), "objects"), 2);
    assert_string_equal(json_get_string(role, "kind"), "role-assignment");
    assert_string_equal(json_get_string(role, "name"), "Security Reader");
    practice_end(tenant);
}

#define SAVED_ANSWERS "\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":[\"reviewer@contoso.com\"]"

static void assert_refused(struct practice_tenant *tenant, const char *file, const char *answers, const char *why)
{
    practice_clear_record(tenant);
    g_autoptr(Run) run = perch(tenant, "apply", "--yes", "--plan", file, "--answers", answers, NULL);
    assert_status(run, 2);
    if (strstr(run->errors, why) == NULL)
        fail_msg("expected “%s” in:\n%s", why, run->errors);
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, NULL, NULL), 0);
}

/* What was approved is sent as it was; anything else is refused before the first write, with what has changed. */
static void test_a_saved_plan_is_sent_as_it_was_or_not_at_all(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "plan.json", NULL);
    g_autofree char *other = g_build_filename(practice_folder(tenant), "other.json", NULL);
    g_autofree char *foreign = g_build_filename(practice_folder(tenant), "foreign.json", NULL);
    g_autofree char *answers = practice_answers(tenant, "{\"company\":\"Contoso\"," SAVED_ANSWERS "}");
    assert_true(g_file_set_contents(other, "{\"company\":\"Contoso Ltd\"," SAVED_ANSWERS "}", -1, NULL));
    g_autoptr(Run) plan = perch(tenant, "plan", "--output", file, "--answers", answers, NULL);
    assert_status(plan, 3);
    assert_string_equal(plan->output, "");
    assert_non_null(
        strstr(plan->errors, " requests for Contoso (contoso.onmicrosoft.com) in it; nothing has been sent."));
    assert_non_null(strstr(plan->errors, "\nNot in this plan yet:\n"));
    g_autofree char *saved = read_text(file);
    g_autoptr(json) document = json_parse(saved, -1, NULL);
    int planned = json_length(json_get(document, "requests"));
    assert_true(planned > 5);
    json_set(json_get(document, "tenant"), "id", json_new_string("00000000-0000-4000-8000-000000000000"));
    g_autofree char *elsewhere = json_text(document);
    assert_true(g_file_set_contents(foreign, elsewhere, -1, NULL));
    assert_refused(tenant, other, answers, "is not a saved plan");
    assert_refused(tenant, foreign, answers, "the tenant is another one");
    g_autoptr(json) whole = json_parse(saved, -1, NULL);
    g_autoptr(json) lying = json_parse(saved, -1, NULL);
    json_set(json_at(json_get(lying, "requests"), 0), "body", json_from("{'displayName':'Harmless'}"));
    g_autofree char *lies = json_text(lying);
    assert_true(g_file_set_contents(foreign, lies, -1, NULL));
    assert_refused(tenant, foreign, answers, "what it shows is not what its digest stands for");
    static const char *const heads[][2] = {
        {"tenant", "domain"}, {"tenant", "name"}, {"partner", NULL}, {"practice", NULL}};
    for (gsize i = 0; i < G_N_ELEMENTS(heads); i++) {
        g_autoptr(json) renamed = json_parse(saved, -1, NULL);
        json *place = heads[i][1] != NULL ? json_get(renamed, heads[i][0]) : renamed;
        json_set(place, heads[i][heads[i][1] != NULL ? 1 : 0], json_new_string("Another"));
        g_autofree char *shown = json_text(renamed);
        assert_true(g_file_set_contents(foreign, shown, -1, NULL));
        assert_refused(tenant, foreign, answers, "what it shows is not what its digest stands for");
    }
    g_auto(GStrv) around_day = g_strsplit(saved, json_get_string(json_get(whole, "plan"), "day"), -1);
    g_autofree char *midnight = g_strjoinv("2026-01-31", around_day);
    g_autoptr(json) yesterday = json_parse(midnight, -1, NULL);
    json_set_string(json_get(yesterday, "plan"), "sha256", "0000");
    g_autofree char *before = json_text(yesterday);
    assert_true(g_file_set_contents(foreign, before, -1, NULL));
    assert_refused(tenant, foreign, answers, "its requests name the day that it was made on, 2026-01-31, and today is");
    assert_true(g_file_set_contents(foreign, saved, -1, NULL));
    assert_int_equal(chmod(foreign, 0666), 0);
    assert_refused(tenant, foreign, answers, "others may change it");

    /* What no terminal shows is part of a file's name all the same. */
    g_autofree char *odd = g_build_filename(practice_folder(tenant), "plan\001.json", NULL);
    assert_true(g_file_set_contents(odd, saved, -1, NULL));
    practice_clear_record(tenant);
    g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--plan", odd, "--answers", answers, NULL);
    g_autoptr(json) record = practice_record(tenant);
    if (count_writes(record, NULL, NULL) != planned)
        fail_msg("%d of %d: %s", count_writes(record, NULL, NULL), planned, apply->errors);
    assert_refused(tenant, file, answers, "the requests are others, as the tenant is now (");
    assert_refused(tenant, file, other, "the answers have changed");
    g_autoptr(Run) waiting = perch(tenant, "apply", "--yes", "--wait", "--plan", file, NULL);
    assert_status(waiting, 2);
    practice_end(tenant);
}

#define DEFINITIONS "/beta/roleManagement/defender/roleDefinitions"
#define ASSIGNMENTS "/beta/roleManagement/defender/roleAssignments"

/* Plan into FILE and send exactly that, until it is known what came of the request. Caller frees. */
static struct run *send_plan_once_known(struct practice_tenant *tenant, const char *file, const char *answers)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    while (g_get_monotonic_time() < deadline) {
        g_autoptr(Run) plan = perch(tenant, "plan", "--force", "--output", file, "--answers", answers, NULL);
        practice_clear_record(tenant);
        g_autoptr(Run) apply = perch(tenant, "apply", "--yes", "--plan", file, "--answers", answers, NULL);
        if (apply->status != STATUS_IN_DOUBT)
            return g_steal_pointer(&apply);
    }
    fail_msg("what came of the request was not found out");
    return NULL;
}

/* What came of a request without an answer opens what no plan could show before: it goes into another one. */
static void test_what_no_plan_held_is_not_sent(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("unified-rbac", NULL);
    g_autofree char *file = g_build_filename(practice_folder(tenant), "plan.json", NULL);
    g_autofree char *answers = practice_answers(tenant, "{\"defenderRoles\":\"unified\"," SAVED_ANSWERS "}");
    arm_fault(tenant, "{'method':'POST','path':'" DEFINITIONS "','drop':'before'}");
    g_autoptr(Run) broken = perch(tenant, "apply", "--yes", "--answers", answers, NULL);
    assert_status(broken, STATUS_IN_DOUBT);
    g_autoptr(Run) apply = send_plan_once_known(tenant, file, answers);
    assert_status(apply, STATUS_PERSON);
    assert_non_null(strstr(apply->errors, "the plan that was seen did not hold it"));
    g_autofree char *saved = read_text(file);
    g_autoptr(json) document = json_parse(saved, -1, NULL);
    assert_non_null(strstr(saved, DEFINITIONS));
    assert_null(strstr(saved, ASSIGNMENTS));
    assert_sent_as_planned(document, tenant);
    g_autoptr(Run) rest = perch(tenant, "apply", "--yes", "--answers", answers, NULL);
    g_autoptr(json) record = practice_record(tenant);
    assert_int_equal(count_writes(record, "POST", ASSIGNMENTS), 1);
    practice_end(tenant);
}

/* Each run has the practice tenant on another port. */
static void test_a_saved_plan_of_a_practice_tenant_outlives_its_port(void **state)
{
    (void)state;
    g_autofree char *folder = scratch_new();
    g_autofree char *plan = g_build_filename(folder, "plan.json", NULL);
    g_autofree char *answers = g_build_filename(folder, "answers.json", NULL);
    assert_true(g_file_set_contents(answers, "{\"company\":\"Contoso\"," SAVED_ANSWERS "}", -1, NULL));
    assert_int_equal(chmod(answers, S_IRUSR | S_IWUSR), 0);
    const char *const save[] = {PERCH_BINARY, "plan",  "--practice", "--state-dir", folder,
                                "--answers",  answers, "--output",   plan,          NULL};
    const char *const send[] = {PERCH_BINARY, "apply",  "--practice", "--state-dir", folder, "--answers",
                                answers,      "--plan", plan,         "--yes",       NULL};
    g_autoptr(Run) saved = run_program(save, NULL, NULL);
    assert_status(saved, 3);
    g_autoptr(Run) sent = run_program(send, NULL, NULL);
    if (strstr(sent->errors, "Nothing was sent") != NULL || strstr(sent->errors, "1 of ") == NULL)
        fail_msg("%d: %s", sent->status, sent->errors);
    scratch_remove(folder);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_saved_plan_is_sent_as_it_was_or_not_at_all),
        cmocka_unit_test(test_a_saved_plan_of_a_practice_tenant_outlives_its_port),
        cmocka_unit_test(test_what_no_plan_held_is_not_sent),
        cmocka_unit_test(test_apply_counts_its_requests_and_says_what_it_waits_for),
        cmocka_unit_test(test_a_write_that_is_sent_again_says_until_when),
        cmocka_unit_test(test_a_fresh_tenant_without_answers),
        cmocka_unit_test(test_a_fresh_tenant_with_answers),
        cmocka_unit_test(test_a_tenant_where_half_is_done),
        cmocka_unit_test(test_plan_after_apply_is_empty),
        cmocka_unit_test(test_undo_leaves_nothing_that_apply_made),
    };
    json_init();
    return run_journeys("plan", tests, argc, argv);
}

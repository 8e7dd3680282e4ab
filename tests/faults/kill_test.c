/* SPDX-License-Identifier: MIT */
/*
 * perch killed in the middle of apply, at every line of its journal and in the middle of each write, and started again:
 * the tenant ends as if nothing had happened, and holds nothing twice.
 *
 * SIGKILL comes exactly at the write of the line that would take a file beyond a size (support/failing_calls.c). The
 * requests in flight are held by the practice tenant until SIGKILL was sent.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/background.h"
#include "support/side_by_side.h"

#define END_VARIABLE "PERCH_TEST_UNDISTURBED"
#define ANSWERS                                                                                                        \
    "{\"company\":\"Contoso\",\"account\":{\"mode\":\"existing\",\"userPrincipalName\":"                               \
    "\"admin@contoso.onmicrosoft.com\"},\"sponsor\":\"sponsor@contoso.com\",\"reviewers\":"                            \
    "[\"reviewer@contoso.com\"],\"reviewStart\":\"2027-06-01\",\"deviceGroups\":{\"used\":false}}"

struct stage {
    struct practice_tenant *tenant;
    char *answers;
    const char *apply[7];
    const char *plan[6];
};

static void begin(struct stage *stage, const char *scenario)
{
    stage->tenant = practice_begin(scenario, NULL);
    stage->answers = practice_answers(stage->tenant, ANSWERS);
    const char *apply[] = {"apply", "--yes", "--json", "--answers", stage->answers, NULL};
    const char *plan[] = {"plan", "--json", "--answers", stage->answers, NULL};
    memcpy(stage->apply, apply, sizeof apply);
    memcpy(stage->plan, plan, sizeof plan);
}

static void end(struct stage *stage)
{
    practice_end(stage->tenant);
    g_free(stage->answers);
}

/* What a person sees at the end: the exit status and each step's state. Caller frees. */
static char *summary_of(const struct run *run)
{
    g_autoptr(json) document = run_document(run);
    GString *summary = g_string_new(NULL);
    g_string_append_printf(summary, "status %d\n", run->status);
    json_for_each (step, json_get(document, "steps")) {
        g_string_append_printf(summary, "%s %s\n", json_get_string(step, "id"), json_get_string(step, "state"));
    }
    return g_string_free(summary, FALSE);
}

/* Apply again, and all is as in an undisturbed run, once. */
static void assert_recovers(struct stage *stage)
{
    g_autoptr(Run) again = perch_run(stage->tenant, stage->apply);
    g_autofree char *summary = summary_of(again);
    if (strcmp(summary, g_getenv(END_VARIABLE)) != 0)
        fprintf(stderr, "%s\n%s\n", again->output, again->errors);
    assert_string_equal(summary, g_getenv(END_VARIABLE));
    g_autoptr(Run) plan = perch_run(stage->tenant, stage->plan);
    g_autoptr(json) document = run_document(plan);
    g_autofree char *requests = json_text(json_get(document, "requests"));
    assert_string_equal(requests, "[]");
    assert_nothing_twice(stage->tenant);
    assert_int_equal(count_held(stage->tenant, "groups", "displayName", "Red Canary"), 1);
    assert_int_equal(count_held(stage->tenant, "catalogs", "displayName", "Red Canary Access"), 1);
}

/* "line 4 at 731 sent group": killed when it was about to write line 4, which begins at byte 731. */
static void kill_at_line(const char *name)
{
    struct stage stage;
    g_autofree char *size = g_strdup_printf("PERCH_FAIL=grow %s", strstr(name, " at ") + strlen(" at "));
    const char *const environment[] = {"LD_PRELOAD=" FAILING_CALLS, size, NULL};
    const struct background_limits limits = {.file_bytes = -1, .environment = environment};
    begin(&stage, "fresh");
    g_autoptr(Run) killed = background_end(background_start(stage.tenant, stage.apply, &limits));
    if (killed->status != 128 + SIGKILL)
        fail_msg("it was not killed but ended with %d\n%s", killed->status, killed->errors);
    assert_recovers(&stage);
    end(&stage);
}

struct awaited {
    const struct practice_tenant *tenant;
    const char *method;
    const char *path;
};

static gboolean is_recorded(gconstpointer data)
{
    const struct awaited *awaited = data;
    return count_requests(awaited->tenant, awaited->method, awaited->path) > 0;
}

/* "done POST /v1.0/groups" or "undone ...": killed while it waits for the answer to that write. */
static void kill_in_flight(const char *name)
{
    g_auto(GStrv) words = g_strsplit(name, " ", 3);
    gboolean done = strcmp(words[0], "done") == 0;
    g_autofree char *fault = g_strdup_printf("{'method':'%s','path':'%s','delayMs':30000%s}", words[1], words[2],
                                             done ? "" : ",'drop':'before'");
    struct stage stage;
    begin(&stage, "fresh");
    arm_fault(stage.tenant, fault);
    struct background *running = background_start(stage.tenant, stage.apply, NULL);
    const struct awaited awaited = {stage.tenant, words[1], words[2]};
    gboolean came = wait_until(is_recorded, &awaited);
    background_kill(running);
    g_autoptr(Run) killed = background_end(running);
    if (!came)
        fail_msg("the request never came: %s", killed->errors);
    assert_int_equal(killed->status, 128 + SIGKILL);
    practice_restart(stage.tenant, TRUE);
    assert_recovers(&stage);
    end(&stage);
}

static void test_case(void **state)
{
    const char *name = *state;
    if (g_str_has_prefix(name, "line "))
        kill_at_line(name);
    else
        kill_in_flight(name);
}

static gboolean is_wanted(const char *object)
{
    static const char *const always[] = {"group", "group-role", "catalog-resource", "policy", NULL};
    return g_getenv(TEST_ALL) != NULL || object == NULL || g_strv_contains(always, object);
}

static void add_lines(GPtrArray *names, const struct practice_tenant *tenant)
{
    g_autofree char *text = journal_text(tenant);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    gsize offset = 0;
    for (int number = 1; lines[number - 1][0] != '\0'; number++) {
        g_autoptr(json) record = json_parse(lines[number - 1], -1, NULL);
        const char *object = json_get_string(record, "object");
        if (is_wanted(object))
            g_ptr_array_add(names, g_strdup_printf("line %d at %" G_GSIZE_FORMAT " %s %s", number, offset,
                                                   json_get_string(record, "type"), object != NULL ? object : ""));
        offset += strlen(lines[number - 1]) + 1;
    }
}

static void add_writes(GPtrArray *names, const struct practice_tenant *tenant)
{
    g_autoptr(json) record = practice_record(tenant);
    json_for_each (entry, record) {
        const char *method = json_get_string(entry, "method");
        const char *path = json_get_string(entry, "path");
        /* Paths with ids are other ones in the next run. */
        if (strcmp(method, "POST") != 0 || !g_str_has_prefix(path, "/v1.0/") || strstr(path, "-") != NULL)
            continue;
        g_ptr_array_add(names, g_strdup_printf("done POST %s", path));
        g_ptr_array_add(names, g_strdup_printf("undone POST %s", path));
    }
}

static void test_a_kill_anywhere_leaves_everything_once(void **state)
{
    (void)state;
    struct stage stage;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    begin(&stage, "fresh");
    g_autoptr(Run) undisturbed = perch_run(stage.tenant, stage.apply);
    g_autofree char *summary = summary_of(undisturbed);
    g_setenv(END_VARIABLE, summary, TRUE);
    assert_non_null(strstr(summary, "group done"));
    assert_non_null(strstr(summary, "access-package done"));
    add_lines(names, stage.tenant);
    add_writes(names, stage.tenant);
    end(&stage);
    assert_true(names->len >= 10);
    keep_some(names, 12);
    run_side_by_side(names);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_kill_anywhere_leaves_everything_once),
    };
    json_init();
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc > 1)
        return run_case(argv[1], test_case);
    return cmocka_run_group_tests_name("kill", tests, NULL, NULL);
}

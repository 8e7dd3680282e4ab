/* SPDX-License-Identifier: MIT */
/*
 * A tour of every operation of Microsoft's contracts through the practice tenant (data/practice-tour.json): what it
 * asks and what it is answered both have to fit the contracts.
 */
#include <string.h>

#include "support/practice_steps.h"
#include "support/support.h"

#define EVENTUAL "ConsistencyLevel: eventual"

static void take_step(struct practice_steps *steps, const json *step)
{
    g_autoptr(ClientAnswer) answer = practice_steps_take(steps, step, EVENTUAL);
    if (answer->status != json_get_int(step, "status", 0))
        fail_msg("%s %s: %d %s", json_get_string(step, "method"), json_get_string(step, "path"), answer->status,
                 answer->text);
}

/* The contract's path as a regular expression. Caller frees. */
static char *pattern_of(const char *prefix, const char *template)
{
    g_autofree char *escaped = g_regex_escape_string(template, -1);
    g_autoptr(GRegex) parameter = g_regex_new("\\\\\\{[^}]*\\\\\\}", 0, 0, NULL);
    g_autofree char *open = g_regex_replace_literal(parameter, escaped, -1, 0, "[^/]+", 0, NULL);
    return g_strdup_printf("^%s%s$", prefix, open);
}

static gboolean was_asked(const json *record, const char *method, const char *pattern)
{
    json_for_each (entry, record) {
        if (g_ascii_strcasecmp(json_get_string(entry, "method"), method) == 0 &&
            g_regex_match_simple(pattern, json_get_string(entry, "path"), 0, 0) &&
            json_get_int(entry, "status", 0) < 300)
            return TRUE;
    }
    return FALSE;
}

static void assert_all_asked(const json *record, const char *file, const char *prefix)
{
    static const char *const methods[] = {"get", "post", "put", "patch", "delete"};
    g_autofree char *path = g_build_filename(PERCH_CONTRACTS, file, NULL);
    g_autofree char *text = read_text(path);
    g_autoptr(json) contract = json_parse(text, -1, NULL);
    json_for_each (operations, json_get(contract, "paths")) {
        g_autofree char *pattern = pattern_of(prefix, json_name(operations));
        for (gsize i = 0; i < G_N_ELEMENTS(methods); i++)
            if (json_get(operations, methods[i]) != NULL && !was_asked(record, methods[i], pattern))
                fail_msg("the tour leaves out %s %s%s", methods[i], prefix, json_name(operations));
    }
}

static void every_operation_fits_the_contracts(void **state)
{
    (void)state;
    struct practice_tenant *tenant = practice_begin("fresh", NULL);
    struct practice_steps *steps = practice_steps_new(tenant);
    g_autofree char *text = read_text(PERCH_TEST_DATA "/practice-tour.json");
    g_autoptr(json) tour = json_parse(text, -1, NULL);
    json_for_each (step, tour) {
        take_step(steps, step);
    }
    g_autoptr(json) record = practice_record(tenant);
    assert_all_asked(record, "graph-v1.0-subset.json", "/v1.0");
    assert_all_asked(record, "graph-beta-subset.json", "/beta");
    /* A new object that cannot be read yet answers 404, which fits too. */
    assert_contract(tenant);
    practice_end(tenant);
    practice_steps_free(steps);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_operation_fits_the_contracts)};
    json_init();
    if (!g_file_test(PERCH_CONTRACTS, G_FILE_TEST_IS_DIR))
        skip_program("Microsoft's API contracts are not here (" PERCH_CONTRACTS ")");
    return cmocka_run_group_tests(tests, NULL, NULL);
}

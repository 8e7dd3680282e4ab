/* SPDX-License-Identifier: MIT */
/*
 * Whatever Graph's part of the practice tenant answers is typed by Microsoft's own declarations
 * (support/node/typed_bodies.mjs): the tour of every operation, and what is read in tenants of other kinds.
 */
#include <string.h>

#include "support/practice_steps.h"
#include "support/script_peer.h"
#include "support/support.h"

#define SCRIPT "typed_bodies.mjs"
#define OLDEST_NODE 20
#define EVENTUAL "ConsistencyLevel: eventual"

static const char *const packages[] = {"typescript", "@microsoft/microsoft-graph-types",
                                       "@microsoft/microsoft-graph-types-beta"};

static void take_tour(struct practice_tenant *tenant)
{
    struct practice_steps *steps = practice_steps_new(tenant);
    g_autofree char *text = read_text(PERCH_TEST_DATA "/practice-tour.json");
    g_autoptr(json) tour = json_parse(text, -1, NULL);
    json_for_each (step, tour) {
        client_answer_free(practice_steps_take(steps, step, EVENTUAL));
    }
    practice_steps_free(steps);
}

static void every_answer_is_typed(void **state)
{
    (void)state;
    static const char *const scenarios[] = {"fresh", "open-requests", "partner-refused", "eligible-group",
                                            "role-with-end"};
    struct practice_tenant *tenants[G_N_ELEMENTS(scenarios)];
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < G_N_ELEMENTS(scenarios); i++) {
        tenants[i] = practice_begin(scenarios[i], NULL);
        if (i == 0)
            take_tour(tenants[i]);
        else
            run_free(perch(tenants[i], "check", NULL));
        g_ptr_array_add(records, g_build_filename(practice_folder(tenants[i]), "record.jsonl", NULL));
    }
    g_ptr_array_add(records, NULL);
    g_autoptr(Run) ended = script_run_with(SCRIPT, NULL, (const char *const *)records->pdata);
    const char *last = strrchr(g_strchomp(ended->output), '\n');
    print_message("%s\n", last != NULL ? last + 1 : ended->output);
    if (ended->status != 0)
        fail_msg("%s\n%s", ended->output, ended->errors);
    for (gsize i = 0; i < G_N_ELEMENTS(scenarios); i++)
        practice_end(tenants[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_answer_is_typed)};
    json_init();
    for (gsize i = 0; i < G_N_ELEMENTS(packages); i++)
        script_need(OLDEST_NODE, packages[i]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* perch tenants: which tenants are known here and how each stands, without asking any. */
#include <stdio.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"
#include "commands/board_json.h"
#include "commands/commands.h"
#include "commands/known_tenants.h"
#include "commands/report/blocks.h"
#include "commands/report/print.h"
#include "commands/run_words.h"

static void print_table(const GPtrArray *tenants)
{
    static const struct block_column columns[] = {
        {"Tenant", STYLE_PLAIN}, {"Name", STYLE_PLAIN}, {"Partner", STYLE_PLAIN}, {"Stands", STYLE_PLAIN},
        {"Due", STYLE_TIME},     {"Read", STYLE_TIME},  {NULL, STYLE_PLAIN},
    };
    g_autoptr(GStringChunk) strings = g_string_chunk_new(1024);
    g_autoptr(GHashTable) counts = run_tenant_counts(tenants, strings);
    g_autoptr(GPtrArray) document = document_new();
    struct block *table =
        document_add(document, BLOCK_TABLE, "No tenant is known here: perch, or perch check, signs in to one.");
    table->columns = columns;
    table->style = STYLE_GRID;
    for (guint i = 0; i < tenants->len; i++) {
        const json *run = g_ptr_array_index(tenants, i);
        block_add(table, run_tenant_among(run, counts, strings), run_text(run, "tenant.name", strings),
                  run_text(run, "partner", strings), run_stands(run, strings), run_time(run, "due", strings),
                  run_time(run, "checkedAt", strings), NULL);
    }
    g_autofree char *text = print_text(document);
    printf("%s", text);
}

int command_tenants(const struct options *options, GError **error)
{
    g_autoptr(GPtrArray) tenants = known_tenants(options);
    (void)error;
    if (!options->json) {
        print_table(tenants);
        return EXIT_DONE;
    }
    json *list = json_new_array();
    for (guint i = 0; i < tenants->len; i++)
        json_append(list, json_copy(g_ptr_array_index(tenants, i)));
    g_autoptr(json) document = json_new_object();
    json_set(document, "tenants", list);
    print_json(document);
    return EXIT_DONE;
}

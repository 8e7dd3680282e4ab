/* SPDX-License-Identifier: MIT */
/* perch fleet FILE...: many tenants in one table, from the lines that --json-line printed. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "commands/board_json.h"
#include "commands/commands.h"
#include "commands/output.h"
#include "commands/report/blocks.h"
#include "commands/report/forms.h"
#include "commands/run_words.h"

/* The states of a step in a narrow column: what wants somebody is louder. */
static const char *short_state(const char *state)
{
    static const char *const words[][2] = {
        {"done", "done"},   {"told", "told"},      {"skipped", "skip"},  {"waiting", "wait"},
        {"to-do", "todo"},  {"blocked", "-"},      {"needs-you", "you"}, {"differs", "DIFF"},
        {"failed", "FAIL"}, {"in-doubt", "DOUBT"}, {"unknown", "?"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_strcmp0(words[i][0], state) == 0)
            return words[i][1];
    return "?";
}

/* Drift first, then errors, then by how much is left. */
static gint64 urgency(const json *run)
{
    gint64 drifted = json_get_int(run, "drifted", 0);
    gint64 failed = json_is_object(json_get(run, "error")) ? 1 : 0;
    gint64 open = json_get_int(run, "exit", 0) != 0 ? 1 : 0;
    return drifted * 4 + failed * 2 + open;
}

static gint by_urgency(gconstpointer a, gconstpointer b)
{
    const json *first = *(json *const *)a;
    const json *second = *(json *const *)b;
    gint64 difference = urgency(second) - urgency(first);
    const char *one = json_string(json_get_path(first, "tenant.domain"));
    const char *two = json_string(json_get_path(second, "tenant.domain"));
    return difference != 0 ? (difference > 0 ? 1 : -1) : g_strcmp0(one, two);
}

/* Of several lines about one tenant the latest counts; each that names none stands for itself. */
static void take(GHashTable *latest, json *run)
{
    const char *id = json_string(json_get_path(run, "tenant.id"));
    const json *known = id != NULL ? g_hash_table_lookup(latest, id) : NULL;
    if (id == NULL)
        g_hash_table_insert(latest, g_strdup_printf("%u", g_hash_table_size(latest)), run);
    else if (known == NULL || g_strcmp0(json_get_string(run, "at"), json_get_string(known, "at")) >= 0)
        g_hash_table_replace(latest, g_strdup(id), run);
    else
        json_free(run);
}

static gboolean has_domain(gpointer id, gpointer run, gpointer domain)
{
    const char *own = json_string(json_get_path(run, "tenant.domain"));
    return g_uuid_string_is_valid(id) && own != NULL && g_ascii_strcasecmp(own, domain) == 0;
}

/* What failed before its sign-in knows its tenant only by the domain that it was given. */
static void join_by_domain(GHashTable *latest)
{
    g_autoptr(GPtrArray) named = g_ptr_array_new();
    GHashTableIter iter;
    gpointer id, run;
    g_hash_table_iter_init(&iter, latest);
    while (g_hash_table_iter_next(&iter, &id, &run))
        if (json_string(json_get_path(run, "tenant.id")) != NULL && !g_uuid_string_is_valid(id)) {
            g_hash_table_iter_steal(&iter);
            g_free(id);
            g_ptr_array_add(named, run);
        }
    for (guint i = 0; i < named->len; i++) {
        json *failed = g_ptr_array_index(named, i);
        const char *domain = json_string(json_get_path(failed, "tenant.id"));
        const json *known = domain != NULL ? g_hash_table_find(latest, has_domain, (gpointer)domain) : NULL;
        if (known != NULL)
            json_set(failed, "tenant", json_copy(json_get(known, "tenant")));
        take(latest, failed);
    }
}

static gboolean read_file(GHashTable *latest, const char *file, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) cause = NULL;
    g_autofree char *safe = text_safe(file, -1);
    gboolean is_input = strcmp(file, "-") == 0;
    if (!g_file_get_contents(is_input ? "/dev/stdin" : file, &text, NULL, &cause)) {
        gboolean is_missing = g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT);
        g_autofree char *why = is_missing ? g_strdup(": it is not there") : error_reason(cause);
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT, "%s cannot be read%s.", safe, why);
        return FALSE;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
        if (g_strstrip(lines[i])[0] == '\0')
            continue;
        json *run = json_parse(lines[i], -1, &cause);
        if (run == NULL || json_get_int(run, "format", 0) != 1) {
            json_free(run);
            g_autofree char *why = error_reason(cause);
            g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                        "%s, line %u is not what --json-line prints%s.\nGive files that hold such lines only.", safe,
                        i + 1, why);
            return FALSE;
        }
        take(latest, run);
    }
    return TRUE;
}

static const json *step_numbered(const json *run, gint64 number)
{
    json_for_each (step, json_get(run, "steps")) {
        if (json_get_int(step, "number", -1) == number)
            return step;
    }
    return NULL;
}

#define MOST_COLUMNS 60
#define FIRST_STEP 3

/* Rows are tenants, columns steps; what the numbers of the steps mean stands below. */
static GPtrArray *make_document(const GPtrArray *runs, GStringChunk *strings, struct block_column *columns)
{
    GPtrArray *document = document_new();
    const json *fullest = NULL;
    guint count = 0;
    for (guint i = 0; i < runs->len; i++)
        if (json_length(json_get(g_ptr_array_index(runs, i), "steps")) > json_length(json_get(fullest, "steps")))
            fullest = g_ptr_array_index(runs, i);
    columns[count++] = (struct block_column){"Tenant", STYLE_PLAIN};
    columns[count++] = (struct block_column){"Drift", STYLE_NUMBER};
    columns[count++] = (struct block_column){"Read", STYLE_TIME};
    document_heading(document, 1, "perch: many tenants");
    struct block *table = document_add(document, BLOCK_TABLE, "No runs.");
    table->columns = columns;
    table->style = STYLE_GRID;
    document_heading(document, 2, "Steps");
    struct block *legend = document_add(document, BLOCK_PAIRS, "");
    json_for_each (step, json_get(fullest, "steps")) {
        g_autofree char *number = g_strdup_printf("%d", (int)json_get_int(step, "number", 0));
        if (count == MOST_COLUMNS - 2)
            break;
        columns[count++] = (struct block_column){g_string_chunk_insert(strings, number), STYLE_PLAIN};
        block_add(legend, columns[count - 1].title, run_text(step, "title", strings), NULL);
    }
    columns[count++] = (struct block_column){"Error", STYLE_PLAIN};
    columns[count] = (struct block_column){NULL, STYLE_PLAIN};
    g_autoptr(GHashTable) counts = run_tenant_counts(runs, strings);
    for (guint i = 0; i < runs->len; i++) {
        const json *run = g_ptr_array_index(runs, i);
        g_autofree char *drifted = g_strdup_printf("%d", (int)json_get_int(run, "drifted", 0));
        struct block_row *row = block_add(table, run_tenant_among(run, counts, strings),
                                          g_string_chunk_insert(strings, drifted), run_time(run, "at", strings), NULL);
        for (guint k = FIRST_STEP; k < count - 1; k++) {
            const json *step = step_numbered(run, g_ascii_strtoll(columns[k].title, NULL, 10));
            block_line(row, step != NULL ? short_state(json_get_string(step, "state")) : "");
        }
        block_line(row, run_text(run, "error.message", strings));
    }
    return document;
}

int command_fleet(const struct options *options, GError **error)
{
    const struct report_form *form = report_form_chosen(options->format, options->output, options->json, error);
    if (form == NULL || !output_may_write(options, options->output, form->endings, error))
        return EXIT_BAD_INPUT;
    if (form->report_only) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                    "“%s” is a form of one tenant's report.\nThe table of many has text, json, markdown and html.",
                    form->name);
        return EXIT_BAD_INPUT;
    }
    g_autoptr(GHashTable) latest = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_free);
    g_autoptr(GStringChunk) strings = g_string_chunk_new(4096);
    struct block_column columns[MOST_COLUMNS + 1];
    for (char **file = options->arguments + 1; *file != NULL; file++)
        if (!read_file(latest, *file, error))
            return EXIT_BAD_INPUT;
    join_by_domain(latest);
    g_autoptr(GPtrArray) runs = g_ptr_array_new();
    g_autoptr(GList) values = g_hash_table_get_values(latest);
    for (GList *value = values; value != NULL; value = value->next)
        g_ptr_array_add(runs, value->data);
    g_ptr_array_sort(runs, by_urgency);
    g_autoptr(GPtrArray) document = make_document(runs, strings, columns);
    json *list = json_new_array();
    for (guint i = 0; i < runs->len; i++)
        json_append(list, json_copy(g_ptr_array_index(runs, i)));
    g_autoptr(json) as_json = json_new_object();
    json_set(as_json, "runs", list);
    g_autofree char *bare = json_text_indented(as_json);
    g_autofree char *text = form->print == NULL ? g_strconcat(bare, "\n", NULL) : form->print(document);
    return output_write(options->output, "The table", text, -1, error) ? EXIT_DONE : EXIT_FAILED;
}

/* SPDX-License-Identifier: MIT */
#include "commands/run_words.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"

const char *run_text(const json *run, const char *path, GStringChunk *strings)
{
    g_autofree char *safe = text_safe(json_string(json_get_path(run, path)), -1);
    return g_string_chunk_insert(strings, safe);
}

/* The tenant's domain, or its id where that is not known. */
static const char *run_tenant(const json *run, GStringChunk *strings)
{
    const char *domain = run_text(run, "tenant.domain", strings);
    const char *id = run_text(run, "tenant.id", strings);
    return domain[0] != '\0' ? domain : id[0] != '\0' ? id : "not known";
}

GHashTable *run_tenant_counts(const GPtrArray *runs, GStringChunk *strings)
{
    GHashTable *counts = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < runs->len; i++) {
        const char *name = run_tenant(g_ptr_array_index(runs, i), strings);
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, name));
        g_hash_table_insert(counts, (gpointer)name, GUINT_TO_POINTER(count + 1));
    }
    return counts;
}

const char *run_tenant_among(const json *run, GHashTable *counts, GStringChunk *strings)
{
    const char *name = run_tenant(run, strings);
    const char *id = run_text(run, "tenant.id", strings);
    gboolean is_shared = id[0] != '\0' && GPOINTER_TO_UINT(g_hash_table_lookup(counts, name)) > 1;
    g_autofree char *text =
        g_strdup_printf("%s%s%.8s%s%s", name, is_shared ? " (" : "", is_shared ? id : "", is_shared ? "…)" : "",
                        json_get_bool(run, "practice", FALSE) ? " (practice)" : "");
    return g_string_chunk_insert(strings, text);
}

const char *run_stands(const json *run, GStringChunk *strings)
{
    static const struct {
        const char *name;
        const char *words;
    } counts[] = {
        {"failed", "failed"},   {"inDoubt", "in doubt"},         {"left", "left"},
        {"waiting", "waiting"}, {"needsPerson", "for a person"}, {"done", "done"},
        {"told", "told"},       {"skipped", "left out"},
    };
    const json *summary = json_get(run, "summary");
    gint64 drifted = json_get_int(run, "drifted", 0);
    g_autoptr(GString) text = g_string_new(NULL);
    if (json_is_object(json_get(run, "error")))
        return run_text(run, "error.message", strings);
    /* That it was taken away says more than how many steps were read before anything was there. */
    const char *gone = run_text(run, json_get(run, "wasLeft") != NULL ? "wasLeft" : "wasUndone", strings);
    g_string_append(text, gone);
    if (drifted > 0)
        g_string_append_printf(text, "%s%d drifted", text->len > 0 ? ", " : "", (int)drifted);
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
        gint64 count = json_get_int(summary, counts[i].name, 0);
        if (count > 0)
            g_string_append_printf(text, "%s%d %s", text->len > 0 ? ", " : "", (int)count, counts[i].words);
    }
    return g_string_chunk_insert(strings, text->str);
}

const char *run_time(const json *run, const char *path, GStringChunk *strings)
{
    gint64 time = clock_parse(run_text(run, path, strings));
    g_autofree char *text = time > 0 ? clock_format_day(time) : g_strdup("");
    return g_string_chunk_insert(strings, text);
}

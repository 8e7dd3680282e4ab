/*
 * A tour of every operation of Microsoft's contracts through the practice tenant (data/practice-tour.json): what it
 * asks and what it is answered both have to fit the contracts.
 */
#include <string.h>

#include "base/clock.h"
#include "support/practice.h"
#include "support/practice_client.h"
#include "support/support.h"

#define SCOPES "https://graph.microsoft.com/.default"
#define PATIENCE (10 * G_TIME_SPAN_SECOND)

struct tour {
    char *graph;
    char *token;
    GHashTable *kept; /* name -> what stands in its place */
};

/* TEXT with each {name} that is known replaced. Caller frees. */
static char *fill(const struct tour *tour, const char *text)
{
    GString *filled = g_string_new(text);
    GHashTableIter iter;
    gpointer name = NULL;
    gpointer value = NULL;
    g_hash_table_iter_init(&iter, tour->kept);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        g_autofree char *slot = g_strdup_printf("{%s}", (char *)name);
        g_string_replace(filled, slot, value, 0);
    }
    return g_string_free(filled, FALSE);
}

/* The text at a dotted path in which numbers are places in arrays; NULL if there is none. */
static const char *text_at(const json *value, const char *path)
{
    g_auto(GStrv) names = g_strsplit(path, ".", -1);
    for (char **name = names; *name != NULL; name++)
        value =
            g_ascii_isdigit(**name) ? json_at(value, (int)g_ascii_strtoll(*name, NULL, 10)) : json_get(value, *name);
    return json_string(value);
}

static struct client_answer *ask(const struct tour *tour, const json *step)
{
    g_autofree char *path = fill(tour, json_get_string(step, "path"));
    g_autofree char *escaped = g_uri_escape_string(path, "/?&=$(),':", FALSE);
    g_autofree char *url = g_strconcat(tour->graph, escaped, NULL);
    g_autofree char *template = json_get(step, "body") != NULL ? json_text(json_get(step, "body")) : NULL;
    g_autofree char *body = template != NULL ? fill(tour, template) : NULL;
    return client_send(json_get_string(step, "method"), url, tour->token, body);
}

/* New objects are replicated for a while: a step that says "until" is asked again until it is answered so. */
static struct client_answer *ask_until(const struct tour *tour, const json *step)
{
    const char *until = json_get_string(step, "until");
    gint64 end = g_get_monotonic_time() + PATIENCE;
    for (;;) {
        struct client_answer *answer = ask(tour, step);
        if (until == NULL || text_at(answer->body, until) != NULL || g_get_monotonic_time() > end)
            return answer;
        client_answer_free(answer);
    }
}

static void take_step(struct tour *tour, const json *step)
{
    g_autoptr(ClientAnswer) answer = ask_until(tour, step);
    if (answer->status != json_get_int(step, "status", 0))
        fail_msg("%s %s: %d %s", json_get_string(step, "method"), json_get_string(step, "path"), answer->status,
                 answer->text);
    json_for_each (kept, json_get(step, "keep")) {
        const char *text = text_at(answer->body, json_string(kept));
        if (text == NULL)
            fail_msg("%s: no %s in %s", json_get_string(step, "path"), json_string(kept), answer->text);
        g_hash_table_insert(tour->kept, g_strdup(json_name(kept)), g_strdup(text));
    }
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
    g_autofree char *now = clock_format(g_get_real_time() + G_TIME_SPAN_HOUR);
    g_autofree char *text = read_text(PERCH_TEST_DATA "/practice-tour.json");
    g_autoptr(json) steps = json_parse(text, -1, NULL);
    struct tour tour = {.graph = client_origin(practice_address(tenant), 2),
                        .token = client_token(practice_address(tenant), GRAPH_CLIENT, SCOPES),
                        .kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    g_hash_table_insert(tour.kept, g_strdup("graph"), g_strdup(tour.graph));
    g_hash_table_insert(tour.kept, g_strdup("now"), g_strdup(now));
    json_for_each (step, steps) {
        take_step(&tour, step);
    }
    g_autoptr(json) record = practice_record(tenant);
    assert_all_asked(record, "graph-v1.0-subset.json", "/v1.0");
    assert_all_asked(record, "graph-beta-subset.json", "/beta");
    /* A new object that cannot be read yet answers 404, which fits too. */
    assert_contract(tenant);
    practice_end(tenant);
    g_free(tour.graph);
    g_free(tour.token);
    g_hash_table_unref(tour.kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_operation_fits_the_contracts)};
    json_init();
    if (!g_file_test(PERCH_CONTRACTS, G_FILE_TEST_IS_DIR))
        skip_program("Microsoft's API contracts are not here (" PERCH_CONTRACTS ")");
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "support/practice_steps.h"

#include <string.h>

#include "base/clock.h"

#define SCOPES "https://graph.microsoft.com/.default"
#define DEFENDER_SCOPES "https://api.securitycenter.microsoft.com/.default"

struct practice_steps *practice_steps_new(const struct practice_tenant *tenant)
{
    struct practice_steps *steps = g_new0(struct practice_steps, 1);
    g_autoptr(json) state = practice_state(tenant);
    steps->graph = client_origin(practice_address(tenant), 2);
    steps->token = client_token(practice_address(tenant), GRAPH_CLIENT, SCOPES);
    steps->defender = client_origin(practice_address(tenant), 3);
    steps->defender_token = client_token(practice_address(tenant), DEFENDER_CLIENT, DEFENDER_SCOPES);
    steps->kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_insert(steps->kept, g_strdup("graph"), g_strdup(steps->graph));
    g_hash_table_insert(steps->kept, g_strdup("now"), clock_format(g_get_real_time() + G_TIME_SPAN_HOUR));
    g_hash_table_insert(steps->kept, g_strdup("tenant"), g_strdup(json_get_string(state, "tenantId")));
    return steps;
}

void practice_steps_free(struct practice_steps *steps)
{
    g_free(steps->graph);
    g_free(steps->token);
    g_free(steps->defender);
    g_free(steps->defender_token);
    g_hash_table_unref(steps->kept);
    g_free(steps);
}

/* TEXT with each {name} that is known replaced. Caller frees. */
static char *fill(const struct practice_steps *steps, const char *text)
{
    GString *filled = g_string_new(text);
    GHashTableIter iter;
    gpointer name = NULL;
    gpointer value = NULL;
    g_hash_table_iter_init(&iter, steps->kept);
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

struct client_answer *practice_steps_send(const struct practice_steps *steps, const json *step, const char *header)
{
    g_autofree char *path = fill(steps, json_get_string(step, "path"));
    g_autofree char *escaped = g_uri_escape_string(path, "/?&=$(),':", FALSE);
    gboolean defender = g_strcmp0(json_get_string(step, "service"), "defender") == 0;
    g_autofree char *url = g_strconcat(defender ? steps->defender : steps->graph, escaped, NULL);
    g_autofree char *template = json_get(step, "body") != NULL ? json_text(json_get(step, "body")) : NULL;
    g_autofree char *body = template != NULL ? fill(steps, template) : NULL;
    return client_send_with(json_get_string(step, "method"), url, defender ? steps->defender_token : steps->token, body,
                            header);
}

struct client_answer *practice_steps_take(struct practice_steps *steps, const json *step, const char *header)
{
    const char *until = json_get_string(step, "until");
    gint64 end = g_get_monotonic_time() + PATIENCE;
    struct client_answer *answer = practice_steps_send(steps, step, header);
    /* What was just made is shown by every copy only some seconds of the practice clock later. */
    while ((answer->status == 404 || (until != NULL && text_at(answer->body, until) == NULL)) &&
           g_get_monotonic_time() < end) {
        client_answer_free(answer);
        answer = practice_steps_send(steps, step, header);
    }
    json_for_each (kept, json_get(step, "keep")) {
        const char *text = text_at(answer->body, json_string(kept));
        if (text == NULL)
            fail_msg("%s: no %s in %s", json_get_string(step, "path"), json_string(kept), answer->text);
        g_hash_table_insert(steps->kept, g_strdup(json_name(kept)), g_strdup(text));
    }
    return answer;
}

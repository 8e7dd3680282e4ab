/* SPDX-License-Identifier: MIT */
/* perch open STEP: the portal's page of a step, in the browser, with the link that the last run wrote down. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/launcher.h"
#include "base/suggest.h"
#include "base/text.h"
#include "commands/board_json.h"
#include "commands/commands.h"
#include "commands/known_tenants.h"
#include "commands/run_words.h"

#define BROWSER_PAUSE 2000 /* milliseconds in which a failure is told */

/* The step that WORD names, by its id or its number. NULL and PERCH_ERROR_USAGE if there is none. */
static const json *find_step(const json *run, const char *word, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GString) list = g_string_new(NULL);
    json_for_each (step, json_get(run, "steps")) {
        g_autofree char *number = g_strdup_printf("%d", (int)json_get_int(step, "number", -1));
        const char *id = json_get_string(step, "id");
        if (g_strcmp0(id, word) == 0 || strcmp(number, word) == 0)
            return step;
        if (id == NULL)
            continue;
        g_ptr_array_add(names, (gpointer)id);
        g_string_append_printf(list, "%s%s %s", list->len > 0 ? ", " : "", number, id);
    }
    g_ptr_array_add(names, NULL);
    g_autofree char *safe = text_safe(word, -1);
    g_autofree char *question = suggest_question(word, (const char *const *)names->pdata);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "There is no step “%s”.%s\nA number or a name: %s.", safe,
                question, list->str);
    return NULL;
}

int command_open(const struct options *options, GError **error)
{
    g_autoptr(GStringChunk) strings = g_string_chunk_new(1024);
    g_autoptr(GPtrArray) tenants = known_tenants(options);
    g_autoptr(GError) cause = NULL;
    const json *run = known_tenant(tenants, options, error);
    const json *step = run != NULL ? find_step(run, options_word(options), error) : NULL;
    if (step == NULL)
        return EXIT_BAD_INPUT;
    const char *link = run_text(step, "link", strings);
    if (link[0] == '\0') {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE, "“%s” has no page in a portal: perch does it itself.",
                    run_text(step, "title", strings));
        return EXIT_BAD_INPUT;
    }
    if (!options->json)
        printf("%s\n", link);
    fflush(stdout);
    GPid asked = launcher_open(options->launcher, link, &cause);
    if (asked != 0 && launcher_status(options->launcher, asked, BROWSER_PAUSE) != LAUNCHER_FAILED) {
        g_autoptr(json) document = json_from("{'link':%s}", link);
        if (options->json)
            print_json(document);
        return EXIT_DONE;
    }
    g_autofree char *why = cause != NULL ? error_headline(cause) : g_strdup("No browser could be opened here.");
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_PERSON, "%s\nOpen %s where your browser is.", why,
                options->json ? link : "the link above");
    return EXIT_PERSON;
}

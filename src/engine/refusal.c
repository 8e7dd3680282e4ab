/* SPDX-License-Identifier: MIT */
#include "engine/refusal.h"

#include <string.h>

#include "base/json.h"
#include "engine/worker.h"

#define ID_PATTERN "(?:request|correlation|trace) id:? *([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"

void refusal_free(gpointer data)
{
    struct refusal *refusal = data;
    g_free(refusal->said);
    g_free(refusal->request_id);
    g_free(refusal);
}

void refusal_note(struct worker *worker, const struct step *step, const char *said, const char *request_id)
{
    if (step->definition->trouble == NULL)
        return;
    struct refusal *refusal = g_new0(struct refusal, 1);
    const GPtrArray *rungs = step->definition->trouble->rungs;
    const struct guide_line *rung = NULL;
    for (guint i = 0; i < rungs->len && rung == NULL; i++) {
        const struct guide_line *line = g_ptr_array_index(rungs, i);
        for (const char *const *part = line->said; *part != NULL && rung == NULL; part++)
            rung = strcasestr(said, *part) != NULL ? line : NULL;
        refusal->rung = rung != NULL ? (int)i + 1 : 0;
    }
    refusal->said = g_strdup(said);
    /* What the page shows stands for what support can find. */
    g_autoptr(GRegex) pattern = g_regex_new(ID_PATTERN, G_REGEX_CASELESS, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    refusal->request_id = g_regex_match(pattern, said, 0, &match) ? g_match_info_fetch(match, 1) : NULL;
    if (refusal->request_id == NULL)
        refusal->request_id = g_strdup(request_id != NULL ? request_id : "");
    g_hash_table_replace(worker->run.refusals, g_strdup(step->id), refusal);
    if (rung != NULL)
        worker_log(worker, LOG_WARNING, step->id, "refused; of what to try, number %d comes first: %s", refusal->rung,
                   rung->text);
}

#include "engine/refusal.h"

#include <string.h>

#define ID_PATTERN "(?:request|correlation|trace) id:? *([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"

void refusal_free(gpointer data)
{
    struct refusal *refusal = data;
    g_free(refusal->said);
    g_free(refusal->request_id);
    g_free(refusal);
}

static gboolean points_to(const json *rung, const char *said)
{
    json_for_each (part, json_get(rung, "said")) {
        if (strcasestr(said, json_string(part)) != NULL)
            return TRUE;
    }
    return FALSE;
}

static const json *find_rung(const struct step *step, const char *said, int *number)
{
    int count = 0;
    json_for_each (rung, json_get_path(step->definition, "trouble.rungs")) {
        count++;
        if (points_to(rung, said)) {
            *number = count;
            return rung;
        }
    }
    return NULL;
}

/* What the page shows stands for what support can find. */
static char *id_in(const char *said)
{
    g_autoptr(GRegex) pattern = g_regex_new(ID_PATTERN, G_REGEX_CASELESS, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    return g_regex_match(pattern, said, 0, &match) ? g_match_info_fetch(match, 1) : NULL;
}

void refusal_note(struct worker *worker, const struct step *step, const char *said, const char *request_id)
{
    if (json_get(step->definition, "trouble") == NULL)
        return;
    struct refusal *refusal = g_new0(struct refusal, 1);
    const json *rung = find_rung(step, said, &refusal->rung);
    refusal->said = g_strdup(said);
    refusal->request_id = id_in(said);
    if (refusal->request_id == NULL)
        refusal->request_id = g_strdup(request_id != NULL ? request_id : "");
    g_hash_table_replace(worker->refusals, g_strdup(step->id), refusal);
    if (rung != NULL)
        worker_log(worker, LOG_WARNING, step->id, "refused; look first at rung %d of the ladder: %s", refusal->rung,
                   json_get_string(rung, "text"));
}

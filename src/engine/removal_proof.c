/* SPDX-License-Identifier: MIT */
#include "engine/removal_proof.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "engine/actions.h"
#include "engine/belief.h"
#include "engine/challenge_retry.h"
#include "engine/worker.h"

#define REFERENCE "/$ref"

/* What links two others has nothing of its own to be read, and stands in a list: .../internalSponsors/ID/$ref. Gives
 * the list's path, and *ID; of anything else its own path, and "". Caller frees both. */
static char *path_to_read(const char *path, char **id)
{
    g_autofree char *own = g_strdup(path);
    *id = g_strdup("");
    if (!g_str_has_suffix(path, REFERENCE))
        return g_steal_pointer(&own);
    own[strlen(own) - strlen(REFERENCE)] = '\0';
    char *last = strrchr(own, '/');
    g_free(*id);
    *id = g_strdup(last + 1);
    *last = '\0';
    return g_steal_pointer(&own);
}

/* One reading. *KNOWN: it says whether it is SHOWN. */
static gboolean look(struct worker *worker, const struct removal *removal, gboolean *known, gboolean *shown,
                     GError **error)
{
    g_autofree char *id = NULL;
    g_autofree char *path = path_to_read(removal->path, &id);
    g_autoptr(GPtrArray) requests = g_ptr_array_new_with_free_func((GDestroyNotify)request_free);
    struct request *request = request_get(SERVICE_GRAPH, "%s", path);
    g_ptr_array_add(requests, request);
    request->scope = removal->scope;
    request->all_pages = id[0] != '\0';
    g_autoptr(GPtrArray) replies = challenge_retry_read(worker, "undo", requests);
    const struct reply *reply = g_ptr_array_index(replies, 0);
    if (g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_CANCELLED)) {
        g_propagate_error(error, g_error_copy(reply->error));
        return FALSE;
    }
    *known = reply_is_success(reply) || (reply->outcome == REPLY_ANSWERED && reply->status == 404);
    *shown = reply_is_success(reply) && id[0] == '\0';
    json_for_each (element, json_get(reply->body, "value"))
        *shown =
            *shown || (reply_is_success(reply) && id[0] != '\0' && g_strcmp0(json_get_string(element, "id"), id) == 0);
    return TRUE;
}

gboolean removal_proof(struct worker *worker, const struct removal *removal, gboolean *gone, gboolean *shown,
                       GError **error)
{
    gint64 until = worker_now(worker) + (gint64)BELIEF_ROW_SECONDS * G_USEC_PER_SEC;
    *gone = FALSE;
    for (guint readings = 1;; readings++) {
        gboolean known = FALSE;
        if (!look(worker, removal, &known, shown, error))
            return FALSE;
        *gone = known && !*shown && readings >= BELIEF_READINGS && worker_now(worker) >= until;
        if (!known || *shown || *gone)
            return TRUE;
        if (readings == 1)
            worker_log_wait(worker, removal->key, until, "%s: waiting to be sure that it is gone", removal->title);
        if (!worker_pause_until(worker, worker_now(worker) + (gint64)BELIEF_LOOK_SECONDS * G_USEC_PER_SEC)) {
            g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped. What was sent is written down.");
            return FALSE;
        }
    }
}

gboolean removal_wait(struct worker *worker, const struct object *object, GError **error)
{
    const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
    /* Undo does not read what it can remove unread. */
    gint64 by_journal = entry->since + object->kind->stays_at_least * G_USEC_PER_SEC;
    gint64 from = MAX(action_gives_back_from(object), by_journal);
    if (object->kind->stays_at_least == 0 || worker_now(worker) >= from)
        return TRUE;
    worker_log_wait(worker, object->kind->name, from, "%s: waiting until it can be given back", object->title);
    if (worker_pause_until(worker, from))
        return TRUE;
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped. What was sent is written down.");
    return FALSE;
}

gboolean removal_leaves_another(struct worker *worker, const struct object *object)
{
    const char *there = object->observation->id;
    gboolean goes_along = FALSE;
    for (guint i = 0; i < object->needs->len; i++)
        goes_along = goes_along ||
                     journal_state_object(worker->tenant.journal_state, g_ptr_array_index(object->needs, i))->created;
    if (!goes_along || there[0] == '\0' || g_ascii_strcasecmp(there, object->known_id) == 0)
        return FALSE;
    g_autofree char *what =
        g_strdup_printf("The one that perch made is gone, and another (%s) has taken its place: perch did not make "
                        "that one, and leaves it with what it stands on.",
                        there);
    run_fail(&worker->run, object, what, "Take that one away yourself if nobody needs it, then undo again.");
    worker_log(worker, LOG_WARNING, object->kind->name, "%s: %s", object->title, what);
    return TRUE;
}

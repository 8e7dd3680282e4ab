/* SPDX-License-Identifier: MIT */
#include "engine/uses.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "engine/belief.h"
#include "engine/challenge_retry.h"
#include "engine/own_ids.h"

gboolean uses_can_judge(const GPtrArray *requests, GPtrArray *replies, int *unread, GError **error)
{
    *unread = -1;
    for (guint i = 0; i < replies->len; i++) {
        const struct reply *reply = g_ptr_array_index(replies, i);
        const struct request *request = g_ptr_array_index(requests, i);
        /* What is not licensed is used for nothing. */
        gboolean is_none =
            reply->outcome == REPLY_ANSWERED && ((request->unlicensed_is_none && reply->status == 400) ||
                                                 (reply->status == 403 && strcmp(reply->error_code, "NoLicense") == 0));
        if (g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_CANCELLED)) {
            g_propagate_error(error, g_error_copy(reply->error));
            return FALSE;
        }
        *unread = *unread < 0 && !is_none && !reply_is_success(reply) ? (int)i : *unread;
    }
    return TRUE;
}

gboolean uses_are_refused(GPtrArray *replies)
{
    for (guint i = 0; i < replies->len; i++) {
        const struct reply *reply = g_ptr_array_index(replies, i);
        if (reply->outcome != REPLY_ANSWERED || reply->status < 400 || reply->status >= 500 || reply->status == 429)
            return FALSE;
    }
    return TRUE;
}

char *uses_sentence(const char *said, char **next)
{
    const char *last = strrchr(said, '\n');
    *next = g_strdup(last != NULL ? last + 1 : "");
    return text_safe(said, last != NULL ? last - said : -1);
}

void uses_say_unread(struct worker *worker, const struct object_kind *kind, const char *title,
                     const struct request *request, const struct reply *reply)
{
    g_autofree char *why =
        reply->outcome == REPLY_ANSWERED ? g_strdup_printf("%d", reply->status) : g_strdup("no answer");
    worker_log(worker, LOG_WARNING, kind->name,
               "%s: not all of what others may use it for could be read (%s: %s); nothing of it is known, so it goes",
               title, request->path, why);
}

gboolean uses_look(struct worker *worker, const struct object *object, gboolean last, char **said, GError **error)
{
    const struct object_kind *kind = object->kind;
    int unread = -1;
    g_autoptr(GPtrArray) requests = g_ptr_array_new_with_free_func((GDestroyNotify)request_free);
    kind->look_up_holders(object, requests);
    g_autoptr(GPtrArray) replies = challenge_retry_read(worker, object->step, requests);
    if (!uses_can_judge(requests, replies, &unread, error))
        return FALSE;
    g_autoptr(GHashTable) own = own_ids(worker, TRUE);
    *said = kind->surplus(object, replies, own);
    if (*said == NULL && unread >= 0 && last)
        uses_say_unread(worker, kind, object->title, g_ptr_array_index(requests, unread),
                        g_ptr_array_index(replies, unread));
    return TRUE;
}

/* A copy that lags shows nobody: one reading is not believed for that. */
static gboolean look_until_sure(struct worker *worker, const struct object *object, char **said, GError **error)
{
    gint64 until = worker_now(worker) + (gint64)BELIEF_ROW_SECONDS * G_USEC_PER_SEC;
    for (guint readings = 1;; readings++) {
        gboolean last = readings >= BELIEF_READINGS && worker_now(worker) >= until;
        if (!uses_look(worker, object, last, said, error))
            return FALSE;
        if (*said != NULL || last)
            return TRUE;
        if (readings == 1)
            worker_log_wait(worker, object->kind->name, until, "%s: looking once more whether others use it",
                            object->title);
        if (!worker_pause_until(worker,
                                MIN(until, worker_now(worker) + (gint64)BELIEF_LOOK_SECONDS * G_USEC_PER_SEC))) {
            g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped. Nothing was removed.");
            return FALSE;
        }
    }
}

gboolean uses_let_go(struct worker *worker, const struct object *object, gboolean *lets, GError **error)
{
    struct object known = *object;
    g_autofree char *said = NULL;
    *lets = TRUE;
    known.known_id = object->known_id[0] != '\0' ? object->known_id : object->observation->id;
    if (object->kind->surplus == NULL || known.known_id[0] == '\0')
        return TRUE;
    if (!look_until_sure(worker, &known, &said, error))
        return FALSE;
    if (said == NULL)
        return TRUE;
    g_autofree char *next = NULL;
    g_autofree char *sentence = uses_sentence(said, &next);
    g_autofree char *hint = g_strdup_printf("%s Or take the decision back, and it stays.", next);
    worker_log(worker, LOG_WARNING, object->kind->name, "%s stays: %s", object->title, sentence);
    run_fail(&worker->run, object, sentence, hint);
    ((struct failure *)g_hash_table_lookup(worker->run.failures, object->key))->of_undo = TRUE;
    *lets = FALSE;
    return TRUE;
}

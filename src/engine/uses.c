/* SPDX-License-Identifier: MIT */
#include "engine/uses.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "engine/belief.h"
#include "engine/challenge_retry.h"
#include "engine/outcome.h"
#include "engine/own_ids.h"

void uses_clear(struct uses *uses)
{
    g_clear_pointer(&uses->held, g_free);
    g_clear_pointer(&uses->surplus, g_free);
    g_clear_pointer(&uses->unread, g_free);
}

/* TRUE if REPLY to REQUEST does not tell. */
static gboolean is_unread(const struct request *request, const struct reply *reply)
{
    /* What is not licensed is used for nothing. */
    gboolean is_none =
        reply->outcome == REPLY_ANSWERED && ((request->unlicensed_is_none && reply->status == 400) ||
                                             (reply->status == 403 && strcmp(reply->error_code, "NoLicense") == 0));
    gboolean is_no_list = request->all_pages && !json_is_array(json_get(reply->body, "value"));
    return !is_none && (!reply_is_success(reply) || is_no_list);
}

static gboolean is_refused(const struct reply *reply)
{
    return reply->outcome == REPLY_ANSWERED && reply->status != 429 && outcome_turns_away(reply->status);
}

/* What of REPLIES does not tell, into USES: of what may be read later the first, else of what is refused. */
static void judge(const GPtrArray *requests, GPtrArray *replies, struct uses *uses)
{
    uses->is_refused = replies->len > 0;
    for (guint i = 0; i < replies->len; i++) {
        const struct reply *reply = g_ptr_array_index(replies, i);
        const struct request *request = g_ptr_array_index(requests, i);
        gboolean refused = is_refused(reply);
        uses->is_refused = uses->is_refused && refused;
        if (!is_unread(request, reply) || uses->may_be_read_later || (refused && uses->unread != NULL))
            continue;
        g_free(uses->unread);
        uses->unread = reply->outcome == REPLY_ANSWERED ? g_strdup_printf("%s: %d", request->path, reply->status)
                                                        : g_strdup_printf("%s: no answer", request->path);
        uses->may_be_read_later = !refused;
    }
}

char *uses_sentence(const char *said, char **next)
{
    const char *last = strrchr(said, '\n');
    *next = g_strdup(last != NULL ? last + 1 : "");
    return text_safe(said, last != NULL ? last - said : -1);
}

void uses_say_unread(struct worker *worker, const struct object *object, const struct uses *uses)
{
    char *text = g_strdup_printf(
        "%s: some of what others may use it for could not be read (%s); nothing of it is known, so it goes",
        object->title, uses->unread);
    worker_log(worker, LOG_WARNING, object->kind->name, "%s", text);
    if (object->key != NULL)
        g_hash_table_replace(worker->run.undo_notes, g_strdup(object->key), text);
    else
        g_free(text);
}

char *uses_not_now(const struct uses *uses)
{
    return g_strdup_printf(
        "What others may use it for could not be read now (%s).\nLook at Microsoft's service health.", uses->unread);
}

gboolean uses_look(struct worker *worker, const struct object *object, gboolean with_holders, struct uses *uses,
                   GError **error)
{
    const struct object_kind *kind = object->kind;
    g_autoptr(GPtrArray) requests = g_ptr_array_new_with_free_func((GDestroyNotify)request_free);
    *uses = (struct uses){0};
    kind->look_up_holders(object, requests);
    g_autoptr(GPtrArray) replies = challenge_retry_read(worker, object->step, requests);
    for (guint i = 0; i < replies->len; i++) {
        const struct reply *reply = g_ptr_array_index(replies, i);
        if (!g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_CANCELLED))
            continue;
        g_propagate_error(error, g_error_copy(reply->error));
        return FALSE;
    }
    judge(requests, replies, uses);
    if (uses->unread != NULL && kind->surplus == NULL)
        return TRUE;
    g_autoptr(GHashTable) made = own_ids(worker, FALSE);
    g_autoptr(GHashTable) own = own_ids(worker, TRUE);
    uses->held = with_holders && kind->holders != NULL ? kind->holders(object, replies, made) : NULL;
    uses->surplus = uses->held == NULL && kind->surplus != NULL ? kind->surplus(object, replies, own) : NULL;
    return TRUE;
}

/* One look, the LAST or not: in *SAID why OBJECT stays, NULL for nothing. */
static gboolean look_once(struct worker *worker, const struct object *object, gboolean last, char **said,
                          GError **error)
{
    struct uses uses;
    if (!uses_look(worker, object, FALSE, &uses, error))
        return FALSE;
    *said = g_steal_pointer(&uses.surplus);
    if (*said == NULL && uses.unread != NULL && last && uses.may_be_read_later)
        *said = uses_not_now(&uses);
    else if (*said == NULL && uses.unread != NULL && last)
        uses_say_unread(worker, object, &uses);
    uses_clear(&uses);
    return TRUE;
}

gboolean uses_look_a_last_time(struct worker *worker, const struct object *object, char **said, GError **error)
{
    return look_once(worker, object, TRUE, said, error);
}

/* A copy that lags shows nobody: one reading is not believed for that. */
static gboolean look_until_sure(struct worker *worker, const struct object *object, char **said, GError **error)
{
    gint64 until = worker_now(worker) + (gint64)BELIEF_ROW_SECONDS * G_USEC_PER_SEC;
    for (guint readings = 1;; readings++) {
        gboolean last = readings >= BELIEF_READINGS && worker_now(worker) >= until;
        if (!look_once(worker, object, last, said, error))
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

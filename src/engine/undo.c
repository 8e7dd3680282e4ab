#include "engine/undo.h"

#include <string.h>

#include "base/error.h"
#include "engine/boards.h"
#include "engine/check.h"
#include "engine/leftover.h"
#include "engine/person.h"
#include "engine/write.h"

/* What perch made and is surely not there any more. */
static gboolean is_gone(const struct object *object)
{
    gboolean may_be_another = object->kind->answer_chooses && object->known_id[0] != '\0';
    return object->created && object->observation->state == OBJECT_ABSENT && !may_be_another;
}

static gboolean is_to_be_removed(const struct object *object)
{
    return object->created && object->kind->remove != NULL && !is_gone(object);
}

static gboolean is_to_be_put_back(struct worker *worker, const struct object *object)
{
    const struct object_entry *entry = ledger_object(worker->ledger, object->key);
    return !object->created && entry->old != NULL && object->kind->restore_old != NULL &&
           object->observation->state == OBJECT_MATCHES;
}

/* What was created without an id in the answer is known by the one that it is listed under. */
static void know_by_listing(struct object *object)
{
    if (!object->created || object->known_id[0] != '\0' || object->observation->id[0] == '\0')
        return;
    g_free(object->known_id);
    object->known_id = g_strdup(object->observation->id);
}

GPtrArray *undo_objects(struct worker *worker)
{
    GPtrArray *objects = g_ptr_array_new();
    for (guint i = worker->onboarding->objects->len; i > 0; i--) {
        struct object *object = g_ptr_array_index(worker->onboarding->objects, i - 1);
        know_by_listing(object);
        if (is_to_be_removed(object) || is_to_be_put_back(worker, object))
            g_ptr_array_add(objects, object);
    }
    return objects;
}

struct request *undo_request(struct worker *worker, const struct object *object)
{
    struct request *request = NULL;
    if (is_to_be_removed(object) && object->known_id[0] != '\0')
        request = object->kind->remove(object);
    else if (is_to_be_put_back(worker, object))
        request = object->kind->restore_old(object, ledger_object(worker->ledger, object->key)->old);
    if (request != NULL)
        onboarding_fill(worker->onboarding, request);
    return request;
}

static gboolean note_removed(struct worker *worker, const struct object *object, const struct reply *reply,
                             GError **error)
{
    worker_log(worker, LOG_NOTICE, object->kind->name, "removed %s", object->title);
    return worker_note(worker,
                       json_from("{'type':'removed','object':%s,'status':%d,'requestId':%s}", object->key,
                                 (gint64)reply->status, reply->request_id),
                       error) &&
           person_forget_removals(worker, object, error);
}

static gboolean await_absence(struct worker *worker, struct object *object, GError **error)
{
    gboolean reached = FALSE;
    if (!write_await(worker, object, OBJECT_ABSENT, &reached, error))
        return FALSE;
    if (!reached)
        worker_log(worker, LOG_WARNING, object->kind->name, "removed, and still to be seen; it goes within minutes");
    return TRUE;
}

/* A removal without an answer is looked at like any other write: gone, or still there to be tried again later. */
static gboolean remove_one(struct worker *worker, struct object *object, struct request *request, GError **error)
{
    g_autoptr(Reply) reply = NULL;
    if (!write_send(worker, object, "remove", request, NULL, &reply, error))
        return FALSE;
    if (reply->outcome == REPLY_NOT_SENT) {
        g_propagate_error(error, g_error_copy(reply->error));
        return worker_note(worker, json_from("{'type':'refused','object':%s}", object->key), NULL) && FALSE;
    }
    if (reply_is_success(reply) || reply->status == 404) {
        if (!note_removed(worker, object, reply, error))
            return FALSE;
        return await_absence(worker, object, error);
    }
    if (reply->outcome == REPLY_LOST || reply->status >= 500) {
        gboolean gone = FALSE;
        if (!write_await(worker, object, OBJECT_ABSENT, &gone, error))
            return FALSE;
        if (gone)
            return note_removed(worker, object, reply, error);
    }
    return write_refused(worker, object, request, reply, error);
}

static gboolean put_back_one(struct worker *worker, struct object *object, struct request *request, GError **error)
{
    g_autoptr(Reply) reply = NULL;
    if (!write_send(worker, object, "undo-repair", request, NULL, &reply, error))
        return FALSE;
    if (!reply_is_success(reply))
        return write_refused(worker, object, request, reply, error);
    gboolean reached = FALSE;
    if (!write_await(worker, object, OBJECT_DIFFERS, &reached, error))
        return FALSE;
    worker_log(worker, reached ? LOG_NOTICE : LOG_WARNING, object->kind->name, "put back what %s had before%s",
               object->title, reached ? "" : "; it cannot be read yet");
    return worker_note(worker, json_from("{'type':'verified','object':%s}", object->key), error);
}

static gboolean undo_one(struct worker *worker, struct object *object, GError **error)
{
    g_autoptr(Request) request = undo_request(worker, object);
    if (request == NULL) {
        worker_log(worker, LOG_WARNING, object->kind->name, "%s cannot be undone: its id is not known yet",
                   object->title);
        return TRUE;
    }
    worker->working = object->key;
    boards_emit(worker);
    gboolean ok =
        object->created ? remove_one(worker, object, request, error) : put_back_one(worker, object, request, error);
    worker->working = NULL;
    boards_emit(worker);
    return ok;
}

/* What somebody else took away is noted, so that nothing is left to undo. */
static gboolean note_gone(struct worker *worker, const struct object *object, GError **error)
{
    if (!is_gone(object))
        return TRUE;
    worker_log(worker, LOG_NOTICE, object->kind->name, "%s is gone already: somebody removed it", object->title);
    return worker_note(worker, json_from("{'type':'gone','object':%s}", object->key), error) &&
           person_forget_removals(worker, object, error);
}

static gboolean is_refused(struct worker *worker, const struct object *object)
{
    return g_hash_table_contains(worker->failures, object->key);
}

gboolean undo_all(struct worker *worker, GError **error)
{
    g_autoptr(GPtrArray) objects = undo_objects(worker);
    for (guint i = 0; i < worker->onboarding->objects->len; i++)
        if (!note_gone(worker, g_ptr_array_index(worker->onboarding->objects, i), error))
            return FALSE;
    if (!leftovers_remove(worker, error))
        return FALSE;
    for (guint i = 0; i < objects->len; i++) {
        struct object *object = g_ptr_array_index(objects, i);
        if (!undo_one(worker, object, error))
            return FALSE;
        /* What was refused may depend on what stands before it: the rest would be refused too. */
        if (is_refused(worker, object))
            return TRUE;
    }
    return TRUE;
}

#include "engine/leftover.h"

#include <string.h>

#include "engine/exchange.h"
#include "engine/write.h"

json *leftover_take_back(struct worker *worker, const struct object *object)
{
    if (!object->created || !object->kind->answer_chooses || object->kind->remove == NULL ||
        object->known_id[0] == '\0')
        return NULL;
    g_autoptr(Request) request = object->kind->remove(object);
    if (request == NULL)
        return NULL;
    onboarding_fill(worker->onboarding, request);
    g_autofree char *missing = request_missing(request);
    gboolean is_plain = strcmp(request->method, "DELETE") == 0 && request->service == SERVICE_GRAPH &&
                        request->body == NULL && request->query->len == 0;
    if (missing != NULL || !is_plain)
        return NULL;
    return json_from("{'path':%s,'scope':%s,'title':%s,'kind':%s,'step':%s}", request->path,
                     request->scope != NULL ? request->scope : "", object->title, object->kind->name, object->step);
}

static void leftover_free(gpointer data)
{
    struct leftover *leftover = data;
    g_free(leftover->key);
    g_free(leftover->id);
    json_free(leftover->take_back);
    g_free(leftover);
}

static void add(GPtrArray *found, const char *key, const char *id, const json *take_back, gboolean is_earlier)
{
    struct leftover *leftover = g_new0(struct leftover, 1);
    leftover->key = g_strdup(key);
    leftover->id = g_strdup(id);
    leftover->take_back = take_back != NULL ? json_copy(take_back) : NULL;
    leftover->is_earlier = is_earlier;
    g_ptr_array_add(found, leftover);
}

static gint by_key(gconstpointer a, gconstpointer b)
{
    const struct leftover *first = *(struct leftover *const *)a;
    const struct leftover *second = *(struct leftover *const *)b;
    return strcmp(first->key, second->key);
}

GPtrArray *leftovers(struct worker *worker)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(leftover_free);
    GHashTableIter iterator;
    gpointer key;
    gpointer value;
    g_hash_table_iter_init(&iterator, worker->ledger->objects);
    while (g_hash_table_iter_next(&iterator, &key, &value)) {
        const struct object_entry *entry = value;
        for (guint i = 0; i < entry->left->len; i++)
            add(found, key, "", g_ptr_array_index(entry->left, i), TRUE);
        if (entry->created && onboarding_object(worker->onboarding, key) == NULL)
            add(found, key, entry->id, entry->take_back, FALSE);
    }
    g_ptr_array_sort(found, by_key);
    return found;
}

struct request *leftover_request(const struct leftover *leftover)
{
    const char *path = json_get_string(leftover->take_back, "path");
    if (path == NULL || !g_str_has_prefix(path, "/v1.0/"))
        return NULL;
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, "%s", path);
    const char *scope = json_get_string(leftover->take_back, "scope");
    request->scope = scope != NULL && scope[0] != '\0' ? scope : NULL;
    return request;
}

static void say_left(struct worker *worker, const struct leftover *leftover, const char *why)
{
    const char *title = json_get_string(leftover->take_back, "title");
    worker_log(worker, LOG_WARNING, leftover->key,
               "%s%s%s was made for an earlier answer and is left: %s. Remove it in the portal.",
               title != NULL ? title : leftover->key, leftover->id[0] != '\0' ? ", id " : "", leftover->id, why);
}

static gboolean note_removed(struct worker *worker, const struct leftover *leftover, const struct reply *reply,
                             GError **error)
{
    json *record = json_from("{'type':'removed','object':%s,'step':%s,'status':%d,'requestId':%s}", leftover->key,
                             json_get_string(leftover->take_back, "step"), (gint64)reply->status, reply->request_id);
    if (leftover->is_earlier)
        json_set_string(record, "path", json_get_string(leftover->take_back, "path"));
    worker_log(worker, LOG_NOTICE, leftover->key, "removed %s", json_get_string(leftover->take_back, "title"));
    log_audit(worker->log, worker_account(worker), "remove", leftover->key, leftover->id, "done", reply->request_id);
    return worker_note(worker, record, error);
}

/* A removal without an answer does no harm when it is sent again: a 404 says that it is gone. */
static gboolean remove_one(struct worker *worker, const struct leftover *leftover, GError **error)
{
    g_autoptr(Request) request = leftover_request(leftover);
    if (request == NULL) {
        say_left(worker, leftover, "the journal does not say how it is removed");
        return TRUE;
    }
    const char *step = json_get_string(leftover->take_back, "step");
    json *intent = json_from("{'type':'taking-back','object':%s,'method':'DELETE','target':%s}", leftover->key,
                             json_get_string(leftover->take_back, "path"));
    if (!worker_note(worker, intent, error))
        return FALSE;
    g_autoptr(Reply) reply = exchange_write(worker, step != NULL ? step : "undo", request);
    if (reply_is_success(reply) || reply->status == 404)
        return note_removed(worker, leftover, reply, error);
    if (reply->outcome == REPLY_NOT_SENT) {
        g_propagate_error(error, g_error_copy(reply->error));
        return FALSE;
    }
    g_auto(GStrv) lines = g_strsplit(reply->error != NULL ? reply->error->message : "No answer came", "\n", 2);
    say_left(worker, leftover, lines[0]);
    return TRUE;
}

gboolean leftovers_remove(struct worker *worker, GError **error)
{
    g_autoptr(GPtrArray) left = leftovers(worker);
    for (guint i = 0; i < left->len; i++)
        if (!remove_one(worker, g_ptr_array_index(left, i), error))
            return FALSE;
    return TRUE;
}

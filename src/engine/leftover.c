/* SPDX-License-Identifier: MIT */
#include "engine/leftover.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "engine/challenge_retry.h"
#include "engine/own_ids.h"
#include "engine/removal_proof.h"
#include "engine/uses.h"
#include "engine/worker.h"
#include "engine/write.h"
#include "onboarding/reference.h"

struct take_back *leftover_take_back(struct worker *worker, const struct object *object)
{
    if (!object->created || object->kind->remove == NULL || object->known_id[0] == '\0')
        return NULL;
    g_autoptr(Request) request = object->kind->remove(object);
    if (request == NULL)
        return NULL;
    onboarding_fill(worker->tenant.onboarding, request);
    g_autofree char *missing = request_missing(request);
    gboolean is_plain = strcmp(request->method, "DELETE") == 0 && request->service == SERVICE_GRAPH &&
                        request->body == NULL && request->query->len == 0;
    if (missing != NULL || !is_plain)
        return NULL;
    return take_back_new(&(struct take_back){
        .path = request->path,
        .scope = request->scope != NULL ? request->scope : "",
        .title = object->title,
        .kind = object->kind->name,
        .step = object->step,
    });
}

static void leftover_free(gpointer data)
{
    struct leftover *leftover = data;
    g_free(leftover->key);
    g_free(leftover->id);
    g_free(leftover->item);
    take_back_unref(leftover->take_back);
    g_free(leftover);
}

/* Where in PROFILE stands what KEY is of; -1 if nowhere. */
static int place_of(const struct profile *profile, const char *key)
{
    int place = 0;
    for (guint i = 0; i < profile->steps->len; i++) {
        const struct step_definition *step = g_ptr_array_index(profile->steps, i);
        for (guint k = 0; k < step->objects->len; k++, place++)
            if (reference_is_key_of(g_ptr_array_index(step->objects, k), key))
                return place;
    }
    return -1;
}

static struct leftover *add(GPtrArray *found, const struct profile *profile, const char *key,
                            const struct object_entry *entry, const struct take_back *take_back)
{
    struct leftover *leftover = g_new0(struct leftover, 1);
    leftover->key = g_strdup(key);
    leftover->id = g_strdup("");
    leftover->item = g_strdup(entry->item);
    leftover->take_back = take_back != NULL ? take_back_ref(take_back) : NULL;
    leftover->place = place_of(profile, key);
    g_ptr_array_add(found, leftover);
    return leftover;
}

/* What was made last goes first, as of all that perch made: a membership before its guest. */
static gint by_place(gconstpointer a, gconstpointer b)
{
    const struct leftover *first = *(struct leftover *const *)a;
    const struct leftover *second = *(struct leftover *const *)b;
    return first->place != second->place ? second->place - first->place : strcmp(first->key, second->key);
}

GPtrArray *leftovers(const struct situation *situation)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(leftover_free);
    const struct profile *profile = situation->onboarding->profile;
    GHashTableIter iterator;
    gpointer key;
    gpointer value;
    g_hash_table_iter_init(&iterator, situation->journal_state->objects);
    while (g_hash_table_iter_next(&iterator, &key, &value)) {
        const struct object_entry *entry = value;
        for (guint i = 0; i < entry->left->len; i++)
            add(found, profile, key, entry, ((const struct former *)g_ptr_array_index(entry->left, i))->take_back)
                ->is_earlier = TRUE;
        if (onboarding_object(situation->onboarding, key) != NULL)
            continue;
        if (entry->created)
            text_set(&add(found, profile, key, entry, entry->take_back)->id, entry->id);
        else if (entry->phase == PHASE_SENT && entry->action == WRITE_CREATE)
            add(found, profile, key, entry, NULL)->in_doubt = TRUE;
    }
    g_ptr_array_sort(found, by_place);
    return found;
}

struct request *leftover_request(const struct leftover *leftover)
{
    const char *path = leftover->take_back != NULL ? leftover->take_back->path : NULL;
    if (path == NULL || !(g_str_has_prefix(path, "/v1.0/") || g_str_has_prefix(path, "/beta/")))
        return NULL;
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, "%s", path);
    const char *scope = leftover->take_back->scope;
    request->scope = scope != NULL && scope[0] != '\0' ? scope : NULL;
    return request;
}

static struct failure *fail(struct worker *worker, const struct leftover *leftover, const char *what, const char *hint)
{
    const struct take_back *take_back = leftover->take_back;
    const char *step = take_back != NULL && take_back->step != NULL ? take_back->step : "";
    const struct onboarding *onboarding = worker->tenant.onboarding;
    const struct step *first = g_ptr_array_index(onboarding->steps, 0);
    return run_fail_left(&worker->run, leftover->key, onboarding_step(onboarding, step) != NULL ? step : first->id,
                         what, hint);
}

/* Only who is answered again can be looked for. */
static void say_in_doubt(struct worker *worker, const struct leftover *leftover)
{
    gboolean is_known = leftover->item[0] != '\0';
    g_autofree char *what =
        g_strdup_printf("%s%s%s%s, for an earlier answer, may have been made: Microsoft has not said so.",
                        leftover->key, is_known ? " (" : "", leftover->item, is_known ? ")" : "");
    g_autofree char *hint =
        g_strdup_printf("Look for it in the portal, or put %s into the answers again: undo then looks for it.",
                        is_known ? leftover->item : "what it was made for");
    worker_log(worker, LOG_WARNING, leftover->key, "%s %s", what, hint);
    fail(worker, leftover, what, hint)->follows = TRUE;
}

/* Told in the log, on the board, and by how the undo ends. */
static void say_left(struct worker *worker, const struct leftover *leftover, const char *why)
{
    const struct take_back *take_back = leftover->take_back;
    g_autofree char *what =
        g_strdup_printf("%s%s%s %s for an earlier answer and is left: %s.",
                        take_back != NULL ? take_back->title : leftover->key, leftover->id[0] != '\0' ? ", id " : "",
                        leftover->id, leftover->in_doubt ? "may have been made" : "was made", why);
    worker_log(worker, LOG_WARNING, leftover->key, "%s Remove it in the portal.", what);
    fail(worker, leftover, what, "Remove it in the portal, or undo again.");
}

/* The record of TYPE about LEFTOVER's removal, which REPLY (may be NULL) answers. */
static gboolean note(struct worker *worker, const struct leftover *leftover, enum record_type type,
                     const struct reply *reply, GError **error)
{
    const struct journal_record record = {
        .type = type,
        .object = leftover->key,
        .step = leftover->take_back->step,
        .action = type == RECORD_INTENT ? WRITE_REMOVE : WRITE_NONE,
        .method = type == RECORD_INTENT ? "DELETE" : NULL,
        .target = type == RECORD_INTENT ? leftover->take_back->path : NULL,
        .path = leftover->is_earlier ? leftover->take_back->path : NULL,
        .status = reply != NULL ? reply->status : 0,
        .code = type == RECORD_REFUSED && reply != NULL ? reply->error_code : NULL,
        .request_id = reply != NULL ? reply->request_id : NULL,
    };
    return worker_note(worker, &record, error);
}

/* What others use LEFTOVER for, in *SAID, NULL for nothing. FALSE: a person stopped. What it was made with is known no
 * more: where an answer has put another in its place, that one's stands for it. */
static gboolean look_for_surplus(struct worker *worker, const struct leftover *leftover, char **said, GError **error)
{
    const struct take_back *take_back = leftover->take_back;
    const struct object *successor = onboarding_object(worker->tenant.onboarding, leftover->key);
    const struct object_kind *kind = object_kind_named(take_back->kind != NULL ? take_back->kind : "");
    g_autofree char *id = own_id_of(take_back);
    *said = NULL;
    if (kind == NULL && successor != NULL)
        kind = successor->kind;
    if (kind == NULL || kind->surplus == NULL || id[0] == '\0')
        return TRUE;
    struct object object = successor != NULL && successor->kind == kind ? *successor : (struct object){.kind = kind};
    object.known_id = id;
    object.title = (char *)take_back->title;
    object.step = (char *)(take_back->step != NULL ? take_back->step : "undo");
    g_autofree char *text = NULL;
    if (!uses_look_a_last_time(worker, &object, &text, error))
        return FALSE;
    g_autofree char *next = NULL;
    *said = text != NULL ? uses_sentence(text, &next) : NULL;
    if (*said != NULL && g_str_has_suffix(*said, "."))
        (*said)[strlen(*said) - 1] = '\0';
    return TRUE;
}

/* A removal without an answer does no harm when it is sent again. */
static gboolean remove_one(struct worker *worker, const struct leftover *leftover, GError **error)
{
    g_autoptr(Request) request = leftover_request(leftover);
    if (leftover->in_doubt) {
        say_in_doubt(worker, leftover);
        return TRUE;
    }
    if (request == NULL) {
        say_left(worker, leftover, "the journal does not say how it is removed");
        return TRUE;
    }
    g_autofree char *used = NULL;
    if (!look_for_surplus(worker, leftover, &used, error))
        return FALSE;
    if (used != NULL) {
        say_left(worker, leftover, used);
        return TRUE;
    }
    if (!note(worker, leftover, RECORD_INTENT, NULL, error) || !note(worker, leftover, RECORD_SENT, NULL, error))
        return FALSE;
    const char *step = leftover->take_back->step;
    g_autoptr(Reply) reply = challenge_retry_write(worker, step != NULL ? step : "undo", request);
    gboolean gone = reply_is_success(reply);
    gboolean shown = FALSE;
    if (reply->outcome == REPLY_NOT_SENT) {
        g_propagate_error(error, g_error_copy(reply->error));
        return note(worker, leftover, RECORD_REFUSED, NULL, NULL) && FALSE;
    }
    const struct removal removal = {
        .path = leftover->take_back->path,
        .scope = leftover->take_back->scope,
        .key = leftover->key,
        .title = leftover->take_back->title,
    };
    if (!gone && reply->status == 404 && !removal_proof(worker, &removal, &gone, &shown, error))
        return FALSE;
    if (gone) {
        worker_log(worker, LOG_NOTICE, leftover->key, "removed %s", leftover->take_back->title);
        g_autofree char *id = own_id_of(leftover->take_back);
        log_audit(worker->log, worker_account(worker), "remove", leftover->key, id, "done", reply->request_id);
        return note(worker, leftover, RECORD_REMOVED, reply, error);
    }
    g_autofree char *headline = shown                  ? g_strdup("Microsoft says that it is not there, and shows it")
                                : reply->status == 404 ? g_strdup("Microsoft says that it is not there, and it could "
                                                                  "not be read")
                                : reply->error != NULL ? error_headline(reply->error)
                                                       : g_strdup("no answer came");
    say_left(worker, leftover, headline);
    gboolean in_doubt = reply->outcome != REPLY_ANSWERED || reply->status >= 500;
    return in_doubt || note(worker, leftover, RECORD_REFUSED, reply, error);
}

gboolean leftovers_remove(struct worker *worker, GError **error)
{
    const struct situation situation = worker_situation(worker);
    g_autoptr(GPtrArray) left = leftovers(&situation);
    for (guint i = 0; i < left->len; i++)
        if (!remove_one(worker, g_ptr_array_index(left, i), error))
            return FALSE;
    return TRUE;
}

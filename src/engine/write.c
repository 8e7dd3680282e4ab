#include "engine/write.h"

#include <string.h>

#include "base/error.h"
#include "engine/check.h"
#include "engine/exchange.h"
#include "engine/leftover.h"
#include "engine/refusal.h"
#include "engine/secret_values.h"

#define LONGEST_AWAIT_SECONDS 180
#define REFERENCE_SECONDS 180
#define DOUBT_SECONDS 60
#define DOUBT_READS 10
#define LONGEST_PAUSE_SECONDS 30
#define DOUBT_PAUSE_SECONDS 8

static char *body_hash(const struct request *request)
{
    g_autofree char *body = request->body != NULL ? json_text(request->body) : g_strdup("");
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, body, -1);
}

/* ERROR came after the request had left: it says so now. */
static gboolean left_in_doubt(const struct object *object, GError **error)
{
    if (error == NULL || g_error_matches(*error, PERCH_ERROR, PERCH_ERROR_CANCELLED))
        return FALSE;
    g_autoptr(GError) cause = g_steal_pointer(error);
    g_autofree char *headline = error_headline(cause);
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_IN_DOUBT,
                "What came of the request for %s is not known: %s\nNothing more was sent. Run it again: perch looks "
                "first.",
                object->title, headline);
    return FALSE;
}

static gboolean note_intent(struct worker *worker, const struct object *object, const char *action,
                            const struct request *request, json *old, GError **error)
{
    g_autofree char *target = request_target(request);
    g_autofree char *hash = body_hash(request);
    json *record = json_from("{'type':'intent','object':%s,'kind':%s,'action':%s,'method':%s,'target':%s,'body':%s}",
                             object->key, object->kind->name, action, request->method, target, hash);
    if (old != NULL)
        json_set(record, "old", old);
    return worker_note(worker, record, error);
}

static gboolean note_phase(struct worker *worker, const struct object *object, const char *type, GError **error)
{
    return worker_note(worker, json_from("{'type':%s,'object':%s}", type, object->key), error);
}

static gboolean note_replied(struct worker *worker, struct object *object, const struct reply *reply, GError **error)
{
    const char *id = object->kind->reply_has_no_id ? NULL : json_get_string(reply->body, "id");
    json *record = json_from("{'type':'replied','object':%s,'status':%d,'requestId':%s}", object->key,
                             (gint64)reply->status, reply->request_id);
    if (id != NULL)
        json_set_string(record, "id", id);
    return worker_note(worker, record, error);
}

gboolean write_refused(struct worker *worker, struct object *object, const struct request *request,
                       const struct reply *reply, GError **error)
{
    const char *message = reply->error != NULL ? reply->error->message : "The service refused.";
    g_hash_table_replace(worker->failures, g_strdup(object->key), g_strdup(message));
    g_autofree char *text = g_strconcat("refused: ", message, NULL);
    exchange_log(worker, LOG_ERROR, object, text, request, reply);
    g_autofree char *said = g_strdup_printf("%s (%s)", message, reply->error_code);
    refusal_note(worker, onboarding_step(worker->onboarding, object->step), said, reply->request_id);
    log_audit(worker->log, worker_account(worker), "write", object->key, object->observation->id, "refused",
              reply->request_id);
    return worker_note(worker,
                       json_from("{'type':'refused','object':%s,'status':%d,'code':%s,'requestId':%s}", object->key,
                                 (gint64)reply->status, reply->error_code, reply->request_id),
                       error);
}

/* Some services answer what they carried out by sending the caller elsewhere, without an id. */
static gboolean said_yes(const struct object *object, const struct reply *reply)
{
    gboolean redirected = reply->outcome == REPLY_ANSWERED && reply->status >= 300 && reply->status < 400;
    return reply_is_success(reply) || (redirected && object->kind->redirect_is_yes);
}

gboolean write_send(struct worker *worker, struct object *object, const char *action, struct request *request,
                    json *old, struct reply **reply, GError **error)
{
    if (!note_intent(worker, object, action, request, old, error) || !note_phase(worker, object, "sent", error))
        return FALSE;
    struct request *filled = secret_values_fill(worker, object, request);
    *reply = exchange_write(worker, object->step, filled != NULL ? filled : request);
    secret_values_wipe(filled);
    if (said_yes(object, *reply) || (*reply)->outcome == REPLY_LOST)
        secret_values_show(worker, object, request);
    if (!said_yes(object, *reply))
        return TRUE;
    log_audit(worker->log, worker_account(worker), action, object->key, json_get_string((*reply)->body, "id"), "done",
              (*reply)->request_id);
    return strcmp(action, "remove") == 0 || note_replied(worker, object, *reply, error) || left_in_doubt(object, error);
}

static gboolean pause_seconds(struct worker *worker, gint64 seconds, GError **error)
{
    if (worker_pause_until(worker, worker_now(worker) + seconds * G_USEC_PER_SEC))
        return TRUE;
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped. What was sent is written down.");
    return FALSE;
}

/* What was to go and cannot be seen is gone, though the answer to its removal got lost. */
static gboolean is_reached(const struct observation *observation, enum object_state state)
{
    return observation->state == state || (state == OBJECT_ABSENT && observation->state == OBJECT_IN_DOUBT);
}

gboolean write_await(struct worker *worker, struct object *object, enum object_state state, gboolean *reached,
                     GError **error)
{
    gint64 deadline = worker_now(worker) + MIN(object_visible_within(object), LONGEST_AWAIT_SECONDS) * G_USEC_PER_SEC;
    for (gint64 pause = 1;; pause = MIN(pause * 2, LONGEST_PAUSE_SECONDS)) {
        if (!check_one(worker, object, error))
            return FALSE;
        *reached = is_reached(object->observation, state);
        if (*reached || object->observation->state == OBJECT_MANY || worker_now(worker) >= deadline)
            return TRUE;
        worker_log(worker, LOG_INFO, object->kind->name, "waiting until it can be read");
        if (!pause_seconds(worker, pause, error))
            return FALSE;
    }
}

static gboolean note_verified(struct worker *worker, struct object *object, GError **error)
{
    json *record = json_from("{'type':'verified','object':%s}", object->key);
    if (object->observation->id[0] != '\0') {
        json_set_string(record, "id", object->observation->id);
        g_free(object->known_id);
        object->known_id = g_strdup(object->observation->id);
    }
    json *take_back = leftover_take_back(worker, object);
    if (take_back != NULL)
        json_set(record, "takeBack", take_back);
    worker_log(worker, LOG_NOTICE, object->kind->name, "verified");
    return worker_note(worker, record, error);
}

static gboolean verify(struct worker *worker, struct object *object, GError **error)
{
    gboolean reached = FALSE;
    onboarding_learn(worker->onboarding, object);
    if (!write_await(worker, object, OBJECT_MATCHES, &reached, error))
        return FALSE;
    if (reached)
        return note_verified(worker, object, error);
    if (object->created && object_visible_within(object) > LONGEST_AWAIT_SECONDS) {
        worker_log(worker, LOG_NOTICE, object->kind->name,
                   "created, and not listed yet; that may take up to %d minutes",
                   (int)(object_visible_within(object) / 60));
        return TRUE;
    }
    worker_log(worker, LOG_WARNING, object->kind->name, "the service said yes, and it cannot be read as wanted yet: %s",
               object->observation->sentence);
    g_hash_table_replace(worker->failures, g_strdup(object->key),
                         g_strdup("The service said yes, and it cannot be read as wanted yet.\nCheck again in a few "
                                  "minutes; it is not sent a second time."));
    return TRUE;
}

static gboolean adopt(struct worker *worker, struct object *object, const char *why, GError **error)
{
    /* Created by perch, and listed only now. */
    if (object->created)
        return note_verified(worker, object, error);
    worker_log(worker, LOG_NOTICE, object->kind->name, "adopted %s: %s", object->title, why);
    log_audit(worker->log, worker_account(worker), "adopt", object->key, object->observation->id, "done", "");
    return worker_note(
        worker, json_from("{'type':'adopted','object':%s,'id':%s}", object->key, object->observation->id), error);
}

/* The service says that it exists, though the look-up did not show it: somebody was faster, or an index lags. */
static gboolean adopt_existing(struct worker *worker, struct object *object, const struct request *request,
                               const struct reply *reply, GError **error)
{
    gboolean reached = FALSE;
    if (!note_phase(worker, object, "refused", error) || !write_await(worker, object, OBJECT_MATCHES, &reached, error))
        return FALSE;
    if (reached)
        return adopt(worker, object, "the service says that it is there already", error);
    return write_refused(worker, object, request, reply, error);
}

static gboolean refers_to_something_new(struct worker *worker, const struct object *object)
{
    gint64 since = worker_now(worker) - REFERENCE_SECONDS * G_USEC_PER_SEC;
    for (guint i = 0; i < object->needs->len; i++) {
        const struct object_entry *entry = ledger_object(worker->ledger, g_ptr_array_index(object->needs, i));
        if ((entry->created || entry->action[0] != '\0') && entry->since >= since)
            return TRUE;
    }
    return FALSE;
}

enum outcome {
    OUTCOME_DONE,
    OUTCOME_EXISTS,
    OUTCOME_NOT_YET, /* it refers to something new that is not visible there yet */
    OUTCOME_REFUSED,
    OUTCOME_NOT_SENT,
    OUTCOME_DOUBT,
};

/* A gateway's 5xx may hide a write that was done. */
static enum outcome outcome_of(struct worker *worker, const struct object *object, const struct reply *reply)
{
    if (reply->outcome == REPLY_NOT_SENT)
        return OUTCOME_NOT_SENT;
    if (reply->outcome == REPLY_LOST || reply->status >= 500 || (reply->status < 300 && reply->unreadable))
        return OUTCOME_DOUBT;
    if (said_yes(object, reply))
        return OUTCOME_DONE;
    if (reply_says_exists(reply))
        return OUTCOME_EXISTS;
    if (reply_says_missing(reply) && refers_to_something_new(worker, object))
        return OUTCOME_NOT_YET;
    return OUTCOME_REFUSED;
}

/* What is listed late may have been made although it cannot be seen. */
static gboolean may_still_appear(struct worker *worker, const struct object *object)
{
    gint64 sent = ledger_object(worker->ledger, object->key)->since;
    return object_visible_within(object) > LONGEST_AWAIT_SECONDS &&
           worker_now(worker) - sent < object_visible_within(object) * G_USEC_PER_SEC;
}

static gboolean still_absent_after_window(struct worker *worker, struct object *object, gboolean *absent,
                                          GError **error)
{
    gint64 deadline = worker_now(worker) + DOUBT_SECONDS * G_USEC_PER_SEC;
    gint64 pause = 1;
    for (int reads = 1;; reads++, pause = MIN(pause * 2, DOUBT_PAUSE_SECONDS)) {
        if (!check_one(worker, object, error))
            return left_in_doubt(object, error);
        *absent = object->observation->state == OBJECT_ABSENT || object->observation->state == OBJECT_IN_DOUBT;
        if (object->observation->state == OBJECT_UNKNOWN ||
            (*absent && may_still_appear(worker, object) && worker_now(worker) >= deadline)) {
            g_set_error(error, PERCH_ERROR, PERCH_ERROR_IN_DOUBT,
                        "It cannot be found out whether %s was made: %s\nNothing more was sent. Run it again later.",
                        object->title, object->observation->sentence);
            return FALSE;
        }
        if (!*absent || (reads >= DOUBT_READS && worker_now(worker) >= deadline))
            return TRUE;
        if (!pause_seconds(worker, pause, error))
            return FALSE;
    }
}

/* After a reply that never came: look, long enough, and never send blindly again. */
static gboolean resolve_doubt(struct worker *worker, struct object *object, GError **error)
{
    gboolean absent = FALSE;
    worker_log(worker, LOG_WARNING, object->kind->name,
               "no answer came: looking whether %s is there, for at least a minute, before anything is sent again",
               object->title);
    object->in_doubt = TRUE;
    if (!still_absent_after_window(worker, object, &absent, error))
        return FALSE;
    object->in_doubt = FALSE;
    if (absent) {
        worker_log(worker, LOG_NOTICE, object->kind->name, "it is not there: the request had not been carried out");
        object->observation->state = OBJECT_ABSENT;
        return note_phase(worker, object, "refused", error);
    }
    if (object->observation->state == OBJECT_MATCHES)
        return adopt(worker, object, "it is there; the answer had been lost", error);
    return note_phase(worker, object, "refused", error);
}

/* What may as well stay is taken over as it is. */
static gboolean leave_as_it_is(struct worker *worker, struct object *object, GError **error)
{
    return note_phase(worker, object, "refused", error) && adopt(worker, object, object->kind->if_refused, error) &&
           check_one(worker, object, error);
}

static gboolean finish(struct worker *worker, struct object *object, const struct request *request,
                       const struct reply *reply, enum outcome outcome, GError **error)
{
    if (outcome == OUTCOME_REFUSED && object->kind->if_refused != NULL)
        return leave_as_it_is(worker, object, error);
    switch (outcome) {
    case OUTCOME_DONE:
        return verify(worker, object, error);
    case OUTCOME_EXISTS:
        return adopt_existing(worker, object, request, reply, error);
    case OUTCOME_DOUBT:
        return resolve_doubt(worker, object, error);
    case OUTCOME_NOT_SENT:
        if (!note_phase(worker, object, "refused", error))
            return FALSE;
        g_propagate_error(error, g_error_copy(reply->error));
        return FALSE;
    default:
        return write_refused(worker, object, request, reply, error);
    }
}

/* What was wanted for a while only. A removal without an answer is looked at like any other write. */
static gboolean take_away(struct worker *worker, struct object *object, GError **error)
{
    g_autoptr(Request) request = action_request(worker, object, ACTION_REMOVE);
    g_autoptr(Reply) reply = NULL;
    if (!write_send(worker, object, "remove", request, NULL, &reply, error))
        return FALSE;
    enum outcome outcome = outcome_of(worker, object, reply);
    if (outcome == OUTCOME_DONE || reply->status == 404) {
        worker_log(worker, LOG_NOTICE, object->kind->name, "taken away again: %s", object->title);
        return worker_note(worker,
                           json_from("{'type':'removed','object':%s,'status':%d,'requestId':%s}", object->key,
                                     (gint64)reply->status, reply->request_id),
                           error) &&
               check_one(worker, object, error);
    }
    if (outcome == OUTCOME_DOUBT) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_IN_DOUBT,
                    "It is not known whether %s was taken away.\nRun it again: perch looks first.", object->title);
        return note_phase(worker, object, "refused", NULL) && FALSE;
    }
    return finish(worker, object, request, reply, outcome, error);
}

static gboolean send_until_known(struct worker *worker, struct object *object, enum action_kind kind, GError **error)
{
    gint64 deadline = worker_now(worker) + REFERENCE_SECONDS * G_USEC_PER_SEC;
    for (gint64 pause = 1;; pause = MIN(pause * 2, LONGEST_PAUSE_SECONDS)) {
        g_autoptr(Request) request = action_request(worker, object, kind);
        g_autoptr(Reply) reply = NULL;
        if (!secret_values_prepare(worker, object, request))
            return TRUE;
        json *old = kind == ACTION_REPAIR ? json_copy(object->observation->found) : NULL;
        if (!write_send(worker, object, action_word(kind), request, old, &reply, error))
            return FALSE;
        enum outcome outcome = outcome_of(worker, object, reply);
        if (outcome == OUTCOME_REFUSED && object->kind->learn_refusal != NULL &&
            object->kind->learn_refusal(object, reply)) {
            worker_log(worker, LOG_INFO, object->kind->name, "the service does not take all of it; sending the rest");
            if (!note_phase(worker, object, "refused", error))
                return FALSE;
            continue;
        }
        if (outcome != OUTCOME_NOT_YET || worker_now(worker) >= deadline)
            return finish(worker, object, request, reply, outcome == OUTCOME_NOT_YET ? OUTCOME_REFUSED : outcome,
                          error);
        worker_log(worker, LOG_INFO, object->kind->name,
                   "what it refers to is not visible everywhere yet; trying again");
        if (!note_phase(worker, object, "refused", error) || !pause_seconds(worker, pause, error))
            return FALSE;
    }
}

gboolean write_action(struct worker *worker, struct object *object, enum action_kind kind, GError **error)
{
    if (kind == ACTION_ADOPT)
        return adopt(worker, object, "it is as wanted", error);
    if (kind == ACTION_RESOLVE)
        return resolve_doubt(worker, object, error);
    if (kind == ACTION_REMOVE)
        return take_away(worker, object, error);
    worker_log(worker, LOG_INFO, object->kind->name, "%s %s", action_word(kind), object->title);
    return send_until_known(worker, object, kind, error);
}

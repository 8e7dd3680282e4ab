/* SPDX-License-Identifier: MIT */
#include "engine/write.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "engine/answered.h"
#include "engine/belief.h"
#include "engine/challenge_retry.h"
#include "engine/check.h"
#include "engine/leftover.h"
#include "engine/outcome.h"
#include "engine/plan.h"
#include "engine/refusal.h"
#include "engine/secret_values.h"
#include "engine/tenant.h"
#include "engine/uses.h"
#include "engine/worker.h"
#include "engine/write_intent.h"
#include "engine/write_reached.h"
#include "onboarding/door.h"

#define LONGEST_AWAIT_SECONDS 180
#define REFERENCE_SECONDS 180
#define LONGEST_DOUBT_SECONDS 600
#define LONGEST_PAUSE_SECONDS 30
#define MOST_SENDS 2
/* Wall microseconds that a request takes now and then: what was looked for so short a time ago is not looked for anew.
 */
#define SOON (5 * (gint64)G_USEC_PER_SEC)

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

/* What is there by now, though no answer says that it was made; NULL for nothing. */
static const char *there_already(const struct object *object)
{
    gboolean is_there = object_state_is_there(object->row.state) && object->observation->id[0] != '\0';
    return is_there ? object->observation->id : NULL;
}

/* Nothing of OBJECT's write was found, and no answer says that there is nothing. */
static gboolean note_came_to_nothing(struct worker *worker, const struct object *object, GError **error)
{
    const struct journal_record record = {
        .type = RECORD_REFUSED, .object = object->key, .answer_lost = TRUE, .id = there_already(object)};
    return worker_note(worker, &record, error);
}

static gboolean note_phase(struct worker *worker, const struct object *object, enum record_type type, GError **error)
{
    return worker_note(worker, &(struct journal_record){.type = type, .object = object->key}, error);
}

gboolean write_refused(struct worker *worker, struct object *object, const struct request *request,
                       const struct reply *reply, GError **error)
{
    g_autofree char *no =
        object->kind->reply_says_no != NULL && reply_is_success(reply) ? object->kind->reply_says_no(reply) : NULL;
    g_auto(GStrv) lines = g_strsplit(no != NULL ? no : "The service refused.", "\n", 2);
    const char *message = reply->error != NULL ? reply->error->message : lines[0];
    g_autofree char *headline = reply->error != NULL ? error_headline(reply->error) : g_strdup(message);
    run_fail(&worker->run, object, headline, reply->error != NULL ? error_hint(reply->error) : lines[1]);
    struct failure *failure = g_hash_table_lookup(worker->run.failures, object->key);
    failure->is_open = object->kind->ends_by_itself && strcmp(reply->error_code, "PendingRoleAssignmentRequest") == 0;
    g_autofree char *text = g_strconcat("refused: ", message, NULL);
    worker_log_exchange(worker, LOG_ERROR, object, text, request, reply);
    g_autofree char *said = g_strdup_printf("%s (%s)", message, reply->error_code);
    refusal_note(worker, onboarding_step(worker->tenant.onboarding, object->step), said, reply->request_id);
    log_audit(worker->log, worker_account(worker), "write", object->key, object->observation->id, "refused",
              reply->request_id);
    gboolean is_named = reply->request_id == NULL || strstr(headline, reply->request_id) != NULL;
    g_autofree char *words =
        is_named ? g_strdup(headline) : g_strdup_printf("%s (request %s)", headline, reply->request_id);
    g_autofree char *clean = redact(worker->redactor, words);
    const struct journal_record record = {
        .type = RECORD_REFUSED,
        .object = object->key,
        .status = reply->status,
        .code = reply->error_code,
        .note = clean,
        .request_id = reply->request_id,
    };
    return worker_note(worker, &record, error);
}

static gboolean send_once(struct worker *worker, struct object *object, enum write_action action,
                          struct request *request, const json *old, struct reply **reply, GError **error)
{
    if (!write_intent_note(worker, object, action, request, old, error) ||
        !note_phase(worker, object, RECORD_SENT, error))
        return FALSE;
    worker->run.sent = TRUE;
    object->row = (struct reading_row){0};
    g_hash_table_remove_all(worker->run.just_read);
    /* How often it was put off in this run. */
    struct retry_past *past = g_hash_table_lookup(worker->run.throttled, object->key);
    if (past == NULL)
        g_hash_table_insert(worker->run.throttled, g_strdup(object->key), past = g_new0(struct retry_past, 1));
    struct request *filled = secret_values_fill(worker, object, request);
    /* With the moment of its sending, where it names that. */
    g_autofree char *missing = request_missing(request);
    const gboolean names_moment = filled == NULL && g_strcmp0(missing, MOMENT) == 0;
    g_autoptr(Request) timed = names_moment ? request_copy(request) : NULL;
    if (timed != NULL) {
        g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
        g_hash_table_insert(values, (gpointer)MOMENT, clock_format(worker_now(worker)));
        request_fill(timed, values);
    }
    *reply = client_write_once(worker->client, filled != NULL ? filled : timed != NULL ? timed : request, past);
    secret_values_wipe(filled);
    return TRUE;
}

/* Where REPLY says that nothing came of REQUEST and that it may go again, sit out what is in the way. That is written
 * down first: who is killed meanwhile is not in doubt. *AGAIN: it is to be sent again. */
static gboolean await_turn(struct worker *worker, struct object *object, const struct request *request,
                           struct reply *reply, gboolean *again, GError **error)
{
    gboolean is_challenged = challenge_retry_is_due(worker, object->step, reply);
    *again = reply->goes_again > 0;
    if (!*again && !is_challenged) {
        g_hash_table_remove(worker->run.throttled, object->key);
        challenge_retry_end(worker, reply);
        return TRUE;
    }
    if (!note_phase(worker, object, RECORD_REFUSED, error))
        return FALSE;
    if (is_challenged) {
        *again = challenge_retry_meet(worker, object->step, request, reply);
        return TRUE;
    }
    if (worker_pause(worker, reply->goes_again))
        return TRUE;
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped before the next request.");
    return FALSE;
}

gboolean write_send(struct worker *worker, struct object *object, enum write_action action, struct request *request,
                    const json *old, struct reply **reply, GError **error)
{
    for (gboolean again = TRUE; again;) {
        g_clear_pointer(reply, reply_free);
        if (!send_once(worker, object, action, request, old, reply, error) ||
            !await_turn(worker, object, request, *reply, &again, error))
            return FALSE;
        gboolean is_soon = (*reply)->goes_again > 0 && (*reply)->goes_again <= SOON;
        if (again && action == WRITE_CREATE && !is_soon) {
            g_clear_pointer(reply, reply_free);
            return TRUE;
        }
    }
    gboolean said_yes = outcome_is_yes(object, action == WRITE_CREATE ? request : NULL, *reply);
    if (said_yes || (*reply)->outcome == REPLY_LOST || reply_is_success(*reply))
        secret_values_show(worker, object, request);
    if (!said_yes)
        return TRUE;
    const char *id = json_get_string((*reply)->body, "id");
    const char *before = action == WRITE_CREATE ? "" : object->known_id;
    const char *named = id != NULL ? id : (*reply)->location_id != NULL ? (*reply)->location_id : before;
    log_audit(worker->log, worker_account(worker), write_action_word(action), object->key, named, "done",
              (*reply)->request_id);
    const struct journal_record record = {
        .type = RECORD_REPLIED,
        .object = object->key,
        .status = (*reply)->status,
        .request_id = (*reply)->request_id,
        .answer_lost = (*reply)->status >= 300 && (*reply)->location_id == NULL,
        .id = object->kind->reply_has_no_id ? NULL
              : id != NULL                  ? id
                                            : (*reply)->location_id,
    };
    return action == WRITE_REMOVE || worker_note(worker, &record, error) || left_in_doubt(object, error);
}

static gboolean pause_seconds(struct worker *worker, gint64 seconds, GError **error)
{
    if (worker_pause_until(worker, worker_now(worker) + seconds * G_USEC_PER_SEC))
        return TRUE;
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped. What was sent is written down.");
    return FALSE;
}

static struct belief belief_now(const struct worker *worker, const struct object *object)
{
    const struct situation situation = worker_situation(worker);
    return belief_of(&situation, object);
}

gboolean write_await(struct worker *worker, struct object *object, enum object_state state, gboolean *reached,
                     GError **error)
{
    gint64 deadline = worker_now(worker) + MIN(object_visible_within(object), LONGEST_AWAIT_SECONDS) * G_USEC_PER_SEC;
    guint readings = 0;
    for (gint64 pause = 1;; pause = MIN(pause * 2, LONGEST_PAUSE_SECONDS)) {
        if (!check_beside(worker, object, worker->run.beside, error))
            return FALSE;
        const struct situation situation = worker_situation(worker);
        *reached = write_is_reached(&situation, object, state);
        /* A machine that was asleep meanwhile has not looked yet. */
        gboolean is_over = ++readings >= BELIEF_READINGS && worker_now(worker) >= deadline;
        gboolean is_settled = object->observation->state == OBJECT_MANY || object->observation->pends ||
                              belief_now(worker, object).kind == BELIEF_FAILED;
        if (*reached || is_settled || is_over)
            return TRUE;
        if (pause == 2)
            worker_log_wait(worker, object->kind->name, deadline, "%s: waiting until it can%s be read%s", object->title,
                            state == OBJECT_ABSENT ? "not" : "", state == OBJECT_ABSENT ? " any more" : "");
        if (!pause_seconds(worker, pause, error))
            return FALSE;
    }
}

static gboolean note_verified(struct worker *worker, struct object *object, gboolean answer_lost, GError **error)
{
    struct journal_record record = {.type = RECORD_VERIFIED, .object = object->key, .answer_lost = answer_lost};
    /* Where others are there too, none is chosen yet, and the journal's is the own one. */
    if (object->observation->id[0] != '\0' && object->observation->state != OBJECT_MANY) {
        record.id = object->observation->id;
        g_free(object->known_id);
        object->known_id = g_strdup(object->observation->id);
    }
    object->created = object->created || answer_lost;
    record.take_back = leftover_take_back(worker, object);
    g_autofree char *mark = object->kind->mark != NULL ? object->kind->mark(object) : NULL;
    record.mark = mark;
    worker_log(worker, LOG_NOTICE, object->kind->name,
               answer_lost ? "it is there; the answer had been lost, so it is taken for perch's own: if another "
                             "administrator made it at that moment, it is theirs"
                           : "verified");
    gboolean noted = worker_note(worker, &record, error);
    take_back_unref((struct take_back *)record.take_back);
    return noted;
}

gboolean write_note_not_ours(struct worker *worker, const struct object *object, GError **error)
{
    const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
    if (belief_now(worker, object).kind != BELIEF_NOT_OURS || entry->not_ours)
        return TRUE;
    worker_log(worker, LOG_WARNING, object->kind->name, "%s: %s", object->title, object->observation->sentence);
    const struct journal_record record = {
        .type = RECORD_NOT_OURS, .object = object->key, .id = object->observation->id};
    return worker_note(worker, &record, error);
}

static gboolean verify(struct worker *worker, struct object *object, GError **error)
{
    gboolean reached = FALSE;
    onboarding_learn(worker->tenant.onboarding, object);
    if (!write_await(worker, object, OBJECT_MATCHES, &reached, error))
        return FALSE;
    const struct belief belief = belief_now(worker, object);
    if (reached || belief.kind == BELIEF_ONE_OF_MANY)
        return note_verified(worker, object, FALSE, error);
    if (belief.kind == BELIEF_WAITING) {
        worker_log(worker, LOG_NOTICE, object->kind->name, "%s: %s", object->title, object->observation->sentence);
        return TRUE;
    }
    if (belief.kind == BELIEF_NOT_OURS)
        return write_note_not_ours(worker, object, error) &&
               (!object->kind->finds_who_is_there || check_one(worker, object, error));
    if (belief.kind == BELIEF_FAILED) {
        worker_log(worker, LOG_ERROR, object->kind->name, "%s: %s", object->title, object->observation->sentence);
        return TRUE;
    }
    worker_log(worker, LOG_WARNING, object->kind->name, "the service said yes, and it cannot be read as wanted yet: %s",
               object->observation->sentence);
    run_fail(&worker->run, object, "The service said yes, and it cannot be read as wanted yet.",
             "Check again in a few minutes; it is not sent a second time.");
    return TRUE;
}

static gboolean adopt(struct worker *worker, struct object *object, const char *why, GError **error)
{
    const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
    gboolean is_back =
        entry->deleted_ours && belief_is_what_was_removed(entry, object->observation->id, object->kind->id_is_reused);
    gboolean is_ours = belief_now(worker, object).kind == BELIEF_OURS;
    gboolean was_refused = entry->phase == PHASE_REFUSED;
    /* Created by perch, and listed only now, or again; or its removal was said to be done and was not. */
    if (object->created || is_back || is_ours)
        return note_verified(worker, object, !object->created && is_ours && was_refused, error);
    worker_log(worker, LOG_NOTICE, object->kind->name, "%s: %s", object->title, why);
    log_audit(worker->log, worker_account(worker), "adopt", object->key, object->observation->id, "done", "");
    g_autofree char *as = belief_wanted_as(worker->tenant.onboarding, object);
    g_autofree char *about = door_differences(object);
    g_autofree char *mark = object->kind->mark != NULL ? object->kind->mark(object) : NULL;
    struct journal_record record = {
        .type = RECORD_ADOPTED, .object = object->key, .as = as, .about = about, .mark = mark};
    record.id = object->observation->id;
    return worker_note(worker, &record, error);
}

/* How many writes of OBJECT got no answer in this run and came to nothing. */
static guint doubts(const struct worker *worker, const struct object *object)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(worker->run.doubts, object->key));
}

/* The service says that it exists, though the look-up did not show it: an own request without an answer did it,
 * somebody was faster, or an index lags. */
static gboolean adopt_existing(struct worker *worker, struct object *object, const struct request *request,
                               const struct reply *reply, GError **error)
{
    gboolean reached = FALSE;
    const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
    gboolean has_sent_before = entry->sends->len > 1;
    gboolean was_done_before = has_sent_before && (doubts(worker, object) > 0 || entry->absent_at == 0);
    /* The only request did not make it, which has to be known too if perch ends while it looks. */
    if ((!has_sent_before && !note_phase(worker, object, RECORD_REFUSED, error)) ||
        !write_await(worker, object, OBJECT_MATCHES, &reached, error))
        return FALSE;
    gboolean is_ours = reached && has_sent_before && belief_now(worker, object).kind == BELIEF_OURS &&
                       (object->observation->made != 0 || was_done_before);
    if (is_ours)
        return note_verified(worker, object, TRUE, error);
    if (!reached) {
        if (object->observation->state == OBJECT_IN_DOUBT)
            object->observation->state = object->row.state;
        return write_refused(worker, object, request, reply, error);
    }
    return (!has_sent_before || note_phase(worker, object, RECORD_REFUSED, error)) &&
           adopt(worker, object, "there already, as the service says", error);
}

static enum outcome outcome_now(struct worker *worker, const struct object *object, const struct request *creation,
                                const struct reply *reply)
{
    gint64 since = worker_now(worker) - (gint64)REFERENCE_SECONDS * G_USEC_PER_SEC;
    gboolean refers_to_something_new = FALSE;
    for (guint i = 0; i < object->needs->len; i++) {
        const struct object_entry *entry =
            journal_state_object(worker->tenant.journal_state, g_ptr_array_index(object->needs, i));
        refers_to_something_new =
            refers_to_something_new || ((entry->created || entry->action != WRITE_NONE) && entry->since >= since);
    }
    return outcome_of(object, creation, reply, refers_to_something_new);
}

/* Nothing came of OBJECT's write: it may be sent once more in this run. A copy's 404 to a removal is no refusal. */
static gboolean give_up_doubt(struct worker *worker, struct object *object, GError **error)
{
    gboolean removes = journal_state_object(worker->tenant.journal_state, object->key)->action == WRITE_REMOVE;
    guint before = doubts(worker, object) + 1;
    g_hash_table_replace(worker->run.doubts, g_strdup(object->key), GUINT_TO_POINTER(before));
    worker_log(worker, LOG_NOTICE, object->kind->name, "nothing came of it: the request had not been carried out");
    if (object->observation->state == OBJECT_IN_DOUBT)
        object->observation->state = object->row.state;
    if (before >= MOST_SENDS)
        answered_fail(worker, object,
                      g_hash_table_contains(worker->run.answered, object->key)
                          ? "It was sent twice, and nothing came of it either time."
                          : "It was sent twice, no answer came, and nothing came of it either time.",
                      "Look at the network and at Microsoft's service health, then apply again.");
    else if (!removes && answered_is_no(worker, object))
        answered_fail(worker, object, "It was not carried out, and is not sent again in this run.",
                      "Then apply again.");
    return note_came_to_nothing(worker, object, error);
}

/* What READ and the journal come to, once it is known what became of the write. */
static gboolean close_doubt(struct worker *worker, struct object *object, struct belief belief, GError **error)
{
    const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
    if (belief.kind == BELIEF_NOT_DONE)
        return give_up_doubt(worker, object, error);
    if (belief.kind == BELIEF_OURS)
        return note_verified(worker, object, TRUE, error) && check_one(worker, object, error);
    /* It arrived, and somebody else has yet to say yes. */
    if (belief.kind == BELIEF_WAITING)
        return worker_note(worker, &(struct journal_record){.type = RECORD_REPLIED, .object = object->key}, error) &&
               check_one(worker, object, error);
    if (belief.kind == BELIEF_DONE && entry->action == WRITE_REMOVE)
        return note_phase(worker, object, RECORD_REMOVED, error) && check_one(worker, object, error);
    if (belief.kind == BELIEF_DONE)
        return note_phase(worker, object, RECORD_VERIFIED, error);
    /* Somebody else's, or several: what is there is dealt with as it was found. */
    return note_came_to_nothing(worker, object, error) && check_one(worker, object, error);
}

/* What is listed after half an hour only may still be shown at once: such a one is looked for a while. */
gboolean write_resolve(struct worker *worker, struct object *object, gboolean *open, GError **error)
{
    *open = FALSE;
    gint64 begun = worker_now(worker);
    gint64 latest = begun + (gint64)LONGEST_DOUBT_SECONDS * G_USEC_PER_SEC;
    gint64 soon = begun + (gint64)LONGEST_AWAIT_SECONDS * G_USEC_PER_SEC;
    guint readings = 0;
    gint64 said = 0;
    for (gint64 pause = 1;; pause = MIN(pause * 2, LONGEST_PAUSE_SECONDS)) {
        if (!check_one(worker, object, error))
            return left_in_doubt(object, error);
        const struct belief belief = belief_now(worker, object);
        if (belief.kind == BELIEF_AS_READ && object->observation->state == OBJECT_MANY)
            return TRUE;
        gboolean is_unread = object->observation->state == OBJECT_UNKNOWN;
        /* A copy that lags may show what was taken away before the request: without a date nothing tells. */
        gboolean is_one_look = belief.kind == BELIEF_AS_READ && object->observation->made == 0 &&
                               object_state_is_there(object->observation->state) && worker_now(worker) < soon;
        if (!is_unread && !is_one_look && belief.kind != BELIEF_IN_DOUBT)
            return close_doubt(worker, object, belief, error);
        gboolean is_far = !is_one_look && MAX(belief.until, worker_now(worker)) > latest;
        *open = ++readings >= BELIEF_READINGS && is_far && worker_now(worker) >= soon;
        if (*open)
            return TRUE;
        gint64 until = is_unread ? latest : is_far || is_one_look ? soon : belief.until;
        if (until > said)
            worker_log_wait(worker, object->kind->name, until,
                            "%s: waiting to see what came of the request without an answer", object->title);
        said = MAX(said, until);
        if (!pause_seconds(worker, pause, error))
            return FALSE;
    }
}

static gboolean end_in_doubt(const struct object *object, GError **error)
{
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_IN_DOUBT,
                "It cannot be found out yet what came of the request for %s: %s\nNothing more was sent. Run it again "
                "later.",
                object->title, object->observation->sentence);
    return FALSE;
}

/* As write_resolve(), and what takes too long ends the run. */
static gboolean resolve(struct worker *worker, struct object *object, GError **error)
{
    gboolean open = FALSE;
    return write_resolve(worker, object, &open, error) && (!open || end_in_doubt(object, error));
}

static gboolean finish(struct worker *worker, struct object *object, const struct request *request,
                       const struct reply *reply, enum outcome outcome, GError **error)
{
    if (outcome == OUTCOME_REFUSED && object->kind->if_refused != NULL)
        /* What may as well stay is taken over as it is. */
        return note_phase(worker, object, RECORD_REFUSED, error) &&
               adopt(worker, object, object->kind->if_refused, error) &&
               check_beside(worker, object, worker->run.beside, error);
    switch (outcome) {
    case OUTCOME_DONE:
        return verify(worker, object, error);
    case OUTCOME_EXISTS:
        return adopt_existing(worker, object, request, reply, error);
    case OUTCOME_DOUBT:
        answered_say_doubt(worker, object, reply);
        return resolve(worker, object, error);
    case OUTCOME_NOT_SENT:
        if (!note_phase(worker, object, RECORD_REFUSED, error))
            return FALSE;
        g_propagate_error(error, g_error_copy(reply->error));
        return FALSE;
    default:
        return write_refused(worker, object, request, reply, error);
    }
}

/* A 404 is a reason to read, and no proof: a replica may not know the object yet, or a proxy not the path. */
gboolean write_removal(struct worker *worker, struct object *object, const struct reply *reply,
                       enum removal_result *removal, GError **error)
{
    enum outcome outcome = outcome_now(worker, object, NULL, reply);
    gboolean open = FALSE;
    *removal = outcome == OUTCOME_DONE ? REMOVAL_DONE : REMOVAL_NOT_DONE;
    if (outcome == OUTCOME_NOT_SENT) {
        g_propagate_error(error, g_error_copy(reply->error));
        return note_phase(worker, object, RECORD_REFUSED, NULL) && FALSE;
    }
    if (outcome == OUTCOME_DONE) {
        /* Note that OBJECT is gone, by perch's own request, which REPLY answers. */
        const struct journal_record record = {
            .type = RECORD_REMOVED,
            .object = object->key,
            .status = reply->status,
            .request_id = reply->request_id,
        };
        return worker_note(worker, &record, error);
    }
    if (outcome != OUTCOME_DOUBT && reply->status != 404)
        return TRUE;
    answered_remember(worker, object, reply);
    if (!write_resolve(worker, object, &open, error))
        return FALSE;
    if (journal_state_object(worker->tenant.journal_state, object->key)->phase == PHASE_REMOVED)
        *removal = REMOVAL_DONE;
    else if (open)
        *removal = REMOVAL_OPEN;
    return TRUE;
}

static gboolean send_until_known(struct worker *worker, struct object *object, enum action_kind kind, GError **error)
{
    gint64 deadline = worker_now(worker) + (gint64)REFERENCE_SECONDS * G_USEC_PER_SEC;
    for (gint64 pause = 1;; pause = MIN(pause * 2, LONGEST_PAUSE_SECONDS)) {
        /* A day may have passed since the check. */
        tenant_set_today(&worker->tenant, worker_now(worker));
        onboarding_learn(worker->tenant.onboarding, object);
        g_autoptr(Request) request = action_request(worker->tenant.onboarding, object, kind);
        g_autoptr(Reply) reply = NULL;
        if (!secret_values_prepare(worker, object, request))
            return TRUE;
        const json *old = kind == ACTION_REPAIR ? object->observation->found : NULL;
        if (!write_send(worker, object, action_write(kind), request, old, &reply, error))
            return FALSE;
        /* Somebody else may have made it meanwhile. */
        if (reply == NULL)
            return TRUE;
        enum outcome outcome = outcome_now(worker, object, kind == ACTION_CREATE ? request : NULL, reply);
        if (outcome == OUTCOME_REFUSED && object->kind->learn_refusal != NULL &&
            object->kind->learn_refusal(object, reply)) {
            worker_log(worker, LOG_INFO, object->kind->name, "the service does not take all of it; sending the rest");
            if (!note_phase(worker, object, RECORD_REFUSED, error))
                return FALSE;
            continue;
        }
        if (outcome != OUTCOME_NOT_YET || worker_now(worker) >= deadline)
            return finish(worker, object, request, reply, outcome == OUTCOME_NOT_YET ? OUTCOME_REFUSED : outcome,
                          error);
        worker_log(worker, LOG_INFO, object->kind->name,
                   "what it refers to is not visible everywhere yet; trying again");
        if (pause == 2)
            worker_log_wait(worker, object->kind->name, deadline,
                            "%s: waiting until what it refers to is visible everywhere", object->title);
        if (!note_phase(worker, object, RECORD_REFUSED, error) || !pause_seconds(worker, pause, error))
            return FALSE;
    }
}

gboolean write_action(struct worker *worker, struct object *object, enum action_kind kind, GError **error)
{
    if (kind == ACTION_ADOPT) {
        const struct object_entry *entry = journal_state_object(worker->tenant.journal_state, object->key);
        gboolean was_refused = entry->phase == PHASE_REFUSED && entry->action == WRITE_REPAIR;
        return adopt(worker, object,
                     was_refused ? "as wanted now, though perch's repair was refused: undo does not put it back"
                                 : "there already, and as wanted",
                     error);
    }
    if (kind == ACTION_RESOLVE)
        return resolve(worker, object, error);
    if (kind == ACTION_REMOVE) {
        g_autoptr(Request) request = action_request(worker->tenant.onboarding, object, ACTION_REMOVE);
        g_autoptr(Reply) reply = NULL;
        enum removal_result removal = REMOVAL_NOT_DONE;
        gboolean lets = TRUE;
        if (!uses_let_go(worker, object, &lets, error) || !lets)
            return !lets;
        if (!write_send(worker, object, WRITE_REMOVE, request, NULL, &reply, error) ||
            !write_removal(worker, object, reply, &removal, error))
            return FALSE;
        if (removal != REMOVAL_DONE)
            return removal == REMOVAL_OPEN ? end_in_doubt(object, error)
                                           : write_refused(worker, object, request, reply, error);
        worker_log(worker, LOG_NOTICE, object->kind->name, "taken away again: %s", object->title);
        return check_one(worker, object, error);
    }
    worker_log(worker, LOG_INFO, object->kind->name, "%s %s", plan_verb(object, kind), object->title);
    return send_until_known(worker, object, kind, error);
}

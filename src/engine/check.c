/* SPDX-License-Identifier: MIT */
#include "engine/check.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "engine/belief.h"
#include "engine/challenge_retry.h"
#include "engine/look_ahead.h"
#include "engine/reading.h"
#include "engine/scopes.h"
#include "engine/worker.h"
#include "microsoft/reply_read.h"

#define LONGEST_LOOK_PAUSE 40
#define LONGEST_LOOK 600
#define UNLICENSED "This tenant has no licence for it, and Microsoft shows none (NoLicense)."

/* One object's reads within a wave, and what came of them. */
struct reading {
    struct object *object;
    GPtrArray *requests; /* of struct request */
    GPtrArray *replies;  /* of struct reply, in their order; NULL until it came */
};

/* TRUE if REQUEST is only asked where perch was given a right that it does not ask for, and it was not. */
static gboolean is_left_out(const struct worker *worker, const struct request *request)
{
    return (request->if_granted || request->if_decided) && !scopes_has(worker->operator.sign_in, request->scope);
}

/* What keeps OBJECT from being asked for, beside what is not known yet: Defender's API wants a sign-in of its own,
 * which a person may have left out, and what is only asked where perch was given a right that it does not ask for. */
static enum reading_lack lack_of(const struct worker *worker, const struct object *object)
{
    enum reading_lack lack = LACKS_NOTHING;
    g_autoptr(GPtrArray) requests = object_look_ups(object);
    guint left_out = 0;
    for (guint i = 0; i < requests->len; i++) {
        const struct request *request = g_ptr_array_index(requests, i);
        left_out += is_left_out(worker, request) ? 1 : 0;
        if (request->service == SERVICE_DEFENDER && !worker->operator.defender_ready)
            lack = LACKS_DEFENDER;
    }
    return left_out > 0 && left_out == requests->len ? LACKS_A_RIGHT : lack;
}

static gboolean may_ask(const struct worker *worker, const struct object *object)
{
    const struct onboarding *onboarding = worker->tenant.onboarding;
    return onboarding_falls_away(onboarding, onboarding_step(onboarding, object->step)) == NULL &&
           lack_of(worker, object) == LACKS_NOTHING;
}

gboolean check_can_ask(const struct worker *worker, const struct object *object)
{
    g_autofree char *missing = onboarding_missing(worker->tenant.onboarding, object);
    return missing == NULL && may_ask(worker, object);
}

/* Graph: 403 NoLicense of what Entra's governance would hold. */
static gboolean is_unlicensed(const struct reply *reply)
{
    return g_strcmp0(reply->error_code, "NoLicense") == 0;
}

static void say_unusable(struct worker *worker, const struct object *object, const struct request *request,
                         const struct reply *reply, struct observation *observation)
{
    const char *otherwise = reply->unreadable ? "The answer cannot be read." : "There was no answer.";
    g_autofree char *headline = reply->error != NULL ? error_headline(reply->error) : g_strdup(otherwise);
    g_autofree char *text =
        g_strconcat("cannot be read: ", reply->error != NULL ? reply->error->message : otherwise, NULL);
    /* The licence's own row says the rest, once. */
    observation_set(observation, OBJECT_UNKNOWN, "%s", is_unlicensed(reply) ? UNLICENSED : headline);
    gboolean elsewhere = request->service == SERVICE_DEFENDER && reply->outcome == REPLY_ANSWERED &&
                         (reply->status == 401 || reply->status == 403 || reply->status == 404);
    const char *other = elsewhere ? worker_other_defender(worker) : NULL;
    if (reply->error != NULL) {
        g_free(observation->next);
        observation->next =
            g_strconcat(error_hint(reply->error), other != NULL ? " " : "", other != NULL ? other : "", NULL);
    }
    worker_log_exchange(worker, LOG_INFO, object, text, request, reply);
}

/* FALSE, and the object stays as it was seen, where ONLY_IF_READ and it could not be read. */
static gboolean take_replies(struct worker *worker, const struct reading *reading, gboolean only_if_read)
{
    struct object *object = reading->object;
    GPtrArray *replies = reading->replies;
    struct observation *observation = observation_new();
    /* The first that makes the whole reading useless; their number if there is none. */
    guint bad = 0;
    while (bad < replies->len && object_can_use(object, replies, bad))
        bad++;
    if (bad == replies->len)
        object->kind->compare(object, replies, observation);
    else if (!only_if_read) {
        const struct request *request = g_ptr_array_index(reading->requests, bad);
        say_unusable(worker, object, request, g_ptr_array_index(replies, bad), observation);
        if (replies->len > 1 && !is_unlicensed(g_ptr_array_index(replies, bad)))
            observation_note(observation, "What could not be read: %s %s", request->method, request->path);
    }
    if (only_if_read && observation->state == OBJECT_UNKNOWN) {
        observation_free(observation);
        return FALSE;
    }
    const struct situation situation = worker_situation(worker);
    reading_take(&situation, object, observation);
    onboarding_learn(worker->tenant.onboarding, object);
    return TRUE;
}

/* A 401 that a new token did not end is about the sign-in where the service answers nothing else; one request that is
 * answered so beside others that are not is refused, and no more (Microsoft's governance services refuse so). */
static gboolean is_about_the_sign_in(GPtrArray *requests, GPtrArray *replies, guint index)
{
    const struct reply *refused = g_ptr_array_index(replies, index);
    const struct request *asked = g_ptr_array_index(requests, index);
    if (!g_error_matches(refused->error, PERCH_ERROR, PERCH_ERROR_SIGN_IN))
        return FALSE;
    if (refused->outcome != REPLY_ANSWERED)
        return TRUE;
    for (guint i = 0; i < replies->len; i++)
        if (((const struct request *)g_ptr_array_index(requests, i))->service == asked->service &&
            reply_is_success(g_ptr_array_index(replies, i)))
            return FALSE;
    return asked->service != SERVICE_DEFENDER;
}

static GError *fatal_error(GPtrArray *requests, GPtrArray *replies)
{
    for (guint i = 0; i < replies->len; i++) {
        const struct reply *reply = g_ptr_array_index(replies, i);
        if (g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_CANCELLED) ||
            is_about_the_sign_in(requests, replies, i) ||
            g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_TENANT) ||
            (g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_NETWORK) && reply->outcome != REPLY_ANSWERED))
            return reply->error;
    }
    return NULL;
}

static void reading_free(gpointer data)
{
    struct reading *reading = data;
    g_ptr_array_unref(reading->requests);
    g_ptr_array_unref(reading->replies);
    g_free(reading);
}

/* Ask for OBJECTS side by side, on behalf of SUBJECT (a step, or "reading"). One struct reading each, in their order,
 * or NULL and ERROR (may be NULL). Caller unrefs. */
static GPtrArray *send_wave(struct worker *worker, const char *subject, GPtrArray *objects, GError **error)
{
    g_autoptr(GPtrArray) requests = g_ptr_array_new();
    GPtrArray *readings = g_ptr_array_new_with_free_func(reading_free);
    g_hash_table_remove_all(worker->run.just_read);
    for (guint i = 0; i < objects->len; i++) {
        struct reading *reading = g_new0(struct reading, 1);
        reading->object = g_ptr_array_index(objects, i);
        reading->requests = look_ahead_requests(worker, reading->object);
        reading->replies = g_ptr_array_new_with_free_func((GDestroyNotify)reply_free);
        /* A challenge may bring more rights with it: what is left out is settled before. */
        for (guint k = 0; k < reading->requests->len; k++) {
            struct request *request = g_ptr_array_index(reading->requests, k);
            if (!is_left_out(worker, request)) {
                g_ptr_array_add(reading->replies, NULL);
                g_ptr_array_add(requests, request);
                continue;
            }
            /* As if it had been refused. */
            struct reply *reply = reply_unsent(NULL);
            reply->outcome = REPLY_ANSWERED;
            reply->status = 403;
            g_ptr_array_add(reading->replies, reply);
        }
        g_ptr_array_add(readings, reading);
    }
    g_autoptr(GPtrArray) replies = challenge_retry_read(worker, subject, requests);
    const GError *fatal = fatal_error(requests, replies);
    if (fatal != NULL) {
        if (error != NULL)
            *error = g_error_copy(fatal);
        g_ptr_array_unref(readings);
        return NULL;
    }
    for (guint i = 0, next = 0; i < readings->len; i++) {
        struct reading *reading = g_ptr_array_index(readings, i);
        for (guint k = 0; k < reading->replies->len; k++)
            if (reading->replies->pdata[k] == NULL)
                reading->replies->pdata[k] = g_steal_pointer(&replies->pdata[next++]);
    }
    return readings;
}

gboolean check_beside(struct worker *worker, struct object *object, const GPtrArray *beside, GError **error)
{
    g_autoptr(GPtrArray) objects = g_ptr_array_new();
    g_ptr_array_add(objects, object);
    for (guint i = 0; i < beside->len; i++)
        if (g_ptr_array_index(beside, i) != object && check_can_ask(worker, g_ptr_array_index(beside, i)))
            g_ptr_array_add(objects, g_ptr_array_index(beside, i));
    g_autoptr(GPtrArray) readings = send_wave(worker, object->step, objects, error);
    if (readings == NULL)
        return FALSE;
    for (guint i = 0; i < readings->len; i++) {
        const struct reading *reading = g_ptr_array_index(readings, i);
        /* What was learnt from the first may have it asked for otherwise. */
        if (i > 0 && !look_ahead_holds(worker, reading->object, reading->requests))
            continue;
        /* What cannot be read yet is made none the less, once it can. */
        if (take_replies(worker, reading, i > 0 && reading->object->kind->create != NULL))
            g_hash_table_add(worker->run.just_read, g_strdup(reading->object->key));
    }
    return TRUE;
}

gboolean check_one(struct worker *worker, struct object *object, GError **error)
{
    g_autoptr(GPtrArray) nothing = g_ptr_array_new();
    return check_beside(worker, object, nothing, error);
}

/* Compare those of READINGS whose objects lack nothing by now, and what that brings on; the others stay. What was asked
 * for by less than is known now is PENDING again. */
static void take_what_is_known(struct worker *worker, GPtrArray *readings, GPtrArray *pending)
{
    guint taken = 1;
    while (taken > 0) {
        taken = 0;
        for (guint i = 0; i < readings->len; i++) {
            const struct reading *reading = g_ptr_array_index(readings, i);
            if (!check_can_ask(worker, reading->object))
                continue;
            if (look_ahead_holds(worker, reading->object, reading->requests))
                take_replies(worker, reading, FALSE);
            else
                g_ptr_array_add(pending, reading->object);
            g_ptr_array_remove_index(readings, i--);
            taken++;
        }
    }
}

/* Take out of PENDING what can be asked for now; where that is nothing, what judges others (LAST). */
static GPtrArray *next_wave(struct worker *worker, GPtrArray *pending, const GPtrArray *held, gboolean *last)
{
    GPtrArray *ready = g_ptr_array_new();
    g_autoptr(GPtrArray) awaited = g_ptr_array_copy(pending, NULL, NULL);
    for (guint i = 0; i < held->len; i++)
        g_ptr_array_add(awaited, ((const struct reading *)g_ptr_array_index(held, i))->object);
    for (int turn = 0; ready->len == 0 && turn < 2; turn++) {
        *last = turn == 1;
        for (guint i = 0; i < pending->len; i++) {
            struct object *object = g_ptr_array_index(pending, i);
            if ((object->kind->reads_last == *last && check_can_ask(worker, object)) ||
                (!*last && may_ask(worker, object) && look_ahead_is_due(worker, object, awaited)))
                g_ptr_array_add(ready, object);
        }
    }
    for (guint i = 0; i < ready->len; i++)
        g_ptr_array_remove(pending, g_ptr_array_index(ready, i));
    return ready;
}

/* One wave after another, as long as something of PENDING can be asked for; what is read and hangs on more stays in
 * HELD. ASKED counts the objects. */
static gboolean send_waves(struct worker *worker, GPtrArray *pending, GPtrArray *held, guint *asked, GError **error)
{
    for (;;) {
        gboolean last = FALSE;
        g_autoptr(GPtrArray) ready = next_wave(worker, pending, held, &last);
        if (ready->len == 0)
            return TRUE;
        *asked += ready->len;
        worker->run.waves += last ? 0 : 1;
        g_autoptr(GPtrArray) readings =
            send_wave(worker, ready->len == 1 ? ((const struct object *)g_ptr_array_index(ready, 0))->step : "reading",
                      ready, error);
        if (readings == NULL)
            return FALSE;
        g_ptr_array_extend_and_steal(held, g_steal_pointer(&readings));
        take_what_is_known(worker, held, pending);
        worker_emit_board(worker);
    }
}

/* TRUE if what answers choose now is to be made, and what the journal knows under OBJECT's key is another. */
static gboolean is_another_than_known(struct worker *worker, const struct object *object)
{
    const struct situation situation = worker_situation(worker);
    return object->kind->answer_chooses && object->known_id[0] != '\0' && object->observation->checked != 0 &&
           object->observation->state == OBJECT_ABSENT && belief_of(&situation, object).kind == BELIEF_AS_READ;
}

/* What was read by the id of the one before says nothing of what belongs to the one that is to be made. */
static void set_back_what_belongs_to_another(struct worker *worker)
{
    const GPtrArray *objects = worker->tenant.onboarding->objects;
    for (guint i = 0; i < objects->len; i++) {
        const struct object *needed = g_ptr_array_index(objects, i);
        gboolean is_another = is_another_than_known(worker, needed);
        for (guint k = 0; is_another && k < objects->len; k++) {
            struct object *object = g_ptr_array_index(objects, k);
            if (!g_ptr_array_find_with_equal_func(object->needs, needed->key, g_str_equal, NULL))
                continue;
            observation_free(object->observation);
            object->observation = observation_new();
            object->row = (struct reading_row){0};
        }
    }
}

/* Read PENDING, wave by wave; what is left in it could not be asked for. */
static gboolean read_in_waves(struct worker *worker, GPtrArray *pending, GError **error)
{
    guint asked = 0;
    worker->run.waves = 0;
    /* What was learnt is forgotten until they are read again, but for the ids that the journal knows. */
    onboarding_forget(worker->tenant.onboarding, pending);
    for (guint i = 0; i < pending->len; i++) {
        const struct object *object = g_ptr_array_index(pending, i);
        if (object->known_id[0] != '\0')
            onboarding_learn(worker->tenant.onboarding, object);
    }
    g_autoptr(GPtrArray) held = g_ptr_array_new_with_free_func(reading_free);
    if (!send_waves(worker, pending, held, &asked, error))
        return FALSE;
    for (guint i = 0; i < held->len; i++)
        g_ptr_array_add(pending, ((const struct reading *)g_ptr_array_index(held, i))->object);
    /* An object stays as it was last seen while it is read again; one that cannot be asked for now is set back. */
    for (guint i = 0; i < pending->len; i++) {
        struct object *object = g_ptr_array_index(pending, i);
        observation_free(object->observation);
        object->observation = observation_new();
    }
    set_back_what_belongs_to_another(worker);
    check_infer(worker);
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++)
        reading_offer_removal(worker->tenant.onboarding, g_ptr_array_index(worker->tenant.onboarding->objects, i));
    if (asked > 0)
        worker_log(worker, LOG_INFO, "check", "read %u of %u objects in %u %s", asked,
                   worker->tenant.onboarding->objects->len, worker->run.waves,
                   worker->run.waves == 1 ? "round trip" : "round trips");
    return TRUE;
}

/* The sign-in and what reads have to speak of one tenant: what is noted, and sent, is for that. */
static gboolean speaks_of_this_tenant(const struct worker *worker, GError **error)
{
    const struct sign_in_account *account = sign_in_account(worker->operator.sign_in);
    const char *told = g_hash_table_lookup(worker->tenant.onboarding->values, "tenant.id");
    if (told == NULL || account == NULL || account->tenant_id == NULL ||
        g_ascii_strcasecmp(told, account->tenant_id) == 0)
        return TRUE;
    g_set_error(
        error, PERCH_ERROR, PERCH_ERROR_TENANT,
        "Microsoft Graph speaks of the tenant %s, and the sign-in was to %s.\nNothing was sent. Something on the "
        "way may answer in Microsoft's place: look at the proxy (perch doctor), then sign in again.",
        told, account->tenant_id);
    return FALSE;
}

gboolean check_all(struct worker *worker, GError **error)
{
    g_autoptr(GPtrArray) pending = g_ptr_array_new();
    g_ptr_array_extend(pending, worker->tenant.onboarding->objects, NULL, NULL);
    if (!read_in_waves(worker, pending, error) || !speaks_of_this_tenant(worker, error))
        return FALSE;
    worker->tenant.checked = worker_now(worker);
    return TRUE;
}

/* What TOUCHED and what needs it come to, in the profile's order. Caller unrefs. */
static GPtrArray *touched_objects(const struct worker *worker, GHashTable *touched)
{
    const GPtrArray *objects = worker->tenant.onboarding->objects;
    g_autoptr(GHashTable) askable = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < objects->len; i++) {
        const struct object *object = g_ptr_array_index(objects, i);
        if (check_can_ask(worker, object))
            g_hash_table_add(askable, object->key);
    }
    return reading_pending(objects, touched, askable);
}

gboolean check_touched(struct worker *worker, GHashTable *touched, GError **error)
{
    g_autoptr(GPtrArray) pending = touched_objects(worker, touched);
    for (guint i = 0; i < pending->len; i++)
        g_hash_table_remove(worker->run.failures, ((const struct object *)g_ptr_array_index(pending, i))->key);
    return read_in_waves(worker, pending, error);
}

gboolean check_once_more(struct worker *worker, GHashTable *touched, GError **error)
{
    g_autoptr(GPtrArray) pending = touched_objects(worker, touched);
    return read_in_waves(worker, pending, error);
}

gboolean check_again(struct worker *worker, GError **error)
{
    gint64 until = 0;
    gint64 pause = 5;
    guint looks = 0;
    gint64 latest = worker_now(worker) + (gint64)LONGEST_LOOK * G_USEC_PER_SEC;
    for (gint64 said = 0;; said = MAX(said, until), pause = MIN(pause * 2, LONGEST_LOOK_PAUSE)) {
        const struct situation situation = worker_situation(worker);
        g_autoptr(GHashTable) keys = reading_not_seen(&situation, &until);
        /* However long each reading takes, there are enough of them to tell. */
        if (g_hash_table_size(keys) == 0 || (looks++ >= BELIEF_READINGS && worker_now(worker) >= latest))
            return TRUE;
        if (until > said)
            worker_log_wait(worker, "check", until, "looking again for %u object%s there before and not shown now",
                            g_hash_table_size(keys), g_hash_table_size(keys) == 1 ? " that was" : "s that were");
        worker_emit_board(worker);
        if (!worker_pause_until(worker, MIN(worker_now(worker) + pause * G_USEC_PER_SEC, until))) {
            g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_CANCELLED, "Stopped while looking again.");
            return FALSE;
        }
        if (!check_touched(worker, keys, error))
            return FALSE;
    }
}

void check_infer(struct worker *worker)
{
    for (guint i = 0; i < worker->tenant.onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(worker->tenant.onboarding->objects, i);
        if (object->observation->checked == 0)
            reading_infer(worker->tenant.onboarding, object, lack_of(worker, object),
                          worker->operator.defender_refusal);
    }
}

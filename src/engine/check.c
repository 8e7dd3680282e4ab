#include "engine/check.h"

#include <string.h>

#include "base/error.h"
#include "engine/actions.h"
#include "engine/boards.h"
#include "engine/exchange.h"

/* The reads of one object within a wave. */
struct reading {
    struct object *object;
    guint first;
    guint count;
};

/* Defender's API wants a sign-in of its own, which a person may have left out. */
static gboolean lacks_defender_sign_in(const struct worker *worker, const struct object *object)
{
    g_autoptr(GPtrArray) requests = object_look_ups(object);
    for (guint i = 0; i < requests->len; i++) {
        const struct request *request = g_ptr_array_index(requests, i);
        if (request->service == SERVICE_DEFENDER && !worker->defender_ready)
            return TRUE;
    }
    return FALSE;
}

/* It is only asked where a right was given that perch does not ask for, and it was not. */
static gboolean lacks_a_granted_scope(const struct worker *worker, const struct object *object)
{
    g_autoptr(GPtrArray) requests = object_look_ups(object);
    for (guint i = 0; i < requests->len; i++) {
        const struct request *request = g_ptr_array_index(requests, i);
        if (request->if_granted && !sign_in_has_scope(worker->sign_in, request->scope))
            return TRUE;
    }
    return FALSE;
}

gboolean check_can_ask(const struct worker *worker, const struct object *object)
{
    if (onboarding_falls_away(worker->onboarding, onboarding_step(worker->onboarding, object->step)) != NULL)
        return FALSE;
    g_autofree char *missing = onboarding_missing(worker->onboarding, object);
    return missing == NULL && !lacks_defender_sign_in(worker, object) && !lacks_a_granted_scope(worker, object);
}

static void add_requests(const struct worker *worker, struct object *object, GPtrArray *requests, GArray *readings)
{
    struct reading reading = {.object = object, .first = requests->len};
    object->kind->look_up(object, requests);
    reading.count = requests->len - reading.first;
    for (guint i = reading.first; i < requests->len; i++)
        onboarding_fill(worker->onboarding, g_ptr_array_index(requests, i));
    g_array_append_val(readings, reading);
}

/* The first of REPLIES that makes the whole reading useless; their number if there is none. */
static guint find_unusable(const struct object *object, GPtrArray *replies)
{
    for (guint i = 0; i < replies->len; i++)
        if (!object_can_use(object, replies, i))
            return i;
    return replies->len;
}

static const char *problem_of(const struct reply *reply)
{
    if (reply->error != NULL)
        return reply->error->message;
    return reply->unreadable ? "The answer cannot be read." : "There was no answer.";
}

/* What the journal knows and the tenant does not show (yet). */
static void consider_journal(struct worker *worker, struct object *object)
{
    const struct object_entry *entry = ledger_object(worker->ledger, object->key);
    struct observation *observation = object->observation;
    if (observation->state != OBJECT_ABSENT)
        return;
    gint64 within = object_visible_within(object) * G_USEC_PER_SEC;
    if (object->in_doubt) {
        gboolean is_creation = strcmp(entry->action, action_word(ACTION_CREATE)) == 0;
        observation_set(observation, OBJECT_IN_DOUBT,
                        "A request to %s it was sent and no answer came; it is not there.",
                        is_creation ? object->kind->verb : entry->action);
    } else if (object->created && worker_now(worker) - entry->since < within) {
        observation_set(observation, OBJECT_UNKNOWN, "Created, and not visible yet; Microsoft may take some minutes.");
    } else if (object->created) {
        observation_note(observation, "perch created it before, and it cannot be found: somebody removed it, or "
                                      "another one is wanted now.");
    }
}

static void accept_as_is(struct observation *observation, const char *why)
{
    observation_note(observation, "%s", why);
    observation->state = OBJECT_MATCHES;
    g_ptr_array_set_size(observation->candidates, 0);
}

static void consider_decision(struct object *object)
{
    struct observation *observation = object->observation;
    if (observation->state == OBJECT_DIFFERS && strcmp(object->decision, "keep") == 0)
        accept_as_is(observation, "It differs from what is wanted and is kept as it is, as decided.");
    if (observation->state == OBJECT_ABSENT && !object->created && strcmp(object->decision, "remove") == 0)
        accept_as_is(observation, "It was taken away again, as decided.");
}

static void say_unusable(struct worker *worker, const struct object *object, const struct request *request,
                         const struct reply *reply, struct observation *observation)
{
    g_auto(GStrv) lines = g_strsplit(problem_of(reply), "\n", 2);
    g_autofree char *text = g_strconcat("cannot be read: ", problem_of(reply), NULL);
    observation_set(observation, OBJECT_UNKNOWN, "%s", lines[0]);
    exchange_log(worker, LOG_INFO, object, text, request, reply);
}

/* REQUESTS: the first of those that REPLIES answer. */
static void take_replies(struct worker *worker, struct object *object, struct request *const *requests,
                         GPtrArray *replies)
{
    struct observation *observation = observation_new();
    guint bad = find_unusable(object, replies);
    observation->checked = worker_now(worker);
    if (bad < replies->len)
        say_unusable(worker, object, requests[bad], g_ptr_array_index(replies, bad), observation);
    else
        object->kind->compare(object, replies, observation);
    observation_free(object->observation);
    object->observation = observation;
    consider_journal(worker, object);
    consider_decision(object);
    onboarding_learn(worker->onboarding, object);
}

static GError *fatal_error(GPtrArray *replies)
{
    for (guint i = 0; i < replies->len; i++) {
        const struct reply *reply = g_ptr_array_index(replies, i);
        if (g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_CANCELLED) ||
            g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_SIGN_IN) ||
            g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_TENANT) ||
            (g_error_matches(reply->error, PERCH_ERROR, PERCH_ERROR_NETWORK) && reply->outcome != REPLY_ANSWERED))
            return reply->error;
    }
    return NULL;
}

static gboolean send_wave(struct worker *worker, GPtrArray *objects, GError **error)
{
    g_autoptr(GPtrArray) requests = g_ptr_array_new_with_free_func((GDestroyNotify)request_free);
    g_autoptr(GArray) readings = g_array_new(FALSE, FALSE, sizeof(struct reading));
    for (guint i = 0; i < objects->len; i++)
        add_requests(worker, g_ptr_array_index(objects, i), requests, readings);
    const struct object *first = objects->len == 1 ? g_ptr_array_index(objects, 0) : NULL;
    g_autoptr(GPtrArray) replies = exchange_read(worker, first != NULL ? first->step : "reading", requests);
    const GError *fatal = fatal_error(replies);
    if (fatal != NULL) {
        if (error != NULL)
            *error = g_error_copy(fatal);
        return FALSE;
    }
    for (guint i = 0; i < readings->len; i++) {
        const struct reading *reading = &g_array_index(readings, struct reading, i);
        g_autoptr(GPtrArray) own = g_ptr_array_new();
        for (guint k = 0; k < reading->count; k++)
            g_ptr_array_add(own, g_ptr_array_index(replies, reading->first + k));
        take_replies(worker, reading->object, (struct request *const *)requests->pdata + reading->first, own);
    }
    return TRUE;
}

gboolean check_one(struct worker *worker, struct object *object, GError **error)
{
    g_autoptr(GPtrArray) objects = g_ptr_array_new();
    g_ptr_array_add(objects, object);
    return send_wave(worker, objects, error);
}

static GPtrArray *ready_objects(struct worker *worker, GPtrArray *pending)
{
    GPtrArray *ready = g_ptr_array_new();
    for (guint i = 0; i < pending->len; i++)
        if (check_can_ask(worker, g_ptr_array_index(pending, i)))
            g_ptr_array_add(ready, g_ptr_array_index(pending, i));
    for (guint i = 0; i < ready->len; i++)
        g_ptr_array_remove(pending, g_ptr_array_index(ready, i));
    return ready;
}

static void forget_observations(struct worker *worker)
{
    onboarding_forget(worker->onboarding);
    for (guint i = 0; i < worker->onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(worker->onboarding->objects, i);
        if (object->known_id[0] != '\0')
            onboarding_learn(worker->onboarding, object);
    }
}

/* An object stays as it was last seen while it is read again; one that cannot be asked for now is set back. */
static void reset_unasked(struct worker *worker, GPtrArray *pending)
{
    for (guint i = 0; i < pending->len; i++) {
        struct object *object = g_ptr_array_index(pending, i);
        observation_free(object->observation);
        object->observation = observation_new();
    }
    check_infer(worker);
}

/* What perch made for a while may go once the thing that it was for is there. */
static void offer_removal(const struct worker *worker, struct object *object)
{
    const json *until = json_get(object->definition, "until");
    const struct object *other =
        until != NULL ? onboarding_object(worker->onboarding, json_get_string(until, "object")) : NULL;
    if (other != NULL && other->observation->state == OBJECT_MATCHES && object->created &&
        object->observation->state == OBJECT_MATCHES && strcmp(object->decision, "remove") != 0)
        observation_candidate(object->observation, "remove", json_get_string(until, "label"), FALSE);
}

gboolean check_all(struct worker *worker, GError **error)
{
    g_autoptr(GPtrArray) pending = g_ptr_array_new();
    for (guint i = 0; i < worker->onboarding->objects->len; i++)
        g_ptr_array_add(pending, g_ptr_array_index(worker->onboarding->objects, i));
    guint asked = 0;
    worker->waves = 0;
    forget_observations(worker);
    for (;;) {
        g_autoptr(GPtrArray) ready = ready_objects(worker, pending);
        if (ready->len == 0)
            break;
        asked += ready->len;
        worker->waves++;
        if (!send_wave(worker, ready, error))
            return FALSE;
        boards_emit(worker);
    }
    reset_unasked(worker, pending);
    for (guint i = 0; i < worker->onboarding->objects->len; i++)
        offer_removal(worker, g_ptr_array_index(worker->onboarding->objects, i));
    worker->checked = worker_now(worker);
    worker_log(worker, LOG_INFO, "check", "read %u of %u objects in %u round trips", asked,
               worker->onboarding->objects->len, worker->waves);
    return TRUE;
}

static void infer_one(struct worker *worker, struct object *object)
{
    g_autofree char *missing = onboarding_missing(worker->onboarding, object);
    for (guint i = 0; i < object->needs->len; i++) {
        const struct object *needed = onboarding_object(worker->onboarding, g_ptr_array_index(object->needs, i));
        if (needed == NULL || needed->observation->state == OBJECT_MATCHES)
            continue;
        if (needed->observation->state == OBJECT_ABSENT && object_is_creatable(needed)) {
            object->observation->state = OBJECT_ABSENT;
            return;
        }
        observation_set(object->observation, OBJECT_UNKNOWN, "It can be looked for once “%s” is settled.",
                        needed->title);
        return;
    }
    if (missing != NULL)
        observation_set(object->observation, OBJECT_UNKNOWN, "A value is missing.");
    else if (lacks_a_granted_scope(worker, object))
        observation_set(object->observation, OBJECT_MATCHES,
                        "Not asked: perch was not given the right to, and does not need it.");
    else if (lacks_defender_sign_in(worker, object))
        observation_set(object->observation, OBJECT_UNKNOWN, "Sign in once more, for Defender, to have it read.");
}

void check_infer(struct worker *worker)
{
    for (guint i = 0; i < worker->onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(worker->onboarding->objects, i);
        if (object->observation->checked == 0)
            infer_one(worker, object);
    }
}

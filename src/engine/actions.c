#include "engine/actions.h"

#include <string.h>

#include "engine/steps.h"

static gboolean needs_are_there(struct worker *worker, const struct object *object, GHashTable *assumed)
{
    for (guint i = 0; i < object->needs->len; i++) {
        const char *key = g_ptr_array_index(object->needs, i);
        const struct object *needed = onboarding_object(worker->onboarding, key);
        if (needed == NULL || (assumed != NULL && g_hash_table_contains(assumed, key)))
            continue;
        if (needed->observation->state != OBJECT_MATCHES)
            return FALSE;
    }
    return TRUE;
}

/* A value that no object teaches (an answer) and that is not there. */
static gboolean lacks_an_answer(struct worker *worker, const struct object *object)
{
    g_autofree char *missing = onboarding_missing(worker->onboarding, object);
    if (missing == NULL)
        return FALSE;
    g_auto(GStrv) parts = g_strsplit(missing, ".", 2);
    return onboarding_object(worker->onboarding, parts[0]) == NULL;
}

static enum action_kind action_if_absent(const struct object *object)
{
    const struct observation *observation = object->observation;
    gboolean ours = observation->deleted_id[0] != '\0' && strcmp(observation->deleted_id, object->our_deleted) == 0;
    if (!object_is_creatable(object))
        return ACTION_NONE;
    if (observation->deleted_id[0] != '\0' && (ours || strcmp(object->decision, "restore") == 0))
        return ACTION_RESTORE;
    if (observation->candidates->len > 0 && strcmp(object->decision, "create") != 0)
        return ACTION_NONE;
    return ACTION_CREATE;
}

static enum action_kind action_if_differs(const struct object *object)
{
    gboolean wanted = object->observation->repair_unasked || strcmp(object->decision, "repair") == 0;
    gboolean possible = object->kind->repair != NULL && !observation_is_fixed(object->observation);
    return wanted && possible ? ACTION_REPAIR : ACTION_NONE;
}

/* There and as wanted, and the journal does not say so, or not under which id. */
static gboolean is_to_be_noted(const struct object *object)
{
    gboolean lacks_id = object->created && object->known_id[0] == '\0' && object->observation->id[0] != '\0';
    if (strcmp(object->decision, "remove") == 0)
        return FALSE;
    return object->kind->create != NULL && (lacks_id || (!object->created && !object->adopted));
}

static enum action_kind action_by_state(const struct object *object)
{
    switch (object->observation->state) {
    case OBJECT_MATCHES:
        if (object->created && object->kind->remove != NULL && strcmp(object->decision, "remove") == 0)
            return ACTION_REMOVE;
        return is_to_be_noted(object) ? ACTION_ADOPT : ACTION_NONE;
    case OBJECT_IN_DOUBT:
        return ACTION_RESOLVE;
    case OBJECT_ABSENT:
        return action_if_absent(object);
    case OBJECT_DIFFERS:
        return action_if_differs(object);
    default:
        return ACTION_NONE;
    }
}

enum action_kind action_for_object(struct worker *worker, const struct object *object, GHashTable *assumed)
{
    if (assumed != NULL && g_hash_table_contains(assumed, object->key))
        return ACTION_NONE;
    const struct step *step = onboarding_step(worker->onboarding, object->step);
    enum action_kind kind = action_by_state(object);
    if (onboarding_falls_away(worker->onboarding, step) != NULL)
        return ACTION_NONE;
    if (kind == ACTION_NONE || kind == ACTION_ADOPT)
        return kind;
    if (kind != ACTION_RESOLVE && step_is_told(worker, step))
        return ACTION_NONE;
    g_autofree char *problem = step_field_problem(worker, step);
    if (g_hash_table_contains(worker->failures, object->key) || lacks_an_answer(worker, object) ||
        ledger_step(worker->ledger, step->id)->skipped_by[0] != '\0' || problem != NULL)
        return ACTION_NONE;
    if (!needs_are_there(worker, object, assumed) || !step_needs_are_met(worker, step, assumed))
        return ACTION_NONE;
    return kind;
}

static gboolean is_within(struct worker *worker, const char *step, const char *wanted)
{
    if (wanted == NULL || strcmp(step, wanted) == 0)
        return TRUE;
    const struct step *target = onboarding_step(worker->onboarding, wanted);
    json_for_each (need, target != NULL ? json_get(target->definition, "needs") : NULL) {
        if (is_within(worker, step, json_string(need)))
            return TRUE;
    }
    return FALSE;
}

struct object *action_next(struct worker *worker, GHashTable *assumed, const char *step, enum action_kind *kind)
{
    for (guint i = 0; i < worker->onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(worker->onboarding->objects, i);
        if (!is_within(worker, object->step, step))
            continue;
        *kind = action_for_object(worker, object, assumed);
        if (*kind != ACTION_NONE)
            return object;
    }
    return NULL;
}

struct request *action_request(struct worker *worker, const struct object *object, enum action_kind kind)
{
    struct request *request = NULL;
    if (kind == ACTION_CREATE)
        request = object->kind->create(object);
    else if (kind == ACTION_REPAIR)
        request = object->kind->repair(object);
    else if (kind == ACTION_RESTORE)
        request = object->kind->restore(object);
    else if (kind == ACTION_REMOVE)
        request = object->kind->remove(object);
    if (request != NULL)
        onboarding_fill(worker->onboarding, request);
    return request;
}

const char *action_word(enum action_kind kind)
{
    static const char *const words[] = {
        [ACTION_NONE] = "none",     [ACTION_ADOPT] = "adopt",   [ACTION_RESOLVE] = "resolve",
        [ACTION_CREATE] = "create", [ACTION_REPAIR] = "repair", [ACTION_RESTORE] = "restore",
        [ACTION_REMOVE] = "remove",
    };
    return words[kind];
}

/* SPDX-License-Identifier: MIT */
#include "engine/actions.h"

#include <string.h>

#include "base/clock.h"
#include "engine/step_fields.h"
#include "engine/step_status.h"
#include "engine/step_told.h"

static gboolean needs_are_there(const struct situation *situation, const struct object *object)
{
    /* What may be activated follows from the roles that are not there. */
    if (object->kind->ends_by_itself)
        return TRUE;
    for (guint i = 0; i < object->needs->len; i++) {
        const struct object *needed = onboarding_object(situation->onboarding, g_ptr_array_index(object->needs, i));
        gboolean goes = needed != NULL && needed->kind->goes_by_decision && object_is_to_go(needed);
        if (needed != NULL && (goes || !situation_matches(situation, needed)))
            return FALSE;
    }
    return TRUE;
}

/* A value that no object teaches (an answer) and that is not there. */
static gboolean lacks_an_answer(const struct onboarding *onboarding, const struct object *object)
{
    g_autofree char *missing = onboarding_missing(onboarding, object);
    if (missing == NULL)
        return FALSE;
    g_auto(GStrv) parts = g_strsplit(missing, ".", 2);
    return onboarding_object(onboarding, parts[0]) == NULL;
}

static enum action_kind action_if_absent(const struct situation *situation, const struct object *object)
{
    const struct observation *observation = object->observation;
    gboolean ours = observation->deleted_id[0] != '\0' && strcmp(observation->deleted_id, object->our_deleted) == 0;
    if (!object_is_creatable(object))
        return ACTION_NONE;
    /* Never unasked, not again because it ended, and not for nothing. */
    if (object->kind->ends_by_itself &&
        (object->decision.kind != DECISION_CREATE || object->created || !step_activation_helps(situation, object)))
        return ACTION_NONE;
    if (observation->deleted_id[0] != '\0' && (ours || object->decision.kind == DECISION_RESTORE))
        return ACTION_RESTORE;
    /* What is beyond the fence nothing else decides but the name, typed. */
    for (guint i = 0; i < observation->candidates->len; i++)
        if (((const struct candidate *)g_ptr_array_index(observation->candidates, i))->decision.kind == DECISION_ALLOW)
            return ACTION_NONE;
    if (observation->candidates->len > 0 && object->decision.kind != DECISION_CREATE)
        return ACTION_NONE;
    return ACTION_CREATE;
}

/* There and as wanted, and the journal does not say so, or not under which id, or not that it was read back. */
static gboolean is_to_be_noted(const struct situation *situation, const struct object *object)
{
    gboolean is_unproved = object->created && situation_object(situation, object)->phase == PHASE_REPLIED;
    gboolean lacks_id = object->created && object->known_id[0] == '\0' && object->observation->id[0] != '\0';
    gboolean may_be_adopted = !object->created && !object->adopted && !object->kind->ends_by_itself;
    if (object->decision.kind == DECISION_REMOVE)
        return FALSE;
    return object->kind->create != NULL && (lacks_id || is_unproved || may_be_adopted);
}

/* All that is not about who is signed in, and not the report. */
static gboolean all_else_is_settled(const struct situation *situation, const char *step)
{
    for (guint i = 0; i < situation->onboarding->steps->len; i++) {
        const struct step *other = g_ptr_array_index(situation->onboarding->steps, i);
        if (other->definition->report || strcmp(other->id, step) == 0)
            continue;
        g_auto(StepStatus) status = step_status(situation, other);
        if (!step_state_is_settled(status.state))
            return FALSE;
    }
    return TRUE;
}

gint64 action_gives_back_from(const struct object *object)
{
    return object->observation->made + object->kind->stays_at_least * G_USEC_PER_SEC + CLOCK_SLACK;
}

struct object *action_gives_back(const struct situation *situation)
{
    for (guint i = 0; i < situation->onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(situation->onboarding->objects, i);
        const gboolean may_go = object->kind->ends_by_itself && object->created &&
                                object->observation->state == OBJECT_MATCHES && !situation_assumes(situation, object) &&
                                situation->now >= action_gives_back_from(object) &&
                                !g_hash_table_contains(situation->failures, object->key);
        if (may_go && (object->decision.kind == DECISION_REMOVE ||
                       (object->observation->goes_at_the_end && all_else_is_settled(situation, object->step))))
            return object;
    }
    return NULL;
}

static enum action_kind action_by_state(const struct situation *situation, const struct object *object)
{
    enum object_state state = object->observation->state;
    /* What became of a write without an answer comes before all else, and is told by whatever could be read. */
    if (object->in_doubt && state != OBJECT_UNKNOWN && state != OBJECT_MANY)
        return ACTION_RESOLVE;
    switch (state) {
    case OBJECT_MATCHES:
        if (object_is_to_go(object))
            return ACTION_REMOVE;
        return is_to_be_noted(situation, object) ? ACTION_ADOPT : ACTION_NONE;
    case OBJECT_IN_DOUBT:
        if (object->observation->candidates->len == 0)
            return ACTION_RESOLVE;
        /* Made and never read: only a person says that a new one is to be made. */
        return object->decision.kind == DECISION_CREATE && object_is_creatable(object) ? ACTION_CREATE : ACTION_NONE;
    case OBJECT_ABSENT:
        return action_if_absent(situation, object);
    case OBJECT_DIFFERS: {
        gboolean wanted = object->observation->repair_unasked || situation_decides(situation, object, DECISION_REPAIR);
        gboolean possible = object->kind->repair != NULL && !observation_is_fixed(object->observation);
        return wanted && possible ? ACTION_REPAIR : ACTION_NONE;
    }
    default:
        return ACTION_NONE;
    }
}

/* TRUE if nothing about OBJECT's step stands in the way of writing. */
static gboolean may_be_written(const struct situation *situation, const struct object *object)
{
    const struct step *step = onboarding_step(situation->onboarding, object->step);
    g_autofree char *problem = step_field_problem(situation->onboarding, step);
    gboolean is_held_back = situation->held_back != NULL && g_hash_table_contains(situation->held_back, object->key);
    return problem == NULL && !is_held_back && !g_hash_table_contains(situation->failures, object->key) &&
           situation_step(situation, step)->skipped_by[0] == '\0' && !lacks_an_answer(situation->onboarding, object) &&
           needs_are_there(situation, object) && step_needs_are_met(situation, step);
}

enum action_kind action_for_object(const struct situation *situation, const struct object *object)
{
    const struct step *step = onboarding_step(situation->onboarding, object->step);
    enum action_kind kind = action_by_state(situation, object);
    gboolean is_assumed = situation->assumed != NULL && g_hash_table_contains(situation->assumed, object->key);
    if (is_assumed || onboarding_falls_away(situation->onboarding, step) != NULL)
        return ACTION_NONE;
    if (kind == ACTION_NONE || kind == ACTION_ADOPT)
        return kind;
    if (kind != ACTION_RESOLVE && step_is_told(situation, step))
        return ACTION_NONE;
    return may_be_written(situation, object) ? kind : ACTION_NONE;
}

static gboolean is_within(const struct onboarding *onboarding, const char *step, const char *wanted)
{
    if (wanted == NULL || strcmp(step, wanted) == 0)
        return TRUE;
    const struct step *target = onboarding_step(onboarding, wanted);
    for (guint i = 0; target != NULL && target->definition->needs[i] != NULL; i++)
        if (is_within(onboarding, step, target->definition->needs[i]))
            return TRUE;
    return FALSE;
}

struct action action_next(const struct situation *situation, const char *step)
{
    for (guint i = 0; i < situation->onboarding->objects->len; i++) {
        struct object *object = g_ptr_array_index(situation->onboarding->objects, i);
        if (!is_within(situation->onboarding, object->step, step))
            continue;
        enum action_kind kind = action_for_object(situation, object);
        if (kind != ACTION_NONE)
            return (struct action){kind, object};
    }
    /* With it goes what the others are done by. */
    struct object *last = step == NULL ? action_gives_back(situation) : NULL;
    return (struct action){last != NULL ? ACTION_REMOVE : ACTION_NONE, last};
}

struct request *action_request(const struct onboarding *onboarding, const struct object *object, enum action_kind kind)
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
        onboarding_fill(onboarding, request);
    return request;
}

enum write_action action_write(enum action_kind kind)
{
    static const enum write_action writes[] = {
        [ACTION_NONE] = WRITE_NONE,     [ACTION_ADOPT] = WRITE_NONE,    [ACTION_RESOLVE] = WRITE_NONE,
        [ACTION_CREATE] = WRITE_CREATE, [ACTION_REPAIR] = WRITE_REPAIR, [ACTION_RESTORE] = WRITE_RESTORE,
        [ACTION_REMOVE] = WRITE_REMOVE,
    };
    return writes[kind];
}

/* SPDX-License-Identifier: MIT */
#include "engine/undo_plan.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "engine/belief.h"
#include "engine/leave_decision.h"

gboolean undo_finds_gone(const struct situation *situation, const struct object *object)
{
    enum belief_kind belief = belief_of(situation, object).kind;
    /* What was taken over can be asked for no more by what perch made for it. */
    return ((object->created || object->adopted) && belief == BELIEF_GONE) ||
           (object->created && (belief == BELIEF_ENDED || belief == BELIEF_FAILED));
}

gboolean undo_finds_back(const struct situation *situation, const struct object *object)
{
    const struct object_entry *entry = situation_object(situation, object);
    gboolean was_lost = entry->phase == PHASE_REFUSED && entry->sends->len > 0;
    gboolean may_be_own = entry->phase == PHASE_SENT || was_lost || entry->gone_ours || entry->deleted_id[0] != '\0';
    return may_be_own && !object->created && object->observation->checked != 0 &&
           belief_of(situation, object).kind == BELIEF_OURS;
}

gboolean undo_leaves_partners(const struct situation *situation, const struct object *object)
{
    enum object_state state = object->observation->state;
    const struct object_entry *entry = situation_object(situation, object);
    gboolean was_removed =
        entry->deleted_ours && belief_is_what_was_removed(entry, object->observation->id, object->kind->id_is_reused);
    return (object_state_is_there(state) || state == OBJECT_MANY) && object->kind->remove != NULL &&
           !object->kind->is_companys && !object->created && !was_removed && !undo_finds_back(situation, object);
}

gboolean undo_may_be_own(const struct situation *situation, const struct object *object)
{
    gboolean is_one_of_many = object->in_doubt && object->observation->state == OBJECT_MANY;
    return (is_one_of_many || belief_may_be_own(situation, object)) && leave_decision(situation, object) == NULL;
}

static gboolean is_to_be_removed(const struct situation *situation, const struct object *object)
{
    /* Made by hand, or there before, and decided to go with the partner. */
    gboolean leaves_though_found = object->leaves && !object->created && object->observation->id[0] != '\0' &&
                                   object_state_is_there(object->observation->state);
    return (object->created || leaves_though_found || undo_finds_back(situation, object)) &&
           object->kind->remove != NULL && !undo_finds_gone(situation, object) &&
           !(object->created && belief_of(situation, object).kind == BELIEF_NOT_OURS);
}

/* What changed since goes to LEFT, which may be NULL. */
static struct request *put_back(const struct situation *situation, const struct object *object, GPtrArray *left)
{
    const json *olds = situation_object(situation, object)->old;
    gboolean is_theirs = !object->created && olds != NULL && object->kind->restore_old != NULL &&
                         object_state_is_there(object->row.state);
    return is_theirs ? object->kind->restore_old(object, olds, left) : NULL;
}

gboolean undo_puts_back(const struct situation *situation, const struct object *object)
{
    g_autoptr(Request) request = put_back(situation, object, NULL);
    return request != NULL && object_state_is_there(object->observation->state);
}

gboolean undo_has_put_back(const struct situation *situation, const struct object *object)
{
    g_autoptr(Request) request = put_back(situation, object, NULL);
    return request == NULL && object_state_is_there(object->row.state);
}

char *undo_changed_since(const struct situation *situation, const struct object *object)
{
    g_autoptr(GPtrArray) left = g_ptr_array_new();
    g_autoptr(Request) request = put_back(situation, object, left);
    return left->len > 0 ? text_join(left, ", ") : NULL;
}

GPtrArray *undo_objects(const struct situation *situation)
{
    GPtrArray *objects = g_ptr_array_new();
    for (guint i = situation->onboarding->objects->len; i > 0; i--) {
        struct object *object = g_ptr_array_index(situation->onboarding->objects, i - 1);
        if (is_to_be_removed(situation, object) || undo_puts_back(situation, object))
            g_ptr_array_insert(objects, object->leaves && object->kind->goes_first ? 0 : -1, object);
    }
    return objects;
}

GPtrArray *undo_doors(const struct situation *situation)
{
    GPtrArray *doors = g_ptr_array_new();
    for (guint i = situation->onboarding->objects->len; i > 0; i--) {
        struct object *object = g_ptr_array_index(situation->onboarding->objects, i - 1);
        if (object->leaves && object->kind->take_away != NULL)
            g_ptr_array_add(doors, object);
    }
    return doors;
}

struct request *undo_request(const struct situation *situation, const struct object *object)
{
    struct request *request = NULL;
    struct object known = *object;
    /* What was created without an id in the answer is known by the one that it is listed under. */
    if (known.known_id[0] == '\0')
        known.known_id = object->observation->id;
    if (is_to_be_removed(situation, object) && known.known_id[0] != '\0')
        request = object->kind->remove(&known);
    else if (object_state_is_there(object->observation->state))
        request = put_back(situation, object, NULL);
    if (request != NULL)
        onboarding_fill(situation->onboarding, request);
    return request;
}

gboolean undo_is_among(const struct situation *situation, const struct object *object, GHashTable *digests)
{
    g_autoptr(Request) request = undo_request(situation, object);
    g_autofree char *digest = request != NULL ? request_digest(request) : NULL;
    return digest != NULL && g_hash_table_contains(digests, digest);
}

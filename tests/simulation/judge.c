/* SPDX-License-Identifier: MIT */
#include "simulation/judge.h"

#include <string.h>

#include "simulation/tenant_door.h"
#include "simulation/virtual_time.h"

static const struct {
    const char *kind;
    const char *collection;
} kinds[] = {
    {"group", "groups"},
    {"role-assignment", "roleAssignments"},
    {"connected-organization", "connectedOrganizations"},
    {"catalog", "catalogs"},
    {"access-package", "accessPackages"},
    {"assignment-policy", "assignmentPolicies"},
    {"defender-role-definition", "defenderRoles"},
    {"defender-role-assignment", "defenderAssignments"},
};

static const char *collection_of(const char *kind)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_strcmp0(kinds[i].kind, kind) == 0)
            return kinds[i].collection;
    return NULL;
}

void judge_objects(struct world *world)
{
    const GPtrArray *objects = door_objects(world->door);
    for (guint i = 0; i < objects->len; i++) {
        const struct door_object *object = g_ptr_array_index(objects, i);
        for (guint k = i + 1; k < objects->len; k++) {
            const struct door_object *other = g_ptr_array_index(objects, k);
            if (object->removed_by == NULL && other->removed_by == NULL && object->name[0] != '\0' &&
                strcmp(object->maker, DOOR_HAND) != 0 && strcmp(object->maker, other->maker) == 0 &&
                strcmp(object->collection, other->collection) == 0 && strcmp(object->name, other->name) == 0)
                world_broken(world, &world->counts->duplicates, "%s made “%s” twice in %s: %s and %s.", object->maker,
                             object->name, object->collection, object->id, other->id);
        }
    }
}

static void judge_board_object(struct world *world, const char *who, const json *step, const json *object)
{
    const char *collection = collection_of(json_get_string(object, "kind"));
    const char *state = json_get_string(object, "state");
    const char *id = json_get_string(object, "id");
    const char *name = json_get_string(object, "name");
    const char *step_state = json_get_string(step, "state");
    if (collection == NULL || g_strcmp0(state, "matches") != 0)
        return;
    if (id != NULL && id[0] != '\0' && door_find(world->door, collection, id) == NULL)
        world_broken(world, &world->counts->untrue, "%s: %s %s is said to be there and is not.", who,
                     json_get_string(object, "kind"), id);
    if (g_strcmp0(step_state, "done") == 0 && name != NULL && name[0] != '\0' && !world->touched &&
        json_get(world->schedule, "decisions") == NULL && door_count(world->door, collection, name) > 1)
        world_broken(world, &world->counts->untrue, "%s: step %s is said to be done while “%s” stands twice in %s.",
                     who, json_get_string(step, "id"), name, collection);
}

void judge_board(struct world *world, const char *who)
{
    json_for_each (step, json_get(json_get(world_last(world, who), "board"), "steps"))
        json_for_each (object, json_get(step, "objects"))
            judge_board_object(world, who, step, object);
}

/* TRUE if its maker's state folder was put back to a time before it was made. */
static gboolean is_forgotten(const struct world *world, const struct door_object *object)
{
    json_for_each (gap, world->forgotten)
        if (strcmp(json_get_string(gap, "who"), object->maker) == 0 && object->made >= json_get_int(gap, "from", 0) &&
            object->made <= json_get_int(gap, "until", 0))
            return TRUE;
    return FALSE;
}

/* TRUE if BOARD says of something like OBJECT, whose id perch never heard, that it could not be undone. */
static gboolean is_told_without_id(const json *board, const struct door_object *object)
{
    json_for_each (step, json_get(board, "steps")) {
        const char *state = json_get_string(step, "state");
        json_for_each (part, json_get(step, "objects")) {
            const char *id = json_get_string(part, "id");
            if ((g_strcmp0(state, "failed") == 0 || g_strcmp0(state, "in-doubt") == 0) && (id == NULL || *id == '\0') &&
                g_strcmp0(collection_of(json_get_string(part, "kind")), object->collection) == 0)
                return TRUE;
        }
    }
    return FALSE;
}

void judge_undo(struct world *world, const char *who)
{
    const json *last = world_last(world, who);
    const json *board = json_get(last, "board");
    g_autofree char *said = board != NULL ? json_text(board) : g_strdup("");
    const char *error = json_get_string(last, "error") != NULL ? json_get_string(last, "error") : "";
    gint64 end = json_get_int(last, "end", -1);
    const GPtrArray *objects = door_objects(world->door);
    for (guint i = 0; i < objects->len; i++) {
        const struct door_object *object = g_ptr_array_index(objects, i);
        if (object->removed_by != NULL || strcmp(object->maker, who) != 0 || is_forgotten(world, object))
            continue;
        gboolean named = strstr(said, object->id) != NULL || (object->name[0] != '\0' && strstr(error, object->name)) ||
                         is_told_without_id(board, object);
        if (end == 0 || !named)
            world_broken(world, &world->counts->leftovers, "%s: undo ended %d and left %s “%s” (%s)%s.", who, (int)end,
                         object->collection, object->name, object->id, named ? "" : " unnamed");
    }
}

/* TRUE if BOARD says that its perch created what has ID. */
static gboolean claims(const json *board, const char *id)
{
    json_for_each (step, json_get(board, "steps"))
        json_for_each (object, json_get(step, "objects"))
            if (g_strcmp0(json_get_string(object, "id"), id) == 0 &&
                g_strcmp0(json_get_string(object, "origin"), "created") == 0)
                return TRUE;
    return FALSE;
}

void judge_admissions(struct world *world, const char *who, const json *told)
{
    json_for_each (one, told)
        json_append(world->admitted, json_from("{'who':%s,'collection':%s,'at':%d}", who,
                                               collection_of(json_get_string(one, "kind")), virtual_time_now()));
    json_for_each (step, json_get(json_get(world_last(world, who), "board"), "steps")) {
        const json *notes = json_get(step, "notes");
        g_autofree char *text = notes != NULL ? json_text(notes) : g_strdup("");
        if (strstr(text, "taken for perch's own") == NULL)
            continue;
        json_for_each (object, json_get(step, "objects"))
            json_append(world->admitted, json_from("{'who':%s,'id':%s,'at':%d}", who, json_get_string(object, "id"),
                                                   virtual_time_now()));
    }
}

#define CLOCKS_DIFFER (20 * (gint64)G_USEC_PER_SEC)

/* TRUE if whoever removed OBJECT, or changed it, was told by a board before that nothing but the time tells it from
 * somebody else's; and, where it still stood when everybody was asked, if both boards call it their perch's. */
static gboolean is_said(const struct world *world, const struct door_object *object)
{
    gint64 removed = G_MAXINT64;
    for (guint i = object->removals->len; i > 0; i--) {
        const struct door_removal *removal = &g_array_index(object->removals, struct door_removal, i - 1);
        removed = strcmp(removal->who, object->stranger) == 0 ? removal->time : removed;
    }
    json_for_each (admission, world->admitted)
        if (strcmp(json_get_string(admission, "who"), object->stranger) == 0 &&
            (g_strcmp0(json_get_string(admission, "id"), object->id) == 0 ||
             g_strcmp0(json_get_string(admission, "collection"), object->collection) == 0) &&
            json_get_int(admission, "at", 0) <= removed &&
            (removed <= world->rested || json_get_int(admission, "at", 0) > world->rested ||
             (claims(world->checked[0], object->id) && claims(world->checked[1], object->id))))
            return TRUE;
    return FALSE;
}

/* Two made the same one after the other, the request of the first was lost on its way, and the other's object is all
 * that it can find: no reading tells them apart. */
static gboolean is_undecidable(const struct world *world, const struct door_object *object)
{
    json_for_each (doubt, world->in_doubt)
        if (strcmp(json_get_string(doubt, "who"), object->stranger) == 0 &&
            (strcmp(json_get_string(doubt, "name"), ANY_NAME) == 0 ||
             strcmp(json_get_string(doubt, "name"), object->name) == 0) &&
            object->made >= json_get_int(doubt, "at", 0) - CLOCKS_DIFFER && strcmp(object->maker, DOOR_HAND) != 0 &&
            is_said(world, object))
            return TRUE;
    return FALSE;
}

/* TRUE if one request removed A and B. */
static gboolean went_together(const struct door_object *a, const struct door_object *b)
{
    for (guint i = 0; i < a->removals->len; i++) {
        const struct door_removal *one = &g_array_index(a->removals, struct door_removal, i);
        for (guint k = 0; k < b->removals->len; k++) {
            const struct door_removal *other = &g_array_index(b->removals, struct door_removal, k);
            if (one->time == other->time && strcmp(one->who, other->who) == 0)
                return TRUE;
        }
    }
    return FALSE;
}

/* TRUE for such an object, for what went away with one in the same request, and for a role that a group held which its
 * own maker took away. */
static gboolean is_excused(const struct world *world, const struct door_object *object)
{
    const GPtrArray *objects = door_objects(world->door);
    for (guint i = 0; object->removed_by != NULL && i < objects->len; i++) {
        const struct door_object *other = g_ptr_array_index(objects, i);
        gboolean together = went_together(object, other);
        gboolean held = strcmp(object->collection, "roleAssignments") == 0 && strcmp(other->collection, "groups") == 0;
        if (together && ((other->stranger != NULL && is_undecidable(world, other)) ||
                         (held && strcmp(other->maker, object->removed_by) == 0)))
            return TRUE;
    }
    return is_undecidable(world, object);
}

void judge_foreign(struct world *world)
{
    const GPtrArray *objects = door_objects(world->door);
    gboolean decided = json_get(world->schedule, "decisions") != NULL;
    for (guint i = 0; i < objects->len; i++) {
        const struct door_object *object = g_ptr_array_index(objects, i);
        if (object->untouched || object->stranger == NULL || strcmp(object->stranger, DOOR_HAND) == 0)
            continue;
        if (is_excused(world, object)) {
            world->counts->undecidable++;
            continue;
        }
        if (object->removed_by != NULL && strcmp(object->removed_by, object->stranger) == 0)
            world_broken(world, &world->counts->foreign, "%s removed %s “%s” of %s (%s).", object->stranger,
                         object->collection, object->name, object->maker, object->id);
        else if (!decided)
            world_broken(world, &world->counts->foreign, "%s changed %s “%s” of %s (%s).", object->stranger,
                         object->collection, object->name, object->maker, object->id);
    }
}

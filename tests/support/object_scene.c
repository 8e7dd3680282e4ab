/* SPDX-License-Identifier: MIT */
#include "support/object_scene.h"

#include "onboarding/kinds.h"
#include "support/support.h"

void scene_begin(struct scene *scene, const char *kind, const char *with)
{
    scene->with = json_parse(with, -1, NULL);
    assert_non_null(scene->with);
    scene->definition = (struct object_definition){
        .key = "it", .kind_name = kind, .kind = object_kind_named(kind), .title = "it", .with = scene->with};
    scene->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    scene->object = object_new(&scene->definition, "step", NULL, scene->values, NULL, 0);
}

void scene_end(struct scene *scene)
{
    object_free(scene->object);
    g_hash_table_unref(scene->values);
    json_free(scene->with);
}

void scene_free_reply(gpointer data)
{
    struct reply *reply = data;
    json_free(reply->body);
    g_free(reply);
}

struct observation *scene_observe(const struct scene *scene, const char *const *bodies)
{
    g_autoptr(GPtrArray) replies = g_ptr_array_new_with_free_func(scene_free_reply);
    for (const char *const *body = bodies; *body != NULL; body++) {
        struct reply *reply = g_new0(struct reply, 1);
        reply->outcome = REPLY_ANSWERED;
        reply->status = 200;
        reply->body = json_parse(*body, -1, NULL);
        assert_non_null(reply->body);
        g_ptr_array_add(replies, reply);
    }
    struct observation *observation = observation_new();
    scene->object->kind->compare(scene->object, replies, observation);
    return observation;
}

struct request *scene_put_back(struct object *object)
{
    const struct object_kind *kind = object->kind;
    struct observation *read = object->observation;
    g_autoptr(Request) repair = kind->repair != NULL ? kind->repair(object) : NULL;
    if (repair == NULL || kind->restore_old == NULL)
        return NULL;
    g_autoptr(json) olds = json_new_array();
    json_append(olds, json_copy(read->found));
    object->observation = observation_new();
    object->observation->state = OBJECT_MATCHES;
    object->observation->found = json_copy(read->found);
    g_free(object->observation->id);
    object->observation->id = g_strdup(read->id);
    /* A PUT holds all of it. */
    json_for_each (member, repair->body)
        json_set(object->observation->found, json_name(member), json_copy(member));
    struct request *back = kind->restore_old(object, olds, NULL);
    observation_free(object->observation);
    object->observation = read;
    return back;
}

/* SPDX-License-Identifier: MIT */
#include "onboarding/collection.h"

#include "base/json.h"

static struct request *finish_read(const struct collection *collection, struct request *request)
{
    if (collection->select != NULL)
        request_query(request, "$select", "%s", collection->select);
    if (collection->expand != NULL)
        request_query(request, "$expand", "%s", collection->expand);
    request->scope = collection->read_scope;
    return request;
}

struct request *collection_list(const struct collection *collection, const char *filter)
{
    struct request *request = request_get(SERVICE_GRAPH, "%s", collection->path);
    request_query(request, "$filter", "%s", filter);
    request->all_pages = TRUE;
    return finish_read(collection, request);
}

void collection_look_up(const struct object *object, GPtrArray *requests)
{
    const struct collection *collection = object->kind->collection;
    g_autofree char *name = odata_literal(object_text(object, "displayName"));
    g_autofree char *filter = g_strconcat("displayName eq ", name, NULL);
    if (collection_reads_by_id(object) > 0) {
        struct request *by_id = request_get(SERVICE_GRAPH, "%s/%s", collection->path, object->known_id);
        g_ptr_array_add(requests, finish_read(collection, by_id));
    }
    g_ptr_array_add(requests, collection_list(collection, filter));
}

guint collection_reads_by_id(const struct object *object)
{
    return object->known_id[0] != '\0' ? 1 : 0;
}

struct request *collection_write(const struct collection *collection, const char *method, const char *id, json *body)
{
    struct request *request = request_write(method, SERVICE_GRAPH, body, "%s%s%s", collection->path,
                                            id != NULL ? "/" : "", id != NULL ? id : "");
    request->scope = collection->write_scope;
    return request;
}

struct request *collection_create(const struct object *object)
{
    return collection_write(object->kind->collection, "POST", NULL, object->kind->wanted(object));
}

struct request *collection_repair(const struct object *object)
{
    if (observation_is_fixed(object->observation))
        return NULL;
    g_autoptr(json) wanted = object->kind->wanted(object);
    return collection_write(object->kind->collection, "PATCH", object->observation->id,
                            compare_repair_body(object->observation, wanted));
}

struct request *collection_put_back(const struct object *object, const json *olds, put_back_show_func show,
                                    GPtrArray *left)
{
    const struct collection *collection = object->kind->collection;
    g_autoptr(GArray) given = g_array_new(FALSE, FALSE, sizeof(struct put_back));
    put_back_judge(object, olds, collection->fields, collection->field_count, show, given, left);
    if (given->len == 0)
        return NULL;
    json *body = json_new_object();
    for (guint i = 0; i < given->len; i++) {
        const struct put_back *back = &g_array_index(given, struct put_back, i);
        json_set(body, back->field, json_copy(json_get(back->old, back->field)));
    }
    return collection_write(collection, "PATCH", object->observation->id, body);
}

struct request *collection_restore_old(const struct object *object, const json *olds, GPtrArray *left)
{
    return collection_put_back(object, olds, NULL, left);
}

struct request *collection_remove(const struct object *object)
{
    return collection_write(object->kind->collection, "DELETE", object->known_id, NULL);
}

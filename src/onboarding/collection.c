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

struct request *collection_restore_old(const struct object *object, const json *old)
{
    const struct collection *collection = object->kind->collection;
    return collection_write(collection, "PATCH", json_get_string(old, "id"),
                            compare_old_body(old, collection->fields, collection->field_count));
}

struct request *collection_remove(const struct object *object)
{
    return collection_write(object->kind->collection, "DELETE", object->known_id, NULL);
}

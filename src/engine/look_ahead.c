/* SPDX-License-Identifier: MIT */
#include "engine/look_ahead.h"

#include <string.h>

#include "base/json.h"
#include "engine/worker.h"
#include "onboarding/fill.h"

GPtrArray *look_ahead_requests(const struct worker *worker, const struct object *object)
{
    GPtrArray *requests = object_look_ups(object);
    for (guint i = 0; i < requests->len; i++)
        onboarding_fill(worker->tenant.onboarding, g_ptr_array_index(requests, i));
    return requests;
}

/* The keys of the objects whose values OBJECT lacks; "answers" and the like for what no object has. Caller unrefs. */
static GPtrArray *lacking(const struct worker *worker, const struct object *object)
{
    GPtrArray *keys = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *with = json_text(object->with);
    fill_references(with, keys);
    g_autofree char *missing = keys->len == 0 ? onboarding_missing(worker->tenant.onboarding, object) : NULL;
    if (missing != NULL)
        g_ptr_array_add(keys, g_strndup(missing, strcspn(missing, ".")));
    return keys;
}

gboolean look_ahead_is_due(const struct worker *worker, const struct object *object, const GPtrArray *awaited)
{
    g_autoptr(GPtrArray) requests = look_ahead_requests(worker, object);
    g_autoptr(GPtrArray) keys = lacking(worker, object);
    if (object->kind->reads_last || requests->len == 0)
        return FALSE;
    for (guint i = 0; i < requests->len; i++) {
        g_autofree char *missing = request_missing(g_ptr_array_index(requests, i));
        if (missing != NULL)
            return FALSE;
    }
    for (guint i = 0; i < keys->len; i++) {
        gboolean is_awaited = FALSE;
        for (guint k = 0; k < awaited->len && !is_awaited; k++)
            is_awaited =
                strcmp(((const struct object *)g_ptr_array_index(awaited, k))->key, g_ptr_array_index(keys, i)) == 0;
        if (!is_awaited)
            return FALSE;
    }
    return TRUE;
}

gboolean look_ahead_holds(const struct worker *worker, const struct object *object, const GPtrArray *requests)
{
    g_autoptr(GPtrArray) now = look_ahead_requests(worker, object);
    if (now->len != requests->len)
        return FALSE;
    for (guint i = 0; i < now->len; i++) {
        const struct request *one = g_ptr_array_index(now, i);
        const struct request *other = g_ptr_array_index(requests, i);
        g_autofree char *target = request_target(one);
        g_autofree char *asked = request_target(other);
        if (one->service != other->service || strcmp(target, asked) != 0)
            return FALSE;
    }
    return TRUE;
}

/* SPDX-License-Identifier: MIT */
#include "practice/resource.h"

#include <string.h>

#include "practice/entitlement.h"
#include "practice/graph.h"
#include "practice/odata.h"
#include "practice/tenant.h"

static const char *collection_of(const struct call *call)
{
    const char *own = json_get_string(call->route->data, "collection");
    return own != NULL ? own : json_get_string(call->route->rules, "collection");
}

/* The 404 of the call's service. Returns FALSE. */
static gboolean resource_not_found(struct call *call, const char *id)
{
    return call_is_governance(call) ? entitlement_not_found(call) : graph_not_found(call, id);
}

json *resource_read(struct call *call)
{
    int last = CALL_PARAMETERS - 1;
    while (last > 0 && call->parameters[last] == NULL)
        last--;
    const char *by = json_get_string(call->route->data, "by");
    const char *keys = by != NULL ? by : json_get_string(call->route->rules, "keys");
    g_auto(GStrv) names = g_strsplit(keys != NULL ? keys : "id", " ", -1);
    json *object = NULL;
    for (char **name = names; *name != NULL && object == NULL; name++)
        object = tenant_find_by(call->practice, collection_of(call), *name, call->parameters[last]);
    if (object != NULL && tenant_is_readable(call->practice, object))
        return object;
    resource_not_found(call, call->parameters[last]);
    return NULL;
}

/* Those that are listed by now, and that belong to what the path names. NULL and answered if that is not there. */
static GPtrArray *listed(struct call *call)
{
    const char *parent = json_get_string(call->route->data, "parent");
    const char *where = json_get_string(call->route->data, "where");
    const json *only = json_get(call->route->data, "only");
    const json *owner = parent != NULL ? tenant_read(call->practice, parent, call->parameters[0]) : NULL;
    if (parent != NULL && owner == NULL) {
        resource_not_found(call, call->parameters[0]);
        return NULL;
    }
    GPtrArray *found = g_ptr_array_new();
    json_for_each (object, tenant_collection(call->practice, collection_of(call))) {
        gboolean is_meant = tenant_is_listed(call->practice, object) &&
                            (where == NULL || same_text(json_get_string(object, where), json_get_string(owner, "id")));
        json_for_each (wanted, only) {
            is_meant = is_meant && json_equal(json_get(object, json_name(wanted)), wanted);
        }
        if (is_meant)
            g_ptr_array_add(found, (gpointer)tenant_seen(call->practice, object));
    }
    return found;
}

static void list(struct call *call)
{
    g_autoptr(GPtrArray) found = listed(call);
    if (found != NULL)
        odata_answer_list(call, found);
}

static void get(struct call *call)
{
    const json *object = resource_read(call);
    if (object != NULL)
        odata_answer_object(call, 200, tenant_seen(call->practice, object));
}

/* There is one of its kind: the first of the collection. */
static void get_only(struct call *call)
{
    const json *object = json_at(tenant_collection(call->practice, collection_of(call)), 0);
    if (object != NULL)
        odata_answer_object(call, 200, object);
    else
        resource_not_found(call, collection_of(call));
}

/* Lay what the body says over OBJECT, but what is for the service alone. */
static void take_body(struct call *call, json *object)
{
    const char *aside = json_get_string(call->route->rules, "aside");
    json_for_each (member, call->body) {
        const char *name = json_name(member);
        gboolean is_taken = json_is_null(member) ? json_get(object, name) != NULL && strcmp(call->method, "POST") != 0
                                                 : strchr(name, '@') == NULL && !graph_has_word(aside, name);
        if (is_taken)
            json_set(object, name, json_copy(member));
    }
}

static void run_finish(struct call *call, const char *member, json *object)
{
    const char *name = json_get_string(call->route->rules, member);
    if (name != NULL)
        hook_named(name)->finish(call, object);
}

static void create(struct call *call)
{
    if (!hook_check(call, "create", NULL))
        return;
    const json *template = json_get(call->route->rules, "new");
    const char *answer = json_get_string(call->route->data, "answer");
    const char *lag = json_get_string(call->route->rules, "lag");
    json *object = template != NULL ? json_copy(template) : json_new_object();
    take_body(call, object);
    const char *stamps = json_get_string(call->route->rules, "stamps");
    g_auto(GStrv) names = g_strsplit(stamps != NULL ? stamps : "", " ", -1);
    g_autofree char *now = practice_time(call->practice);
    for (char **name = names; *name != NULL; name++)
        if (**name != '\0')
            json_set_string(object, *name, now);
    run_finish(call, "finish", object);
    call->made = tenant_add(call->practice, collection_of(call), object);
    if (lag != NULL)
        json_set_int(object, "_listed", entitlement_after(call->practice, lag));
    if (answer != NULL)
        hook_named(answer)->handle(call);
    else
        odata_answer_object(call, 201, call->made);
}

static void update(struct call *call)
{
    json *object = resource_read(call);
    if (object == NULL || !hook_check(call, "update", object))
        return;
    tenant_remember(call->practice, object);
    take_body(call, object);
    run_finish(call, "changed", object);
    if (json_get(object, "modifiedDateTime") != NULL)
        entitlement_stamp(call->practice, object);
    tenant_changed(call->practice);
    answer_nothing(call, 204);
}

static gboolean check_guards(struct call *call, const char *id)
{
    json_for_each (guard, json_get(call->route->rules, "guards")) {
        const char *open = json_get_string(guard, "open");
        json_for_each (other, tenant_collection(call->practice, json_get_string(guard, "collection"))) {
            if (same_text(json_get_string(other, json_get_string(guard, "member")), id) &&
                (open == NULL || graph_list_has(json_get(guard, "states"), json_get_string(other, open), NULL)))
                return graph_error(call, 400, json_get_string(guard, "code"), "%s", json_get_string(guard, "message"));
        }
    }
    return TRUE;
}

static void delete (struct call *call)
{
    const json *object = resource_read(call);
    if (object == NULL)
        return;
    g_autofree char *id = g_strdup(json_get_string(object, "id"));
    if (!hook_check(call, "delete", object) || !check_guards(call, id))
        return;
    const char *bin = json_get_string(call->route->rules, "bin");
    g_autoptr(json) gone = tenant_take(call->practice, collection_of(call), id);
    if (bin != NULL) {
        g_autofree char *now = practice_time(call->practice);
        json_set_string(gone, "deletedDateTime", now);
        json_append(tenant_collection(call->practice, bin), g_steal_pointer(&gone));
    }
    json_for_each (part, json_get(call->route->rules, "cascade")) {
        tenant_remove_by(call->practice, json_get_string(part, "collection"), json_get_string(part, "member"), id);
    }
    answer_nothing(call, 204);
}

static const struct hook hooks[] = {
    {.name = "list", .handle = list},         {.name = "get", .handle = get},
    {.name = "get-only", .handle = get_only}, {.name = "create", .handle = create},
    {.name = "update", .handle = update},     {.name = "delete", .handle = delete},
};
const struct hook_table resource_hooks = HOOK_TABLE(hooks);

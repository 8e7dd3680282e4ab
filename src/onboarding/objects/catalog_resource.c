/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "onboarding/kinds.h"

#include <string.h>

#include "onboarding/compare.h"

#define PATH "/v1.0/identityGovernance/entitlementManagement"
#define WRITE_SCOPE "EntitlementManagement.ReadWrite.All"

static void look_up(const struct object *object, GPtrArray *requests)
{
    struct request *request = request_get(SERVICE_GRAPH, PATH "/catalogs/%s/resources", object_text(object, "catalog"));
    request_query(request, "$filter", "originId eq '%s'", object_text(object, "group"));
    request_query(request, "$expand", "roles,scopes");
    request->scope = "EntitlementManagement.Read.All";
    request->all_pages = TRUE;
    g_ptr_array_add(requests, request);
    struct request *under_way = request_get(SERVICE_GRAPH, PATH "/resourceRequests");
    request_query(under_way, "$filter", "resource/originId eq '%s'", object_text(object, "group"));
    request_query(under_way, "$expand", "catalog");
    under_way->scope = "EntitlementManagement.Read.All";
    under_way->all_pages = TRUE;
    g_ptr_array_add(requests, under_way);
}

/* What a request that is over and was not delivered came to, by its state; NULL: it is under way, or delivered. */
static const char *failure_of(const json *request)
{
    static const struct {
        const char *state, *words;
    } failures[] = {
        {"deliveryFailed", "it could not be delivered"},
        {"partiallyDelivered", "it was delivered in part only"},
        {"denied", "it was denied"},
        {"canceled", "it was cancelled"},
    };
    const char *state = json_get_string(request, "state");
    for (gsize i = 0; state != NULL && i < G_N_ELEMENTS(failures); i++)
        if (g_ascii_strcasecmp(state, failures[i].state) == 0)
            return failures[i].words;
    return NULL;
}

/* As the answer to the request itself may tell already. */
static char *reply_says_no(const struct reply *reply)
{
    const char *failure = failure_of(reply->body);
    if (failure == NULL)
        return NULL;
    return g_strdup_printf("Microsoft took the request to bring the group into the catalog, and %s (%s, request %s).\n"
                           "Look whether the group and the catalog are there and as wanted, then apply again.",
                           failure, json_get_shown(reply->body, "state"), json_get_shown(reply->body, "id"));
}

/* The last request that was to bring the group in, where it is not delivered: Microsoft may be long about it. */
static void note_request(const struct object *object, const struct reply *reply, struct observation *observation)
{
    const json *last = NULL;
    json_for_each (request, reply_rows(reply)) {
        gboolean brings_in = g_strcmp0(json_get_string(request, "requestType"), "adminAdd") == 0;
        gboolean is_here =
            g_strcmp0(json_string(json_get_path(request, "catalog.id")), object_text(object, "catalog")) == 0;
        if (brings_in && is_here &&
            g_strcmp0(json_get_string(request, "createdDateTime"), json_get_string(last, "createdDateTime")) > 0)
            last = request;
    }
    const char *state = json_get_string(last, "state");
    g_autofree char *made = clock_moment_of(json_get_shown(last, "createdDateTime"));
    const char *failure = failure_of(last);
    if (failure != NULL && observation->state == OBJECT_ABSENT) {
        observation_set(observation, OBJECT_ABSENT,
                        "Microsoft's request of %s to bring the group into the catalog is over, and %s (%s, request "
                        "%s). Look whether the group and the catalog are there and as wanted, then ask once more.",
                        made, failure, state, json_get_shown(last, "id"));
        observation->came_to_nothing = TRUE;
        observation->made = clock_parse(json_get_shown(last, "createdDateTime"));
    } else if (state != NULL && strcmp(state, "delivered") != 0)
        observation_note(observation, "Microsoft has a request to bring the group in, of %s: it is %s (request %s).",
                         made, state, json_get_shown(last, "id"));
}

/* The roles may come a while after the resource itself: until then it is there, and of no use yet. */
static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    const char *group = object_text(object, "group");
    const json *resource = json_find(json_get(reply->body, "value"), "originId", group);
    if (resource == NULL) {
        observation->state = OBJECT_ABSENT;
        note_request(object, g_ptr_array_index(replies, 1), observation);
        return;
    }
    g_autofree char *member = g_strconcat("Member_", group, NULL);
    const char *role = json_get_string(json_find(json_get(resource, "roles"), "originId", member), "id");
    const char *scope = NULL;
    json_for_each (one, json_get(resource, "scopes")) {
        if (scope == NULL && json_get_bool(one, "isRootScope", FALSE))
            scope = json_get_string(one, "id");
    }
    observation_learn(observation, "id", json_get_string(resource, "id"));
    observation->state = OBJECT_MATCHES;
    observation_learn(observation, "roleId", role);
    observation_learn(observation, "scopeId", scope);
    if ((role != NULL && compare_is_empty_id(role)) || (scope != NULL && compare_is_empty_id(scope)))
        observation_note(observation,
                         "Microsoft lists the group's Member role or its scope with an empty id: it cannot "
                         "be used, and nothing is sent with it. Where it stays so, take the group out of "
                         "the catalog in the portal and bring it in anew.");
    if (role != NULL && scope != NULL)
        return;
    observation_set(observation, OBJECT_UNKNOWN, "The group is in the catalog; its Member role cannot be read yet.");
    note_request(object, g_ptr_array_index(replies, 1), observation);
}

/* Ask the service to bring RESOURCE (taken) in or out. */
static struct request *resource_request(const struct object *object, const char *type, json *resource)
{
    json *body = json_from("{'requestType':%s,'catalog':{'id':%s}}", type, object_text(object, "catalog"));
    json_set(body, "resource", resource);
    struct request *request = request_write("POST", SERVICE_GRAPH, body, PATH "/resourceRequests");
    request->scope = WRITE_SCOPE;
    return request;
}

static struct request *create(const struct object *object)
{
    return resource_request(object, "adminAdd",
                            json_from("{'displayName':%s,'originId':%s,'originSystem':'AadGroup'}",
                                      object_text(object, "groupName"), object_text(object, "group")));
}

/* Microsoft knows what is to go by the resource's own id alone (entitlementmanagement-post-resourcerequests). */
static struct request *remove_resource(const struct object *object)
{
    return resource_request(object, "adminRemove", json_from("{'id':%s}", object->known_id));
}

static const struct json_schema with[] = {
    {.name = "catalog", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "group", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "groupName", .is = WITH_TEXT},
    {.name = NULL},
};

static const char *const learns[] = {"roleId", "scopeId", NULL};

const struct object_kind catalog_resource_kind = {
    .name = "catalog-resource",
    .with = with,
    .learns = learns,
    .verb = "add",
    .action = "added",
    .reply_has_no_id = TRUE,
    .optional_reads = 1,
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .reply_says_no = reply_says_no,
    .remove = remove_resource,
};

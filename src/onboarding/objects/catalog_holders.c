/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include "onboarding/door.h"

/* What else the catalog holds: outsiders may be given whatever stands in it. */

#define ENTITLEMENT "/v1.0/identityGovernance/entitlementManagement"

static void look_up(const struct object *object, GPtrArray *requests)
{
    struct request *request =
        request_get(SERVICE_GRAPH, ENTITLEMENT "/catalogs/%s/resources", object_text(object, "catalog"));
    request->scope = "EntitlementManagement.Read.All";
    request->all_pages = TRUE;
    g_ptr_array_add(requests, request);
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    g_autoptr(GPtrArray) holders = door_holders_new();
    json_for_each (resource, json_get(reply->body, "value")) {
        const char *name = json_get_string(resource, "displayName");
        const char *origin = json_get_string(resource, "originId");
        gboolean is_namesake = g_strcmp0(name, object_text(object, "groupName")) == 0;
        if (g_strcmp0(origin, object_text(object, "group")) == 0)
            continue;
        if (is_namesake)
            door_add(holders, json_get_string(resource, "id"), "resource",
                     "%s (%s %s), another group of this name, which may have been deleted", name,
                     json_get_shown(resource, "originSystem"), json_get_shown(resource, "originId"));
        else
            door_add(holders, json_get_string(resource, "id"), "resource", "%s (%s)",
                     name != NULL ? name : json_get_shown(resource, "originId"),
                     json_get_shown(resource, "originSystem"));
    }
    gboolean is_in = json_find(json_get(reply->body, "value"), "originId", object_text(object, "group")) != NULL;
    const struct door door = {.well = is_in ? "It holds the group and nothing else." : "It holds nothing yet.",
                              .others = "The catalog holds more"};
    door_judge(object, holders, &door, observation);
}

/* Microsoft knows what is to go by the resource's own id alone (entitlementmanagement-post-resourcerequests). */
static struct request *take_away(const struct object *object, const char *holder)
{
    json *body = json_from("{'requestType':'adminRemove','catalog':{'id':%s},'resource':{'id':%s}}",
                           object_text(object, "catalog"), holder);
    struct request *request = request_write("POST", SERVICE_GRAPH, body, ENTITLEMENT "/resourceRequests");
    request->scope = "EntitlementManagement.ReadWrite.All";
    return request;
}

static const struct json_schema with[] = {
    {.name = "catalog", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "group", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "groupName", .is = WITH_TEXT},
    {.name = NULL},
};

const struct object_kind catalog_holders_kind = {
    .name = "catalog-holders",
    .with = with,
    DOOR_MEMBERS,
    .reply_has_no_id = TRUE,
    .look_up = look_up,
    .compare = compare,
    .take_away = take_away,
};

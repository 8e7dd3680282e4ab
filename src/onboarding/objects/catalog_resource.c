#include "onboarding/kinds.h"

#include <string.h>

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
}

static const char *member_role(const json *resource, const char *group)
{
    g_autofree char *origin = g_strconcat("Member_", group, NULL);
    json_for_each (role, json_get(resource, "roles")) {
        if (g_strcmp0(json_get_string(role, "originId"), origin) == 0)
            return json_get_string(role, "id");
    }
    return NULL;
}

static const char *root_scope(const json *resource)
{
    json_for_each (scope, json_get(resource, "scopes")) {
        if (json_get_bool(scope, "isRootScope", FALSE))
            return json_get_string(scope, "id");
    }
    return NULL;
}

static const json *find_resource(const struct object *object, const json *resources)
{
    json_for_each (resource, resources) {
        if (g_strcmp0(json_get_string(resource, "originId"), object_text(object, "group")) == 0)
            return resource;
    }
    return NULL;
}

/* The roles may come a while after the resource itself: until then it is there, and of no use yet. */
static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    const json *resource = find_resource(object, json_get(reply->body, "value"));
    if (resource == NULL) {
        observation->state = OBJECT_ABSENT;
        return;
    }
    const char *role = member_role(resource, object_text(object, "group"));
    const char *scope = root_scope(resource);
    observation_learn(observation, "id", json_get_string(resource, "id"));
    observation_learn(observation, "roleId", role);
    observation_learn(observation, "scopeId", scope);
    if (role == NULL || scope == NULL)
        observation_set(observation, OBJECT_UNKNOWN,
                        "The group is in the catalog; its Member role cannot be read yet.");
    else
        observation->state = OBJECT_MATCHES;
}

static struct request *resource_request(const struct object *object, const char *type)
{
    json *body =
        json_from("{'requestType':%s,'resource':{'displayName':%s,'originId':%s,'originSystem':'AadGroup'},"
                  "'catalog':{'id':%s}}",
                  type, object_text(object, "groupName"), object_text(object, "group"), object_text(object, "catalog"));
    struct request *request = request_write("POST", SERVICE_GRAPH, body, PATH "/resourceRequests");
    request->scope = WRITE_SCOPE;
    return request;
}

static struct request *create(const struct object *object)
{
    return resource_request(object, "adminAdd");
}

static struct request *remove_resource(const struct object *object)
{
    return resource_request(object, "adminRemove");
}

const struct object_kind catalog_resource_kind = {
    .name = "catalog-resource",
    .verb = "add",
    .action = "added",
    .reply_has_no_id = TRUE,
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .remove = remove_resource,
};

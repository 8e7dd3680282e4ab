/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include "onboarding/compare.h"

#define PATH "/v1.0/identityGovernance/entitlementManagement/accessPackages/%s/resourceRoleScopes"
#define WRITE_SCOPE "EntitlementManagement.ReadWrite.All"

static void look_up(const struct object *object, GPtrArray *requests)
{
    struct request *request = request_get(SERVICE_GRAPH, PATH, object_text(object, "accessPackage"));
    request_query(request, "$expand", "role,scope");
    request->scope = "EntitlementManagement.Read.All";
    request->all_pages = TRUE;
    g_ptr_array_add(requests, request);
}

static gboolean is_wanted(const struct object *object, const json *role_scope)
{
    g_autofree char *member = g_strconcat("Member_", object_text(object, "group"), NULL);
    return g_strcmp0(json_string(json_get_path(role_scope, "role.originId")), member) == 0;
}

static gboolean has_empty_id(const struct object *object)
{
    return compare_is_empty_id(object_text(object, "role")) || compare_is_empty_id(object_text(object, "scope"));
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    int others = compare_members(object, json_get(reply->body, "value"), is_wanted, observation);
    if (others > 0)
        observation_note(observation, "The access package gives %d other resource role%s too.", others,
                         others > 1 ? "s" : "");
    if (observation->state == OBJECT_ABSENT && has_empty_id(object))
        observation_set(observation, OBJECT_ABSENT,
                        "It cannot be added: Microsoft lists the group's Member role in the catalog with an empty id.");
}

/* role.resource.id is the catalog's own id of the group, neither the group's nor the package's. */
static struct request *create(const struct object *object)
{
    const char *group = object_text(object, "group");
    g_autofree char *member = g_strconcat("Member_", group, NULL);
    if (has_empty_id(object))
        return NULL;
    json *body = json_from("{'role':{'id':%s,'displayName':'Member','originSystem':'AadGroup','originId':%s,"
                           "'resource':{'id':%s,'originId':%s,'originSystem':'AadGroup'}},"
                           "'scope':{'id':%s,'originId':%s,'originSystem':'AadGroup','isRootScope':true}}",
                           object_text(object, "role"), member, object_text(object, "resource"), group,
                           object_text(object, "scope"), group);
    struct request *request = request_write("POST", SERVICE_GRAPH, body, PATH, object_text(object, "accessPackage"));
    request->scope = WRITE_SCOPE;
    return request;
}

static struct request *remove_role_scope(const struct object *object)
{
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, PATH "/%s",
                                            object_text(object, "accessPackage"), object->known_id);
    request->scope = WRITE_SCOPE;
    return request;
}

static const struct json_schema with[] = {
    {.name = "accessPackage", .is = WITH_TEXT | JSON_REQUIRED}, {.name = "group", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "resource", .is = WITH_TEXT | JSON_REQUIRED},      {.name = "role", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "scope", .is = WITH_TEXT | JSON_REQUIRED},         {.name = NULL},
};

const struct object_kind role_scope_kind = {
    .name = "role-scope",
    .id_is_reused = TRUE,
    .with = with,
    .verb = "add",
    .action = "added",
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .remove = remove_role_scope,
};

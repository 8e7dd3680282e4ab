/* Groups, their owners and members, and the recycle bin. */
#include <string.h>

#include "practice/graph.h"
#include "practice/tenant.h"

#define ASSIGNABLE_MOST 500
#define ROLE_SCOPE "RoleManagement.ReadWrite.Directory"

static const char *const group_filters[] = {"displayName eq ?", "mailNickname eq ?", NULL};
static const struct odata_rules group_list = {.filters = group_filters, .paged = TRUE};

static json *read_group(struct call *call)
{
    json *group = tenant_read(call->practice, "groups", call->parameters[0]);
    if (group == NULL)
        graph_not_found(call, call->parameters[0]);
    return group;
}

static gboolean is_assignable(const json *group)
{
    return json_get_bool(group, "isAssignableToRole", FALSE);
}

static gboolean is_owner(const struct call *call, const json *group)
{
    return graph_list_has(json_get(group, "_owners"), json_get_string(call->user, "id"), NULL);
}

/* Role-assignable groups are guarded by Privileged Role Administrator. */
static gboolean may_change(struct call *call, const json *group)
{
    const char *roles =
        is_assignable(group) ? "Privileged Role Administrator" : "Groups Administrator|User Administrator";
    return call_has_role(call, roles) || is_owner(call, group) || graph_denied(call);
}

static gboolean may_change_members(struct call *call, const json *group)
{
    if (is_assignable(group) && !call_has_scope(call, ROLE_SCOPE))
        return graph_denied(call);
    return may_change(call, group);
}

static int count_assignable(const struct practice *practice)
{
    int count = 0;
    json_for_each (group, tenant_collection(practice, "groups")) {
        count += is_assignable(group) ? 1 : 0;
    }
    return count;
}

static gboolean check_assignable(struct call *call)
{
    if (!call_has_scope(call, ROLE_SCOPE) || !call_has_role(call, "Privileged Role Administrator"))
        return graph_denied(call);
    if (!tenant_has_plan(call->practice, PLAN_ENTRA_P1) && !tenant_has_plan(call->practice, PLAN_ENTRA_P2))
        return graph_error(call, 403, "Authorization_RequestDenied",
                           "The tenant does not have the licence that role-assignable groups need.");
    if (!json_get_bool(call->body, "securityEnabled", FALSE) || json_get_bool(call->body, "mailEnabled", FALSE) ||
        graph_list_has(json_get(call->body, "groupTypes"), "DynamicMembership", NULL))
        return graph_bad_request(call, "A role-assignable group has to be a security group with assigned membership.");
    if (count_assignable(call->practice) >= ASSIGNABLE_MOST)
        return graph_bad_request(call, "The limit of role-assignable groups is reached.");
    return TRUE;
}

static gboolean check_new_group(struct call *call)
{
    gboolean unified = graph_list_has(json_get(call->body, "groupTypes"), "Unified", NULL);
    if (json_get_bool(call->body, "mailEnabled", FALSE) != unified)
        return graph_bad_request(call, "The service does not currently support writes of mail-enabled groups. Please "
                                       "ensure that the mail-enablement property is unset and retry the operation.");
    if (!unified && !json_get_bool(call->body, "securityEnabled", FALSE))
        return graph_bad_request(call, "Invalid value specified for property 'securityEnabled' of resource 'Group'.");
    return !json_get_bool(call->body, "isAssignableToRole", FALSE) || check_assignable(call);
}

/* The ids in "owners@odata.bind" or "members@odata.bind". */
static json *bound_ids(const struct call *call, const char *name)
{
    json *ids = json_new_array();
    json_for_each (address, json_get(call->body, name)) {
        const char *slash = strrchr(json_string(address), '/');
        json_append_string(ids, slash != NULL ? slash + 1 : json_string(address));
    }
    return ids;
}

static void handle_create(struct call *call)
{
    static const char *const copied[] = {"description",     "displayName", "mailEnabled", "mailNickname",
                                         "securityEnabled", "visibility",  NULL};
    if (!check_new_group(call))
        return;
    g_autofree char *now = practice_time(call->practice);
    json *group = json_from("{'deletedDateTime':null,'classification':null,'createdDateTime':%s,'groupTypes':[],"
                            "'isAssignableToRole':%j,'mail':null,'membershipRule':null,'onPremisesSyncEnabled':null,"
                            "'proxyAddresses':[],'renewedDateTime':%s}",
                            now, json_get(call->body, "isAssignableToRole"), now);
    graph_copy_members(group, call->body, copied);
    if (json_get(call->body, "groupTypes") != NULL)
        json_set(group, "groupTypes", json_copy(json_get(call->body, "groupTypes")));
    json_set(group, "_owners", bound_ids(call, "owners@odata.bind"));
    json_set(group, "_members", bound_ids(call, "members@odata.bind"));
    /* A delegated caller becomes the owner. */
    if (!is_owner(call, group))
        json_append_string(json_get(group, "_owners"), json_get_string(call->user, "id"));
    odata_answer_object(call, 201, tenant_add(call->practice, "groups", group));
}

static void handle_update(struct call *call)
{
    json *group = read_group(call);
    if (group == NULL || !may_change(call, group))
        return;
    graph_update(call, group);
    answer_nothing(call, 204);
}

static void handle_delete(struct call *call)
{
    json *group = read_group(call);
    if (group == NULL || !may_change_members(call, group))
        return;
    g_autofree char *now = practice_time(call->practice);
    json *deleted = tenant_take(call->practice, "groups", call->parameters[0]);
    json_set_string(deleted, "deletedDateTime", now);
    json_append(tenant_collection(call->practice, "deletedGroups"), deleted);
    tenant_remove_by(call->practice, "roleAssignments", "principalId", call->parameters[0]);
    answer_nothing(call, 204);
}

static void handle_restore(struct call *call)
{
    const json *found = tenant_find(call->practice, "deletedGroups", call->parameters[0]);
    if (found == NULL) {
        graph_not_found(call, call->parameters[0]);
        return;
    }
    if (!may_change_members(call, found))
        return;
    json *group = tenant_take(call->practice, "deletedGroups", call->parameters[0]);
    json_set(group, "deletedDateTime", NULL);
    json_append(tenant_collection(call->practice, "groups"), group);
    g_autoptr(json) shown = json_copy(group);
    json_set_string(shown, "@odata.type", "#microsoft.graph.group");
    odata_answer_object(call, 200, shown);
}

static void handle_owners(struct call *call)
{
    const json *group = read_group(call);
    if (group != NULL)
        graph_answer_directory_objects(call, json_get(group, "_owners"));
}

static void handle_members(struct call *call)
{
    const json *group = read_group(call);
    if (group != NULL)
        graph_answer_directory_objects(call, json_get(group, "_members"));
}

static void handle_add_member(struct call *call)
{
    json *group = read_group(call);
    if (group == NULL || !may_change_members(call, group))
        return;
    g_autofree char *id = graph_reference(call);
    g_autoptr(json) member = id != NULL ? graph_directory_object(call, id) : NULL;
    if (id == NULL)
        return;
    if (member == NULL) {
        graph_not_found(call, id);
    } else if (is_assignable(group) &&
               g_strcmp0(json_get_string(member, "@odata.type"), "#microsoft.graph.group") == 0) {
        graph_bad_request(call, "Nested groups are not supported in a role-assignable group.");
    } else if (graph_list_has(json_get(group, "_members"), id, NULL)) {
        graph_bad_request(call, "One or more added object references already exist for the following modified "
                                "properties: 'members'.");
    } else {
        json_append_string(json_get(group, "_members"), json_get_string(member, "id"));
        tenant_changed(call->practice);
        answer_nothing(call, 204);
    }
}

static void remove_from(struct call *call, json *group, const char *list)
{
    int index = 0;
    if (!graph_list_has(json_get(group, list), call->parameters[1], &index)) {
        graph_not_found(call, call->parameters[1]);
        return;
    }
    json_free(json_detach_at(json_get(group, list), index));
    tenant_changed(call->practice);
    answer_nothing(call, 204);
}

static void handle_remove_member(struct call *call)
{
    json *group = read_group(call);
    if (group != NULL && may_change_members(call, group))
        remove_from(call, group, "_members");
}

static void handle_remove_owner(struct call *call)
{
    json *group = read_group(call);
    if (group != NULL && may_change(call, group))
        remove_from(call, group, "_owners");
}

static void handle_groups_of_group(struct call *call)
{
    const json *group = read_group(call);
    if (group == NULL)
        return;
    g_autoptr(json) ids = json_new_array();
    json_for_each (other, tenant_collection(call->practice, "groups")) {
        if (graph_list_has(json_get(other, "_members"), call->parameters[0], NULL))
            json_append_string(ids, json_get_string(other, "id"));
    }
    graph_answer_directory_objects(call, ids);
}

static const struct route routes[] = {
    {.method = "GET",
     .path = "/v1.0/groups",
     .scopes = "Group.Read.All",
     .collection = "groups",
     .odata = &group_list,
     .handle = handle_list},
    {.method = "POST",
     .path = "/v1.0/groups",
     .scopes = "Group.ReadWrite.All",
     .body = "createGroup",
     .handle = handle_create},
    {.method = "GET",
     .path = "/v1.0/groups/{}",
     .scopes = "Group.Read.All",
     .collection = "groups",
     .odata = &plain_object,
     .handle = handle_get},
    {.method = "PATCH",
     .path = "/v1.0/groups/{}",
     .scopes = "Group.ReadWrite.All",
     .body = "updateGroup",
     .handle = handle_update},
    {.method = "DELETE", .path = "/v1.0/groups/{}", .scopes = "Group.ReadWrite.All", .handle = handle_delete},
    {.method = "GET",
     .path = "/v1.0/groups/{}/owners",
     .scopes = "GroupMember.Read.All Group.Read.All",
     .odata = &plain_list,
     .handle = handle_owners},
    {.method = "DELETE",
     .path = "/v1.0/groups/{}/owners/{}/$ref",
     .scopes = "Group.ReadWrite.All",
     .handle = handle_remove_owner},
    {.method = "GET",
     .path = "/v1.0/groups/{}/members",
     .scopes = "GroupMember.Read.All Group.Read.All",
     .odata = &plain_list,
     .handle = handle_members},
    {.method = "POST",
     .path = "/v1.0/groups/{}/members/$ref",
     .scopes = "GroupMember.ReadWrite.All",
     .body = "reference",
     .handle = handle_add_member},
    {.method = "DELETE",
     .path = "/v1.0/groups/{}/members/{}/$ref",
     .scopes = ROLE_SCOPE,
     .handle = handle_remove_member},
    {.method = "GET",
     .path = "/v1.0/groups/{}/transitiveMemberOf",
     .scopes = "GroupMember.Read.All Group.Read.All",
     .odata = &plain_list,
     .handle = handle_groups_of_group},
    {.method = "GET",
     .path = "/v1.0/directory/deletedItems/microsoft.graph.group",
     .scopes = "Group.Read.All",
     .collection = "deletedGroups",
     .odata = &group_list,
     .handle = handle_list},
    {.method = "POST",
     .path = "/v1.0/directory/deletedItems/{}/restore",
     .scopes = "Group.ReadWrite.All",
     .handle = handle_restore},
};
const struct route_table group_routes = ROUTE_TABLE(SERVICE_GRAPH, routes);

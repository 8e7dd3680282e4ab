/* SPDX-License-Identifier: MIT */
/* Groups, their owners and members, and the recycle bin. */
#include <string.h>

#include "practice/graph.h"
#include "practice/odata.h"
#include "practice/resource.h"
#include "practice/tenant.h"

#define ASSIGNABLE_MOST 500
#define ROLE_SCOPE "RoleManagement.ReadWrite.Directory"
#define DYNAMIC "DynamicMembership"
#define UNIFIED "Unified"
#define FOLLOWS_RULE "The members of a dynamic group follow from its rule."

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

/* Role-assignable groups are guarded by Privileged Role Administrator. */
static gboolean may_change(struct call *call, const json *group)
{
    const char *roles =
        is_assignable(group) ? "Privileged Role Administrator" : "Groups Administrator|User Administrator";
    return call_has_role(call, roles) ||
           graph_list_has(json_get(group, "_owners"), json_get_string(call->user, "id"), NULL) || graph_denied(call);
}

static gboolean may_change_members(struct call *call, const json *group)
{
    if (is_assignable(group) && !call_has_scope(call, ROLE_SCOPE))
        return graph_denied(call);
    return may_change(call, group);
}

static gboolean check_assignable(struct call *call)
{
    const char *visibility = json_get_string(call->body, "visibility");
    if (!call_has_scope(call, ROLE_SCOPE) || !call_has_role(call, "Privileged Role Administrator"))
        return graph_denied(call);
    if (!tenant_has_plan(call->practice, PLAN_ENTRA_P1) && !tenant_has_plan(call->practice, PLAN_ENTRA_P2))
        return graph_error(call, 403, "Authorization_RequestDenied",
                           "The tenant does not have the licence that role-assignable groups need.");
    const json *types = json_get(call->body, "groupTypes");
    gboolean unified = graph_list_has(types, UNIFIED, NULL);
    if (!json_get_bool(call->body, "securityEnabled", FALSE) ||
        (json_get_bool(call->body, "mailEnabled", FALSE) && !unified) || graph_list_has(types, DYNAMIC, NULL))
        return graph_bad_request(call, "A role-assignable group has to be a security group with assigned membership.");
    if (visibility != NULL && strcmp(visibility, "Private") != 0)
        return graph_bad_request(call, "Groups that can be assigned to a role are always Private.");
    json_for_each (link, json_get(call->body, "members@odata.bind")) {
        g_autofree char *id = graph_id_in_link(call->practice, json_string(link));
        if (id != NULL && tenant_find(call->practice, "groups", id) != NULL)
            return graph_bad_request(call, "Nested groups are not supported in a role-assignable group.");
    }
    int count = 0;
    json_for_each (group, tenant_collection(call->practice, "groups")) {
        count += is_assignable(group) ? 1 : 0;
    }
    return count < ASSIGNABLE_MOST || graph_bad_request(call, "The limit of role-assignable groups is reached.");
}

static gboolean check_new_group(struct call *call, const json *object)
{
    const json *types = json_get(call->body, "groupTypes");
    gboolean unified = graph_list_has(types, UNIFIED, NULL);
    gboolean dynamic = graph_list_has(types, DYNAMIC, NULL);
    (void)object;
    if (json_get_bool(call->body, "mailEnabled", FALSE) != unified)
        return graph_bad_request(call, "The service does not currently support writes of mail-enabled groups. Please "
                                       "ensure that the mail-enablement property is unset and retry the operation.");
    if (!unified && !json_get_bool(call->body, "securityEnabled", FALSE))
        return graph_bad_request(call, "Invalid value specified for property 'securityEnabled' of resource 'Group'.");
    if (dynamic != (json_get_string(call->body, "membershipRule") != NULL))
        return graph_bad_request(call, "A membership rule and the group type DynamicMembership need each other.");
    if (dynamic && json_length(json_get(call->body, "members@odata.bind")) > 0)
        return graph_bad_request(call, FOLLOWS_RULE);
    if (!unified && (g_strcmp0(json_get_string(call->body, "visibility"), "HiddenMembership") == 0 ||
                     json_get_string(call->body, "theme") != NULL ||
                     json_length(json_get(call->body, "resourceBehaviorOptions")) > 0 ||
                     json_length(json_get(call->body, "resourceProvisioningOptions")) > 0))
        return graph_bad_request(call, "HiddenMembership, a theme and options of resources are for Microsoft 365 "
                                       "groups.");
    return !json_get_bool(call->body, "isAssignableToRole", FALSE) || check_assignable(call);
}

/* The ids in "owners@odata.bind" or "members@odata.bind". */
static json *bound_ids(const struct call *call, const char *name)
{
    json *ids = json_new_array();
    json_for_each (address, json_get(call->body, name)) {
        g_autofree char *id = graph_id_in_link(call->practice, json_string(address));
        json_append_string(ids, id);
    }
    return ids;
}

/* A delegated caller becomes the owner where the body names none; and beside those whom it names, where a scenario
 * wants it: which of the two Graph does is written nowhere. */
static void finish_group(struct call *call, json *group)
{
    const char *creator = json_get_string(call->user, "id");
    gboolean always = json_is_true(tenant_behaviour(call->practice, "creatorOwns"));
    json_set(group, "_owners", bound_ids(call, "owners@odata.bind"));
    json_set(group, "_members", bound_ids(call, "members@odata.bind"));
    json *owners = json_get(group, "_owners");
    if (json_length(owners) == 0 || (always && !graph_list_has(owners, creator, NULL)))
        json_append_string(owners, creator);
}

/* "members" or "owners", whichever the path names. */
static const char *list_of(const struct call *call)
{
    return strstr(call->route->path, "/owners") != NULL ? "_owners" : "_members";
}

/* A group is never an owner, and never in a role-assignable group or in itself. */
static gboolean may_be_added(struct call *call, const json *group, const char *collection, const char *id)
{
    gboolean is_group = strcmp(collection, "groups") == 0;
    if (is_group && strcmp(list_of(call), "_owners") == 0)
        return graph_bad_request(call,
                                 "The reference target '%s' of type 'Group' is invalid for the 'owners' "
                                 "reference.",
                                 id);
    if (is_group && (is_assignable(group) || same_text(id, json_get_string(group, "id"))))
        return graph_bad_request(call, "Nested groups are not supported in a role-assignable group, and none in "
                                       "itself.");
    if (graph_list_has(json_get(group, "groupTypes"), DYNAMIC, NULL) && strcmp(list_of(call), "_members") == 0)
        return graph_bad_request(call, FOLLOWS_RULE);
    return !graph_list_has(json_get(group, list_of(call)), id, NULL) ||
           graph_bad_request(call,
                             "One or more added object references already exist for the following modified "
                             "properties: '%s'.",
                             list_of(call) + 1);
}

static void finish_change(struct call *call, json *group)
{
    g_autoptr(json) ids = bound_ids(call, "members@odata.bind");
    json_for_each (id, ids) {
        json_append_string(json_get(group, "_members"), json_string(id));
    }
}

/* A dynamic group has a rule, and no other has. */
static gboolean check_rule(struct call *call, const json *group)
{
    const json *types = json_get(call->body, "groupTypes");
    const char *rule = json_get_string(call->body, "membershipRule");
    gboolean was = graph_list_has(json_get(group, "groupTypes"), DYNAMIC, NULL);
    gboolean becomes = types != NULL ? graph_list_has(types, DYNAMIC, NULL) : was;
    gboolean ruled = rule != NULL || (was && json_get(call->body, "membershipRule") == NULL);
    return (becomes ? ruled : rule == NULL) ||
           graph_bad_request(call, "A membership rule and the group type DynamicMembership need each other.");
}

static gboolean check_change(struct call *call, const json *group)
{
    const json *types = json_get(call->body, "groupTypes");
    const char *visibility = json_get_string(call->body, "visibility");
    gboolean secure = json_get_bool(call->body, "securityEnabled", TRUE);
    /* Members may be added with a change, up to 20 (group-post-members). */
    g_autoptr(json) added = bound_ids(call, "members@odata.bind");
    if (!may_change(call, group) || (json_length(added) > 0 && !may_change_members(call, group)))
        return FALSE;
    json_for_each (id, added) {
        if (!may_be_added(call, group, graph_collection_of(call->practice, json_string(id)), json_string(id)))
            return FALSE;
    }
    if (is_assignable(group) &&
        (!secure || json_length(types) > 0 || (visibility != NULL && strcmp(visibility, "Private") != 0)))
        return graph_bad_request(call, "A role-assignable group stays a private security group with assigned "
                                       "membership.");
    if (types != NULL &&
        graph_list_has(types, UNIFIED, NULL) != graph_list_has(json_get(group, "groupTypes"), UNIFIED, NULL))
        return graph_bad_request(call, "The kind of a group cannot be changed.");
    if (json_get(call->body, "mailEnabled") != NULL &&
        json_get_bool(call->body, "mailEnabled", FALSE) != json_get_bool(group, "mailEnabled", FALSE))
        return graph_bad_request(call, "Property 'mailEnabled' is read-only and cannot be set.");
    /* Microsoft: "HiddenMembership can be set only for Microsoft 365 groups when the groups are created". */
    if (g_strcmp0(visibility, "HiddenMembership") == 0 &&
        g_strcmp0(json_get_string(group, "visibility"), "HiddenMembership") != 0)
        return graph_bad_request(call, "HiddenMembership can be set only when a Microsoft 365 group is created.");
    if (!check_rule(call, group))
        return FALSE;
    return secure || graph_list_has(json_get(group, "groupTypes"), UNIFIED, NULL) ||
           graph_bad_request(call, "Invalid value specified for property 'securityEnabled' of resource 'Group'.");
}

static void restore(struct call *call, const char *bin, const char *collection)
{
    json *object = tenant_take(call->practice, bin, call->parameters[0]);
    json_set_string(object, "deletedDateTime", NULL);
    json_append(tenant_collection(call->practice, collection), object);
    tenant_changed(call->practice);
    g_autoptr(json) shown = json_copy(object);
    json_set_string(shown, "@odata.type", graph_type_of(collection));
    odata_answer_object(call, 200, shown);
}

/* Of each kind with its own permission (directory-deleteditems-restore); applications are not restored here. */
static void handle_restore(struct call *call)
{
    const json *group = tenant_find(call->practice, "deletedGroups", call->parameters[0]);
    const json *user = tenant_find(call->practice, "deletedUsers", call->parameters[0]);
    gboolean for_groups = call_has_scope(call, "Group.ReadWrite.All");
    gboolean for_users = call_has_scope(call, "User.DeleteRestore.All") || call_has_scope(call, "User.ReadWrite.All");
    if (group == NULL && user == NULL)
        graph_not_found(call, call->parameters[0]);
    else if (group != NULL ? !for_groups : !for_users || !call_has_role(call, "User Administrator"))
        graph_denied(call);
    else if (user != NULL)
        restore(call, "deletedUsers", "users");
    else if (may_change_members(call, group))
        restore(call, "deletedGroups", "groups");
}

static gboolean may_change_list(struct call *call, const json *group)
{
    return strcmp(list_of(call), "_owners") == 0 ? may_change(call, group) : may_change_members(call, group);
}

static void handle_references(struct call *call)
{
    const json *group = read_group(call);
    if (group != NULL)
        graph_answer_directory_objects(call, json_get(group, list_of(call)));
}

static void handle_add(struct call *call)
{
    json *group = read_group(call);
    g_autofree char *id = group != NULL && may_change_list(call, group) ? graph_reference(call) : NULL;
    if (id == NULL)
        return;
    const char *collection = graph_collection_of(call->practice, id);
    if (collection == NULL) {
        graph_not_found(call, id);
    } else if (may_be_added(call, group, collection, id)) {
        json_append_string(json_get(group, list_of(call)), id);
        tenant_changed(call->practice);
        answer_nothing(call, 204);
    }
}

static void handle_remove(struct call *call)
{
    json *group = read_group(call);
    int index = 0;
    if (group == NULL || !may_change_list(call, group))
        return;
    /* Microsoft: group-delete-owners. Some report that role-assignable groups are laxer. */
    gboolean kept = strcmp(list_of(call), "_owners") == 0 && json_length(json_get(group, "_owners")) == 1 &&
                    g_strcmp0(json_string(tenant_behaviour(call->practice, "lastOwner")), "removable") != 0;
    if (!graph_list_has(json_get(group, list_of(call)), call->parameters[1], &index)) {
        graph_not_found(call, call->parameters[1]);
    } else if (kept) {
        graph_bad_request(call, "The group must have at least one owner, hence this owner cannot be removed.");
    } else {
        json_free(json_detach_at(json_get(group, list_of(call)), index));
        tenant_changed(call->practice);
        answer_nothing(call, 204);
    }
}

static const struct hook hooks[] = {
    {.name = "group-new", .check = check_new_group, .finish = finish_group},
    {.name = "group-change", .check = check_change, .finish = finish_change},
    {.name = "group-delete", .check = may_change_members},
    {.name = "restore", .handle = handle_restore},
    {.name = "references", .handle = handle_references},
    {.name = "reference-add", .handle = handle_add},
    {.name = "reference-remove", .handle = handle_remove},
};
const struct hook_table group_hooks = HOOK_TABLE(hooks);

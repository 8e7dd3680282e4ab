/* SPDX-License-Identifier: MIT */
#include "onboarding/group_uses.h"

#include <string.h>

#include "base/json.h"
#include "onboarding/directory_role.h"
#include "onboarding/door.h"
#include "onboarding/policy_uses.h"
#include "onboarding/surplus.h"

enum read {
    READ_ROLES,
    READ_ELIGIBLE,
    READ_MEMBERS,
    READ_CATALOGS,
    READ_DEFENDER,
    READ_GROUPS,
    READ_POLICIES,
    READ_ACCESS
};

struct request *group_members(const char *group, const char *select)
{
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/groups/%s/members", group);
    request_query(request, "$select", "%s", select);
    request->scope = "GroupMember.Read.All";
    request->all_pages = TRUE;
    return request;
}

static void add_list(GPtrArray *requests, const char *scope, struct request *request)
{
    request->scope = scope;
    request->all_pages = TRUE;
    g_ptr_array_add(requests, request);
}

void group_uses_look_up(const struct object *object, GPtrArray *requests)
{
    const char *group = object->known_id;
    g_ptr_array_add(requests, directory_role_assignments("roleDefinition", "principalId eq '%s'", group));
    g_ptr_array_add(requests, directory_role_eligibilities(group));
    g_ptr_array_add(requests, group_members(group, "id,displayName,userPrincipalName,userType"));
    struct request *catalogs = request_get(SERVICE_GRAPH, "/v1.0/identityGovernance/entitlementManagement/catalogs");
    request_query(catalogs, "$expand", "resources");
    add_list(requests, "EntitlementManagement.Read.All", catalogs);
    add_list(requests, "RoleManagement.Read.Defender",
             request_get(SERVICE_GRAPH, "/beta/roleManagement/defender/roleAssignments"));
    g_autofree char *path = g_strdup_printf("groups/%s", group);
    add_list(requests, "GroupMember.Read.All", directory_role_active(path));
    add_list(requests, "Policy.Read.All", request_get(SERVICE_GRAPH, "/v1.0/identity/conditionalAccess/policies"));
    g_ptr_array_add(requests, policy_uses_read());
}

static void add_roles(GPtrArray *replies, GHashTable *own, const char *group, GPtrArray *uses)
{
    json_for_each (assignment, reply_rows(g_ptr_array_index(replies, READ_ROLES))) {
        if (surplus_is_foreign(assignment, own))
            surplus_add(uses, "the directory role", directory_role_name(assignment));
    }
    json_for_each (eligible, reply_rows(g_ptr_array_index(replies, READ_ELIGIBLE))) {
        if (surplus_is_foreign(eligible, own))
            surplus_add(uses, "the eligible directory role", directory_role_name(eligible));
    }
    json_for_each (assignment, reply_rows(g_ptr_array_index(replies, READ_DEFENDER))) {
        if (surplus_is_foreign(assignment, own) && json_has_text(json_get(assignment, "principalIds"), group))
            surplus_add(uses, "the role assignment in Defender", json_get_shown(assignment, "displayName"));
    }
}

char *group_uses_say(const struct object *object, GPtrArray *replies, GHashTable *own)
{
    g_autoptr(GPtrArray) uses = g_ptr_array_new_with_free_func(g_free);
    add_roles(replies, own, object->known_id, uses);
    /* Guests who hold the access package keep that, and the group with it, before it is asked who else is in it; when
     * the partner is left, they were ended before as its plan said. */
    json_for_each (member, reply_rows(g_ptr_array_index(replies, READ_MEMBERS))) {
        gboolean is_guest = g_strcmp0(json_get_string(member, "userType"), "Guest") == 0;
        g_autofree char *as_made = g_strdup_printf("group-member %s", json_get_shown(member, "id"));
        if (!g_hash_table_contains(own, as_made) && !(is_guest && object->leaves))
            surplus_add(uses, is_guest ? "the guest" : "the member", door_name_of(member));
    }
    /* A catalog of its own keeps a dead resource once the group is gone. */
    json_for_each (catalog, reply_rows(g_ptr_array_index(replies, READ_CATALOGS))) {
        if (surplus_is_foreign(catalog, own) &&
            json_find(json_get(catalog, "resources"), "originId", object->known_id) != NULL)
            surplus_add(uses, "the catalog", json_get_shown(catalog, "displayName"));
    }
    surplus_add_groups(uses, "membership in", reply_rows(g_ptr_array_index(replies, READ_GROUPS)), own);
    json_for_each (policy, reply_rows(g_ptr_array_index(replies, READ_POLICIES))) {
        const json *users = json_get_path(policy, "conditions.users");
        if (json_has_text(json_get(users, "includeGroups"), object->known_id) ||
            json_has_text(json_get(users, "excludeGroups"), object->known_id))
            surplus_add(uses, "the Conditional Access policy", json_get_shown(policy, "displayName"));
    }
    policy_uses_add(uses, "the access policy", g_ptr_array_index(replies, READ_ACCESS), object->known_id, NULL, own);
    return surplus_say(uses, "Others use this group for what perch did not make",
                       "Take that off the group if nobody needs it (Entra admin center > Groups > this one; Identity "
                       "governance > Catalogs, Access packages; Conditional Access; Defender > Permissions).");
}

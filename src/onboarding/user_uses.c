/* SPDX-License-Identifier: MIT */
#include "onboarding/user_uses.h"

#include <string.h>

#include "base/json.h"
#include "onboarding/activation.h"
#include "onboarding/directory_role.h"
#include "onboarding/door.h"
#include "onboarding/policy_uses.h"
#include "onboarding/surplus.h"

enum read { READ_GROUPS, READ_ROLES, READ_ELIGIBLE_ROLES, READ_ELIGIBLE_GROUPS, READ_POLICIES };

void user_uses_look_up(const struct object *object, GPtrArray *requests)
{
    const char *user = object->known_id;
    g_autofree char *path = g_strdup_printf("users/%s", user);
    struct request *active = directory_role_active(path);
    active->scope = "GroupMember.Read.All";
    g_ptr_array_add(requests, active);
    g_ptr_array_add(requests, directory_role_assignments("roleDefinition", "principalId eq '%s'", user));
    g_ptr_array_add(requests, directory_role_eligibilities(user));
    struct request *eligible = request_get(SERVICE_GRAPH, PIM_OF_GROUPS "eligibilityScheduleInstances");
    request_query(eligible, "$filter", "principalId eq '%s'", user);
    request_query(eligible, "$expand", "group");
    eligible->scope = "PrivilegedEligibilitySchedule.Read.AzureADGroup";
    eligible->all_pages = TRUE;
    eligible->unlicensed_is_none = TRUE;
    g_ptr_array_add(requests, eligible);
    g_ptr_array_add(requests, policy_uses_read());
}

void user_uses_add(GPtrArray *found, const struct object *object, GPtrArray *replies, GHashTable *own)
{
    /* Roles among these may come by the partner's group. */
    surplus_add_groups(found, "membership in", reply_rows(g_ptr_array_index(replies, READ_GROUPS)), own);
    json_for_each (assignment, reply_rows(g_ptr_array_index(replies, READ_ROLES))) {
        if (surplus_is_foreign(assignment, own))
            surplus_add(found, "the directory role", directory_role_name(assignment));
    }
    json_for_each (eligible, reply_rows(g_ptr_array_index(replies, READ_ELIGIBLE_ROLES))) {
        surplus_add(found, "the eligible directory role", directory_role_name(eligible));
    }
    json_for_each (eligible, reply_rows(g_ptr_array_index(replies, READ_ELIGIBLE_GROUPS))) {
        const char *group = json_get_string(eligible, "groupId");
        gboolean owns = g_strcmp0(json_get_string(eligible, "accessId"), "owner") == 0;
        if (group == NULL || !g_hash_table_contains(own, group))
            surplus_add(found, owns ? "the eligible ownership of" : "the eligible membership in",
                        door_name_of(json_get(eligible, "group")));
    }
    policy_uses_add(found, "the access policy", g_ptr_array_index(replies, READ_POLICIES), object->known_id, NULL, own);
}

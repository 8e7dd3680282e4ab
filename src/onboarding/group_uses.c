/* SPDX-License-Identifier: MIT */
#include "onboarding/group_uses.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "onboarding/directory_role.h"
#include "onboarding/door.h"

enum read { READ_ROLES, READ_ELIGIBLE, READ_MEMBERS, READ_CATALOGS, READ_DEFENDER };

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
    struct request *members = request_get(SERVICE_GRAPH, "/v1.0/groups/%s/members", group);
    request_query(members, "$select", "id,displayName,userPrincipalName,userType");
    add_list(requests, "GroupMember.Read.All", members);
    struct request *catalogs = request_get(SERVICE_GRAPH, "/v1.0/identityGovernance/entitlementManagement/catalogs");
    request_query(catalogs, "$expand", "resources");
    add_list(requests, "EntitlementManagement.Read.All", catalogs);
    add_list(requests, "RoleManagement.Read.Defender",
             request_get(SERVICE_GRAPH, "/beta/roleManagement/defender/roleAssignments"));
}

static gboolean is_foreign(const json *row, GHashTable *own)
{
    const char *id = json_get_string(row, "id");
    return id != NULL && !g_hash_table_contains(own, id);
}

static void add_use(GPtrArray *uses, const char *what, const char *name)
{
    char *use = g_strdup_printf("%s “%s”", what, name);
    if (g_ptr_array_find_with_equal_func(uses, use, g_str_equal, NULL))
        g_free(use);
    else
        g_ptr_array_add(uses, use);
}

static void add_roles(GPtrArray *replies, GHashTable *own, const char *group, GPtrArray *uses)
{
    json_for_each (assignment, reply_rows(g_ptr_array_index(replies, READ_ROLES))) {
        if (is_foreign(assignment, own))
            add_use(uses, "the directory role", directory_role_name(assignment));
    }
    json_for_each (eligible, reply_rows(g_ptr_array_index(replies, READ_ELIGIBLE))) {
        if (is_foreign(eligible, own))
            add_use(uses, "the eligible directory role", directory_role_name(eligible));
    }
    json_for_each (assignment, reply_rows(g_ptr_array_index(replies, READ_DEFENDER))) {
        if (is_foreign(assignment, own) && json_has_text(json_get(assignment, "principalIds"), group))
            add_use(uses, "the role assignment in Defender", json_get_shown(assignment, "displayName"));
    }
}

char *group_uses_say(const struct object *object, GPtrArray *replies, GHashTable *own)
{
    g_autoptr(GPtrArray) uses = g_ptr_array_new_with_free_func(g_free);
    add_roles(replies, own, object->known_id, uses);
    /* Guests are the partner's people: who of them holds the access package keeps that, and the group with it. */
    json_for_each (member, reply_rows(g_ptr_array_index(replies, READ_MEMBERS))) {
        gboolean is_guest = g_strcmp0(json_get_string(member, "userType"), "Guest") == 0;
        g_autofree char *as_made = g_strdup_printf("group-member %s", json_get_shown(member, "id"));
        if (!g_hash_table_contains(own, as_made) && !is_guest)
            add_use(uses, "the member", door_name_of(member));
    }
    /* A catalog of its own keeps a dead resource once the group is gone. */
    json_for_each (catalog, reply_rows(g_ptr_array_index(replies, READ_CATALOGS))) {
        if (is_foreign(catalog, own) && json_find(json_get(catalog, "resources"), "originId", object->known_id) != NULL)
            add_use(uses, "the catalog", json_get_shown(catalog, "displayName"));
    }
    if (uses->len == 0)
        return NULL;
    g_autofree char *list = text_join(uses, ", ");
    return g_strdup_printf("Others use this group for what perch did not make: %s.\nTake that off the group if nobody "
                           "needs it (Entra admin centre > Groups > this one; Identity governance > Catalogs; Defender "
                           "> Permissions).",
                           list);
}

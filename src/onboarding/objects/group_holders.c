/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "onboarding/activation.h"
#include "onboarding/directory_role.h"
#include "onboarding/door.h"

/*
 * Who gets in by the partner's group, and what else the group opens: people of the company among its members, owners
 * (who may add members), whoever could become either by Privileged Identity Management, directory roles beside the
 * wanted one, active or eligible. Guests among the members are judged by how they came, where that can be read.
 */

#define MEMBER "member:"
#define OWNER "owner:"
#define ROLE "role:"

enum read { READ_MEMBERS, READ_OWNERS, READ_ROLES, READ_ELIGIBLE_ROLES, READ_ROLE_ENDS, READ_ELIGIBLE_PEOPLE };

static struct request *add_list(GPtrArray *requests, const char *scope, struct request *request)
{
    request->scope = scope;
    request->all_pages = TRUE;
    g_ptr_array_add(requests, request);
    return request;
}

static void look_up(const struct object *object, GPtrArray *requests)
{
    static const char *const lists[] = {"members", "owners"};
    const char *group = object_text(object, "group");
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        struct request *request = request_get(SERVICE_GRAPH, "/v1.0/groups/%s/%s", group, lists[i]);
        request_query(request, "$select", "id,displayName,userPrincipalName,userType");
        add_list(requests, "GroupMember.Read.All", request);
    }
    g_ptr_array_add(requests, directory_role_assignments("roleDefinition", "principalId eq '%s'", group));
    g_ptr_array_add(requests, directory_role_eligibilities(group));
    g_ptr_array_add(requests, directory_role_instances(group));
    struct request *eligible = request_get(SERVICE_GRAPH, PIM_OF_GROUPS "eligibilityScheduleInstances");
    request_query(eligible, "$filter", "groupId eq '%s'", group);
    request_query(eligible, "$expand", "principal");
    add_list(requests, "PrivilegedEligibilitySchedule.Read.AzureADGroup", eligible);
}

/* Who is signed in, or was when the group was created, may be the owner that Microsoft made of the creator: that is
 * dealt with where owners are, as is the one that was chosen. */
static gboolean is_expected_owner(const struct object *object, const char *id)
{
    static const char *const expected[] = {"me", "creator", "owner"};
    for (gsize i = 0; i < G_N_ELEMENTS(expected); i++)
        if (strcmp(id, object_text(object, expected[i])) == 0)
            return TRUE;
    return FALSE;
}

/* The last owner of all is kept by Microsoft (group-delete-owners). */
static void add_people(const struct object *object, GPtrArray *replies, GPtrArray *holders,
                       struct observation *observation)
{
    int left = json_length(reply_rows(g_ptr_array_index(replies, READ_OWNERS)));
    json_for_each (member, reply_rows(g_ptr_array_index(replies, READ_MEMBERS))) {
        const char *member_id = json_get_string(member, "id");
        g_autofree char *id = g_strconcat(MEMBER, member_id, NULL);
        gboolean is_guest = g_strcmp0(json_get_string(member, "userType"), "Guest") == 0;
        if (member_id != NULL && !is_guest)
            door_add(holders, id, "member", "%s", door_name_of(member));
        else if (member_id != NULL && object->leaves)
            door_add_leaving(holders, id, "guest", door_name_of(member));
    }
    json_for_each (owner, reply_rows(g_ptr_array_index(replies, READ_OWNERS))) {
        const char *owner_id = json_get_string(owner, "id");
        g_autofree char *id = g_strconcat(OWNER, owner_id, NULL);
        if (owner_id == NULL || is_expected_owner(object, owner_id))
            continue;
        struct holder *holder = door_add(holders, id, "owner", "%s", door_name_of(owner));
        if (holder == NULL || --left > 0)
            continue;
        holder->by_hand = TRUE;
        observation_note(observation,
                         "Microsoft keeps the last owner of a group. To have another than %s: add an owner in the "
                         "portal, then take %s off.",
                         door_name_of(owner), door_name_of(owner));
    }
    json_for_each (eligible, reply_rows(g_ptr_array_index(replies, READ_ELIGIBLE_PEOPLE))) {
        const char *end = json_get_string(eligible, "endDateTime");
        g_autofree char *day = clock_day_of(end != NULL ? end : "");
        struct holder *holder = door_add(holders, json_get_string(eligible, "id"), "eligible", "%s, as %s%s%s",
                                         door_name_of(json_get(eligible, "principal")),
                                         json_get_shown(eligible, "accessId"), end != NULL ? ", until " : "", day);
        if (holder != NULL)
            holder->by_hand = TRUE;
    }
}

static void add_roles(const struct object *object, GPtrArray *replies, GPtrArray *holders)
{
    json_for_each (assignment, reply_rows(g_ptr_array_index(replies, READ_ROLES))) {
        const char *assignment_id = json_get_string(assignment, "id");
        g_autofree char *id = g_strconcat(ROLE, assignment_id, NULL);
        gboolean everywhere = directory_role_is_everywhere(assignment);
        if (assignment_id != NULL && !directory_role_is_wanted(object, assignment))
            door_add(holders, id, "directory role", "%s%s", directory_role_name(assignment),
                     everywhere ? "" : ", for a part of the directory");
    }
    json_for_each (eligible, reply_rows(g_ptr_array_index(replies, READ_ELIGIBLE_ROLES))) {
        struct holder *holder = door_add(holders, json_get_string(eligible, "id"), "eligible directory role", "%s",
                                         directory_role_name(eligible));
        if (holder != NULL)
            holder->by_hand = TRUE;
    }
}

/* What could not be read is said, and never taken for nothing. */
static void note_unread(GPtrArray *replies, struct observation *observation)
{
    static const struct {
        enum read read;
        const char *what;
    } readings[] = {
        {READ_ELIGIBLE_ROLES, "which role the group could become"},
        {READ_ELIGIBLE_PEOPLE, "who could become a member or an owner"},
        {READ_ROLE_ENDS, "when the group's role ends"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(readings); i++) {
        const struct reply *reply = g_ptr_array_index(replies, readings[i].read);
        if (reply_is_success(reply))
            continue;
        if (reply->status == 400)
            observation_note(observation,
                             "Privileged Identity Management does not tell %s (400): without its licence nobody is "
                             "eligible and nothing ends.",
                             readings[i].what);
        else
            observation_note(observation,
                             "Not told (%d): %s. Look in Entra > Identity governance > Privileged Identity Management.",
                             reply->status, readings[i].what);
    }
}

/* What only a person can take away: who is eligible, and the last owner. */
static const char *way_by_hand(GPtrArray *holders)
{
    for (guint i = 0; i < holders->len; i++) {
        const struct holder *holder = g_ptr_array_index(holders, i);
        if (holder->by_hand && !g_str_has_prefix(holder->id, OWNER))
            return "Take it away in Entra > Identity governance > Privileged Identity Management, then check again.";
    }
    return "Add another owner in the portal, take this one off, then check again.";
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) holders = door_holders_new();
    guint guests = 0;
    json_for_each (member, reply_rows(g_ptr_array_index(replies, READ_MEMBERS))) {
        guests += g_strcmp0(json_get_string(member, "userType"), "Guest") == 0;
    }
    g_autoptr(GPtrArray) expected = g_ptr_array_new();
    json_for_each (owner, reply_rows(g_ptr_array_index(replies, READ_OWNERS))) {
        const char *id = json_get_string(owner, "id");
        if (id != NULL && is_expected_owner(object, id))
            g_ptr_array_add(expected, (gpointer)door_name_of(owner));
    }
    g_autofree char *owners = text_join(expected, ", ");
    g_autofree char *well = g_strdup_printf("No owner%s%s, no other role, nobody%s of the company; %u guest%s in it.",
                                            owners[0] != '\0' ? " but " : "", owners, owners[0] != '\0' ? " else" : "",
                                            guests, guests == 1 ? "" : "s");
    add_roles(object, replies, holders);
    add_people(object, replies, holders, observation);
    note_unread(replies, observation);
    json_for_each (instance, reply_rows(g_ptr_array_index(replies, READ_ROLE_ENDS))) {
        const char *end = json_get_string(instance, "endDateTime");
        g_autofree char *day = clock_day_of(end != NULL ? end : "");
        if (end != NULL && directory_role_is_wanted(object, instance))
            observation_note(observation, "The group is %s until %s only: from then on the partner sees nothing.",
                             directory_role_name(instance), day);
    }
    const struct door door = {
        .well = well,
        .others = "Others get in by the group, or get more by it",
        .by_hand = way_by_hand(holders),
    };
    door_judge(object, holders, &door, observation);
}

static struct request *take_away(const struct object *object, const char *holder)
{
    const char *id = strchr(holder, ':');
    if (id == NULL)
        return NULL;
    id++;
    gboolean is_member = g_str_has_prefix(holder, MEMBER);
    if (g_str_has_prefix(holder, ROLE))
        return directory_role_unassign(id);
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, "/v1.0/groups/%s/%s/%s/$ref",
                                            object_text(object, "group"), is_member ? "members" : "owners", id);
    request->scope = is_member ? "GroupMember.ReadWrite.All RoleManagement.ReadWrite.Directory" : "Group.ReadWrite.All";
    return request;
}

static const struct json_schema with[] = {
    {.name = "group", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "me", .is = WITH_TEXT},
    {.name = "creator", .is = WITH_TEXT},
    {.name = "owner", .is = WITH_TEXT},
    {.name = "roleDefinitionId", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};

const struct object_kind group_holders_kind = {
    .name = "group-holders",
    .with = with,
    DOOR_MEMBERS,
    .optional_reads = 3,
    .ends_people = TRUE,
    .look_up = look_up,
    .compare = compare,
    .take_away = take_away,
};

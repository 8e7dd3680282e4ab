/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "base/clock.h"
#include "onboarding/door.h"
#include "onboarding/group_uses.h"

/*
 * Guests who are in the partner's group without standing on the list of those who are to be: of other companies, and
 * who was taken off the list. When the partner is left, all guests go by the group. The day is the guest's own
 * (createdDateTime): since when somebody is a member Microsoft does not tell.
 */

#define MEMBER "member:"

static void look_up(const struct object *object, GPtrArray *requests)
{
    g_ptr_array_add(requests, group_members(object_text(object, "group"),
                                            "id,displayName,userPrincipalName,userType,mail,createdDateTime"));
}

static gboolean is_on_the_list(const struct object *object, const json *guest)
{
    const char *mail = json_get_string(guest, "mail");
    json_for_each (wanted, mail != NULL ? json_get(object->with, "guests") : NULL) {
        if (g_ascii_strcasecmp(json_string(wanted), mail) == 0)
            return TRUE;
    }
    return FALSE;
}

static void add_guest(const json *guest, GPtrArray *holders)
{
    const char *guest_id = json_get_string(guest, "id");
    const char *mail = json_get_string(guest, "mail");
    const char *since = json_get_string(guest, "createdDateTime");
    g_autofree char *id = g_strconcat(MEMBER, guest_id, NULL);
    g_autofree char *day = clock_day_of(since != NULL ? since : "");
    door_add(holders, id, "guest", "%s%s%s%s", mail != NULL ? mail : door_name_of(guest),
             since != NULL ? " (in the tenant since " : "", day, since != NULL ? ")" : "");
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    g_autoptr(GPtrArray) holders = door_holders_new();
    guint listed = 0;
    json_for_each (member, reply_rows(g_ptr_array_index(replies, 0))) {
        gboolean is_guest = g_strcmp0(json_get_string(member, "userType"), "Guest") == 0;
        if (!is_guest || json_get_string(member, "id") == NULL || object->leaves)
            continue;
        if (is_on_the_list(object, member))
            listed++;
        else
            add_guest(member, holders);
    }
    gboolean has_list = json_length(json_get(object->with, "guests")) > 0;
    g_autofree char *well = object->leaves ? g_strdup("Guests go by the group.")
                            : listed == 0
                                ? g_strdup("No guest is in the group.")
                                : g_strdup_printf("No guest but those on the list: %u of them %s in the group.", listed,
                                                  listed == 1 ? "is" : "are");
    const struct door door = {
        .well = well,
        .others = has_list ? "Guests are in the group who are not on the list"
                           : "Guests are in the group, and no list says who is to be",
    };
    door_judge(object, holders, &door, observation);
    if (observation->state != OBJECT_DIFFERS)
        return;
    if (!has_list)
        observation_note(observation,
                         "Once the partner's list is among this step's values, nothing is asked about those on it.");
    observation_note(observation, "Who is taken away here is a member no more, and stays a guest of the tenant; "
                                  "undo removes those whom perch invited.");
}

static struct request *take_away(const struct object *object, const char *holder)
{
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, "/v1.0/groups/%s/members/%s/$ref",
                                            object_text(object, "group"), holder + strlen(MEMBER));
    request->scope = "GroupMember.ReadWrite.All RoleManagement.ReadWrite.Directory";
    return request;
}

static const struct json_schema with[] = {
    {.name = "group", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "guests", .is = WITH_ANSWER, .inner = &with_text},
    {.name = NULL},
};

const struct object_kind guest_holders_kind = {
    .name = "guest-holders",
    .with = with,
    DOOR_MEMBERS,
    .look_up = look_up,
    .compare = compare,
    .take_away = take_away,
};

/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

/*
 * A group of the partner has no owners. Graph may make the account that creates a group its owner: that one is taken
 * off again, once, if perch created the group; the last one Microsoft keeps (group-delete-owners), which the partner's
 * recipe does not have. Its id is kept, so that whoever reads later knows it for what it is. Every other owner is
 * somebody's decision and only shown.
 */

static void look_up(const struct object *object, GPtrArray *requests)
{
    struct request *request = request_get(SERVICE_GRAPH, "/v1.0/groups/%s/owners", object_text(object, "group"));
    request_query(request, "$select", "id,displayName,userPrincipalName");
    request->scope = "GroupMember.Read.All";
    request->all_pages = TRUE;
    g_ptr_array_add(requests, request);
}

static const char *owner_name(const json *owner)
{
    const char *name = json_get_string(owner, "userPrincipalName");
    if (name == NULL)
        name = json_get_string(owner, "displayName");
    return name != NULL ? name : json_get_string(owner, "id");
}

/* Who was left as it, or else whoever is signed in now and may just have created the group. */
static const char *creator_of(const struct object *object)
{
    return object->adopted && object->known_id[0] != '\0' ? object->known_id : object_text(object, "me");
}

static gboolean is_our_trace(const struct object *object, const json *owner)
{
    return strcmp(object_text(object, "groupOrigin"), "created") == 0 &&
           g_strcmp0(json_get_string(owner, "id"), creator_of(object)) == 0;
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    observation->state = OBJECT_MATCHES;
    json_for_each (owner, json_get(reply->body, "value")) {
        const char *name = owner_name(owner);
        if (is_our_trace(object, owner))
            observation_learn(observation, "id", json_get_string(owner, "id"));
        if (is_our_trace(object, owner) && object->adopted) {
            observation_difference(observation, "owners", "nobody", name, TRUE);
            observation_set(
                observation, OBJECT_MATCHES,
                "Microsoft keeps %s as owner of the group, who may add members. To have another one: add an "
                "owner in the portal, then take %s off.",
                name, name);
        } else if (is_our_trace(object, owner)) {
            observation_difference(observation, "owners", "nobody", name, FALSE);
            observation_set(observation, OBJECT_DIFFERS, "Microsoft made %s the owner when the group was created.",
                            name);
            observation->repair_unasked = TRUE;
        } else {
            observation_note(observation, "%s is an owner of the group and can change its members.", name);
        }
    }
}

static struct request *take_off(const struct object *object)
{
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, "/v1.0/groups/%s/owners/%s/$ref",
                                            object_text(object, "group"), creator_of(object));
    request->scope = "Group.ReadWrite.All";
    return request;
}

static const struct json_schema with[] = {
    {.name = "group", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "groupOrigin", .is = WITH_TEXT},
    {.name = "me", .is = WITH_TEXT},
    {.name = NULL},
};

const struct object_kind group_owners_kind = {
    .name = "group-owners",
    .with = with,
    .verb = "remove",
    .action = "removed",
    .only_if = "if Microsoft makes the creator an owner",
    .if_refused = "Microsoft keeps the creator as the group's owner",
    .look_up = look_up,
    .compare = compare,
    .create = take_off,
    .repair = take_off,
};

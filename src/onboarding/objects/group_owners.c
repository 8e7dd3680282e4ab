/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

/*
 * A group of the partner has no owner but one that the company chose. Graph may make the account that creates a group
 * its owner: that one is taken off again, once, if perch created the group; the last one Microsoft keeps
 * (group-delete-owners), which the partner's recipe does not have, and which an owner chosen beforehand makes room for.
 * Its id is kept, so that whoever reads later knows it for what it is. Every other owner is somebody's decision and
 * only shown.
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
    return name != NULL ? name : json_get_shown(owner, "id");
}

/* Who was left as it, or else whoever is signed in now and may just have created the group. */
static const char *creator_of(const struct object *object)
{
    return object->adopted && object->known_id[0] != '\0' ? object->known_id : object_text(object, "me");
}

/* What the group's owner is to be. */
static const char *wanted_owner(const struct object *object)
{
    const char *name = object_text(object, "ownerName");
    return name[0] != '\0' ? name : "nobody, by the recipe";
}

static void judge_trace(const struct object *object, const json *owner, gboolean others_stay,
                        struct observation *observation)
{
    const char *name = owner_name(owner);
    gboolean is_kept = object->refused->len > 0 || (object->adopted && !others_stay);
    observation_learn(observation, "id", json_get_string(owner, "id"));
    observation_difference(observation, "owners", wanted_owner(object), name, is_kept);
    if (is_kept) {
        observation_set(observation, OBJECT_MATCHES,
                        "Microsoft keeps %s as owner of the group, who may add members. It may stay. To have another "
                        "one: add that one in the portal first (Entra > Groups > the group > Owners), then choose it "
                        "as this step's owner and apply; perch then takes %s off.",
                        name, name);
        return;
    }
    observation_set(observation, OBJECT_DIFFERS, "Microsoft made %s the owner when the group was created.", name);
    observation->repair_unasked = TRUE;
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    const json *owners = json_get(reply->body, "value");
    const char *chosen = object_text(object, "owner");
    gboolean has_chosen = chosen[0] != '\0' && json_find(owners, "id", chosen) != NULL;
    observation->state = OBJECT_MATCHES;
    if (has_chosen)
        observation_set(observation, OBJECT_MATCHES, "%s, who was chosen, is the owner and may add members.",
                        wanted_owner(object));
    json_for_each (owner, owners) {
        gboolean is_ours = strcmp(object_text(object, "groupOrigin"), "created") == 0 &&
                           g_strcmp0(json_get_string(owner, "id"), creator_of(object)) == 0;
        if (g_strcmp0(json_get_string(owner, "id"), chosen) == 0)
            continue;
        if (is_ours)
            judge_trace(object, owner, has_chosen, observation);
        else
            observation_note(observation, "%s is an owner of the group and can change its members.", owner_name(owner));
    }
    if (chosen[0] == '\0' || has_chosen)
        return;
    observation_difference(observation, "owners", wanted_owner(object), "not an owner", TRUE);
    observation_set(observation, OBJECT_DIFFERS,
                    "%s was chosen as owner of the group and is none. Add it in the portal (Entra > Groups > the group "
                    "> Owners), then check again.",
                    wanted_owner(object));
}

static struct request *take_off(const struct object *object)
{
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, "/v1.0/groups/%s/owners/%s/$ref",
                                            object_text(object, "group"), creator_of(object));
    request->scope = "Group.ReadWrite.All";
    return request;
}

static struct request *repair(const struct object *object)
{
    return object->observation->repair_unasked ? take_off(object) : NULL;
}

/* It stays then, whatever the reason, until the next run. */
static gboolean learn_refusal(struct object *object, const struct reply *reply)
{
    g_ptr_array_add(object->refused, g_strdup(reply->error_code));
    return FALSE;
}

static const struct json_schema with[] = {
    {.name = "group", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "groupOrigin", .is = WITH_TEXT},
    {.name = "me", .is = WITH_TEXT},
    {.name = "owner", .is = WITH_TEXT}, /* the id of the one that was chosen; "": nobody was */
    {.name = "ownerName", .is = WITH_TEXT},
    {.name = NULL},
};

const struct object_kind group_owners_kind = {
    .name = "group-owners",
    .with = with,
    .verb = "settle",
    .action = "settled",
    .only_if = "only if Microsoft makes whoever creates the group its owner: takes that one off again; where no other "
               "owner was chosen Microsoft may refuse that, and it stays",
    .if_refused = "Microsoft keeps the creator as the group's owner",
    .look_up = look_up,
    .compare = compare,
    .create = take_off,
    .learn_refusal = learn_refusal,
    .repair = repair,
};

/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include <string.h>

#include "base/text.h"

#include "onboarding/collection.h"
#include "onboarding/group_uses.h"

/* isAssignableToRole can only be set at creation (Microsoft: role-assignable groups). */
static const struct compared_field fields[] = {
    {"displayName", FIELD_CLASS_REPAIRABLE}, {"description", FIELD_CLASS_REPAIRABLE},
    {"securityEnabled", FIELD_CLASS_FIXED},  {"mailEnabled", FIELD_CLASS_FIXED},
    {"groupTypes", FIELD_CLASS_FIXED},       {"isAssignableToRole", FIELD_CLASS_FIXED},
};

/* A role-assignable group can only be made, and taken away, by who may manage roles. */
static const struct collection groups = {
    .path = "/v1.0/groups",
    .select = "id,displayName,description,securityEnabled,mailEnabled,groupTypes,isAssignableToRole,membershipRule,"
              "onPremisesSyncEnabled,createdDateTime",
    .read_scope = "Group.Read.All",
    .write_scope = "Group.ReadWrite.All RoleManagement.ReadWrite.Directory",
    .fields = fields,
    .field_count = G_N_ELEMENTS(fields),
};

static void look_up(const struct object *object, GPtrArray *requests)
{
    struct collection deleted = groups;
    g_autofree char *name = odata_literal(object_text(object, "displayName"));
    g_autofree char *filter = g_strconcat("displayName eq ", name, NULL);
    deleted.path = "/v1.0/directory/deletedItems/microsoft.graph.group";
    deleted.select = "id,displayName,isAssignableToRole,deletedDateTime";
    collection_look_up(object, requests);
    g_ptr_array_add(requests, collection_list(&deleted, filter));
}

static json *wanted(const struct object *object)
{
    return json_from("{'displayName':%s,'description':%s,'mailEnabled':false,'mailNickname':%s,"
                     "'securityEnabled':true,'groupTypes':[],'isAssignableToRole':true}",
                     object_text(object, "displayName"), object_text(object, "description"),
                     object_text(object, "mailNickname"));
}

/* With an owner from the beginning the creator is not the last one, whom Microsoft would keep (group-delete-owners). */
static struct request *create(const struct object *object)
{
    struct request *request = collection_create(object);
    const char *owner = object_text(object, "owner");
    if (owner[0] == '\0')
        return request;
    g_autofree char *uri = g_strdup_printf("%s/v1.0/users/%s", object_text(object, "graph"), owner);
    json_set(request->body, "owners@odata.bind", json_from("[%s]", uri));
    return request;
}

static char *describe(const json *group)
{
    return g_strdup_printf("%s, %s (%s)", json_get_shown(group, "displayName"),
                           json_get_bool(group, "isAssignableToRole", FALSE) ? "role-assignable"
                                                                             : "not role-assignable",
                           json_get_shown(group, "id"));
}

/* Which of several is meant nobody could tell perch by one word: whoever knows restores it by hand. */
static void say_several_deleted(const struct object *object, const json *list, struct observation *observation)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    json_for_each (group, list) {
        if (json_get_bool(group, "isAssignableToRole", FALSE) && json_get_string(group, "id") != NULL)
            g_ptr_array_add(ids, (gpointer)json_get_string(group, "id"));
    }
    if (ids->len < 2)
        return;
    g_autofree char *text = text_join(ids, ", ");
    observation_set(observation, OBJECT_ABSENT,
                    "%u deleted groups “%s” are in the recycle bin: %s. To have one of them back, restore it in Entra "
                    "(Groups > Deleted groups), then check again.",
                    ids->len, object_text(object, "displayName"), text);
    g_free(observation->deleted_id);
    observation->deleted_id = g_strdup("");
    observation_withdraw(observation, DECISION_RESTORE);
}

static void offer_restore(const struct object *object, const struct reply *deleted, struct observation *observation)
{
    const json *list = json_get(deleted->body, "value");
    const json *group = json_find(list, "id", object->our_deleted);
    json_for_each (other, group == NULL ? list : NULL) {
        if (json_get_bool(other, "isAssignableToRole", FALSE))
            group = other;
    }
    if (json_get_string(group, "id") == NULL)
        return;
    g_free(observation->deleted_id);
    observation->deleted_id = g_strdup(json_get_string(group, "id"));
    const char *deleted_at = json_get_string(group, "deletedDateTime");
    g_free(observation->deleted);
    observation->deleted = g_strdup(deleted_at != NULL ? deleted_at : "");
    if (strcmp(observation->deleted_id, object->our_deleted) == 0)
        return;
    observation_set(observation, OBJECT_ABSENT, "A deleted group “%s” (%s) is in the recycle bin.",
                    object_text(object, "displayName"), observation->deleted_id);
    observation_candidate(observation, DECISION_RESTORE, "", "Restore the deleted group");
    observation_candidate(observation, DECISION_CREATE, "", "Leave it there and create a new one");
    say_several_deleted(object, list, observation);
}

/* Said before it is made: after that only another owner makes Microsoft let go of the creator. */
static void note_creator(const struct object *object, struct observation *observation)
{
    if (observation->state == OBJECT_ABSENT && observation->deleted_id[0] == '\0' &&
        object_text(object, "owner")[0] == '\0')
        observation_note(observation, "Microsoft may keep whoever creates the group as its owner, who may add members. "
                                      "That may stay; an owner that is chosen here beforehand avoids it.");
}

static void explain_difference(const json *group, struct observation *observation)
{
    if (!observation_is_fixed(observation)) {
        compare_offer_repair(observation, "group");
        return;
    }
    if (!json_get_bool(group, "isAssignableToRole", FALSE))
        observation_set(
            observation, OBJECT_DIFFERS,
            "The group “%s” is not role-assignable, and Microsoft never lets that be changed. Choose another "
            "name, or delete the group yourself and check again.",
            json_get_shown(group, "displayName"));
    else
        observation_set(observation, OBJECT_DIFFERS, "The group “%s” is of another type, which cannot be changed.",
                        json_get_shown(group, "displayName"));
    observation_candidate(observation, DECISION_NAME, "", "Create one under another name");
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    guint first = collection_reads_by_id(object);
    const struct reply *deleted = g_ptr_array_index(replies, first + 1);
    g_autoptr(GPtrArray) live = g_ptr_array_new();
    for (guint i = 0; i <= first; i++)
        g_ptr_array_add(live, g_ptr_array_index(replies, i));
    g_autoptr(GPtrArray) hits = compare_hits(live, first);
    const json *group = compare_choose(object, hits, observation, describe);
    if (group == NULL) {
        if (observation->state == OBJECT_ABSENT)
            offer_restore(object, deleted, observation);
        note_creator(object, observation);
        if (observation->state == OBJECT_ABSENT && !reply_is_success(deleted))
            observation_note(observation,
                             "Whether a deleted one of this name could be restored was not read (%d). Look in Entra > "
                             "Groups > Deleted groups.",
                             deleted->status);
        return;
    }
    g_autoptr(json) want = wanted(object);
    compare_take(observation, group);
    compare_fields(observation, want, group, fields, G_N_ELEMENTS(fields));
    explain_difference(group, observation);
}

/* What can be repaired are its texts, for which the right to manage groups is enough. */
static struct request *without_roles(struct request *request)
{
    request->scope = "Group.ReadWrite.All";
    return request;
}

static struct request *repair(const struct object *object)
{
    struct request *request = collection_repair(object);
    return request != NULL ? without_roles(request) : NULL;
}

static struct request *restore_old(const struct object *object, const json *olds, GPtrArray *left)
{
    struct request *request = collection_restore_old(object, olds, left);
    return request != NULL ? without_roles(request) : NULL;
}

static struct request *restore(const struct object *object)
{
    struct request *request = request_write("POST", SERVICE_GRAPH, NULL, "/v1.0/directory/deletedItems/%s/restore",
                                            object->observation->deleted_id);
    request->scope = groups.write_scope;
    return request;
}

static const struct json_schema with[] = {
    {.name = "displayName", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "description", .is = WITH_TEXT},
    {.name = "mailNickname", .is = WITH_TEXT},
    {.name = "owner", .is = WITH_TEXT}, /* who is to own it from its creation; "": nobody was chosen */
    {.name = "graph", .is = WITH_TEXT},
    {.name = "after", .is = WITH_ANSWER, .inner = &with_text}, /* what has to be as wanted before it is made */
    {.name = NULL},
};

const struct object_kind group_kind = {
    .name = "group",
    .with = with,
    .risk = "role-assignable: cannot be changed later",
    .bin = "Entra > Groups > Deleted groups > that one > Delete permanently",
    .verb = "create",
    .action = "created",
    .collection = &groups,
    .optional_reads = 1, /* the bin */
    .wanted = wanted,
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .repair = repair,
    .restore_old = restore_old,
    .remove = collection_remove,
    .look_up_holders = group_uses_look_up,
    .surplus = group_uses_say,
    .restore = restore,
};

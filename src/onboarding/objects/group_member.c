/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include "onboarding/compare.h"
#include "onboarding/group_uses.h"

/* That a user is a member of a group. Adding to a role-assignable group needs the right to manage roles. */

#define WRITE_SCOPE "GroupMember.ReadWrite.All RoleManagement.ReadWrite.Directory"

static void look_up(const struct object *object, GPtrArray *requests)
{
    g_ptr_array_add(requests, group_members(object_text(object, "group"), "id"));
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    compare_members(object, json_get(reply->body, "value"), compare_is_user, observation);
}

static struct request *create(const struct object *object)
{
    g_autofree char *reference =
        g_strdup_printf("%s/v1.0/directoryObjects/%s", object_text(object, "graph"), object_text(object, "user"));
    struct request *request = request_write("POST", SERVICE_GRAPH, json_from("{'@odata.id':%s}", reference),
                                            "/v1.0/groups/%s/members/$ref", object_text(object, "group"));
    request->scope = WRITE_SCOPE;
    return request;
}

static struct request *remove_member(const struct object *object)
{
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, "/v1.0/groups/%s/members/%s/$ref",
                                            object_text(object, "group"), object->known_id);
    request->scope = WRITE_SCOPE;
    return request;
}

static const struct json_schema with[] = {
    {.name = "group", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "user", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "graph", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};

const struct object_kind group_member_kind = {
    .name = "group-member",
    .with = with,
    .risk = "a member holds every role of the group",
    .verb = "add",
    .action = "added",
    .reply_has_no_id = TRUE,
    .id_is_reused = TRUE,
    .answer_chooses = TRUE,
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .remove = remove_member,
};

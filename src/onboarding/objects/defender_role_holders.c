/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include "onboarding/door.h"

/*
 * Who else holds the partner's role in Defender: other principals, in this assignment or in another one of the same
 * role. Names come from a second reading, which Microsoft documents for other providers of roles only.
 */

#define PATH "/beta/roleManagement/defender/roleAssignments"

static void look_up(const struct object *object, GPtrArray *requests)
{
    for (gsize i = 0; i < 2; i++) {
        struct request *request = request_get(SERVICE_GRAPH, PATH);
        if (i == 1) {
            request_query(request, "$filter", "roleDefinitionId eq '%s'", object_text(object, "role"));
            request_query(request, "$expand", "principals");
        }
        request->scope = "RoleManagement.Read.Defender";
        request->all_pages = TRUE;
        g_ptr_array_add(requests, request);
    }
}

/* By its name, if the second reading tells it. */
static const char *name_of(const struct reply *named, const char *assignment, const char *principal)
{
    const json *rows = reply_rows(named);
    const json *found = json_find(json_get(json_find(rows, "id", assignment), "principals"), "id", principal);
    return found != NULL ? door_name_of(found) : principal;
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    const char *group = object_text(object, "group");
    if (!reply_is_success(reply)) {
        observation->told_counts = TRUE;
        observation_set(observation, OBJECT_UNKNOWN, "Graph does not show who holds Defender's roles here (%d).",
                        reply->status);
        return;
    }
    g_autoptr(GPtrArray) holders = door_holders_new();
    json_for_each (assignment, json_get(reply->body, "value")) {
        const char *id = json_get_string(assignment, "id");
        const json *principals = json_get(assignment, "principalIds");
        if (g_strcmp0(json_get_string(assignment, "roleDefinitionId"), object_text(object, "role")) != 0)
            continue;
        /* Taking an assignment away takes all of it away: not one that the partner's group is in. */
        gboolean shared = json_has_text(principals, group) || json_length(principals) > 1;
        json_for_each (principal, principals) {
            g_autofree char *shared_id =
                g_strdup_printf("%s/%s", json_get_shown(assignment, "id"), json_string(principal));
            if (g_strcmp0(json_string(principal), group) == 0)
                continue;
            struct holder *holder = door_add(holders, shared ? shared_id : id, "principal", "%s",
                                             name_of(g_ptr_array_index(replies, 1), id, json_string(principal)));
            if (holder != NULL)
                holder->by_hand = holder->by_hand || shared;
        }
    }
    const struct door door = {
        .well = "Nobody but the group holds the role.",
        .others = "Others hold the partner's role in Defender",
        .by_hand = "Take them off in Defender's portal: Permissions > Microsoft Defender XDR > Roles.",
    };
    door_judge(object, holders, &door, observation);
}

static struct request *take_away(const struct object *object, const char *holder)
{
    (void)object;
    struct request *request = request_write("DELETE", SERVICE_GRAPH, NULL, PATH "/%s", holder);
    request->scope = "RoleManagement.ReadWrite.Defender";
    return request;
}

static const struct json_schema with[] = {
    {.name = "role", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "group", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};

const struct object_kind defender_role_holders_kind = {
    .name = "defender-role-holders",
    .with = with,
    DOOR_MEMBERS,
    .optional_reads = 2,
    .portal_will_do = TRUE,
    .look_up = look_up,
    .compare = compare,
    .take_away = take_away,
};

/* SPDX-License-Identifier: MIT */
#include "onboarding/kinds.h"

#include "onboarding/compare.h"
#include "onboarding/directory_role.h"

/*
 * A directory role of the partner's group. What the role is called is the tenant's word, never the profile's. A role
 * that does more than read is beyond what a partner is given: a person has to type its name first.
 */

static void look_up(const struct object *object, GPtrArray *requests)
{
    g_ptr_array_add(requests,
                    directory_role_assignments(NULL, "principalId eq '%s'", object_text(object, "principal")));
    g_ptr_array_add(requests, directory_role_definition(object_text(object, "roleDefinitionId")));
}

/* The name to type is the tenant's where it was read, else the one that Microsoft's id has. */
static void judge_fence(const struct object *object, const char *name, struct observation *observation)
{
    gboolean is_allowed = object->decision.kind == DECISION_ALLOW && g_strcmp0(object->decision.text, name) == 0;
    if (directory_role_only_reads(object_text(object, "roleDefinitionId")))
        return;
    observation_note(observation, "“%s” does more than read: it is beyond what a partner is given.", name);
    if (observation->state != OBJECT_ABSENT || is_allowed)
        return;
    observation_set(observation, OBJECT_ABSENT,
                    "The profile asks for “%s”, which does more than read: beyond what a partner is given.", name);
    observation_candidate(observation, DECISION_ALLOW, "", "Give it all the same: type the role's name");
}

static void fence(const struct object *object, struct observation *observation)
{
    judge_fence(object, object_text(object, "roleName"), observation);
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    const struct reply *definitions = g_ptr_array_index(replies, 1);
    const char *id = object_text(object, "roleDefinitionId");
    const char *called = object_text(object, "roleName");
    const char *name = json_get_string(json_find(json_get(definitions->body, "value"), "id", id), "displayName");
    int others = compare_members(object, json_get(reply->body, "value"), directory_role_is_wanted, observation);
    observation_learn(observation, "name", name);
    if (others > 0)
        observation_note(observation, "The group holds %d other directory role assignment%s.", others,
                         others > 1 ? "s" : "");
    if (name == NULL) {
        observation_difference(observation, "role", called, "no such role", TRUE);
        observation_set(observation, OBJECT_DIFFERS, "There is no directory role %s in this tenant.", id);
    } else if (directory_role_known(id) != NULL || g_ascii_strcasecmp(called, name) == 0) {
        judge_fence(object, name, observation);
    } else {
        /* Nothing is given under another name than the role has in the tenant. */
        observation_difference(observation, "role", called, name, TRUE);
        observation_set(observation, OBJECT_DIFFERS, "The profile calls the role “%s”; in this tenant it is “%s”.",
                        called, name);
    }
}

static struct request *create(const struct object *object)
{
    return directory_role_assign(object_text(object, "roleDefinitionId"), object_text(object, "principal"));
}

/* Which role it is stands there for everybody to read, and follows from no answer. */
static char *misnamed(const json *value, gconstpointer data, gconstpointer profile)
{
    (void)data;
    (void)profile;
    const char *id = json_get_string(value, "roleDefinitionId");
    return g_uuid_string_is_valid(id)
               ? directory_role_contradiction(id, json_get_string(value, "roleName"))
               : g_strdup_printf("%s is no role: the GUID of one is wanted, which follows from nothing else.", id);
}

static const struct json_schema with[] = {
    {.name = "principal", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "roleDefinitionId", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "roleName", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};

const struct object_kind role_assignment_kind = {
    .name = "role-assignment",
    .id_is_reused = TRUE,
    .with = with,
    .with_problem = misnamed,
    .title_shows = "roleName",
    .risk = "everyone who becomes a member holds this role",
    .verb = "assign",
    .action = "assigned",
    .fence = fence,
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .remove = directory_role_remove,
};

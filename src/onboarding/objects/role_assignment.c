#include "onboarding/kinds.h"

#include "onboarding/compare.h"
#include "onboarding/directory_role.h"

static void look_up(const struct object *object, GPtrArray *requests)
{
    g_ptr_array_add(requests,
                    directory_role_assignments(NULL, "principalId eq '%s'", object_text(object, "principal")));
}

static gboolean is_wanted(const struct object *object, const json *assignment)
{
    return g_strcmp0(json_get_string(assignment, "roleDefinitionId"), object_text(object, "roleDefinitionId")) == 0 &&
           directory_role_is_everywhere(assignment);
}

static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *reply = g_ptr_array_index(replies, 0);
    int others = compare_members(object, json_get(reply->body, "value"), is_wanted, observation);
    if (others > 0)
        observation_note(observation, "The group holds %d other directory role assignment%s.", others,
                         others > 1 ? "s" : "");
}

static struct request *create(const struct object *object)
{
    return directory_role_assign(object_text(object, "roleDefinitionId"), object_text(object, "principal"));
}

static struct request *remove_assignment(const struct object *object)
{
    return directory_role_unassign(object->known_id);
}

const struct object_kind role_assignment_kind = {
    .name = "role-assignment",
    .verb = "assign",
    .action = "assigned",
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .remove = remove_assignment,
};

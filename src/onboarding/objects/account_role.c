#include "onboarding/kinds.h"

#include "onboarding/directory_role.h"
#include "onboarding/user.h"

/*
 * That the account holds a directory role which lets it save the streaming settings, itself or through a group. To a
 * new account it is assigned; an existing one's roles are for its owners to change.
 */

static void look_up(const struct object *object, GPtrArray *requests)
{
    const char *account = object_text(object, "account");
    g_autofree char *user_path = g_strconcat("users/", account, NULL);
    g_ptr_array_add(requests, directory_role_active(user_path));
    g_ptr_array_add(requests, directory_role_assignments(NULL, "principalId eq '%s'", account));
}

/* The role that was asked for, or the profile's first. */
static const json *asked_role(const struct object *object)
{
    json_for_each (role, json_get(object->with, "roles")) {
        if (g_strcmp0(json_get_string(role, "answer"), object_text(object, "role")) == 0)
            return role;
    }
    return json_at(json_get(object->with, "roles"), 0);
}

static gboolean is_enough(const struct object *object, const char *id)
{
    gboolean asked = object_text(object, "role")[0] != '\0' || user_is_to_be_made(object);
    if (asked)
        return g_strcmp0(json_get_string(asked_role(object), "id"), id) == 0;
    json_for_each (role, json_get(object->with, "roles")) {
        if (g_strcmp0(json_get_string(role, "id"), id) == 0)
            return TRUE;
    }
    return FALSE;
}

static const json *find_assignment(const struct object *object, const struct reply *reply)
{
    json_for_each (assignment, json_get(reply->body, "value")) {
        if (is_enough(object, json_get_string(assignment, "roleDefinitionId")) &&
            directory_role_is_everywhere(assignment))
            return assignment;
    }
    return NULL;
}

static const json *find_role(const struct object *object, const struct reply *reply)
{
    json_for_each (role, json_get(reply->body, "value")) {
        if (is_enough(object, json_get_string(role, "roleTemplateId")))
            return role;
    }
    return NULL;
}

/* An assignment takes a moment to take effect: only an effective role counts. */
static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const json *role = find_role(object, g_ptr_array_index(replies, 0));
    const json *assignment = find_assignment(object, g_ptr_array_index(replies, 1));
    g_autofree char *held = directory_role_names(g_ptr_array_index(replies, 0));
    if (assignment != NULL)
        observation_learn(observation, "id", json_get_string(assignment, "id"));
    if (role != NULL) {
        observation_learn(observation, "role", json_get_string(role, "roleTemplateId"));
        observation_set(observation, OBJECT_MATCHES, "Active roles of the account: %s.", held);
    } else if (assignment != NULL) {
        observation_set(observation, OBJECT_UNKNOWN, "The role is assigned and not in effect yet.");
    } else if (user_is_to_be_made(object)) {
        observation->state = OBJECT_ABSENT;
    } else {
        const char *wanted = json_get_string(asked_role(object), "name");
        observation_difference(observation, "active roles", wanted, held, TRUE);
        observation_set(observation, OBJECT_DIFFERS,
                        "%s is not active for the account (active: %s). If it is eligible in Privileged Identity "
                        "Management, activate it there, then check again.",
                        wanted, held);
    }
}

static struct request *create(const struct object *object)
{
    if (!user_is_to_be_made(object))
        return NULL;
    return directory_role_assign(json_get_string(asked_role(object), "id"), object_text(object, "account"));
}

static struct request *remove_assignment(const struct object *object)
{
    return directory_role_unassign(object->known_id);
}

const struct object_kind account_role_kind = {
    .name = "account-role",
    .verb = "assign",
    .action = "assigned",
    .answer_chooses = TRUE,
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .remove = remove_assignment,
};

/* SPDX-License-Identifier: MIT */
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
    g_ptr_array_add(requests, directory_role_assignments(NULL, "principalId eq '%s'", account));
    g_ptr_array_add(requests, directory_role_active(user_path));
}

/* The role that was asked for, or the profile's first. */
static const json *asked_role(const struct object *object)
{
    const json *asked = json_find(json_get(object->with, "roles"), "answer", object_text(object, "role"));
    return asked != NULL ? asked : json_at(json_get(object->with, "roles"), 0);
}

static gboolean is_enough(const struct object *object, const char *id)
{
    gboolean asked = object_text(object, "role")[0] != '\0' || user_is_to_be_made(object);
    if (asked)
        return g_strcmp0(json_get_string(asked_role(object), "id"), id) == 0;
    return json_find(json_get(object->with, "roles"), "id", id) != NULL;
}

/* An assignment takes a moment to take effect: only an effective role counts, where Microsoft tells which are. */
static void compare(const struct object *object, GPtrArray *replies, struct observation *observation)
{
    const struct reply *active = g_ptr_array_index(replies, 1);
    const json *assignment = NULL, *role = NULL;
    json_for_each (one, json_get(((const struct reply *)g_ptr_array_index(replies, 0))->body, "value")) {
        if (assignment == NULL && is_enough(object, json_get_string(one, "roleDefinitionId")) &&
            directory_role_is_everywhere(one))
            assignment = one;
    }
    json_for_each (one, reply_rows(active)) {
        if (role == NULL && directory_role_is_one(one) && is_enough(object, json_get_string(one, "roleTemplateId")))
            role = one;
    }
    g_autofree char *held = reply_is_success(active) ? directory_role_names(active) : g_strdup("not told");
    if (assignment != NULL)
        observation_learn(observation, "id", json_get_string(assignment, "id"));
    if (role != NULL) {
        observation_learn(observation, "role", json_get_string(role, "roleTemplateId"));
        observation_set(observation, OBJECT_MATCHES, "Active roles of the account: %s.", held);
    } else if (assignment != NULL && !reply_is_success(active)) {
        observation_learn(observation, "role", json_get_string(assignment, "roleDefinitionId"));
        observation_set(observation, OBJECT_MATCHES,
                        "The role is assigned. Microsoft does not tell which roles are in effect.");
    } else if (assignment != NULL) {
        observation_set(observation, OBJECT_UNKNOWN, "The role is assigned and not in effect yet.");
    } else if (user_is_to_be_made(object)) {
        observation->state = OBJECT_ABSENT;
    } else {
        const char *wanted = json_get_string(asked_role(object), "name");
        const char *name = object_text(object, "userName");
        observation_difference(observation, "active roles", wanted, held, TRUE);
        observation_set(observation, OBJECT_DIFFERS,
                        "%s is not active for %s (active: %s). Choose another account; or, if this is the right one "
                        "and eligible in Privileged Identity Management, activate the role there.",
                        wanted, *name != '\0' ? name : "the account", held);
        g_free(observation->next);
        observation->next = g_strdup("Then check again.");
    }
}

static struct request *create(const struct object *object)
{
    if (!user_is_to_be_made(object))
        return NULL;
    return directory_role_assign(json_get_string(asked_role(object), "id"), object_text(object, "account"));
}

/* What an account may be given at all: the two roles that may save the streaming settings, and those that only read. A
 * profile names such a role by its own id, so that none comes from an answer or under another name. */
static char *role_problem(const json *value, gconstpointer data, gconstpointer profile)
{
    static const char *const saving[] = {"Global Administrator", "Security Administrator", NULL};
    const char *id = json_get_string(value, "id");
    const char *known = directory_role_known(id);
    if (known != NULL && (g_strv_contains(saving, known) || directory_role_only_reads(id)))
        return directory_role_misnamed(value, data, profile);
    return g_strdup_printf("%s is none of the roles that perch gives an account: those that may save the streaming "
                           "settings and those that only read, by Microsoft's ids in small letters.",
                           known != NULL ? known : id);
}

static const struct json_schema answer_role_members[] = {
    {.name = "answer", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "id", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "name", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = NULL},
};
static const struct json_schema answer_role_entry = {
    .is = JSON_OBJECT, .inner = answer_role_members, .problem = role_problem};

static const struct json_schema with[] = {
    {.name = "account", .is = WITH_TEXT | JSON_REQUIRED},
    {.name = "userName", .is = WITH_TEXT},
    {.name = "mode", .is = WITH_TEXT},
    {.name = "role", .is = WITH_TEXT},
    {.name = "roles", .is = JSON_LIST | JSON_FILLED | JSON_REQUIRED, .inner = &answer_role_entry},
    {.name = NULL},
};

static const char *const learns[] = {"role", NULL};

const struct object_kind account_role_kind = {
    .name = "account-role",
    .id_is_reused = TRUE,
    .with = with,
    .is_companys = TRUE,
    .learns = learns,
    .risk = "it can administer the tenant",
    .verb = "assign",
    .action = "assigned",
    .answer_chooses = TRUE,
    .optional_reads = 1,
    .look_up = look_up,
    .compare = compare,
    .create = create,
    .remove = directory_role_remove,
};
